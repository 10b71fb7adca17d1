"""Where a tour stands: read from the database alone, so that it survives the back button, a reload and a restart.

The tour's nonce is the ticket's; from the ticket follow the visit, its case, the result. Only the answers given before
there is a ticket travel in the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode

from onewindow.errands.touring import Cast, cast
from onewindow.foundation.catalogue.definition import Definition, holds, next_question, resolve
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel import clock
from onewindow.spine.cases.queries import cases_of_visit
from onewindow.spine.visits.queries import visit_of_ticket
from onewindow.stages.delivery.queries import results_of
from onewindow.stages.queueing.queries import ticket_once

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.definition.model import Question
    from onewindow.spine.cases.models import Case
    from onewindow.spine.visits.models import Visit
    from onewindow.stages.delivery.models import Result
    from onewindow.stages.queueing.models import Ticket

ITEM, HALL = "food-business-licence", "A"
Answers = dict[str, list[str]]
# What is not asked on the tour: the agent has come, there are no machines, the canteen is one's own.
SETTLED: Answers = {"machine": ["no"], "agent": ["agent"], "canteen-run": ["own"]}
# What is taken for answered by whoever opens a tour under way without the answers in its address.
USUAL: Answers = {"business": ["catering"], "kinds": ["hot"]}
# At which of the four stops each step is done; 5 is the end, 0 a tour that cannot go on.
STOP_OF = {
    "ask": 1, "not-needed": 1, "ticket": 1, "call": 2, "sit": 2, "verify": 2, "receive": 2, "check": 2, "supplement": 2,
    "leave": 2, "decide": 3, "making": 4, "collect": 4, "done": 5, "over": 0,
}  # fmt: skip


@dataclass(frozen=True)
class Tour:
    """One tour as it stands: whom it is about, what there is of it so far, and the one step that is next."""

    once: UUID
    cast: Cast
    definition: Definition
    answers: Answers
    step: str
    question: Question | None = None
    asked: Answers = field(default_factory=dict)
    ticket: Ticket | None = None
    visit: Visit | None = None
    case: Case | None = None
    result: Result | None = None

    @property
    def stop(self) -> int:
        return STOP_OF[self.step]

    @property
    def address(self) -> str:
        """The tour's page; as long as the answers stand nowhere else, with them."""
        path = reverse("tour-walk", args=[self.once])
        asked = [(code, value) for code, values in self.asked.items() for value in (values or [""])]
        return f"{path}?{urlencode(asked)}" if asked and self.case is None else path

    @property
    def query(self) -> str:
        """The answers as the end of an address."""
        return self.address.partition("?")[2]


def tour_of(once: UUID, sent: MultiValueDict[str, str]) -> Tour:
    """The tour of a nonce. `sent` are the answers in its address; what is no answer there is passed over."""
    definition = published(ITEM).definition
    ticket = ticket_once(once)
    asked = _answered(definition, sent)
    if ticket is None:
        question = next_question(definition, asked | _settled(definition, asked))
        answers = asked | _settled(definition, asked)
        over = question is None and resolve(definition, answers).not_needed is not None
        step = "ask" if question is not None else "not-needed" if over else "ticket"
        return Tour(once, cast(once), definition, answers, step, question, asked)
    if next_question(definition, asked | _settled(definition, asked)) is not None:
        asked = dict(USUAL)
    visit = visit_of_ticket(ticket.pk)
    case = cases_of_visit(visit.pk).first() if visit is not None else None
    result = results_of([case.pk]).first() if case is not None else None
    answers = dict(case.answers) if case is not None else asked | _settled(definition, asked)
    step = _step(ticket, visit, case, result)
    return Tour(once, cast(once), definition, answers, step, None, asked, ticket, visit, case, result)


def _step(ticket: Ticket, visit: Visit | None, case: Case | None, result: Result | None) -> str:
    if result is not None:
        return "done" if result.state == "collected" else "collect"
    if case is not None and case.state in ("granted", "denied"):
        return "making"
    if case is not None and case.state == "accepted":
        return "leave" if visit is not None and visit.state == "open" else "decide"
    if visit is not None:
        if visit.state != "open":
            return "over"
        if case is None:
            return "verify" if visit.claim_id is not None or visit.applicant_id is None else "receive"
        return {"received": "check", "correcting": "supplement"}.get(case.state, "over")
    if ticket.local_day != clock.today():
        return "over"
    return {"waiting": "call", "missed": "call", "called": "sit"}.get(ticket.state, "over")


def _answered(definition: Definition, sent: MultiValueDict[str, str]) -> Answers:
    """The answers in the address that are answers to questions of this situation; a question asked of many may have none."""
    found: Answers = {}
    for question in definition.questions:
        if question.code in SETTLED or question.code not in sent or not holds(question.when, found):
            continue
        known = {answer.code for answer in question.answers}
        chosen = list(dict.fromkeys(value for value in sent.getlist(question.code) if value in known))
        if question.kind != "one" or len(chosen) == 1:
            found[question.code] = chosen
    return found


def _settled(definition: Definition, answers: Mapping[str, Any]) -> Answers:
    """What is settled beforehand of the questions that this situation asks."""
    over = any(a.not_needed and a.code in answers.get(q.code, ()) for q in definition.questions for a in q.answers)
    return {} if over else {q.code: SETTLED[q.code] for q in definition.questions if q.code in SETTLED and holds(q.when, answers)}
