"""What the centre's items ask of people: how often they come, in how many situations they bring nothing, how many need no coming at all.

Of definitions and of closed cases only; each figure with how many it was counted from. What stands on the demonstration's
word alone is no evidence (`online`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.db import connection

from onewindow.foundation.catalogue.definition.burden import Burden, burden_of
from onewindow.foundation.catalogue.definition.sourcing import sources_of
from onewindow.foundation.catalogue.models import definition_of
from onewindow.foundation.catalogue.queries import published_items
from onewindow.kernel.words import Words

_COMPANIES = "A"  # 法人事项 stand in hall A


@dataclass(frozen=True)
class Asked:
    """One item. `visits` is what is promised (到现场次数); `came` how often people came over `closed` cases; `burden` None: too many situations."""

    code: str
    item: Words
    department: Words
    companies: bool
    visits: int
    evidenced: bool
    burden: Burden | None
    came: int
    closed: int

    @property
    def mean(self) -> Decimal | None:
        return _mean(self.came, self.closed)


@dataclass(frozen=True)
class Burdens:
    """All items together."""

    items: tuple[Asked, ...]

    @property
    def closed(self) -> int:
        return sum(item.closed for item in self.items)

    @property
    def visits(self) -> Decimal | None:
        """How often people came, a closed case."""
        return _mean(sum(item.came for item in self.items), self.closed)

    @property
    def counted(self) -> tuple[Burden, ...]:
        """The items whose situations were counted."""
        return tuple(item.burden for item in self.items if item.burden is not None)

    @property
    def situations(self) -> int:
        return sum(burden.situations for burden in self.counted)

    @property
    def without(self) -> int:
        """Situations in which nobody brings a paper (零材料)."""
        return sum(burden.without for burden in self.counted)

    @property
    def companies(self) -> int:
        """Items that concern companies."""
        return sum(1 for item in self.items if item.companies)

    @property
    def unvisited(self) -> int:
        """Of these, promised without coming."""
        return sum(1 for item in self.items if item.companies and not item.visits)

    @property
    def online(self) -> int:
        """Of these, the ones whose depth online is evidenced by more than the demonstration's word."""
        return sum(1 for item in self.items if item.companies and not item.visits and item.evidenced)


def burdens() -> Burdens:
    """Every defined item's burden, what asks most first."""
    came, found = _came(), []
    for item in published_items():
        visits, (times, closed) = item.definition.service.visits, came.get(item.code, (0, 0))
        burden, evidenced = _read(item.pk)
        found.append(
            Asked(item.code, item.words, item.department.words, item.hall == _COMPANIES, visits, evidenced, burden, times, closed)
        )
    return Burdens(tuple(sorted(found, key=lambda row: (-(row.mean or 0), -row.visits, row.code))))


@lru_cache(maxsize=512)
def _read(version_id: int) -> tuple[Burden | None, bool]:
    """What does not change with a version: its burden, and whether anything but the demonstration vouches for its depth online."""
    definition = definition_of(version_id)
    return burden_of(definition), any(source.kind != "demo" for source in sources_of(definition, "/service/online_depth"))


def _came() -> dict[str, tuple[int, int]]:
    """For each item: how often people came for its closed cases, and how many these are.

    Once to hand in, once more after a notice of correction, once more to fetch what was not ready the same day.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT v.code, count(*), sum(1 + (c.noticed_on IS NOT NULL)::int
                      + ((r.collected_at AT TIME ZONE 'Asia/Shanghai')::date > c.received_on)::int)
               FROM cases_case c JOIN delivery_result r ON r.case_id = c.id JOIN catalogue_item_version v ON v.id = c.item_id
               WHERE r.collected_at IS NOT NULL GROUP BY v.code"""
        )
        return {code: (int(times), closed) for code, closed, times in cursor.fetchall()}


def _mean(total: int, n: int) -> Decimal | None:
    return (Decimal(total) / n).quantize(Decimal("0.1"), ROUND_HALF_UP) if n else None
