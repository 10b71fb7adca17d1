"""The centre's measures against its promises: entry rate, online rate, limits shortened; each with how many it was counted from.

Stubs are counted where existence is what is measured, and nowhere else: what is said of limits rests on definitions alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.foundation.catalogue.queries import published_items
from onewindow.kernel import clock
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.law.limits import mean_working_days
from onewindow.spine.cases.rules import UNITS

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Shortening:
    """One item's limits. `actual` is the mean of working days from acceptance to decision over `decided` cases; None where none was decided.

    `law_days` and `promise_days` are both limits in working days (`mean_working_days` where the law counts otherwise).
    `percent`: how much shorter the promise is than the statute; None where the law itself gives no day. `actual_percent` likewise.
    """

    code: str
    item: Words
    department: Words
    statutory: Limit
    promised: Limit
    actual: Decimal | None
    decided: int
    law_days: Decimal
    promise_days: Decimal

    @property
    def percent(self) -> Decimal | None:
        return _shorter(self.promise_days, self.law_days)

    @property
    def actual_percent(self) -> Decimal | None:
        return None if self.actual is None else _shorter(self.actual, self.law_days)


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
        law, promise = in_working_days(limits.statutory), in_working_days(limits.promised)
        found.append(Shortening(item.code, item.words, item.department.words, limits.statutory, limits.promised, actual, decided, law, promise))
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


def in_working_days(limit: Limit) -> Decimal:
    """A limit in working days, by this year's calendar where it is counted otherwise."""
    return mean_working_days(limit.n, UNITS[limit.unit], packaged(), clock.today().year)


def _shorter(days: Decimal, than: Decimal) -> Decimal | None:
    return (100 * (1 - days / than)).quantize(_TENTH, ROUND_HALF_UP) if than else None


def _mean(values: list[Decimal]) -> Decimal | None:
    return (sum(values, Decimal(0)) / len(values)).quantize(_TENTH, ROUND_HALF_UP) if values else None
