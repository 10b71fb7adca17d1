"""What the four stops show: who stands there, what they see, and at the end what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from onewindow.desks.casefile import case_file, first_of_number
from onewindow.desks.tour.standing import HALL, Tour
from onewindow.desks.tour.steps import approver_of, deliverer_of, tour_hall
from onewindow.errands.sitting import known_of
from onewindow.errands.touring import PHONE
from onewindow.foundation.catalogue.definition import resolve
from onewindow.foundation.people.queries import masked_phone
from onewindow.foundation.staff.queries import staff_by_id
from onewindow.instruments.gateways.virtual import VirtualPhones
from onewindow.kernel import clock
from onewindow.kernel.ledger.queries import Sealed, rows_of, seal_over
from onewindow.kernel.states import MACHINES
from onewindow.kernel.words import Words
from onewindow.spine.visits.queries import query_code
from onewindow.stages.notices.queries import notices_to
from onewindow.stages.queueing.queries import ahead_of

if TYPE_CHECKING:
    from onewindow.kernel.ledger.models import Entry

_SYSTEMS = {
    "device": Words("办事人的手机", "the applicant's phone"),
    "system": Words("系统", "the system"),
}


@dataclass(frozen=True)
class Move:
    """One row of the ledger as the visitor reads it."""

    at: str
    what: Words
    on: Words
    who: Words


@dataclass(frozen=True)
class Told:
    """What happened on a tour: every move but those of the messages, how many in all, how long it took, the seal over the last."""

    moves: tuple[Move, ...]
    rows: int
    messages: int
    took: timedelta
    seal: Sealed | None

    @property
    def minutes(self) -> int:
        return int(self.took.total_seconds()) // 60

    @property
    def seconds(self) -> int:
        return int(self.took.total_seconds()) % 60


def scene(tour: Tour) -> dict[str, Any]:
    """Everything the page of a tour shows."""
    site = tour.ticket.site if tour.ticket is not None else tour_hall().place.code
    context: dict[str, Any] = {"tour": tour, "site": site, "hall": HALL, "limits": tour.definition.limits, "steps": "1234"}
    if tour.step in ("ticket", "receive"):
        context["resolved"] = resolve(tour.definition, tour.answers)
    if tour.ticket is None:
        return context
    device = VirtualPhones(Path(settings.VIRTUAL_PHONES))
    context |= {"inbox": device.inbox(tour.cast.phone), "phone": masked_phone(tour.cast.phone), "ahead": ahead_of(tour.ticket)}
    if tour.visit is not None and tour.step == "verify" and tour.visit.claim is not None:
        context["claim_number"] = first_of_number(tour.visit.claim)
    if tour.visit is not None and tour.step == "receive":
        context["known"] = [value for value in known_of(tour.visit).values() if value]
    if tour.case is not None:
        context |= _of_case(tour)
    if tour.step == "done":
        context["told"] = _told(tour)
    return context


def _of_case(tour: Tour) -> dict[str, Any]:
    case = tour.case
    assert case is not None and tour.visit is not None
    approver = approver_of(case) if case.state in ("accepted", "granted", "denied", "closed") else None
    shown = case_file(case)
    return shown | {
        "denied": any(document.kind == "denial" for document in shown["documents"]),
        "query_code": query_code(tour.visit),
        "acceptor": staff_by_id([case.accepted_by]).get(case.accepted_by) if case.accepted_by else None,
        "approver": approver,
        "deliverer": deliverer_of(case.site) if case.decided_on else None,
    }


def _told(tour: Tour) -> Told:
    """The whole matter as the ledger has it."""
    assert tour.ticket is not None and tour.visit is not None and tour.case is not None and tour.result is not None
    texts = notices_to(tour.ticket.holder_id or 0).filter(began_at__gte=tour.ticket.began_at).values_list("pk", flat=True)
    rows = list(rows_of({
        "ticket": [tour.ticket.pk], "visit": [tour.visit.pk], "case": [tour.case.pk], "result": [tour.result.pk], "notice": texts,
    }))  # fmt: skip
    ours = [row for row in rows if row.subject_kind != "notice"]
    people = staff_by_id({int(row.by.partition(":")[2]) for row in ours if row.by.startswith("staff:")})
    moves = tuple(_move(row, {f"staff:{pk}": person.words for pk, person in people.items()}) for row in ours)
    return Told(moves, len(rows), len(rows) - len(ours), ours[-1].at - ours[0].at, seal_over(rows[-1]))


def _move(row: Entry, people: dict[str, Words]) -> Move:
    machine = MACHINES[row.subject_kind]
    who = people.get(row.by) or _SYSTEMS["device" if row.by == PHONE.ref else "system"]
    return Move(f"{clock.local(row.at):%H:%M:%S}", machine.moves[row.verb].words, machine.words, who)
