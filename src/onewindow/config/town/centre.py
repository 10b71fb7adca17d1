"""The centre at work: visitors, clerks at their windows, approvers and the delivery window, as stories of a simulation.

The simulation's time is seconds since its beginning; each step happens at its own moment through the same
errand as at a desk. A step that is refused is a person who could not be helped, never a broken centre.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import simpy

from onewindow.config.town.errands_of_callers import brought
from onewindow.config.town.evaluating import after_collection, after_sitting
from onewindow.config.town.paying import charged, paid
from onewindow.config.town.plans import Coming, Want, moment_of
from onewindow.config.town.roster import Caller
from onewindow.config.town.setting_aside import BASIS, Aside, set_aside
from onewindow.errands import sitting
from onewindow.errands.collection import collect
from onewindow.errands.decision import decide
from onewindow.foundation.places.models import Hall, Site, Window
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel.clock import LOCAL
from onewindow.kernel.errors import Refusal
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.rows import fetched
from onewindow.kernel.permissions import Actor, system
from onewindow.law.calendars import packaged
from onewindow.spine.cases.models import Case, SpecialProcedure
from onewindow.spine.visits.models import Visit
from onewindow.stages.acceptance.actions import refuse, take_supplement
from onewindow.stages.approval.actions import begin_procedure, end_procedure
from onewindow.stages.delivery.actions import make_available
from onewindow.stages.delivery.models import Result
from onewindow.stages.delivery.states import MAKE
from onewindow.stages.publication.actions import publish
from onewindow.stages.publication.policies import PUBLISH
from onewindow.stages.queueing.actions import miss, recall, take_ticket
from onewindow.stages.queueing.models import Ticket
from onewindow.stages.queueing.policies import TAKE

Story = Generator[Any, Any, None]
PRINTER = Actor("device", "ticket-printer", frozenset({TAKE.code}))
_MAKER = system("delivery", [MAKE])
_PUBLISHER = system("publication", [PUBLISH])
_log = logging.getLogger(__name__)
_CLOSES = time(16, 30)
_ELSEWHERE = "邻区主管部门（演示）"


@dataclass(frozen=True)
class Bringing:
    """What a ticket's holder came for: new wants, or corrections of a case."""

    caller: Caller
    wants: tuple[Want, ...]
    patience: bool = True
    corrected: int | None = None


@dataclass
class Centre:
    """The state of the simulated centre. `makes_results`: true in the past, where no worker runs beside it."""

    site: Site
    env: simpy.Environment
    start: datetime
    callers: Sequence[Caller]
    chance: Random
    makes_results: bool
    region: str = "310104"
    halls: dict[str, Hall] = field(default_factory=dict)
    waiting: dict[str, simpy.Store] = field(default_factory=dict)
    brings: dict[int, Bringing] = field(default_factory=dict)
    approvers: dict[int, Actor] = field(default_factory=dict)
    handover: Actor | None = None

    def __post_init__(self) -> None:
        for hall in Hall.objects.filter(place=self.site).select_related("place"):
            self.halls[hall.code], self.waiting[hall.code] = hall, simpy.Store(self.env)
        for approver in Staff.objects.filter(site=self.site.code, roles__contains=["approver"], state="active").order_by("id"):
            self.approvers.setdefault(approver.department_id or 0, actor_of(approver))
        first = Staff.objects.filter(site=self.site.code, roles__contains=["handover"], state="active").order_by("id").first()
        self.handover = actor_of(first) if first is not None else None

    @property
    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.env.now)

    def until(self, moment: datetime) -> simpy.Event:
        """Wait for a moment; one that has passed is now."""
        return self.env.timeout(max(0.0, (moment - self.now).total_seconds()))

    def minutes(self, shortest: float, longest: float) -> simpy.Event:
        return self.env.timeout(60 * self.chance.uniform(shortest, longest))

    def caller_of(self, coming: Coming) -> Caller:
        """The caller a plan means: agents of companies in hall A, people for themselves in the others."""
        for_a_company = coming.hall == "A"
        among = [caller for caller in self.callers if (caller.company is not None) is for_a_company]
        return among[coming.who % len(among)]

    # Visitors

    def visitor(self, coming: Coming) -> Story:
        """Comes at the time planned and takes a ticket."""
        yield self.until(coming.at)
        self.comes(coming.hall, Bringing(self.caller_of(coming), coming.wants, coming.patience))

    def comes(self, hall: str, bringing: Bringing) -> None:
        with step():
            ticket = take_ticket(by=PRINTER, hall=self.halls[hall], once=uuid7(), holder_id=bringing.caller.person.pk)
            self.brings[ticket.pk] = bringing
            self.waiting[hall].put(ticket.pk)

    # Windows

    def clerk(self, window: Window, by: Actor, day: date) -> Story:
        """A day at a window: call, serve, until closing time and nobody waits."""
        queue, closing = self.waiting[window.hall.code], self.until(datetime.combine(day, _CLOSES, LOCAL))
        while True:
            wanted = queue.get()
            yield wanted | closing
            if not wanted.triggered:
                wanted.cancel()
                break
            yield from self._serve_next(by)
        with step():
            sitting.leave_window(by=by, window=window)

    def _serve_next(self, by: Actor) -> Story:
        ticket: Ticket | None = None
        with step():
            ticket = sitting.call_next(by=by)
        if ticket is None:
            return
        bringing = self.brings.pop(ticket.pk, None) or self.improvised(ticket)
        if not bringing.patience:
            yield self.minutes(0.8, 1.2)
            with step():
                recall(by=by, ticket_id=ticket.pk)
            yield self.minutes(0.8, 1.2)
            with step():
                miss(by=by, ticket_id=ticket.pk)
            return
        yield self.minutes(0.3, 0.9)
        visit: Visit | None = None
        with step():
            visit = sitting.sit_down(by=by)
        if visit is not None:
            yield from self.sitting_of(by, visit, bringing)
            yield self.minutes(0.3, 1.5)

    def improvised(self, ticket: Ticket) -> Bringing:
        """What somebody wants whose plan nobody remembers: whoever took a ticket elsewhere, or before a restart."""
        known = next((caller for caller in self.callers if caller.person.pk == ticket.holder_id), None)
        caller = known or self.callers[ticket.pk % len(self.callers)]
        return Bringing(caller, (), patience=ticket.holder_id is not None and known is not None)

    def sitting_of(self, by: Actor, visit: Visit, bringing: Bringing) -> Story:
        """The sitting itself: document, parties, everything they came for."""
        caller = bringing.caller
        yield self.minutes(0.5, 1.5)
        with step():
            sitting.check_document(by=by, visit=visit, tail=caller.tail)
            agent = caller.person if caller.company else None
            sitting.name_parties(by=by, visit=visit, applicant=caller.company or caller.person, agent=agent)
            visit.claim_id, visit.applicant, visit.agent = None, caller.company or caller.person, agent
        if bringing.corrected is not None:
            yield from self._corrections(by, bringing.corrected)
        for want in bringing.wants:
            yield from self._serve(by, visit, want, caller)
        with step():
            sitting.end_sitting(by=by, visit=visit)
            after_sitting(self, visit.pk)

    def _serve(self, by: Actor, visit: Visit, want: Want, caller: Caller) -> Story:
        yield self.minutes(3, 8)
        case: Case | None = None
        with step():
            outcome = sitting.take_in(by=by, visit=visit, applications=[brought(want, sitting.known_of(visit))])
            case = outcome.cases[0] if outcome.cases else None
            for refusal in outcome.refusals.values():
                raise refusal
        if case is None:
            return
        yield self.minutes(1.5, 5)
        if want.flaw == "elsewhere":
            with step():
                refuse(by=by, case_id=case.pk, ground="not-ours", reason="经营场所不在本区（演示）", agency=_ELSEWHERE)
            return
        with step():
            given = dict.fromkeys(case.materials.filter(standing="given").values_list("code", flat=True), ("in-order", ""))
            sitting.check_and(by=by, case_id=case.pk, standings=given, verb="correct" if want.flaw == "lacking" else "accept")
        case = _again(case.pk)
        if case.state == "correcting":
            self.env.process(self.returns(case, caller))
        elif case.state == "accepted":
            self.env.process(self.decision(case))

    def returns(self, case: Case, caller: Caller) -> Story:
        """Comes back with the corrections after some working days; one in twelve never does."""
        chance = _chance_of(case)
        if chance.random() < 0.08:
            return
        day = packaged().plus(self.now.astimezone(LOCAL).date(), chance.randint(1, 8))
        yield self.until(moment_of(day, chance))
        self.comes(case.version.hall, Bringing(caller, (), corrected=case.pk))

    def _corrections(self, by: Actor, case_id: int) -> Story:
        yield self.minutes(2, 5)
        with step():
            case = _again(case_id)
            lacking = set(case.materials.filter(standing__in=["missing", "deficient"]).values_list("code", flat=True))
            take_supplement(by=by, case_id=case_id, given=lacking)
            given = dict.fromkeys(case.materials.filter(standing="given").values_list("code", flat=True), ("in-order", ""))
            sitting.check_and(by=by, case_id=case_id, standings=given, verb="accept")
        case = _again(case_id)
        if case.state == "accepted":
            self.env.process(self.decision(case))

    # Back office and delivery

    def decision(self, case: Case) -> Story:
        """The department decides, mostly well before the promised day, now and then late; of some permits something is tested before."""
        by = self.approvers.get(case.department_id)
        if by is None:
            return
        aside = set_aside(case)
        if aside is not None:
            yield from self._tested(case, aside, by)
            case = _again(case.pk)
            if case.accepted_on is None:  # a person took the acceptance back meanwhile
                return
        yield self.until(decided_at(case))
        with step():
            denied = _chance_of(case).random() < 0.04
            verb, words = ("deny", "现场条件不符合要求（演示）") if denied else ("grant", "")
            decide(by=by, case_id=case.pk, verb=verb, words=words)
            if self.makes_results:
                make_available(by=_MAKER, case=_again(case.pk), region=self.region)
                publish(by=_PUBLISHER, case_id=case.pk)
                if verb == "grant":
                    charged(case.pk)
        yield from self.collection(case.pk)

    def _tested(self, case: Case, aside: Aside, by: Actor) -> Story:
        """What is tested is begun, takes its days and is ended; a case of before a restart goes on where it stood."""
        yield self.until(aside.begins)
        with step():
            begin_procedure(by=by, case_id=case.pk, kind=aside.kind, basis=BASIS, days=aside.told, once=aside.once)
        yield self.until(aside.ends)
        running = SpecialProcedure.objects.filter(once=aside.once, state="running").values_list("pk", flat=True).first()
        if running is not None:
            with step():
                end_procedure(by=by, procedure_id=running)

    def collection(self, case_id: int) -> Story:
        """The agent comes for the result some working days later."""
        chance = Random(f"collect/{case_id}")
        day = packaged().plus(self.now.astimezone(LOCAL).date(), chance.randint(1, 4))
        yield self.until(moment_of(day, chance))
        with step():
            result = Result.objects.select_related("case").get(case_id=case_id)
            taker = result.case.agent_id or result.case.applicant_id
            caller = next((c for c in self.callers if c.person.pk == taker), None)
            if caller is not None and self.handover is not None and result.state == "available":
                if result.case.state == "granted":
                    paid(case_id)
                collect(by=self.handover, results=[result], collector=caller.person, tail=caller.tail)
                after_collection(self, case_id)


def decided_at(case: Case) -> datetime:
    """When a case's department decides: told by the case alone, so that it is the same after a restart."""
    assert case.accepted_on is not None and case.promised_on is not None
    chance, calendar = _chance_of(case), packaged()
    promised = calendar.working_days_after(case.accepted_on, case.promised_on)
    if chance.random() < 0.03:
        day = calendar.plus(case.promised_on, chance.randint(1, 2))
    else:
        day = calendar.plus(case.accepted_on, chance.randint(min(1, promised), promised)) if promised else case.accepted_on
    aside = set_aside(case)
    if aside is not None:  # not before the result is in
        day = max(day, min(calendar.plus(aside.ends.date(), 1), case.promised_on))
    return moment_of(day, chance)


def _again(case_id: int) -> Case:
    """The case as it stands now, by itself."""
    case = fetched(Case, case_id)
    assert case is not None
    return case


def _chance_of(case: Case) -> Random:
    return Random(f"case/{case.number}")


@contextmanager
def step() -> Iterator[None]:
    """One person's one act: done, or refused and undone; the centre goes on."""
    try:
        yield
    except Refusal as refusal:
        _log.debug("refused: %s", refusal)
