"""The calendar: an immutable value made of notices, in which “+N working days” is one bisection.

**Years without a notice** are presumed, never asserted: Saturdays and Sundays rest, the holidays whose date
the regulation itself fixes rest too (1 January, 1–2 May, 1–3 October), everything else is worked. Holidays of
the lunar calendar (春节, 清明, 端午, 中秋) and exchanged days are left unknown rather than guessed. The
presumed date is therefore mostly a little early, the safe side for the office whose limit it is; it is
flagged, and another calendar that has the notice gives the date that counts.
A published year can still change (see `notices`); then the version changes, and `changes_to` says which days
did.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from onewindow.kernel.errors import InvalidInput
from onewindow.law.calendars.days import Day, Reason
from onewindow.law.calendars.notices import DeclaredDay, Notice, packaged_notices
from onewindow.law.spans import Span

LAST_DAY = date(2099, 12, 31)
"""The far edge of every calendar: 10,000 working days from today stay well inside."""

FIXED_HOLIDAYS = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
"""全国年节及纪念日放假办法 (2024), art. 2: the holidays of fixed date, for everybody."""

_RULES = "presumption 1: weekends and fixed holidays"


@dataclass(frozen=True)
class Calendar:
    """Notices in the order of their publication; of two words on one date the later stands."""

    notices: tuple[Notice, ...]

    def __post_init__(self) -> None:
        if not self.notices:
            raise ValueError("a calendar needs at least one notice")

    # --- what it is -------------------------------------------------------------------------------

    @cached_property
    def published_years(self) -> tuple[int, ...]:
        """The years a notice was published for."""
        return tuple(sorted({notice.year for notice in self.notices}))

    @property
    def first_day(self) -> date:
        """The near edge: 1 January of the first published year."""
        return date(self.published_years[0], 1, 1)

    @cached_property
    def version(self) -> str:
        """`cn-<last published year>-<digest>`: equal for calendars that say the same, whoever said it."""
        lines = [_RULES, *(str(year) for year in self.published_years)]
        for ordinal, (declared, _) in sorted(self._declared.items()):
            if ordinal >= self.first_day.toordinal():
                lines.append(f"{declared.date} {declared.off:d} {declared.name}")
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        return f"cn-{self.published_years[-1]}-{digest[:12]}"

    @cached_property
    def _declared(self) -> dict[int, tuple[DeclaredDay, int]]:
        """Date ordinal -> the standing word on it, and the year of the notice that said so."""
        return {day.date.toordinal(): (day, notice.year) for notice in self.notices for day in notice.days}

    @cached_property
    def _worked(self) -> list[int]:
        """Ordinals of all working days, ascending: an index here is the cumulative working-day ordinal."""
        first, last = self.first_day.toordinal(), LAST_DAY.toordinal()
        worked = {n for n in range(first, last + 1) if (n - 1) % 7 < 5}  # ordinal 1 was a Monday
        for year in range(self.first_day.year, LAST_DAY.year + 1):
            if year not in self.published_years:
                worked.difference_update(date(year, *fixed).toordinal() for fixed in FIXED_HOLIDAYS)
        for ordinal, (declared, _) in self._declared.items():
            if ordinal >= first:
                (worked.discard if declared.off else worked.add)(ordinal)
        return sorted(worked)

    # --- asking about days ------------------------------------------------------------------------

    def day(self, on: date) -> Day:
        """That day, with its reason."""
        self._inside(on)
        declared, by = self._declared.get(on.toordinal(), (None, None))
        weekend = on.weekday() >= 5
        if declared is not None and declared.off:
            return Day(on, False, Reason.HOLIDAY, declared.name, by)
        if declared is not None and weekend:
            return Day(on, True, Reason.ADJUSTED_WORKDAY, declared.name, by)
        if declared is not None:
            return Day(on, True, Reason.WORKDAY, None, by)
        if on.year in self.published_years:
            return Day(on, not weekend, Reason.WEEKEND if weekend else Reason.WORKDAY)
        if (on.month, on.day) in FIXED_HOLIDAYS:
            return Day(on, False, Reason.PRESUMED_HOLIDAY, FIXED_HOLIDAYS[on.month, on.day])
        return Day(on, not weekend, Reason.PRESUMED_WEEKEND if weekend else Reason.PRESUMED_WORKDAY)

    def is_working(self, on: date) -> bool:
        """Whether that day is worked."""
        self._inside(on)
        at = bisect_left(self._worked, on.toordinal())
        return at < len(self._worked) and self._worked[at] == on.toordinal()

    def year(self, year: int) -> tuple[Day, ...]:
        """Every day of a year."""
        self._inside_year(year)
        return tuple(self.day(on) for on in Span(date(year, 1, 1), date(year, 12, 31)))

    def presumes(self, span: Span) -> bool:
        """Whether any day of the span lies in a year without a notice."""
        return any(year not in self.published_years for year in range(span.first.year, span.last.year + 1))

    # --- counting ---------------------------------------------------------------------------------

    def working_days_after(self, start: date, through: date) -> int:
        """How many working days lie after `start` up to and including `through`; never negative."""
        self._inside(start)
        self._inside(through)
        return max(0, self._ordinal(through) - self._ordinal(start))

    def working_days_in(self, span: Span) -> int:
        """How many working days the span holds."""
        self._inside(span.first)
        self._inside(span.last)
        return bisect_right(self._worked, span.last.toordinal()) - bisect_left(
            self._worked, span.first.toordinal()
        )

    def plus(self, start: date, n: int) -> date:
        """The `n`-th working day after `start` (n ≥ 1); `start` itself is not counted."""
        self._inside(start)
        index = self._ordinal(start) + n - 1
        if n < 1 or index >= len(self._worked):
            raise _outside(
                f"自 {start} 起第 {n} 个工作日超出日历范围（至 {LAST_DAY}）",
                f"working day {n} after {start} lies outside the calendar (which ends on {LAST_DAY})",
            )
        return date.fromordinal(self._worked[index])

    def next_working_day(self, on: date) -> date:
        """The first working day on or after `on`."""
        self._inside(on)
        at = bisect_left(self._worked, on.toordinal())
        if at == len(self._worked):
            raise _outside(f"{on} 之后超出日历范围", f"the calendar ends after {on}")
        return date.fromordinal(self._worked[at])

    def _ordinal(self, on: date) -> int:
        """The cumulative working-day ordinal: how many working days there are up to and including `on`."""
        return bisect_right(self._worked, on.toordinal())

    # --- a new notice -----------------------------------------------------------------------------

    def with_notice(self, notice: Notice) -> Calendar:
        """This calendar and one more notice, whose words stand above all earlier ones: a new version.

        A notice for a year already published amends it: only the days it names change.
        """
        return Calendar((*self.notices, notice))

    def changes_to(self, newer: Calendar) -> Change:
        """The days on which `newer` answers differently (worked or not, or for what kind of reason)."""
        doubtful = set(self._declared) | set(newer._declared)
        for year in set(self.published_years) ^ set(newer.published_years):
            doubtful.update(on.toordinal() for on in Span(date(year, 1, 1), date(year, 12, 31)))
        first = max(self.first_day, newer.first_day).toordinal()
        changed = []
        for ordinal in sorted(doubtful):
            if ordinal >= first:
                on = date.fromordinal(ordinal)
                before, after = self.day(on), newer.day(on)
                if (before.working, before.reason) != (after.working, after.reason):
                    changed.append(on)
        return Change(self.version, newer.version, tuple(changed))

    # --- edges ------------------------------------------------------------------------------------

    def _inside(self, on: date) -> None:
        if not self.first_day <= on <= LAST_DAY:
            raise _outside(
                f"{on} 超出日历范围（{self.first_day} 至 {LAST_DAY}）",
                f"{on} lies outside the calendar ({self.first_day} to {LAST_DAY})",
            )

    def _inside_year(self, year: int) -> None:
        if not self.first_day.year <= year <= LAST_DAY.year:
            raise _outside(
                f"{year} 年超出日历范围（{self.first_day.year} 至 {LAST_DAY.year} 年）",
                f"{year} lies outside the calendar ({self.first_day.year} to {LAST_DAY.year})",
            )


@dataclass(frozen=True, slots=True)
class Change:
    """What a new calendar version changed: the days, ascending, on which the two differ."""

    before: str
    after: str
    days: tuple[date, ...]

    def touches(self, span: Span) -> bool:
        """Whether any changed day lies in the span; a deadline whose `depends_on` is not touched stands."""
        at = bisect_left(self.days, span.first)
        return at < len(self.days) and self.days[at] <= span.last


def _outside(zh: str, en: str) -> InvalidInput:
    return InvalidInput(field="日期 date", reason_zh=zh, reason_en=en)


@lru_cache(maxsize=1)
def shipped() -> Calendar:
    """The calendar of the notices packaged with the program, 2015–2026."""
    return Calendar(packaged_notices())


_provider: Callable[[], Calendar] | None = None


def install(provider: Callable[[], Calendar] | None) -> None:
    """Say where this process's calendar comes from; None: from what is shipped. Called once, by whoever composes the process."""
    global _provider
    _provider = provider


def packaged() -> Calendar:
    """The calendar that counts in this process: what is shipped, and the notices published since where a provider knows them."""
    return shipped() if _provider is None else _provider()
