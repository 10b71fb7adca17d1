"""The citizen's evaluation behind the query code, and what is published of everybody's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onewindow.desks.doors import public
from onewindow.desks.evaluating import question, said_in, wants_why
from onewindow.desks.onwards import see_other
from onewindow.desks.paging import page_of
from onewindow.desks.portal.views import private, visit_behind
from onewindow.foundation.places.queries import home_site
from onewindow.kernel import clock
from onewindow.kernel.errors import AlreadyEvaluated, InvalidInput, NotFound
from onewindow.kernel.permissions import Actor
from onewindow.oversight.evaluation import queries
from onewindow.oversight.evaluation.actions import evaluate_case, evaluate_visit
from onewindow.oversight.evaluation.policies import GIVE
from onewindow.oversight.evaluation.rules import FEWEST, Said
from onewindow.spine.cases.queries import cases_of_visit

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Case
    from onewindow.spine.visits.models import Visit

# The page itself acts: who holds the query code need not sign in to say how it was.
PAGE = Actor("device", "progress-page", frozenset({GIVE.code}))


@public
def evaluate(request: HttpRequest, code: str, uuid: UUID | None = None) -> HttpResponse:
    """One question about the sitting, or about one of its cases; after a bad answer, why. What was said stands."""
    visit = visit_behind(request, code)
    case = cases_of_visit(visit.pk).filter(uuid=uuid).first() if uuid else None
    if not _may_be_evaluated(visit, case, uuid):
        raise NotFound
    given = queries.evaluations_of_visit(visit.pk).get(case.pk if case else None)
    context = {"visit": visit, "case": case, "code": code, "given": given}
    reachable, channel, status = queries.reachable(visit), "online" if case else "on-site", 200
    if request.method == "POST" and given is None:
        said = said_in(request, reachable=reachable)
        if wants_why(request, said):
            return private(render(request, "portal/evaluate.html", context | question(channel, reachable=reachable, said=said)))  # type: ignore[arg-type]
        try:
            _give(visit, case, said)
            return see_other(request.path)
        except AlreadyEvaluated:  # pressed twice at once
            return see_other(request.path)
        except InvalidInput as refusal:
            context |= question(channel, reachable=reachable, said=said if said.bad else None, refusal=refusal)  # type: ignore[arg-type]
            status = refusal.status
    else:
        context |= question(channel, reachable=reachable)  # type: ignore[arg-type]
    return private(render(request, "portal/evaluate.html", context, status=status))


def _may_be_evaluated(visit: Visit, case: Case | None, uuid: UUID | None) -> bool:
    if uuid is not None:
        return case is not None and case.state in queries.FINISHED
    return visit.state == "closed" and visit.ticket is not None


def _give(visit: Visit, case: Case | None, said: Said) -> None:
    if case is not None:
        evaluate_case(by=PAGE, case_id=case.pk, said=said)
    else:
        evaluate_visit(by=PAGE, visit_id=visit.pk, said=said)


@public
def published(request: HttpRequest) -> HttpResponse:
    """What people said in the last thirty days, as counts by hall and department, and what was answered to bad ones."""
    site = home_site()
    if site is None:
        raise NotFound
    since = clock.today() - timedelta(days=queries.PUBLISHED_DAYS)
    context = {
        "site": site, "days": queries.PUBLISHED_DAYS, "fewest": FEWEST, "all": queries.satisfaction(site.code, since), "front": reverse("front"),
        "halls": queries.by_hall(site.code, since), "departments": queries.by_department(site.code, since),
        "page": page_of(request, queries.replies(site.code, since)),
    }  # fmt: skip
    return render(request, "portal/satisfaction.html", context)
