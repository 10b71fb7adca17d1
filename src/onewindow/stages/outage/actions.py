"""The only writers of outages, reserve booklets, and the back-entries of hand-written receipts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from onewindow.foundation.places.models import Hall
from onewindow.foundation.places.queries import halls
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, OutageStanding, OwnBackEntry, ReasonMissing
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.models import Visit
from onewindow.stages.outage.models import BackEntry, Booklet, Outage
from onewindow.stages.outage.policies import DECLARE, PRINT
from onewindow.stages.outage.queries import already, entry_with, standing_outage
from onewindow.stages.outage.rules import LONGEST_REASON, MOST, receipt_number
from onewindow.stages.outage.states import OUTAGE


def declare(*, by: Actor, started_at: datetime, reason: str) -> Outage:
    """The system is, or was, away since a moment. The boards say so. Raises `ReasonMissing`, `InvalidInput`, `OutageStanding`."""
    by.require(DECLARE)
    if not reason.strip():
        raise ReasonMissing(verb=OUTAGE.moves["declare"].words)
    if len(reason.strip()) > LONGEST_REASON:
        raise InvalidInput(field=Words("停机原因", "reason"), reason_zh=f"最多 {LONGEST_REASON} 个字", reason_en=f"at most {LONGEST_REASON} characters")
    if started_at > clock.now():
        raise InvalidInput(field=Words("停机时间", "start of the outage"), reason_zh="这个时间还没有到", reason_en="lies in the future")
    facts = {"since": started_at.isoformat(), "halls": [hall.code for hall in halls(by.site)]}
    try:
        with transaction.atomic():
            return begin(Outage, "declare", by=by, site=by.site, facts=facts, reason=reason.strip(), started_at=started_at)
    except IntegrityError:
        standing = standing_outage(by.site)
        if standing is None:
            raise
        raise OutageStanding(since=f"{clock.local(standing.started_at):%Y-%m-%d %H:%M}") from None


@transaction.atomic
def end(*, by: Actor, outage_id: int, ended_at: datetime) -> None:
    """The system is back, since a moment. Raises `InvalidInput` for one to come or before the outage began."""
    with moving(Outage, outage_id, "end", by=by) as motion:
        if not motion.subject.started_at <= ended_at <= motion.at:
            raise InvalidInput(
                field=Words("恢复时间", "end of the outage"), reason_zh="应在停机开始之后，并且不能晚于现在", reason_en="lies after the start, and not in the future"
            )
        motion.set(ended_at=ended_at)
        motion.record(until=ended_at.isoformat(), halls=[hall.code for hall in halls(motion.subject.site)])


@transaction.atomic
def print_booklet(*, by: Actor, hall: Hall, count: int, once: UUID) -> Booklet:
    """Set aside the hall's next `count` reserve numbers, for tickets and receipts alike. The same `once` again returns the same booklet."""
    by.require(PRINT)
    if not 1 <= count <= MOST:
        raise InvalidInput(field=Words("份数", "how many"), reason_zh=f"请填 1 到 {MOST}", reason_en=f"please enter 1 to {MOST}")
    locked(Hall, hall.pk)  # one booklet of a hall at a time: their numbers never overlap
    printed = Booklet.objects.select_related("hall__place").filter(once=once).first()
    if printed is not None:
        return printed
    first = (Booklet.objects.filter(hall=hall).aggregate(last=Max("last"))["last"] or 0) + 1
    last = first + count - 1
    return begin(
        Booklet, "print", by=by, site=hall.place.code, facts={"hall": hall.code, "first": first, "last": last},
        hall=hall, first=first, last=last, printed_by_id=int(by.id), once=once,
    )  # fmt: skip


def begin_entry(*, by: Actor, visit: Visit, booklet: Booklet, n: int, received_at: datetime, accepted_on: date | None) -> BackEntry:
    """A hand-written receipt is being entered at the visit's window; nobody else can enter it meanwhile.

    The row is stamped with the present moment and records the true one. Raises `SerialUsed`, which says what has the number.
    """
    number = receipt_number(booklet.hall.code, n)
    facts = {"number": number, "visit": visit.pk, "received_at": received_at.isoformat(), "accepted_on": accepted_on.isoformat() if accepted_on else None}
    try:
        with transaction.atomic():
            return begin(
                BackEntry, "begin", by=by, site=visit.site, facts=facts, booklet=booklet, n=n, number=number, visit=visit,
                received_at=received_at, accepted_on=accepted_on, entered_by_id=int(by.id),
            )  # fmt: skip
    except IntegrityError:
        standing = entry_with(booklet.pk, n)
        if standing is None:
            raise
        raise already(standing) from None


def enter(*, by: Actor, entry_id: int, case: Case) -> None:
    """The receipt became this case."""
    with moving(BackEntry, entry_id, "enter", by=by) as motion:
        motion.set(case=case)
        motion.record(number=motion.subject.number, case=case.pk, received_at=clock.local(motion.subject.received_at).isoformat())


def drop(*, by: Actor, entry_id: int) -> None:
    """The sitting ended and nothing was filed: the number can be entered again."""
    with moving(BackEntry, entry_id, "drop", by=by) as motion:
        motion.record(number=motion.subject.number)


def confirm(*, by: Actor, entry_id: int) -> None:
    """A second person compared what was entered with the paper. Raises `OwnBackEntry` for who entered it."""
    with moving(BackEntry, entry_id, "confirm", by=by) as motion:
        if motion.subject.entered_by_id == int(by.id):
            raise OwnBackEntry
        motion.set(confirmed_by_id=int(by.id))
        motion.record(number=motion.subject.number, case=motion.subject.case_id)
