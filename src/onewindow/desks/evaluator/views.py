"""The evaluator: a tablet at a window asks whoever has just been served; the clerk sees counts of it and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onewindow.desks.doors import StaffRequest, public, staff
from onewindow.desks.evaluating import question, said_in, wants_why
from onewindow.desks.onwards import see_other
from onewindow.foundation.places.queries import window_by_uuid
from onewindow.kernel import clock
from onewindow.kernel.errors import AlreadyEvaluated, InvalidInput, NotFound
from onewindow.kernel.permissions import Actor
from onewindow.oversight.evaluation import queries
from onewindow.oversight.evaluation.actions import evaluate_visit
from onewindow.oversight.evaluation.policies import GIVE
from onewindow.oversight.evaluation.rules import FEWEST, Said
from onewindow.spine.visits.policies import SIT

if TYPE_CHECKING:
    from onewindow.foundation.places.models import Window
    from onewindow.spine.visits.models import Visit

# Seconds until the tablet is itself again: after the thanks, and when somebody left in the middle.
_THANKED, _LEFT = 8, 180


@public
def evaluator(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One question for whoever has just been served at this window; calm when there is nobody."""
    window = window_by_uuid(uuid)
    if request.method == "POST":
        return _told(request, window)
    if "thanks" in request.GET:
        return _screen(request, window, {"thanks": True}, _THANKED)
    visit = queries.just_ended_at(window.pk)
    shown = {} if visit is None else _question(visit)
    return _screen(request, window, shown, 60)


def _told(request: HttpRequest, window: Window) -> HttpResponse:
    try:
        visit = queries.ended_at(window.pk, request.POST.get("visit", ""))
    except NotFound:  # they came back too late, or to another window: nothing is asked of whoever stands here now
        return _to(window)
    said = said_in(request, reachable=queries.reachable(visit))
    if wants_why(request, said):
        return _screen(request, window, _question(visit, said), _LEFT)
    try:
        evaluate_visit(by=_tablet(window), visit_id=visit.pk, said=said)
    except InvalidInput as refusal:
        return _screen(request, window, _question(visit, said, refusal), _LEFT, refusal.status)
    except AlreadyEvaluated:
        pass  # pressed twice, or said on the phone meanwhile: it is thanked for all the same
    return _to(window, "?thanks")


def _question(visit: Visit, said: Said | None = None, refusal: InvalidInput | None = None) -> dict[str, object]:
    return {"visit": visit} | question("on-site", reachable=queries.reachable(visit), said=said, refusal=refusal)


def _screen(request: HttpRequest, window: Window, shown: dict[str, object], seconds: int, status: int = 200) -> HttpResponse:
    """The tablet's screen, which goes back to its beginning by itself: nobody is there to close it."""
    response = render(request, "evaluator/evaluator.html", {"window": window} | shown, status=status)
    response["Refresh"] = f"{seconds}; url={reverse('evaluator', args=[window.uuid])}"
    return response


def _to(window: Window, then: str = "") -> HttpResponse:
    return see_other(reverse("evaluator", args=[window.uuid]) + then)


def _tablet(window: Window) -> Actor:
    """The tablet itself acts: nobody signs in to say how it was."""
    return Actor("device", f"evaluator-{window.code}", frozenset({GIVE.code}), window.site)


@staff(SIT)
def mine(request: StaffRequest) -> HttpResponse:
    """How satisfied people were with the clerk's own sittings: counts, from five on, and never who said what."""
    since = clock.today() - timedelta(days=queries.PUBLISHED_DAYS)
    context = {"figures": queries.own_figures(request.actor, since), "fewest": FEWEST, "days": queries.PUBLISHED_DAYS, "since": since}
    return render(request, "evaluator/mine.html", context)
