"""Pure rules of a holiday notice: what may be typed, and what it does to one case's clocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onewindow.foundation.catalogue.definition.model import Limits
from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.words import Words
from onewindow.law.calendars import FIXED_HOLIDAYS, Calendar, Change, DeclaredDay, Notice
from onewindow.law.limits import Deadline, Span
from onewindow.spine.cases.rules import ends

YEAR, PAPER, FILE = Words("年份", "year"), Words("文号", "document number"), Words("通知文件", "file of the notice")
LONGEST_PAPER, LONGEST_NAME, LONGEST_REST = 60, 20, timedelta(days=16)
ROWS = 10
"""How many holidays, and how many make-up days, a form has room for. A year has had at most 7 and 8."""


def holiday_row(n: int) -> Words:
    return Words(f"第 {n} 个假期", f"holiday {n}")


def work_row(n: int) -> Words:
    return Words(f"第 {n} 个调休上班日", f"make-up day {n}")


@dataclass(frozen=True)
class Rest:
    """One holiday as typed: its name, first and last day."""

    name: str
    first: str
    last: str


@dataclass(frozen=True)
class Work:
    """One make-up day as typed: the day, and for which holiday."""

    on: str
    name: str


@dataclass(frozen=True)
class Typed:
    """A notice as typed; blank rows are passed over, and rows are counted from 1."""

    year: str
    paper: str
    rests: tuple[Rest, ...]
    works: tuple[Work, ...]


def read(typed: Typed, *, today: date) -> tuple[Notice, str]:
    """The notice that was typed, and its document number.

    Raises `InvalidInput` whose field names the row: a year that is past or further than the next, days malformed or outside the
    notice's reach, holidays that overlap or give no rest, make-up days that are worked anyway or rested, and a notice that leaves
    out a holiday whose date the regulation itself fixes (全国年节及纪念日放假办法 art 2).
    """
    year = _year(typed.year, today)
    paper = typed.paper.strip()
    if not 1 <= len(paper) <= LONGEST_PAPER:
        raise InvalidInput(field=PAPER, reason_zh=f"应为 1 到 {LONGEST_PAPER} 个字", reason_en=f"it has 1 to {LONGEST_PAPER} characters")
    rested: dict[date, DeclaredDay] = {}
    for n, rest in enumerate(typed.rests, 1):
        if rest.name.strip() or rest.first.strip() or rest.last.strip():
            for day in _rested(rest, year, holiday_row(n)):
                if day.date in rested:
                    raise _wrong(holiday_row(n), f"{day.date} 已在“{rested[day.date].name}”里", f"{day.date} is in “{rested[day.date].name}” already")
                rested[day.date] = day
    if not rested:
        raise _wrong(holiday_row(1), "至少要有一个假期", "there is at least one holiday")
    for (month, day_of_month), name in FIXED_HOLIDAYS.items():
        fixed = date(year, month, day_of_month)
        if fixed not in rested:
            zh, en = f"{name} {fixed} 是《放假办法》第二条规定的假日，不能缺少", f"{fixed} is a holiday by art 2 of the regulation and cannot be missing"
            raise _wrong(holiday_row(1), zh, en)
    worked: dict[date, DeclaredDay] = {}
    for n, work in enumerate(typed.works, 1):
        if work.on.strip() or work.name.strip():
            day = _worked(work, year, {each.name for each in rested.values()}, work_row(n))
            if day.date in rested:
                raise _wrong(work_row(n), f"{day.date} 在“{rested[day.date].name}”放假", f"{day.date} is rested for “{rested[day.date].name}”")
            if day.date in worked:
                raise _wrong(work_row(n), f"{day.date} 写了两次", f"{day.date} is there twice")
            worked[day.date] = day
    return Notice(year, tuple(sorted([*rested.values(), *worked.values()]))), paper


def _year(typed: str, today: date) -> int:
    if not (typed.strip().isascii() and typed.strip().isdigit() and len(typed.strip()) == 4):
        raise InvalidInput(field=YEAR, reason_zh="请填四位数的年份", reason_en="please enter a year of four digits")
    year = int(typed)
    if year < today.year:
        raise InvalidInput(field=YEAR, reason_zh=f"{year} 年已经过去", reason_en=f"{year} is past")
    if year > today.year + 1:
        raise InvalidInput(field=YEAR, reason_zh=f"只能公布 {today.year} 年或 {today.year + 1} 年的通知", reason_en=f"only {today.year} or {today.year + 1}")
    return year


def _rested(rest: Rest, year: int, row: Words) -> list[DeclaredDay]:
    name = rest.name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise _wrong(row, "请填写假期名称", "please enter the holiday's name")
    first, last = _day(rest.first, year, row), _day(rest.last, year, row)
    if last < first:
        raise _wrong(row, f"末日 {last} 早于首日 {first}", f"the last day {last} is before the first {first}")
    if last - first >= LONGEST_REST:
        raise _wrong(row, f"超过 {LONGEST_REST.days} 天，请核对日期", f"is longer than {LONGEST_REST.days} days; please check the dates")
    days = list(Span(first, last))
    if all(day.weekday() >= 5 for day in days):
        raise _wrong(row, "这几天本来就是周末，没有放假", "these days are a weekend anyway; nothing is rested")
    return [DeclaredDay(day, True, name) for day in days]


def _worked(work: Work, year: int, names: set[str], row: Words) -> DeclaredDay:
    on, name = _day(work.on, year, row), work.name.strip()
    if on.weekday() < 5:
        raise _wrong(row, f"{on} 不是周六、周日，本来就上班", f"{on} is no Saturday or Sunday and is worked anyway")
    if name not in names:
        raise _wrong(row, "请填写是为上面哪个假期调休", "please say for which of the holidays above")
    return DeclaredDay(on, False, name)


def _day(typed: str, year: int, row: Words) -> date:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise _wrong(row, "日期应写作 2027-01-01", "a day is written 2027-01-01") from None
    if not date(year - 1, 12, 1) <= day <= date(year, 12, 31):
        raise _wrong(row, f"{day} 不属于 {year} 年的通知（上年 12 月至本年年末）", f"{day} cannot be in the notice for {year} (December before to the year's end)")
    return day


def _wrong(field: Words, zh: str, en: str) -> InvalidInput:
    return InvalidInput(field=field, reason_zh=zh, reason_en=en)


def as_typed(notice: Notice, paper: str) -> Typed:
    """A notice in the rows of the form: to be corrected, or checked after it was read from a file."""
    rests: list[list[DeclaredDay]] = []
    for day in sorted(day for day in notice.days if day.off):
        if rests and rests[-1][-1].name == day.name and day.date - rests[-1][-1].date == timedelta(days=1):
            rests[-1].append(day)
        else:
            rests.append([day])
    return Typed(
        str(notice.year), paper, tuple(Rest(run[0].name, run[0].date.isoformat(), run[-1].date.isoformat()) for run in rests),
        tuple(Work(day.date.isoformat(), day.name) for day in sorted(notice.days) if not day.off),
    )  # fmt: skip


def composed(shipped: Calendar, notices: Iterable[Notice]) -> list[Calendar]:
    """Every calendar there has been, the first what is shipped: each notice takes the place of all earlier ones for its year."""
    found = [shipped]
    for notice in notices:
        found.append(with_notice(found[-1], notice))
    return found


def with_notice(calendar: Calendar, notice: Notice) -> Calendar:
    """The calendar with this notice instead of any for the same year."""
    return Calendar((*(each for each in calendar.notices if each.year != notice.year), notice))


def changed_days(change: Change, before: Calendar, after: Calendar) -> list[date]:
    """Of the days that differ, those that are worked now and were not, or the other way round: what a reader looks for."""
    return [day for day in change.days if before.is_working(day) != after.is_working(day)]


@dataclass(frozen=True)
class Standing:
    """What the clocks of one open case stand on: its state, its days, the dates computed from them, the time left out (行政许可法 art 45)."""

    state: str
    received_on: date
    noticed_on: date | None
    accepted_on: date | None
    dates: dict[str, date | None]
    provisional: bool
    excluded: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Recomputed:
    """What a newer calendar makes of a case: the dates by column, and whether they are provisional still."""

    dates: dict[str, date]
    provisional: bool


def deadlines(case: Standing, limits: Limits, calendar: Calendar) -> dict[str, Deadline]:
    """The clocks that run in a case's state, by the column that keeps them. None run where a person or the law stopped them."""
    if case.state == "accepted" and case.accepted_on is not None:
        clocks = {"due_on": limits.statutory, "promised_on": limits.promised}
        return {column: ends(limit, case.accepted_on, calendar, case.excluded) for column, limit in clocks.items()}
    if case.state == "received" and case.noticed_on is None:
        return {"notice_due_on": ends(limits.correction, case.received_on, calendar)}
    if case.state == "correcting" and case.noticed_on is not None:
        return {"supplement_due_on": ends(limits.supplement, case.noticed_on, calendar)}
    return {}


def depends(found: Sequence[Deadline], change: Change) -> bool:
    """Whether a changed day lies among those that decide one of these dates."""
    return any(change.touches(each.depends_on) for each in found)


def recomputed(case: Standing, limits: Limits, *, before: Calendar, after: Calendar) -> Recomputed | bool | None:
    """What becomes of a case: its new dates; None when nothing changes; False when its dates are not what its limits give.

    False is for a person to look at: some act (an extension) moved them, and that act decides how they move again.
    """
    old = deadlines(case, limits, before)
    if not old:
        return None
    new = deadlines(case, limits, after)
    change = before.changes_to(after)
    if not depends([*old.values(), *new.values()], change):
        return None
    if {name: found.due for name, found in old.items()} != case.dates:
        return False
    provisional = any(found.provisional for found in new.values()) if case.state == "accepted" else case.provisional
    dates = {name: found.due for name, found in new.items()}
    return None if (dates, provisional) == (case.dates, case.provisional) else Recomputed(dates, provisional)
