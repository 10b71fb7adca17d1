"""Deadlines: n days, months or years from a start day.

The rules, in words:

* **Start.** The day something happens is never counted; day 1 is the next (民法典 201).
* **Working days.** Only worked days count; the deadline is the n-th of them (行政许可法 82).
* **Natural days.** Every day counts; when the n-th is a rest day, the deadline is the next working day
  (民法典 203).
* **Months and years.** Counted by the calendar, not as thirty days: the last day is the day of the last month
  that corresponds to the start day, or that month's last day when there is none (民法典 202); moved off a rest
  day as natural days are (民法典 203). Permits are decided within working days unless a statute of its own
  says otherwise (行政许可法 42, 82); some do, in months (保险法 71: six months).
* **Natural days before.** For “apply thirty days before expiry” (行政许可法 50): count n days back from the
  expiry, which is itself not counted; an application on that n-th day is in time. When it is a rest day, the
  next working day is still in time, though never later than the expiry: doubt favours the applicant.
* **Excluded time** (行政许可法 45). The first and the last day of an excluded span are both excluded, and all
  between; counting goes on with the day after the last. Spans that overlap or adjoin are united, so no day is
  excluded twice. A last day that would be moved into excluded time moves past it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from onewindow.kernel.errors import InvalidInput
from onewindow.law.calendars import Calendar
from onewindow.law.spans import ONE_DAY, Span, united

LONGEST = 10_000
"""No limit is longer, in any unit: a greater number is a slip."""


class Unit(StrEnum):
    """What a limit counts."""

    WORKING_DAYS = "working-days"
    NATURAL_DAYS = "natural-days"
    NATURAL_DAYS_BEFORE = "natural-days-before"
    MONTHS = "months"
    YEARS = "years"


MONTHS_IN = {Unit.MONTHS: 1, Unit.YEARS: 12}
"""The units counted from day to corresponding day."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a limit ends, and on what that rests.

    `due` is the last day that is in time, the start day itself where `n` is 0 (`same_day`) and nothing is excluded.
    `provisional` says that a holiday notice still to come may move it.
    For `NATURAL_DAYS_BEFORE`, `start` is the expiry and `due` lies before it.
    """

    due: date
    provisional: bool
    calendar_version: str
    unit: Unit
    n: int
    start: date
    excluded: tuple[Span, ...] = ()

    @property
    def nominal(self) -> date:
        """The last day, before any move away from a rest day; for working days the same as `due`."""
        if self.unit is Unit.WORKING_DAYS or self.n == 0:
            return self.due
        return _last_by_the_calendar(self.start, self.n, self.unit, self.excluded)

    @property
    def corresponding(self) -> date:
        """For months and years: the day that corresponds to the start day, before time is excluded."""
        return _corresponding(self.start, self.n * MONTHS_IN[self.unit])

    @property
    def depends_on(self) -> Span:
        """The days whose being worked or rested decides `due`: a change elsewhere does not matter."""
        if self.n == 0:
            return Span(self.start, self.due)
        if self.unit is Unit.WORKING_DAYS:
            return Span(self.start + ONE_DAY, self.due)
        return Span(self.nominal, max(self.nominal, self.due))


def deadline(
    start: date, n: int, unit: Unit, calendar: Calendar, *, excluded: tuple[Span, ...] = ()
) -> Deadline:
    """The deadline `n` of `unit` from `start`; see the module for the rules.

    Raises `InvalidInput` for n outside 1–10,000, for days outside the calendar, and for excluded time in a
    limit counted backwards (the law knows none).
    """
    _accept(n)
    calendar.day(start)
    spans = united(excluded)
    if unit is Unit.WORKING_DAYS:
        due = _nth_working_day(start, n, calendar, spans)
    elif unit is not Unit.NATURAL_DAYS_BEFORE:
        due = _moved_off_rest(_last_by_the_calendar(start, n, unit, spans), calendar, spans)
    else:
        if spans:
            raise InvalidInput(
                field="扣除时间 excluded",
                reason_zh="倒推的期限不能扣除时间",
                reason_en="a limit counted backwards has no excluded time",
            )
        due = min(start, calendar.next_working_day(_last_by_the_calendar(start, n, unit, spans)))
    found = Deadline(due, False, calendar.version, unit, n, start, spans)
    if not calendar.presumes(found.depends_on):
        return found
    return Deadline(due, True, calendar.version, unit, n, start, spans)


def same_day(start: date, unit: Unit, calendar: Calendar, *, excluded: tuple[Span, ...] = ()) -> Deadline:
    """What is done on the spot (即办): due on the day it begins, whatever that day is; when that day is excluded, on the first working day
    that is not. Raises `InvalidInput` outside the calendar.
    """
    calendar.day(start)
    spans = united(excluded)
    due = next((_moved_off_rest(span.last + ONE_DAY, calendar, spans) for span in spans if start in span), start)
    provisional = due != start and calendar.presumes(Span(start, due))
    return Deadline(due, provisional, calendar.version, unit, 0, start, spans)


def remaining(today: date, due: date, calendar: Calendar) -> int:
    """Working days left after `today` up to `due`: 0 on the due day, negative exactly when overdue.

    Overdue, it is the working days begun since `due`, and −1 already on a rest day right after it.
    """
    if today <= due:
        return calendar.working_days_after(today, due)
    return -max(1, calendar.working_days_after(due, today))


def overdue(today: date, due: date) -> bool:
    """Whether `due` has passed; on the due day itself there is still time until closing (民法典 203)."""
    return today > due


def provisional_reason(found: Deadline, calendar: Calendar) -> tuple[str, str] | None:
    """Why a deadline is provisional and which date will count, in Chinese and English; None when it is final.

    It promises no recomputing: whoever holds the deadline does that, with a calendar that has the notice.
    """
    if not found.provisional:
        return None
    span = found.depends_on
    years = [y for y in range(span.first.year, span.last.year + 1) if y not in calendar.published_years]
    named = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return (
        (
            f"暂定：期限涉及 {named} 年，国务院该年放假安排尚未公布，暂按周末和固定日期的法定节日推算；"
            "通知公布后，以重新计算的日期为准。"
        ),
        (
            f"Provisional: the limit reaches {named}, whose holiday notice is not published yet;"
            " weekends and holidays of fixed date are presumed. Once the notice is out, the date recomputed with it counts."
        ),
    )


def _accept(n: int) -> None:
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= LONGEST:
        raise InvalidInput(
            field="期限长度 length of the limit",
            reason_zh=f"应为 1–{LONGEST:,} 的整数",
            reason_en=f"it must be a whole number from 1 to {LONGEST:,}",
        )


def _nth_working_day(start: date, n: int, calendar: Calendar, excluded: tuple[Span, ...]) -> date:
    """The n-th working day after `start` that is not excluded; one look-up a span."""
    due = calendar.plus(start, n)
    for span in excluded:
        if span.first > due:
            break
        counted = span.from_day(start + ONE_DAY)
        if counted is not None:
            n += calendar.working_days_in(counted)
            due = calendar.plus(start, n)
    return due


def _last_by_the_calendar(start: date, n: int, unit: Unit, excluded: tuple[Span, ...]) -> date:
    """The last of n natural days, months or years after `start` (the n-th day before it, counting back), excluded days made up for."""
    try:
        if unit is Unit.NATURAL_DAYS_BEFORE:
            return start - timedelta(days=n)
        nominal = _corresponding(start, n * MONTHS_IN[unit]) if unit in MONTHS_IN else start + timedelta(days=n)
        for span in excluded:
            if span.first > nominal:
                break
            counted = span.from_day(start + ONE_DAY)
            if counted is not None:
                nominal += timedelta(days=len(counted))
    except (OverflowError, ValueError):  # before or after every year there is
        raise InvalidInput(
            field="日期 date", reason_zh="期限超出日历范围", reason_en="the limit lies outside the calendar"
        ) from None
    return nominal


def _corresponding(start: date, months: int) -> date:
    """The day that many months later which corresponds to `start`, or that month's last day (民法典 202)."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _moved_off_rest(nominal: date, calendar: Calendar, excluded: tuple[Span, ...]) -> date:
    """The first working day on or after `nominal` that is not excluded (`nominal` itself never is)."""
    due = calendar.next_working_day(nominal)
    for span in excluded:
        if due in span:
            due = calendar.next_working_day(span.last + ONE_DAY)
    return due
