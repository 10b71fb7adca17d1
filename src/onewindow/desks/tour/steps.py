"""The steps of a tour, each done by whoever does it in life, through the same errands as at the desks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import QueryDict

from onewindow.desks.inputs import prefixed
from onewindow.desks.tour.standing import HALL, ITEM, Tour
from onewindow.errands import sitting, touring
from onewindow.errands.collection import collect
from onewindow.errands.decision import decide
from onewindow.errands.sitting import Application
from onewindow.foundation.catalogue.definition import resolve
from onewindow.foundation.people.queries import principals_of
from onewindow.foundation.places.queries import hall, home_site, windows
from onewindow.foundation.staff.queries import actor_of, holders_of
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound, StateConflict
from onewindow.kernel.permissions import Actor
from onewindow.stages.acceptance.actions import take_supplement

if TYPE_CHECKING:
    from onewindow.foundation.places.models import Hall
    from onewindow.foundation.staff.models import Staff
    from onewindow.spine.cases.models import Case
    from onewindow.spine.visits.models import Visit

Step = Callable[[Tour, QueryDict], None]
# What the applicant fills in, beside what the centre knows already. demo
_FILLED_IN = {
    "legal-person": "演示人甲", "residence": "示范区示范路 66 号（演示）", "premises": "示范区示范路 66 号一层（演示）", "area": "86",
    "manager-name": "演示人乙", "manager-post": "full-time", "special-room-area": "12", "seats": "40", "diners": "60",
}  # fmt: skip
# The clerks whom people at the keyboard and the town's own windows leave alone, those for people first. demo
_FOR_PEOPLE = 4


def tour_hall() -> Hall:
    """The hall in which the tour takes place."""
    site = home_site()
    if site is None:
        raise NotFound
    return hall(site.code, HALL)


def clerk_of(tour: Tour) -> Staff:
    """Who sits at the tour's window."""
    clerk = tour.ticket.window.clerk if tour.ticket is not None and tour.ticket.window is not None else None
    if clerk is None:
        raise StateConflict
    return clerk


def approver_of(case: Case) -> Staff | None:
    """The first approver of the department whose act it is, but never whoever accepted."""
    return holders_of("approver", case.site, case.department_id).exclude(pk=case.accepted_by).first()


def deliverer_of(site: str) -> Staff | None:
    """The first of the delivery window."""
    return holders_of("handover", site).first()


def ticket(tour: Tour, sent: QueryDict) -> None:
    """The phone: take a number."""
    touring.take_number(by=touring.PHONE, hall=tour_hall(), once=tour.once)


def call(tour: Tour, sent: QueryDict) -> None:
    """The window: sit down where nobody sits, and call this very number. What earlier tours left there is ended first."""
    assert tour.ticket is not None
    touring.clear(by=touring.PHONE, hall=tour.ticket.hall)
    rows = list(windows(tour.ticket.site, HALL))
    everybody = list(holders_of("clerk", tour.ticket.site))
    at_work = {window.clerk_id for window in windows(tour.ticket.site) if window.clerk_id is not None}
    in_turn = [*everybody[:_FOR_PEOPLE], *reversed(everybody[_FOR_PEOPLE:])]
    free = (actor_of(clerk) for clerk in in_turn if clerk.pk not in at_work)
    touring.call(by=free, windows=[window for window in rows if window.state == "closed"], ticket=tour.ticket)


def sit(tour: Tour, sent: QueryDict) -> None:
    """The window: the person has come."""
    sitting.sit_down(by=_clerk(tour))


def verify(tour: Tour, sent: QueryDict) -> None:
    """The window: compare the document, and for whom this is."""
    visit = _visit(tour)
    company = principals_of(visit.agent_id or 0, clock.today()).first()
    if company is None:
        raise StateConflict
    touring.check_document(by=_clerk(tour), visit=visit, applicant=company.principal, tail=sent.get("tail", ""))


def receive(tour: Tour, sent: QueryDict) -> None:
    """The window: take everything in. What the centre knows is filled in by itself."""
    visit, resolved = _visit(tour), resolve(tour.definition, tour.answers)
    known = sitting.known_of(visit)
    form = {f.code: known.get(f.prefill or "") or _FILLED_IN.get(f.code, "") for f in resolved.fields}
    given = frozenset(material.code for material in resolved.materials)
    wanted = Application(item=ITEM, answers=tour.answers, form=form, given=given, once=tour.once)
    for refusal in sitting.take_in(by=_clerk(tour), visit=visit, applications=[wanted]).refusals.values():
        raise refusal


def check(tour: Tour, sent: QueryDict) -> None:
    """The window: how every material stands; accept, and the sitting is over, or give the one-time notice."""
    points = {m.code: m.acceptance_points[0].text.zh for m in tour.definition.materials if m.acceptance_points}
    notes = prefixed(sent, "note")
    standings = {
        code: (standing, (notes.get(code, "").strip() or f"请补正：{points.get(code, '')}") if standing == "deficient" else "")
        for code, standing in prefixed(sent, "standing").items()
    }
    verb, clerk = sent.get("verb", ""), _clerk(tour)
    sitting.check_and(by=clerk, case_id=_case(tour).pk, standings=standings, verb=verb)
    if verb == "accept":
        touring.leave(by=clerk, visit=_visit(tour))


def supplement(tour: Tour, sent: QueryDict) -> None:
    """The window: what was lacking is brought."""
    case = _case(tour)
    lacking = {material.code for material in case.materials.all() if material.standing in ("deficient", "missing")}
    take_supplement(by=_clerk(tour), case_id=case.pk, given=lacking)


def leave(tour: Tour, sent: QueryDict) -> None:
    """The window: the person goes."""
    touring.leave(by=_clerk(tour), visit=_visit(tour))


def decide_case(tour: Tour, sent: QueryDict) -> None:
    """The approver: grant, or deny with a reason."""
    case = _case(tour)
    approver = approver_of(case)
    if approver is None:
        raise NotFound
    decide(by=actor_of(approver), case_id=case.pk, verb=sent.get("verb", ""), words=sent.get("words", ""))


def collect_result(tour: Tour, sent: QueryDict) -> None:
    """The delivery window: compare the document, hand over."""
    deliverer = deliverer_of(_case(tour).site)
    if deliverer is None or tour.result is None or tour.case is None or tour.case.agent is None:
        raise NotFound
    collect(by=actor_of(deliverer), results=[tour.result], collector=tour.case.agent, tail=sent.get("tail", ""))


STEPS: dict[str, Step] = {
    "ticket": ticket, "call": call, "sit": sit, "verify": verify, "receive": receive, "check": check, "supplement": supplement,
    "leave": leave, "decide": decide_case, "collect": collect_result,
}  # fmt: skip


def _clerk(tour: Tour) -> Actor:
    return actor_of(clerk_of(tour))


def _visit(tour: Tour) -> Visit:
    assert tour.visit is not None
    return tour.visit


def _case(tour: Tour) -> Case:
    assert tour.case is not None
    return tour.case
