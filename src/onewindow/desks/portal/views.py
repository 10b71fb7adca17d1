"""The front door: what this is, progress by query code, documents, signing in."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from onewindow.desks.doors import post_only, public
from onewindow.foundation.catalogue.queries import published_items
from onewindow.foundation.places.queries import halls, sites
from onewindow.kernel.errors import NotFound
from onewindow.spine.cases.progress import progress_of_each
from onewindow.spine.cases.queries import cases_of_visit, document
from onewindow.spine.visits.queries import visit_by_query_code
from onewindow.stages.delivery.queries import results_of


@public
def front(request: HttpRequest) -> HttpResponse:
    """Three ways in: take a ticket, ask after a file, work here."""
    site = sites().first()
    context = {"site": site, "halls": halls(site.code) if site else [], "items": published_items()}
    return render(request, "portal/front.html", context)


@public
def ask(request: HttpRequest) -> HttpResponse:
    """Type the query code of the receipt. A wrong code is told so on the same page, with what was typed."""
    typed = request.POST.get("code", "").strip()
    if request.method == "POST":
        try:
            visit_by_query_code(typed)
        except NotFound:
            return render(request, "portal/ask.html", {"typed": typed, "wrong": True}, status=404)
        clean = "".join(typed.split()).replace("-", "").upper()
        return _see_other(reverse("progress", args=[clean]))
    return render(request, "portal/ask.html", {"typed": "", "wrong": False})


@public
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """Where everything of this sitting is, who has it, and until when."""
    visit = visit_by_query_code(code)
    cases = list(cases_of_visit(visit.pk))
    results = {result.case_id: result for result in results_of(case.pk for case in cases)}
    context = {"visit": visit, "code": code, "progress": progress_of_each(cases, results)}
    return _private(render(request, "portal/progress.html", context))


@public
def paper(request: HttpRequest, code: str, uuid: str, kind: str) -> HttpResponse:
    """One legal document of a case, to the holder of the query code."""
    visit = visit_by_query_code(code)
    case = cases_of_visit(visit.pk).filter(uuid=uuid).first()
    found = document(case, kind) if case else None
    if found is None:
        raise NotFound
    return _private(render(request, "look/paper.html", {"document": found, "back": reverse("progress", args=[code])}))


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Staff sign in; afterwards they are where they were."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = ""
    username, wrong = request.POST.get("username", "").strip(), False
    if request.method == "POST":
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            return _see_other(target or _desk_of(user.roles))  # type: ignore[attr-defined]
        wrong = True
    context = {"next": target, "username": username, "wrong": wrong}
    return render(request, "portal/sign_in.html", context, status=401 if wrong else 200)


@post_only
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return _see_other(reverse("front"))


def _desk_of(roles: list[str]) -> str:
    """Where somebody of these posts begins the day."""
    desks = {"clerk": "counter", "approver": "approver", "handover": "handover"}
    return reverse(next((desks[role] for role in roles if role in desks), "front"))


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
