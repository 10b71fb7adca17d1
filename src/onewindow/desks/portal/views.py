"""The front door: what this is, progress by query code, documents, signing in."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from onewindow.desks import papers
from onewindow.desks.doors import address_of, post_only, public
from onewindow.desks.onwards import see_other
from onewindow.desks.paying import notices_of
from onewindow.foundation.catalogue.queries import published_items
from onewindow.foundation.catalogue.register.queries import counts
from onewindow.foundation.places.queries import halls, sites
from onewindow.foundation.staff.actions import sign_in as staff_signs_in
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel.attempts.actions import cleared, tried
from onewindow.kernel.attempts.limits import QUERY_CODE_ADDRESS, SIGN_IN_ACCOUNT, SIGN_IN_ADDRESS
from onewindow.kernel.attempts.queries import allowed
from onewindow.kernel.errors import ClockWrong, NotFound, Refusal, TooManyAttempts
from onewindow.oversight.evaluation.queries import FINISHED, evaluations_of_visit
from onewindow.spine.cases.progress import progress_of_each
from onewindow.spine.cases.queries import cases_of_visit, document
from onewindow.spine.together.queries import filed_in_visit, receipt_of
from onewindow.spine.visits.queries import visit_by_query_code
from onewindow.stages.delivery.queries import results_of

if TYPE_CHECKING:
    from onewindow.foundation.staff.models import Staff
    from onewindow.spine.cases.models import Document
    from onewindow.spine.together.models import TogetherReceipt
    from onewindow.spine.visits.models import Visit

_OFFERED = 8


@public
def front(request: HttpRequest) -> HttpResponse:
    """Three ways in: take a ticket, ask after a file, work here."""
    site = sites().first()
    context = {"site": site, "halls": halls(site.code) if site else [], "items": published_items()[:_OFFERED], "entries": counts().entries}
    return render(request, "portal/front.html", context)


@public
def ask(request: HttpRequest) -> HttpResponse:
    """Type the query code of the receipt. A wrong code is told so on the same page, with what was typed."""
    typed = request.POST.get("code", "").strip()
    if request.method == "POST":
        try:
            visit_behind(request, typed)
        except NotFound:
            return render(request, "portal/ask.html", {"typed": typed, "wrong": True}, status=404)
        except TooManyAttempts as refusal:
            return render(request, "portal/ask.html", {"typed": typed, "paused": _sentence(refusal)}, status=refusal.status)
        clean = "".join(typed.split()).replace("-", "").upper()
        return see_other(reverse("progress", args=[clean]))
    return render(request, "portal/ask.html", {"typed": "", "wrong": False})


@public
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """Where everything of this sitting is, who has it, and until when."""
    visit = visit_behind(request, code)
    cases = list(cases_of_visit(visit.pk))
    results = {result.case_id: result for result in results_of(case.pk for case in cases)}
    said = evaluations_of_visit(visit.pk)
    context = {
        "visit": visit, "code": code, "progress": progress_of_each(cases, results), "said": said, "said_of_visit": said.get(None), "finished": FINISHED,
        "fees": notices_of(request, cases), "filed_together": filed_in_visit(visit.pk),
    }  # fmt: skip
    return private(render(request, "portal/progress.html", context))


@public
def paper(request: HttpRequest, code: str, uuid: str, kind: str) -> HttpResponse:
    """One legal document of a case, to the holder of the query code."""
    found, at = _issued(request, code, uuid, kind), reverse("progress-paper-pdf", args=[code, uuid, kind])
    return private(papers.shown(request, found, back=reverse("progress", args=[code]), pdf=at))


@public
def paper_pdf(request: HttpRequest, code: str, uuid: str, kind: str) -> HttpResponse:
    """The same, as a file."""
    return papers.pdf(request, _issued(request, code, uuid, kind))


@public
def receipt(request: HttpRequest, code: str, uuid: str) -> HttpResponse:
    """The one receipt of what was filed together, to the holder of the query code."""
    found, at = _received(request, code, uuid), reverse("progress-receipt-pdf", args=[code, uuid])
    return private(papers.shown(request, found, back=reverse("progress", args=[code]), pdf=at))


@public
def receipt_pdf(request: HttpRequest, code: str, uuid: str) -> HttpResponse:
    """The same, as a file."""
    return papers.pdf(request, _received(request, code, uuid))


def _received(request: HttpRequest, code: str, uuid: str) -> TogetherReceipt:
    visit = visit_behind(request, code)
    found = next((filed for filed, _ in filed_in_visit(visit.pk) if str(filed.uuid) == str(uuid)), None)
    if found is None:
        raise NotFound
    return receipt_of(found)


def _issued(request: HttpRequest, code: str, uuid: str, kind: str) -> Document:
    visit = visit_behind(request, code)
    case = cases_of_visit(visit.pk).filter(uuid=uuid).first()
    found = document(case, kind) if case else None
    if found is None:
        raise NotFound
    return found


def visit_behind(request: HttpRequest, code: str) -> Visit:
    """The visit of a query code. Codes that are none are counted by where they come from; right ones never are."""
    source = (QUERY_CODE_ADDRESS, address_of(request))
    allowed(source)
    try:
        return visit_by_query_code(code)
    except NotFound:
        tried(source)
        raise


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Staff sign in; afterwards they are where they were."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = ""
    username, context, status = request.POST.get("username", "").strip(), {"next": target, "paused": ""}, 200
    if request.method == "POST":
        account, source = (SIGN_IN_ACCOUNT, username.lower()), (SIGN_IN_ADDRESS, address_of(request))
        try:
            allowed(account, source)
        except TooManyAttempts as refusal:  # before the password is looked at: while it lasts, nothing can be learnt here
            context |= {"username": username, "paused": _sentence(refusal)}
            return render(request, "portal/sign_in.html", context, status=refusal.status)
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        if user is not None:
            cleared(*account)
            login(request, user)
            return see_other(_after_sign_in(cast("Staff", user), target))
        tried(account, source)
        status = 401
    return render(request, "portal/sign_in.html", context | {"username": username, "wrong": status == 401}, status=status)


def _after_sign_in(account: Staff, target: str) -> str:
    """Note the sign-in; where whoever came with a first password, or anybody else, goes on."""
    with suppress(ClockWrong):  # who may set the clock right must be let in
        staff_signs_in(by=actor_of(account), staff_id=account.pk)
    return reverse("own-password") if account.password_is_initial else target or _desk_of(account.roles)


@post_only
@public
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return see_other(reverse("front"))


def _desk_of(roles: list[str]) -> str:
    """Where somebody of these posts begins the day."""
    desks = {"clerk": "counter", "approver": "approver", "handover": "handover", "manager": "today", "supervisor": "today", "administrator": "office"}
    desks |= dict.fromkeys(("catalogue-editor", "catalogue-reviewer", "chief-editor"), "editor")
    return reverse(next((desks[role] for role in roles if role in desks), "front"))


def _sentence(refusal: Refusal) -> str:
    return refusal.message(get_language() or "zh-hans")


def private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
