"""The counter: sit at a window, call, and handle everything one person came for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from onewindow.desks.casefile import first_of_number
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.inputs import same
from onewindow.desks.onwards import to
from onewindow.errands import sitting
from onewindow.errands.sitting import my_window
from onewindow.foundation.catalogue.bundles.queries import bundles_meant, published_bundles
from onewindow.foundation.catalogue.queries import published_items
from onewindow.foundation.catalogue.search.queries import search
from onewindow.foundation.catalogue.search.rules import MEANING, folded
from onewindow.foundation.people.queries import masked_number, principals_of
from onewindow.foundation.places.policies import STAND
from onewindow.foundation.places.queries import window_of, windows
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, StateConflict
from onewindow.spine.cases.policies import RECEIVE
from onewindow.spine.cases.queries import cases_of_visit, open_cases_of
from onewindow.spine.together.queries import filed_in_visit
from onewindow.spine.visits.queries import open_visit_at, query_code
from onewindow.stages.outage.queries import entry_of
from onewindow.stages.queueing import actions as queueing
from onewindow.stages.queueing.policies import CALL
from onewindow.stages.queueing.queries import missed_tickets, ticket, ticket_at, waiting_tickets

if TYPE_CHECKING:
    from onewindow.foundation.places.models import Window
    from onewindow.spine.visits.models import Visit


@staff(RECEIVE)
def counter(request: StaffRequest) -> HttpResponse:
    """The clerk's one screen: choose a window, call, or go on with the person who sits there."""
    window = window_of(int(request.actor.id))
    if window is None:
        rows = windows(request.actor.site)
        return render(request, "counter/windows.html", {"windows": rows})
    if request.headers.get("HX-Request"):
        return render(request, "counter/queue.html", _queue(window))
    visit = open_visit_at(window.pk)
    if visit is None:
        return render(request, "counter/call.html", _queue(window) | {"ticket": ticket_at(window.pk)})
    return visit_page(request, visit)


def visit_page(request: StaffRequest, visit: Visit, refused: Refused | None = None) -> HttpResponse:
    """The sitting at the clerk's window; with a form that was refused as it was sent, the sentence at its field."""
    window, claim = visit.window, visit.claim
    context = _queue(window) | {
        "visit": visit,
        "cases": list(cases_of_visit(visit.pk)),
        "query_code": query_code(visit),
        "items": sorted(published_items(), key=lambda item: (item.hall != window.hall.code, item.department_id, item.code)),
        "bundles": list(published_bundles()) if visit.ticket else [],
        "filed_together": filed_in_visit(visit.pk),
        # By a number typed at the printer nobody learns for whom its owner acts.
        "principals": list(principals_of(visit.agent_id, clock.today())) if visit.agent_id and not claim else [],
        "claim_number": first_of_number(claim) if claim else "",
        "agent_number": masked_number(visit.agent) if visit.agent and not claim else "",
        "applicant_number": masked_number(visit.applicant) if visit.applicant and not claim else "",
        "earlier": open_cases_of(visit.applicant_id).exclude(visit_id=visit.pk)[:10] if visit.applicant_id and not claim else [],
        "refused": refused,
        "on_paper": entry_of(visit.pk) if visit.ticket is None else None,
    }
    return render(request, "counter/visit.html", context, status=refused.status if refused else 200)


@staff(RECEIVE)
def find_items(request: StaffRequest) -> HttpResponse:
    """The items meant by what the clerk types, best first, and a department's where its name is typed: rows for the page that asks."""
    typed, versions = request.GET.get("q", "").strip(), {item.code: item for item in published_items()}
    try:
        hits = search(typed, items_only=True).hits
    except InvalidInput:
        hits = ()
    theirs = [code for code, item in versions.items() if typed and typed.lower() in f"{item.department.name_zh} {item.department.name_en}".lower()]
    by_letters, meant = ([hit.row.code for hit in hits if (hit.how == MEANING) is so] for so in (False, True))
    codes = dict.fromkeys([*by_letters, *theirs, *meant])
    bundles = bundles_meant(folded(typed))
    return render(request, "counter/items_rows.html", {"bundles": bundles, "items": [versions[code] for code in codes if code in versions]})


@dataclass(frozen=True)
class Refused:
    """A form of the visit's page that was refused: which one, at which of its fields, why, and everything that was typed."""

    form: str
    field: str
    sentence: str
    typed: Mapping[str, str]
    status: int


def _queue(window: Window) -> dict[str, object]:
    """What the queue beside every page of the counter shows."""
    waiting = waiting_tickets(window.hall_id)
    return {"window": window, "waiting": waiting.count(), "next": waiting[:5], "missed": missed_tickets(window.hall_id)}


def visit_of(request: StaffRequest) -> Visit:
    """The sitting at the clerk's window; a button must have been shown for this very one."""
    visit = open_visit_at(my_window(request.actor).pk)
    if visit is None:
        raise StateConflict
    if request.method == "POST":
        same(request, "visit", visit.uuid)
    return visit


@post_only
@staff(STAND)
def open_(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Sit down at a window of one's own site."""
    window = windows(request.actor.site).filter(uuid=uuid).first()
    if window is None:
        raise StateConflict
    sitting.take_window(by=request.actor, window=window)
    return to("counter")


@post_only
@staff(STAND)
def leave(request: StaffRequest) -> HttpResponse:
    """Leave the window; not while somebody sits there."""
    window = my_window(request.actor)
    sitting.leave_window(by=request.actor, window=window)
    return to("counter")


@post_only
@staff(CALL)
def call_next(request: StaffRequest) -> HttpResponse:
    sitting.call_next(by=request.actor)
    return to("counter")


@post_only
@staff(CALL)
def recall(request: StaffRequest) -> HttpResponse:
    queueing.recall(by=request.actor, ticket_id=_mine(request))
    messages.success(request, _("已重呼。"))
    return to("counter")


@post_only
@staff(CALL)
def miss(request: StaffRequest) -> HttpResponse:
    """Nobody came. The ticket stays in the list of missed ones and can be put back."""
    queueing.miss(by=request.actor, ticket_id=_mine(request))
    messages.success(request, _("已过号。需要时可在“过号”中恢复。"))
    return to("counter")


@post_only
@staff(CALL)
def requeue(request: StaffRequest, uuid: UUID) -> HttpResponse:
    queueing.requeue(by=request.actor, ticket_id=ticket(str(uuid)).pk)
    messages.success(request, _("已恢复排队。"))
    return to("counter")


@post_only
@staff(CALL)
def sit(request: StaffRequest) -> HttpResponse:
    """The person has come."""
    _mine(request)
    sitting.sit_down(by=request.actor)
    return to("counter")


@post_only
@staff(CALL)
def end(request: StaffRequest) -> HttpResponse:
    """The person leaves."""
    window = my_window(request.actor)
    visit = open_visit_at(window.pk)
    if visit is not None:
        same(request, "visit", visit.uuid)
        sitting.end_sitting(by=request.actor, visit=visit)
        messages.success(request, _("本次办理已结束。"))
    return to("counter")


def _mine(request: StaffRequest) -> int:
    """The ticket at the clerk's own window, which must be the one the button was shown for."""
    standing = ticket_at(my_window(request.actor).pk)
    if standing is None:
        raise StateConflict
    same(request, "ticket", standing.uuid)
    return standing.pk
