"""The State Council's holiday notices as data, in the form of NateScarlet/holiday-cn (published/LICENSE.txt).

A notice names only the days that differ from the ordinary week, and those it calls part of a holiday. Twice
it has reached back into December of the year before (for 2019 and 2023), and three times it was amended by a
second paper (2015, 2019, 2020): so a later word on a date always stands above an earlier one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from onewindow.kernel.errors import InvalidInput

PUBLISHED = range(2015, 2027)
"""The years whose notices are packaged."""

FIELD = "放假通知 notice"


@dataclass(frozen=True, slots=True, order=True)
class DeclaredDay:
    """One day named by a notice: rested (`off`) or worked, and for which holiday."""

    date: date
    off: bool
    name: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A year's notice: the days it names, and where the papers are."""

    year: int
    days: tuple[DeclaredDay, ...]
    papers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        dates = [day.date for day in self.days]
        if len(set(dates)) != len(dates):
            twice = min(d for d in dates if dates.count(d) > 1)
            raise _refused(f"{twice} 出现了两次", f"{twice} appears twice")
        for day in self.days:
            if not date(self.year - 1, 12, 1) <= day.date <= date(self.year, 12, 31):
                raise _refused(
                    f"{day.date} 不属于 {self.year} 年的通知（只可涉及上年 12 月至本年年末）",
                    f"{day.date} cannot be in the notice for {self.year}"
                    " (it may reach from December before to the end of the year)",
                )

    @classmethod
    def read(cls, data: Mapping[str, object]) -> Notice:
        """A notice from decoded JSON: `year`, `days` of `{date, name, isOffDay}`, optional `papers`."""
        year, days, papers = data.get("year"), data.get("days"), data.get("papers", [])
        if not isinstance(year, int) or isinstance(year, bool) or not 2000 <= year <= 2099:
            raise _refused("year 应为 2000–2099 的整数", "year must be a whole number from 2000 to 2099")
        if not isinstance(days, list) or not days:
            raise _refused("days 应为非空列表", "days must be a list that is not empty")
        if not isinstance(papers, list) or not all(isinstance(paper, str) for paper in papers):
            raise _refused("papers 应为网址列表", "papers must be a list of addresses")
        return cls(year, tuple(_read_day(day, n) for n, day in enumerate(days, 1)), tuple(papers))


def _read_day(entry: object, n: int) -> DeclaredDay:
    if isinstance(entry, dict):
        written, name, off = entry.get("date"), entry.get("name"), entry.get("isOffDay")
        if isinstance(written, str) and isinstance(name, str) and name.strip() and isinstance(off, bool):
            try:
                return DeclaredDay(date.fromisoformat(written), off, name.strip())
            except ValueError:
                pass
    raise _refused(
        f"days 第 {n} 项应含真实日期 date、节日名称 name 和 isOffDay（true 或 false）",
        f"entry {n} of days must have a real date, a name and isOffDay (true or false)",
    )


def _refused(zh: str, en: str) -> InvalidInput:
    return InvalidInput(field=FIELD, reason_zh=zh, reason_en=en)


def packaged_notices() -> tuple[Notice, ...]:
    """The notices for 2015–2026, oldest first."""
    folder = files("onewindow.law.calendars") / "published"
    return tuple(
        Notice.read(json.loads((folder / f"{year}.json").read_text(encoding="utf-8"))) for year in PUBLISHED
    )
