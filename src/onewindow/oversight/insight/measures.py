"""The centre's measures against its promises: entry rate, online rate, limits shortened; each with how many it was counted from.

Stubs are counted where existence is what is measured, and nowhere else: what is said of limits rests on definitions alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.foundation.catalogue.queries import published_items
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Shortening:
    """One item's limits. `actual` is the mean of working days from acceptance to decision over `decided` cases; None where none was decided.

    `percent`: how much shorter the promise is than the statute. None where the two are not counted in the same unit, for then
    they are not compared; `actual_percent` likewise, and only where both are in working days.
    """

    code: str
    item: Words
    department: Words
    statutory: Limit
    promised: Limit
    actual: Decimal | None
    decided: int

    @property
    def percent(self) -> Decimal | None:
        if (self.statutory.unit != self.promised.unit and self.promised.n) or not self.statutory.n:
            return None
        return _share(self.statutory.n - self.promised.n, self.statutory.n)

    @property
    def actual_percent(self) -> Decimal | None:
        if self.actual is None or self.statutory.unit != "working-day" or not self.statutory.n:
            return None
        return (100 * (1 - self.actual / self.statutory.n)).quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Shortened:
    """All items together: means over the items that can be compared, `n` and `actual_n` of them."""

    items: tuple[Shortening, ...]

    @property
    def n(self) -> int:
        return sum(1 for item in self.items if item.percent is not None)

    @property
    def percent(self) -> Decimal | None:
        return _mean([item.percent for item in self.items if item.percent is not None])

    @property
    def actual_n(self) -> int:
        return sum(1 for item in self.items if item.actual_percent is not None)

    @property
    def actual_percent(self) -> Decimal | None:
        return _mean([item.actual_percent for item in self.items if item.actual_percent is not None])

    @property
    def decided(self) -> int:
        return sum(item.decided for item in self.items)


def shortened() -> Shortened:
    """How much shorter than the law each item with a definition is promised, and decided in fact, the least shortened first."""
    spent = _days_spent()
    found = []
    for item in published_items():
        limits, (days, decided) = item.definition.limits, spent.get(item.code, (0, 0))
        actual = (Decimal(days) / decided).quantize(_TENTH, ROUND_HALF_UP) if decided else None
        found.append(Shortening(item.code, item.words, item.department.words, limits.statutory, limits.promised, actual, decided))
    found.sort(key=lambda row: (row.percent is None, row.percent, row.code))
    return Shortened(tuple(found))


def _days_spent() -> dict[str, tuple[int, int]]:
    """For each item: working days from acceptance to decision, summed over its decided cases, and how many these are."""
    calendar, spent = packaged(), dict[str, tuple[int, int]]()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT v.code, c.accepted_on, c.decided_on, count(*) FROM cases_case c
               JOIN catalogue_item_version v ON v.id = c.item_id
               WHERE c.decided_on IS NOT NULL GROUP BY v.code, c.accepted_on, c.decided_on"""
        )
        for code, accepted, decided, n in cursor.fetchall():
            days, cases = spent.get(code, (0, 0))
            spent[code] = (days + n * calendar.working_days_after(accepted, decided), cases + n)
    return spent


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(_TENTH, ROUND_HALF_UP)


def _mean(values: list[Decimal]) -> Decimal | None:
    return (sum(values, Decimal(0)) / len(values)).quantize(_TENTH, ROUND_HALF_UP) if values else None
