"""The sitting: one person, one window, everything they came for.

Lock order everywhere: ticket, visit, cases by key. Each function is one transaction over several
stages; one item refused undoes only its own part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.people.actions import appoint_agent as appoint
from onewindow.foundation.people.actions import register
from onewindow.foundation.people.models import Party
from onewindow.foundation.people.queries import number_of, phone_in, principals_of
from onewindow.foundation.places.actions import close_window, open_window
from onewindow.foundation.places.models import Window
from onewindow.foundation.places.queries import window_where
from onewindow.kernel import clock
from onewindow.kernel.errors import IdentityUnverified, InvalidInput, NotAtWindow, Refusal, StateConflict, WindowBusy
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.queries import cases_of_visit
from onewindow.spine.visits.actions import close_visit, name_visitors, open_visit, verify_visitor
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.queries import open_visit_at
from onewindow.stages.acceptance.actions import accept, check_materials, give_correction_notice, receive
from onewindow.stages.acceptance.drafts import discard_all
from onewindow.stages.outage import queries as outage
from onewindow.stages.outage.actions import drop, enter
from onewindow.stages.queueing import actions as queueing
from onewindow.stages.queueing.models import Ticket
from onewindow.stages.queueing.queries import standing_ticket


@dataclass(frozen=True)
class Application:
    """What is asked for in a sitting: an item, the answers that choose its situation, form, materials given; `once` is the screen's nonce."""

    item: str
    answers: Mapping[str, Any]
    form: Mapping[str, str]
    given: frozenset[str]
    once: UUID


@dataclass
class Outcome:
    """What became of the applications: cases taken in, and refusals by item code."""

    cases: list[Case] = field(default_factory=list)
    refusals: dict[str, Refusal] = field(default_factory=dict)


def my_window(by: Actor) -> Window:
    """The window this clerk sits at; `NotAtWindow` otherwise."""
    window = window_where(int(by.id))
    if window is None:
        raise NotAtWindow
    return window


def call_next(*, by: Actor) -> Ticket:
    """Call the next person of the hall to the clerk's window."""
    return queueing.call_next(by=by, window=my_window(by))


def call_ticket(*, by: Actor, ticket_id: int) -> Ticket:
    """Call one certain person, who is expected, to the clerk's window."""
    return queueing.call_ticket(by=by, window=my_window(by), ticket_id=ticket_id)


@transaction.atomic
def sit_down(*, by: Actor) -> Visit:
    """The person called has come: the ticket is being served and a visit is open.

    A double click, or a screen that asks again, gets the visit already open.
    """
    window = my_window(by)
    ticket = standing_ticket(window.pk)
    if ticket is None:
        raise InvalidInput(field=Words("号码", "ticket"), reason_zh="本窗口还没有叫号", reason_en="this window has not called anybody")
    if ticket.state == "serving":
        standing = open_visit_at(window.pk)
        if standing is not None:
            return standing
    queueing.serve(by=by, ticket_id=ticket.pk)
    # Whose number was typed at the printer sits here by their own word only: `check_document` comes before any receipt.
    return open_visit(
        by=by, window=window, ticket=ticket.pk, ticket_number=ticket.number, agent_id=ticket.holder_id
    )


def check_document(*, by: Actor, visit: Visit, tail: str) -> None:
    """The clerk looked at the document of who sits here: its last four are those of who the ticket named.

    Once it is settled, the same press again changes nothing.
    """
    if visit.claim_id is None:
        return
    try:
        with transaction.atomic():
            verify_visitor(by=by, visit_id=visit.pk, tail=tail)
    except StateConflict:  # the same press, twice at once: the other one settled it
        return


@transaction.atomic
def name_parties(*, by: Actor, visit: Visit, applicant: Party, agent: Party | None) -> None:
    """Say for whom this is. An agent must be appointed by the applicant, today included."""
    if agent is not None and agent.pk != applicant.pk:
        today = clock.today()
        if not principals_of(agent.pk, today).filter(principal_id=applicant.pk).exists():
            raise InvalidInput(
                field=Words("经办人", "agent"), reason_zh="没有申请人有效的委托，请先登记授权委托书",
                reason_en="has no valid authority from the applicant; register the letter of authority first",
            )
    name_visitors(by=by, visit_id=visit.pk, applicant_id=applicant.pk, agent_id=agent.pk if agent else None)


def register_party(*, by: Actor, site: str, kind: str, name: str, number: str, phone: str, document: str = "") -> Party:
    """Put a person or company on record at the window, with another document than that of a lifetime if `document` says so."""
    return register(by=by, site=site, kind=kind, name=name, number=number, phone=phone, document=document)


@transaction.atomic
def take_in(*, by: Actor, visit: Visit, applications: Sequence[Application]) -> Outcome:
    """Receive several applications in one sitting; one that cannot be taken in leaves the others standing."""
    outcome = Outcome()
    for wanted in applications:
        try:
            with transaction.atomic():
                outcome.cases.append(_received(by, visit, wanted))
        except Refusal as refusal:
            outcome.refusals[wanted.item] = refusal
    return outcome


def _received(by: Actor, visit: Visit, wanted: Application) -> Case:
    """Receive one application; in a sitting without a ticket as of the true time of the hand-written receipt, which becomes one case."""
    claim = outage.claim_of(visit.pk) if visit.ticket is None else None
    case = receive(
        by=by, visit=visit, item=published(wanted.item), answers=wanted.answers, form=wanted.form,
        given=set(wanted.given), once=wanted.once, on_paper=claim.on_paper if claim and claim.state == "begun" else None,
    )  # fmt: skip
    if claim is not None and claim.case_id != case.pk:
        if claim.case is not None:
            raise outage.already(claim)
        enter(by=by, entry_id=claim.pk, case=case)
    return case


@transaction.atomic
def accept_all(*, by: Actor, visit: Visit) -> Outcome:
    """Accept every received case of the sitting that is ready; say of the others why not."""
    outcome = Outcome()
    for case in cases_of_visit(visit.pk).filter(state="received").order_by("pk"):
        try:
            with transaction.atomic():
                accept(by=by, case_id=case.pk)
                outcome.cases.append(case)
        except Refusal as refusal:
            outcome.refusals[case.version.code] = refusal
    return outcome


@transaction.atomic
def end_sitting(*, by: Actor, visit: Visit) -> None:
    """The person leaves: ticket and visit are finished together; a hand-written receipt not filed can be entered again."""
    ticket = standing_ticket(visit.window_id)
    if ticket is not None and ticket.pk == visit.ticket:
        queueing.finish(by=by, ticket_id=ticket.pk)
    if visit.ticket is None:
        claim = outage.claim_of(visit.pk)
        if claim.state == "begun":
            drop(by=by, entry_id=claim.pk)
    close_visit(by=by, visit_id=visit.pk)
    discard_all(by=by, visit=visit)


@transaction.atomic
def take_window(*, by: Actor, window: Window) -> None:
    """The clerk sits down at a window, leaving their former one; `WindowBusy` while somebody is called or sits there."""
    former = window_where(int(by.id))
    if former is not None and former.pk != window.pk:
        leave_window(by=by, window=former)
    open_window(by=by, window_id=window.pk, staff_id=int(by.id))


@transaction.atomic
def leave_window(*, by: Actor, window: Window) -> None:
    """The clerk leaves; `WindowBusy` while somebody is called or sits there."""
    ticket = standing_ticket(window.pk)
    if ticket is not None:
        raise WindowBusy(window=window.words, ticket=ticket.number)
    sitting = open_visit_at(window.pk)
    if sitting is not None:  # a hand-written receipt is being entered, without a ticket
        raise WindowBusy(window=window.words, ticket=sitting.ticket_number)
    close_window(by=by, window_id=window.pk)


@transaction.atomic
def name_agent(*, by: Actor, visit: Visit, agent: Party) -> None:
    """Say who sits here, their document in the clerk's hand; for whom is asked next, since another agent may have no authority from the applicant named."""
    name_visitors(by=by, visit_id=visit.pk, applicant_id=None, agent_id=agent.pk, seen=True)


@transaction.atomic
def introduce(*, by: Actor, visit: Visit, kind: str, name: str, number: str, phone: str) -> Party:
    """Put an applicant on record and name them: together with the agent's appointment, or not at all.

    Raises `IdentityUnverified` while nobody has compared the document of who sits here.
    """
    if visit.claim_id is not None:  # nobody becomes an agent by a number typed at the printer
        raise IdentityUnverified
    applicant = register_party(by=by, site=visit.site, kind=kind, name=name, number=number, phone=phone)
    agent = visit.agent if visit.agent_id != applicant.pk else None
    if agent is not None:
        appoint_agent(by=by, applicant=applicant, agent=agent)
    name_parties(by=by, visit=visit, applicant=applicant, agent=agent)
    return applicant


@transaction.atomic
def introduce_agent(*, by: Actor, visit: Visit, name: str, number: str, phone: str) -> Party:
    """Put whoever sits here on record and name them."""
    agent = register_party(by=by, site=visit.site, kind="person", name=name, number=number, phone=phone)
    name_agent(by=by, visit=visit, agent=agent)
    return agent


def appoint_agent(*, by: Actor, applicant: Party, agent: Party) -> None:
    """The applicant's letter of authority was shown: the agent may act for them for one year."""
    today = clock.today()
    appoint(by=by, site=by.site, principal_id=applicant.pk, agent_id=agent.pk, valid_until=today + timedelta(days=365))


def check_and(*, by: Actor, case_id: int, standings: Mapping[str, tuple[str, str]], verb: str) -> None:
    """Write how the materials stand and, in the same step, accept or give the one-time notice.

    When the second is refused the first is kept: what a clerk has checked is never lost.
    """
    then = {"accept": accept, "correct": give_correction_notice}.get(verb)
    refusal: Refusal | None = None
    with transaction.atomic():
        check_materials(by=by, case_id=case_id, standings=standings)
        try:
            if then is not None:
                with transaction.atomic():
                    then(by=by, case_id=case_id)
        except Refusal as refused:
            refusal = refused
    if refusal is not None:
        raise refusal


def known_of(visit: Visit) -> dict[str, str]:
    """What the centre knows of this visit's parties, by the names of `Prefill`."""
    known: dict[str, str] = {}
    if visit.applicant is not None:
        number = "applicant.credit-code" if visit.applicant.kind == "company" else "applicant.id-number"
        known |= {"applicant.name": visit.applicant.name, number: number_of(visit.applicant),
                  "applicant.phone": phone_in(visit.applicant) or ""}  # fmt: skip
    if visit.agent is not None:
        known |= {"agent.name": visit.agent.name, "agent.id-number": number_of(visit.agent),
                  "agent.phone": phone_in(visit.agent) or ""}  # fmt: skip
    return known
