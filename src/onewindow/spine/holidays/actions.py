"""The only writers of holiday notices, and of what they do to the open cases."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from onewindow.kernel.errors import StateConflict
from onewindow.kernel.ledger.attesting import mark
from onewindow.kernel.ledger.moving import begin, move_locked, moving
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor
from onewindow.law.calendars import Calendar, Notice, packaged
from onewindow.spine.cases.models import Case
from onewindow.spine.holidays import queries
from onewindow.spine.holidays.models import HolidayNotice, HolidayText
from onewindow.spine.holidays.policies import PUBLISH
from onewindow.spine.holidays.rules import Recomputed, with_notice


@transaction.atomic
def publish(*, by: Actor, site: str, notice: Notice, paper: str, upon: str) -> HolidayNotice:
    """Publish a notice, on top of the calendar of version `upon` that the dry run showed. It counts once this is committed.

    Raises `StateConflict` when another notice was published since the dry run.
    """
    by.require(PUBLISH)
    with connection.cursor() as cursor:  # one at a time: each is published upon the calendar its dry run showed
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('onewindow.calendar'))")
    queries.forget()  # the very newest, whatever this process knew
    before = packaged()
    if before.version != upon:
        raise StateConflict
    after, version = with_notice(before, notice), queries.next_version(notice.year)
    content = {
        "year": notice.year, "paper": paper, "days": [{"date": day.date.isoformat(), "name": day.name, "isOffDay": day.off} for day in notice.days],
    }  # fmt: skip
    number, digest = f"FJ{notice.year}-{version}", mark(content)
    wanted = queries.reached(date(notice.year - 1, 12, 1)).count()
    facts = {
        "year": notice.year, "version": version, "paper": paper, "document": number, "digest": digest, "before": before.version, "calendar": after.version,
    }  # fmt: skip
    made = begin(
        HolidayNotice, "publish", by=by, site=site, facts=facts, of_year=notice.year, version=version, paper=paper,
        calendar_version=after.version, wanted=wanted,
    )  # fmt: skip
    HolidayText.objects.create(notice=made, number=number, content=content, digest=digest)
    queries.forget()
    transaction.on_commit(queries.forget)
    return made


def recompute(*, by: Actor, case_id: int, calendar: Calendar) -> str:
    """Count one open case's deadlines by this calendar; what was done: ``moved``, ``cleared``, ``unlike``, or ``same`` (nothing written).

    One ledger row says the old and the new dates. A case whose dates are not what its limits give is left to a person.
    """
    with transaction.atomic():
        case = locked(Case, case_id)
        found = queries.recomputed_case(case, calendar) if case is not None else None
        if case is None or found is None:
            return "same"
        if not isinstance(found, Recomputed):
            return "unlike"
        old = {name: getattr(case, name) for name in found.dates}
        received = case.state == "received"
        with move_locked(case, "recompute" if case.state == "accepted" else "recompute-notice" if received else "recompute-supplement", by=by) as motion:
            motion.set(provisional=found.provisional, calendar_version=calendar.version, **found.dates)
            motion.record(
                before={name: day.isoformat() for name, day in old.items()}, after={name: day.isoformat() for name, day in found.dates.items()},
                provisional=found.provisional, calendar=calendar.version,
            )  # fmt: skip
    return "moved" if old != found.dates else "cleared"


def advance(*, by: Actor, notice_id: int, seen: int, done: dict[str, int], last_case: int) -> None:
    """A batch is recomputed: how many cases were looked at, and what became of them; `last_case` 0 begins the next sweep over all."""
    with moving(HolidayNotice, notice_id, "advance", by=by) as motion:
        notice = motion.subject
        motion.set(
            seen=notice.seen + seen if notice.sweep == 1 else notice.seen, moved=notice.moved + done.get("moved", 0),
            cleared=notice.cleared + done.get("cleared", 0), unlike=notice.unlike + done.get("unlike", 0) if notice.sweep == 1 else notice.unlike,
            last_case=last_case, sweep=notice.sweep if last_case else notice.sweep + 1,
        )  # fmt: skip
        motion.record(seen=seen, sweep=notice.sweep, last=last_case, **done)


def settle(*, by: Actor, notice_id: int) -> None:
    """Every open case was looked at, twice. Settled already: nothing is done."""
    with transaction.atomic():
        notice = locked(HolidayNotice, notice_id)
        if notice is None or notice.state != "published":
            return
        with move_locked(notice, "settle", by=by) as motion:
            motion.record(moved=notice.moved, cleared=notice.cleared, unlike=notice.unlike)
