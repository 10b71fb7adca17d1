"""``onewindow law``: days and deadlines by the packaged calendar. No database, no clock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import click

from onewindow.kernel.errors import InvalidInput
from onewindow.law.articles import Article
from onewindow.law.calendars import Calendar, Day, Reason, holiday_name_en, packaged, weekday_en, weekday_zh
from onewindow.law.limits import (
    Deadline,
    Explained,
    Span,
    Unit,
    deadline,
    explain,
    provisional_reason,
)

DATE = click.DateTime(formats=["%Y-%m-%d"])

UNITS = {
    Unit.WORKING_DAYS: ("{n} 个工作日", "{n} working day(s)"),
    Unit.NATURAL_DAYS: ("{n} 个自然日", "{n} natural day(s)"),
    Unit.NATURAL_DAYS_BEFORE: ("届满前 {n} 个自然日", "{n} natural day(s) before expiry"),
    Unit.MONTHS: ("{n} 个月", "{n} month(s)"),
    Unit.YEARS: ("{n} 年", "{n} year(s)"),
}


@click.group()
def command() -> None:
    """期限与工作日 Deadlines and working days, every day explained.

    Uses the holiday notices packaged with the program (2015–2026); needs no database.
    Exit codes: 0 answered, 2 wrong usage (a day outside the calendar, an impossible number of days).
    """


@command.command("deadline")
@click.option(
    "--from",
    "start",
    type=DATE,
    metavar="YYYY-MM-DD",
    required=True,
    help="开始的当日（不计入） The day it begins; not counted.",
)
@click.option("--working-days", type=int, help="工作日数 Number of working days.")
@click.option("--natural-days", type=int, help="自然日数 Number of natural days.")
@click.option("--months", type=int, help="月数 Number of months, by the calendar.")
@click.option("--years", type=int, help="年数 Number of years, by the calendar.")
@click.option(
    "--natural-days-before",
    type=int,
    help="届满前的自然日数；--from 为届满日 Natural days before the expiry --from.",
)
@click.option(
    "--exclude",
    "excluded",
    multiple=True,
    metavar="FIRST..LAST",
    help="依法扣除的时间，首末日都不计入，可重复 Excluded time, both ends excluded; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON.")
def deadline_command(
    start: datetime,
    working_days: int | None,
    natural_days: int | None,
    months: int | None,
    years: int | None,
    natural_days_before: int | None,
    excluded: tuple[str, ...],
    as_json: bool,
) -> None:
    """计算期限并逐日说明 Compute a deadline and explain every day.

    Example: onewindow law deadline --from 2026-09-24 --working-days 20
    """
    given = {
        Unit.WORKING_DAYS: working_days,
        Unit.NATURAL_DAYS: natural_days,
        Unit.NATURAL_DAYS_BEFORE: natural_days_before,
        Unit.MONTHS: months,
        Unit.YEARS: years,
    }
    chosen = [(unit, n) for unit, n in given.items() if n is not None]
    if len(chosen) != 1:
        raise click.UsageError(
            "请在 --working-days、--natural-days、--natural-days-before、--months、--years 中选用一个\n"
            "Give exactly one of --working-days, --natural-days, --natural-days-before, --months, --years"
        )
    (unit, n), calendar = chosen[0], packaged()
    with _usage():
        spans = tuple(_span(text) for text in excluded)
        found = deadline(start.date(), n, unit, calendar, excluded=spans)
        days = explain(found, calendar)
    if as_json:
        _print_json(_deadline_json(found, days, calendar))
    else:
        _print_deadline(found, days, calendar)


@command.command("day")
@click.argument("day", type=DATE, metavar="YYYY-MM-DD")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON.")
def day_command(day: datetime, as_json: bool) -> None:
    """某日是否工作日及原因 Whether a day is worked, and why."""
    calendar = packaged()
    with _usage():
        found = calendar.day(day.date())
    if as_json:
        body = _day_json(found) | {
            "weekday": {"zh": weekday_zh(found.date), "en": weekday_en(found.date)},
            "provisional": found.presumed,
            "zh": found.zh,
            "en": found.en,
            "law": _article_json(found.article),
            "papers": _papers(calendar, found.notice_year),
        }
        _print_json({"schema": "onewindow.law.day/1", **body, "calendar_version": calendar.version})
        return
    click.echo(f"{found.date} {weekday_zh(found.date)}：{'上班' if found.working else '休息'}。{found.zh}")
    click.echo(f"{found.date} {weekday_en(found.date)}: {'worked' if found.working else 'rest'}. {found.en}")
    click.echo(f"依据 Source: {found.article.zh} {found.article.en}")
    for paper in _papers(calendar, found.notice_year):
        click.echo(f"  {paper}")


@command.command("calendar")
@click.option("--year", type=int, help="年份 The year; without it, the years known.")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON.")
def calendar_command(year: int | None, as_json: bool) -> None:
    """某年的工作日历 The working calendar of a year."""
    calendar = packaged()
    if year is None:
        _print_years(calendar, as_json)
        return
    with _usage():
        days = calendar.year(year)
    published = year in calendar.published_years
    total = sum(day.working for day in days)
    if as_json:
        _print_json(
            {
                "schema": "onewindow.law.calendar/1",
                "year": year,
                "published": published,
                "working_days": total,
                "calendar_version": calendar.version,
                "papers": _papers(calendar, year),
                "days": [_day_json(day) for day in days],
            }
        )
        return
    click.echo(f"{year} 年：{total} 个工作日{'' if published else '（暂定：该年放假安排尚未公布）'}")
    click.echo(
        f"{year}: {total} working days{'' if published else ' (provisional: no notice published yet)'}"
    )
    for day in days:
        if day.reason in (Reason.HOLIDAY, Reason.ADJUSTED_WORKDAY, Reason.PRESUMED_HOLIDAY):
            click.echo(f"  {day.date} {weekday_zh(day.date)}  {day.zh}  {day.en}")
    for paper in _papers(calendar, year):
        click.echo(f"来源 Source: {paper}")
    click.echo(f"日历版本 Calendar version: {calendar.version}")


@contextmanager
def _usage() -> Iterator[None]:
    """A refused input is wrong usage: exit 2, told in both languages."""
    try:
        yield
    except InvalidInput as refused:
        details = refused.details
        raise click.UsageError(
            f"“{details['field']}”有误：{details['reason_zh']}\n{details['field']}: {details['reason_en']}"
        ) from None


def _span(text: str) -> Span:
    first, dots, last = text.partition("..")
    try:
        if not dots:
            raise ValueError(text)
        days = [datetime.strptime(end.strip(), "%Y-%m-%d").date() for end in (first, last)]
    except ValueError:
        raise click.UsageError(
            "--exclude 应写作 2026-10-09..2026-10-12\n--exclude is written 2026-10-09..2026-10-12"
        ) from None
    return Span(days[0], days[1])


def _deadline_json(found: Deadline, days: tuple[Explained, ...], calendar: Calendar) -> dict[str, object]:
    why = provisional_reason(found, calendar)
    return {
        "schema": "onewindow.law.deadline/1",
        "from": found.start.isoformat(),
        "n": found.n,
        "unit": str(found.unit),
        "excluded": [{"first": s.first.isoformat(), "last": s.last.isoformat()} for s in found.excluded],
        "deadline": found.due.isoformat(),
        "provisional": found.provisional,
        "provisional_reason": None if why is None else {"zh": why[0], "en": why[1]},
        "calendar_version": found.calendar_version,
        "days": [
            {
                "date": day.date.isoformat(),
                "counted": day.counted,
                "reason": str(day.reason),
                **({} if day.name is None else {"name": day.name, "name_en": holiday_name_en(day.name)}),
                "ordinal": day.ordinal,
                "zh": day.zh,
                "en": day.en,
                "law": _article_json(day.article),
            }
            for day in days
        ],
    }


def _print_deadline(found: Deadline, days: tuple[Explained, ...], calendar: Calendar) -> None:
    zh, en = (text.format(n=found.n) for text in UNITS[found.unit])
    if found.unit is Unit.NATURAL_DAYS_BEFORE:
        how_zh = f"自届满日 {found.start} 向前推算 {zh.removeprefix('届满前 ')}"
        how_en = f"{en}, which is {found.start}"
    else:  # 民法典 201: the day it begins is not counted; 行政许可法 82: nor is a rest day, so the first that counts may come later
        first = next(day.date for day in days if day.counted)
        how_zh = f"{found.start} 当日不计入，自 {first}（{weekday_zh(first)}）起计 {zh}"
        how_en = f"{en} counted from {first} ({weekday_en(first)}); {found.start} itself is not counted"
    click.echo(f"期限：{found.due}（{weekday_zh(found.due)}）。{how_zh}")
    click.echo(f"Deadline: {found.due} ({weekday_en(found.due)}): {how_en}")
    why = provisional_reason(found, calendar)
    if why is not None:
        click.echo(why[0])
        click.echo(why[1])
    for day in days:
        mark = f"{day.ordinal:>5}" if day.counted else "    -"
        click.echo(f"{mark}  {day.date} {weekday_zh(day.date)}  {day.zh}  {day.article.zh}")
        click.echo(f"                      {day.en}  {day.article.en}")
    click.echo(f"日历版本 Calendar version: {found.calendar_version}")


def _print_years(calendar: Calendar, as_json: bool) -> None:
    years = [
        {
            "year": year,
            "working_days": calendar.working_days_in(Span(date(year, 1, 1), date(year, 12, 31))),
            "papers": _papers(calendar, year),
        }
        for year in calendar.published_years
    ]
    if as_json:
        _print_json(
            {"schema": "onewindow.law.calendar/1", "calendar_version": calendar.version, "results": years}
        )
        return
    for entry in years:
        click.echo(f"{entry['year']}  {entry['working_days']} 个工作日 working days")
    click.echo(f"日历版本 Calendar version: {calendar.version}")


def _day_json(day: Day) -> dict[str, object]:
    return {
        "date": day.date.isoformat(),
        "working": day.working,
        "reason": str(day.reason),
        **({} if day.name is None else {"name": day.name, "name_en": holiday_name_en(day.name)}),
    }


def _article_json(article: Article) -> dict[str, str]:
    return {"zh": article.zh, "en": article.en}


def _papers(calendar: Calendar, year: int | None) -> list[str]:
    return [paper for notice in calendar.notices if notice.year == year for paper in notice.papers]


def _print_json(body: dict[str, object]) -> None:
    click.echo(json.dumps(body, ensure_ascii=False, indent=1))
