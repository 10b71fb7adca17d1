"""The calendar that counts in this process, and what a notice would do to the open cases."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Q, QuerySet

from onewindow.kernel.errors import NotFound
from onewindow.kernel.words import Words
from onewindow.law.calendars import Calendar, Change, Notice, packaged, shipped
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.queries import procedures_of
from onewindow.spine.cases.states import OPEN
from onewindow.spine.holidays.models import HolidayNotice, HolidayText
from onewindow.spine.holidays.rules import (
    Recomputed,
    Standing,
    changed_days,
    composed,
    deadlines,
    depends,
    recomputed,
    with_notice,
)

SAMPLE = 12
CLOCKS = {
    "due_on": Words("法定期限", "statutory limit"), "promised_on": Words("承诺期限", "promised limit"),
    "notice_due_on": Words("一次性告知期限", "time for the one-time notice"), "supplement_due_on": Words("补正期限", "time for corrections"),
}  # fmt: skip
_COLUMNS = {"accepted": ("due_on", "promised_on"), "received": ("notice_due_on",), "correcting": ("supplement_due_on",)}


# --- the calendar of this process --------------------------------------------------------------------


@dataclass
class _Known:
    """What this process last read: the generation is the newest notice's key."""

    generation: int = -1
    calendars: tuple[Calendar, ...] = ()
    looked: float = field(default=-1e9)


_known = _Known()


def published() -> Calendar:
    """What is shipped and what was published since. Asks the database for the newest generation at most once in `CALENDAR_RENEW_S`.

    A database that is away leaves the calendar last known.
    """
    if not _known.calendars or time.monotonic() - _known.looked >= settings.CALENDAR_RENEW_S:
        try:
            _renew()
        except (DatabaseError, InterfaceError):
            if not _known.calendars:
                return shipped()
    return _known.calendars[-1]


def _renew() -> None:
    looked = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM holidays_text")
        (generation,) = cursor.fetchone()
    if generation != _known.generation:
        texts = HolidayText.objects.order_by("id").values_list("content", flat=True)
        _known.calendars = tuple(composed(shipped(), [Notice.read(content) for content in texts]))
        _known.generation = generation
    _known.looked = looked


def forget() -> None:
    """Read anew at the next question: after a publication in this process, and in each test."""
    global _known
    _known = _Known()
    calendar_called.cache_clear()


@lru_cache(maxsize=64)
def calendar_called(version: str) -> Calendar | None:
    """A calendar that counted once, by its version; None for one that this installation never had."""
    published()
    return next((each for each in _known.calendars if each.version == version), None)


# --- notices ------------------------------------------------------------------------------------------


def notices() -> QuerySet[HolidayNotice]:
    """What was published here, the newest first."""
    return HolidayNotice.objects.select_related("text").order_by("-id")


def notice(uuid: UUID) -> HolidayNotice:
    try:
        return HolidayNotice.objects.select_related("text").get(uuid=uuid)
    except HolidayNotice.DoesNotExist:
        raise NotFound from None


def standing_notice(year: int) -> tuple[Notice, str] | None:
    """The notice that counts for a year and its document number (empty: packaged with the program); None where there is none."""
    here = HolidayNotice.objects.select_related("text").filter(of_year=year).order_by("-version").first()
    if here is not None:
        return Notice.read(here.text.content), here.paper
    found = [each for each in shipped().notices if each.year == year]
    return (found[-1], "") if found else None


def next_version(year: int) -> int:
    return HolidayNotice.objects.filter(of_year=year).count() + 1


# --- what it does to the open cases -------------------------------------------------------------------


def standing_of(case: Case) -> Standing:
    """What the clocks of a case stand on."""
    dates = {name: getattr(case, name) for name in _COLUMNS.get(case.state, ())}
    excluded = tuple(procedure.span for procedure in procedures_of([case.pk])) if case.procedures_begun else ()
    return Standing(case.state, case.received_on, case.noticed_on, case.accepted_on, dates, case.provisional, excluded)


def reached(since: date) -> QuerySet[Case]:
    """The open cases with a clock that runs to this day or beyond: only these can depend on it. By the index on `due_on`."""
    clocks = Q(state="accepted") & (Q(due_on__gte=since) | Q(promised_on__gte=since))
    clocks |= Q(state="received", noticed_on__isnull=True, notice_due_on__gte=since) | Q(state="correcting", supplement_due_on__gte=since)
    return Case.objects.filter(clocks, state__in=sorted(OPEN)).order_by("id")


def recomputed_case(case: Case, after: Calendar) -> Recomputed | bool | None:
    """What the calendar makes of a case, which stands by the calendar it names itself."""
    before = calendar_called(case.calendar_version) or packaged()
    return recomputed(standing_of(case), case.version.definition.limits, before=before, after=after)


@dataclass(frozen=True)
class Moved:
    """A case whose dates a notice would move: what each is, before and after."""

    case: Case
    dates: list[tuple[Words, date, date]]


@dataclass(frozen=True)
class Preview:
    """A dry run: nothing is written. `days` are worked now and were not, or the other way round."""

    change: Change
    days: list[tuple[date, bool, str]]
    open: int
    dependent: int
    moving: int
    cleared: int
    unlike: int
    sample: list[Moved]
    version: str


def preview(planned: Notice) -> Preview:
    """What publishing a notice would do, to the days and to every open case."""
    before = packaged()
    after = with_notice(before, planned)
    change = before.changes_to(after)
    days = [(day, after.is_working(day), after.day(day).name or "") for day in changed_days(change, before, after)]
    dependent = moving = cleared = unlike = 0
    sample: list[Moved] = []
    for case in _candidates(change):
        standing, limits = standing_of(case), case.version.definition.limits
        dependent += depends([*deadlines(standing, limits, before).values(), *deadlines(standing, limits, after).values()], change)
        found = recomputed_case(case, after)
        unlike += found is False
        if isinstance(found, Recomputed):
            old = [(CLOCKS[name], was, new) for name, new in found.dates.items() if (was := standing.dates[name]) is not None and was != new]
            moving += bool(old)
            cleared += standing.provisional and not found.provisional
            if old and len(sample) < SAMPLE:
                sample.append(Moved(case, old))
    return Preview(change, days, Case.objects.filter(state__in=sorted(OPEN)).count(), dependent, moving, cleared, unlike, sample, before.version)


def _candidates(change: Change) -> Iterator[Case]:
    if change.days:
        yield from reached(change.days[0]).defer("form_key", "form_sealed").iterator(chunk_size=500)

