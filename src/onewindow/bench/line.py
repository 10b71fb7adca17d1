"""The main line as a machine drives it: one lane is one window with its clerk, an approver and a delivery clerk.

Used by the benches and by the journeys that need many files. Everything goes through the same errands
and actions as the desks.
"""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.bench.timings import Timings
from onewindow.errands import sitting
from onewindow.errands.collection import collect
from onewindow.errands.decision import decide
from onewindow.errands.sitting import Application
from onewindow.foundation.catalogue.definition import next_question, resolve
from onewindow.foundation.catalogue.definition.model import FormField
from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.people.models import Party
from onewindow.foundation.people.queries import number_of, principals_of
from onewindow.foundation.places.actions import open_window
from onewindow.foundation.places.models import Window
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.rows import fetched
from onewindow.kernel.permissions import Actor, system
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.models import Visit
from onewindow.stages.delivery.actions import make_available
from onewindow.stages.delivery.models import Result
from onewindow.stages.delivery.states import MAKE
from onewindow.stages.queueing.actions import take_ticket
from onewindow.stages.queueing.policies import TAKE

PRINTER = Actor("device", "ticket-printer", frozenset({TAKE.code}))
MAKER = system("delivery", [MAKE])
SAMPLES = {
    "text": "演示", "number": "12", "date": "2026-01-01", "id-number": "11010519491231002X",
    "credit-code": "91110000600037341L", "phone": "12000000001", "address": "示范路 1 号（演示）",
}  # fmt: skip


@dataclass(frozen=True)
class Lane:
    """Who works here, and for whom."""

    window: Window
    clerk: Actor
    approvers: dict[int, Actor]
    handover: Actor
    agent: Party
    applicant: Party
    tail: str


def lane(window: Window, clerk: str, *, handover: str = "handover01") -> Lane:
    """A lane at `window`: the clerk sits down there; the first approver of each department decides."""
    person = Staff.objects.get(username=clerk)
    if window.clerk_id != person.pk:
        open_window(by=actor_of(person), window_id=window.pk, staff_id=person.pk)
    approvers: dict[int, Actor] = {}
    for approver in Staff.objects.filter(roles__contains=["approver"]).order_by("id"):
        approvers.setdefault(approver.department_id or 0, actor_of(approver))
    agency = next(iter(principals_of(_agent().pk, clock.today())))
    return Lane(window, actor_of(person), approvers, actor_of(Staff.objects.get(username=handover)), agency.agent, agency.principal, number_of(agency.agent)[-4:])


def _agent() -> Party:
    """Somebody who may act for a company."""
    return Party.objects.filter(kind="person", principals__state="valid").order_by("id")[:1].get()


def first_answers(item: str) -> dict[str, list[str]]:
    """The first answer to every question that does not end the matter."""
    definition, answers = published(item).definition, dict[str, list[str]]()
    while (question := next_question(definition, answers)) is not None:
        answers[question.code] = [next(a.code for a in question.answers if a.not_needed is None)]
    return answers


def application(item: str, visit: Visit) -> Application:
    """An application for an item, complete in form and materials."""
    answers = first_answers(item)
    resolved = resolve(published(item).definition, answers)
    known = sitting.known_of(visit)
    form = {f.code: known.get(f.prefill or "") or _sample(f) for f in resolved.fields}
    return Application(item, answers, form, frozenset(m.code for m in resolved.materials), uuid7())


def _sample(field_: FormField) -> str:
    return field_.choices[0].code if field_.kind == "choice" else SAMPLES[field_.kind]


def sit(at: Lane, timings: Timings) -> Visit:
    """Ticket, call, sit down, compare the document, say for whom."""
    with timings.step("take"):
        take_ticket(by=PRINTER, hall=at.window.hall, once=uuid7(), holder_id=at.agent.pk)
    with timings.step("call"):
        sitting.call_next(by=at.clerk)
    with timings.step("sit"):
        visit = sitting.sit_down(by=at.clerk)
    with timings.step("verify"):
        sitting.check_document(by=at.clerk, visit=visit, tail=at.tail)
    with timings.step("name"):
        sitting.name_parties(by=at.clerk, visit=visit, applicant=at.applicant, agent=at.agent)
    visit.applicant, visit.agent, visit.claim = at.applicant, at.agent, None
    return visit


def case_through(at: Lane, visit: Visit, wanted: Application, timings: Timings) -> Result:
    """One case from receipt to the hand: receive, check, accept, grant, make, collect and close (seven moves)."""
    with timings.step("receive"):
        (case,) = sitting.take_in(by=at.clerk, visit=visit, applications=[wanted]).cases
    with timings.step("check-and-accept"):
        standings = dict.fromkeys(wanted.given, ("in-order", ""))
        sitting.check_and(by=at.clerk, case_id=case.pk, standings=standings, verb="accept")
    with timings.step("decide"):
        decide(by=at.approvers[case.department_id], case_id=case.pk, verb="grant", words="")
    with timings.step("make"):
        decided = fetched(Case, case.pk)
        assert decided is not None
        result = make_available(by=MAKER, case=decided, region="310104")
    with timings.step("collect"):
        collect(by=at.handover, results=[result], collector=at.agent, tail=at.tail)
    return result


def leave(at: Lane, visit: Visit, timings: Timings) -> None:
    """The person leaves."""
    with timings.step("end"):
        sitting.end_sitting(by=at.clerk, visit=visit)
