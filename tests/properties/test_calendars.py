"""Days and deadlines against two independent witnesses: a naive counter and the chinesecalendar package.

And the `law` command.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import chinese_calendar  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.config.command_line import main
from onewindow.law.calendars import DeclaredDay, Notice, Reason, shipped
from onewindow.law.limits import Span, Unit, deadline, explain, overdue, remaining, united

CN = shipped()
VECTORS = json.loads((Path(__file__).parents[1] / "data" / "test_vectors.json").read_text(encoding="utf-8"))
ONE = timedelta(days=1)

ALL = list(Span(date(2015, 1, 1), date(2026, 12, 31)))
WITNESS = {day: chinese_calendar.is_workday(day) for day in ALL}
"""The other package's word on every published day."""

light = settings(derandomize=True, max_examples=1_000, deadline=None)
costly = settings(derandomize=True, max_examples=150, deadline=None)
"""Each example builds a whole calendar."""

starts = st.dates(date(2015, 1, 1), date(2025, 6, 30))
spans = st.builds(lambda first, n: Span(first, first + n * ONE), starts, st.integers(0, 40))
near = st.tuples(starts, st.lists(st.tuples(st.integers(-20, 200), st.integers(0, 30)), max_size=4)).map(
    lambda drawn: (
        drawn[0],
        tuple(
            Span(max(drawn[0] + at * ONE, date(2015, 1, 1)), max(drawn[0] + (at + n) * ONE, date(2015, 1, 1)))
            for at, n in drawn[1]
        ),
    )
)
"""A start and exclusions around it."""


def naive_working(start: date, n: int, excluded: tuple[Span, ...] = ()) -> date:
    """Day by day, as with a finger on a wall calendar."""
    day = start
    while n:
        day += ONE
        if WITNESS[day] and not any(day in span for span in excluded):
            n -= 1
    return day


def naive_natural(start: date, n: int, excluded: tuple[Span, ...] = ()) -> date:
    day = start
    while n:
        day += ONE
        if not any(day in span for span in excluded):
            n -= 1
    while not WITNESS[day] or any(day in span for span in excluded):
        day += ONE
    return day


# --- days -------------------------------------------------------------------------------------------------


def test_every_day_of_twelve_years_agrees_with_chinesecalendar() -> None:
    assert len(ALL) == 4383
    assert [day for day in ALL if CN.is_working(day) != WITNESS[day]] == []
    assert [day for day in ALL if CN.day(day).working != WITNESS[day]] == []


@pytest.mark.parametrize(("year", "total"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_working_days_a_year(year: int, total: int) -> None:
    assert sum(day.working for day in CN.year(year)) == total


def test_worked_weekends_of_2026() -> None:
    worked = [day.date.isoformat() for day in CN.year(2026) if day.reason is Reason.ADJUSTED_WORKDAY]
    assert worked == ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


def test_the_reason_always_agrees_with_the_day() -> None:
    working = {Reason.WORKDAY, Reason.ADJUSTED_WORKDAY, Reason.PRESUMED_WORKDAY}
    for year in (*range(2015, 2031), 2099):
        for day in CN.year(year):
            assert day.working == (day.reason in working)
            assert day.presumed == (year > 2026)
            assert CN.is_working(day.date) == day.working
            assert (day.reason in (Reason.HOLIDAY, Reason.ADJUSTED_WORKDAY, Reason.PRESUMED_HOLIDAY)) == (
                day.name is not None
            )


# --- deadlines ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "n", "due"), VECTORS["working_days"])
def test_published_working_day_vectors(start: str, n: int, due: str) -> None:
    found = deadline(date.fromisoformat(start), n, Unit.WORKING_DAYS, CN)
    assert (found.due.isoformat(), found.provisional) == (due, False)


def every_start() -> Iterator[tuple[date, int]]:
    """Every day that may begin, with two numbers of days each: all from 1 to 300 in turn, small and large beside each other."""
    for turn, start in enumerate(Span(date(2015, 1, 1), date(2025, 6, 30))):
        yield start, 1 + turn % 300
        yield start, 1 + turn * 7 % 30


def test_working_days_equal_the_naive_counter() -> None:
    for start, n in every_start():
        found = deadline(start, n, Unit.WORKING_DAYS, CN)
        assert found.due == naive_working(start, n), (start, n)
        assert WITNESS[found.due]
        assert not found.provisional


def test_natural_days_equal_the_naive_counter() -> None:
    for start, n in every_start():
        assert deadline(start, n, Unit.NATURAL_DAYS, CN).due == naive_natural(start, n), (start, n)


@light
@given(near, st.integers(1, 120))
def test_excluded_time_equals_the_naive_counter(drawn: tuple[date, tuple[Span, ...]], n: int) -> None:
    start, excluded = drawn
    assert deadline(start, n, Unit.WORKING_DAYS, CN, excluded=excluded).due == naive_working(
        start, n, excluded
    )
    assert deadline(start, n, Unit.NATURAL_DAYS, CN, excluded=excluded).due == naive_natural(
        start, n, excluded
    )


def naive_months(start: date, n: int) -> date:
    """Month by month, the finger on the day's number; a month without that number is held at its last day."""
    year, month = start.year, start.month
    for _ in range(n):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    last = date(year + month // 12, month % 12 + 1, 1) - ONE
    return last if last.day < start.day else date(year, month, start.day)


@light
@given(st.dates(date(2015, 1, 1), date(2023, 12, 31)), st.integers(1, 30))
def test_months_and_years_equal_the_naive_counter(start: date, n: int) -> None:
    found = deadline(start, n, Unit.MONTHS, CN)
    assert found.nominal == naive_months(start, n)
    due = found.nominal
    while not WITNESS[due]:
        due += ONE
    assert found.due == due
    assert found.nominal.day == start.day or (found.nominal + ONE).day == 1
    if n % 12 == 0:
        assert deadline(start, n // 12, Unit.YEARS, CN).due == found.due


@light
@given(st.lists(spans, max_size=6))
def test_united_spans_hold_the_same_days_once(drawn: list[Span]) -> None:
    merged = united(drawn)
    days = [day for span in merged for day in span]
    assert days == sorted({day for span in drawn for day in span})
    assert all(a.last + ONE < b.first for a, b in pairwise(merged))
    assert united(merged) == merged


@light
@given(near, st.integers(1, 300), st.integers(0, 20), st.sampled_from([Unit.WORKING_DAYS, Unit.NATURAL_DAYS, Unit.MONTHS]))
def test_more_days_or_a_later_start_never_end_earlier(
    drawn: tuple[date, tuple[Span, ...]], n: int, more: int, unit: Unit
) -> None:
    start, excluded = drawn
    if unit is Unit.MONTHS:  # months are not equally long: days taken out of a long one are not given back in a short one
        excluded = ()
    due = deadline(start, n, unit, CN, excluded=excluded).due
    assert deadline(start, n + more, unit, CN, excluded=excluded).due >= due
    assert deadline(start + more * ONE, n, unit, CN, excluded=excluded).due >= due
    assert deadline(start, n, unit, CN).due <= due
    if unit is Unit.WORKING_DAYS and more:
        assert deadline(start, n + more, unit, CN, excluded=excluded).due > due


@light
@given(st.dates(date(2016, 1, 1), date(2026, 12, 31)), st.integers(1, 300))
def test_counting_back_favours_the_applicant_and_never_passes_the_expiry(expiry: date, n: int) -> None:
    found = deadline(expiry, n, Unit.NATURAL_DAYS_BEFORE, CN)
    assert found.nominal == expiry - n * ONE
    assert found.nominal <= found.due <= expiry
    assert WITNESS[found.due] or found.due == expiry
    assert not any(WITNESS[day] for day in Span(found.nominal, found.due) if day < found.due)


@light
@given(near, st.integers(1, 60), st.sampled_from([Unit.WORKING_DAYS, Unit.NATURAL_DAYS]))
def test_the_explanation_adds_up(drawn: tuple[date, tuple[Span, ...]], n: int, unit: Unit) -> None:
    start, excluded = drawn
    found = deadline(start, n, unit, CN, excluded=excluded)
    days = explain(found, CN)
    assert [day.date for day in days] == list(Span(start, found.due))
    assert [day.ordinal for day in days if day.counted] == list(range(1, n + 1))
    assert days[0].reason is Reason.START_DAY
    assert "期限届满" in days[-1].zh
    assert "the deadline" in days[-1].en
    for day in days[1:]:
        assert (day.reason is Reason.EXCLUDED) == any(day.date in span for span in excluded)


@light
@given(starts, st.integers(-200, 200))
def test_remaining_is_the_inverse_of_the_deadline(start: date, n: int) -> None:
    if n > 0:
        due = deadline(start, n, Unit.WORKING_DAYS, CN).due
        assert remaining(start, due, CN) == n
    today = start + (200 + n) * ONE
    left = remaining(today, start + 200 * ONE, CN)
    assert (left < 0) == overdue(today, start + 200 * ONE)


@costly
@given(
    st.dates(date(2026, 6, 1), date(2028, 6, 30)),
    st.integers(1, 60),
    st.sampled_from(list(Unit)),
    st.dictionaries(st.dates(date(2026, 12, 1), date(2027, 12, 31)), st.booleans(), min_size=1, max_size=12),
)
def test_a_change_that_does_not_touch_a_deadline_leaves_it(
    start: date, n: int, unit: Unit, declared: dict[date, bool]
) -> None:
    newer = CN.with_notice(
        Notice(2027, tuple(DeclaredDay(day, off, "节日") for day, off in declared.items()))
    )
    change = CN.changes_to(newer)
    before, after = deadline(start, n, unit, CN), deadline(start, n, unit, newer)
    if not change.touches(before.depends_on):
        assert (before.due, before.provisional) == (after.due, after.provisional)
        assert explain(before, newer)
    elif before.depends_on.last < change.days[0]:
        raise AssertionError("touched by a change that lies wholly after it")


# --- the command --------------------------------------------------------------------------------------------


def law(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["law", *args])
    return result.exit_code, result.output


def test_command_deadline_as_json() -> None:
    code, output = law("deadline", "--from", "2026-09-24", "--working-days", "20", "--json")
    body = json.loads(output)
    assert code == 0
    assert body["schema"] == "onewindow.law.deadline/1"
    assert (body["deadline"], body["provisional"], body["provisional_reason"]) == ("2026-10-29", False, None)
    assert body["calendar_version"] == CN.version
    assert len(body["days"]) == 36
    assert sum(day["counted"] for day in body["days"]) == 20
    assert {day["reason"] for day in body["days"]} == {
        "start-day", "holiday", "weekend", "workday", "adjusted-workday",
    }  # fmt: skip
    holiday = next(day for day in body["days"] if day["date"] == "2026-10-01")
    assert (holiday["counted"], holiday["reason"], holiday["name"], holiday["ordinal"]) == (
        False,
        "holiday",
        "国庆节",
        3,
    )
    assert body["days"][-1]["law"]["zh"] == "《行政许可法》第八十二条"


def test_command_deadline_into_an_unpublished_year() -> None:
    code, output = law("deadline", "--from", "2026-12-25", "--working-days", "10", "--json")
    body = json.loads(output)
    assert (code, body["deadline"], body["provisional"]) == (0, "2027-01-11", True)
    assert "尚未公布" in body["provisional_reason"]["zh"]
    assert "recomputed" in body["provisional_reason"]["en"]
    code, output = law("deadline", "--from", "2026-12-25", "--working-days", "10")
    lines = output.splitlines()
    assert lines[0] == "期限：2027-01-11（周一）。2026-12-25 当日不计入，自 2026-12-28（周一）起计 10 个工作日"
    assert lines[1] == "Deadline: 2027-01-11 (Mon): 10 working day(s) counted from 2026-12-28 (Mon); 2026-12-25 itself is not counted"
    assert lines[2].startswith("暂定：")
    assert lines[3].startswith("Provisional:")


def first_line(*args: str) -> str:
    return law("deadline", *args)[1].splitlines()[0]


def test_command_says_from_which_day_it_counts() -> None:
    """Working days: from the next day that is worked, over a festival and a weekend; the others: from the very next day."""
    assert first_line("--from", "2026-09-24", "--working-days", "20") == (
        "期限：2026-10-29（周四）。2026-09-24 当日不计入，自 2026-09-28（周一）起计 20 个工作日"
    )
    assert first_line("--from", "2026-09-24", "--natural-days", "5") == (
        "期限：2026-09-29（周二）。2026-09-24 当日不计入，自 2026-09-25（周五）起计 5 个自然日"
    )
    assert first_line("--from", "2026-09-24", "--months", "1") == (
        "期限：2026-10-26（周一）。2026-09-24 当日不计入，自 2026-09-25（周五）起计 1 个月"
    )
    assert first_line("--from", "2024-02-29", "--years", "1") == (
        "期限：2025-02-28（周五）。2024-02-29 当日不计入，自 2024-03-01（周五）起计 1 年"
    )
    assert first_line("--from", "2026-12-31", "--natural-days-before", "30") == "期限：2026-12-01（周二）。自届满日 2026-12-31 向前推算 30 个自然日"


def test_command_natural_days_before_and_excluded() -> None:
    assert json.loads(law("deadline", "--from", "2026-03-02", "--natural-days", "5", "--json")[1])[
        "deadline"
    ] == ("2026-03-09")
    body = json.loads(law("deadline", "--from", "2026-12-31", "--natural-days-before", "30", "--json")[1])
    assert (body["deadline"], body["unit"]) == ("2026-12-01", "natural-days-before")
    code, output = law(
        "deadline",
        "--from",
        "2026-03-02",
        "--working-days",
        "5",
        "--exclude",
        "2026-03-04..2026-03-05",
        "--json",
    )
    body = json.loads(output)
    assert (code, body["deadline"]) == (0, "2026-03-11")
    assert body["excluded"] == [{"first": "2026-03-04", "last": "2026-03-05"}]


@pytest.mark.parametrize(
    "args",
    [
        ["--from", "2026-03-02"],
        ["--from", "2026-03-02", "--working-days", "5", "--natural-days", "5"],
        ["--from", "2026-03-02", "--working-days", "0"],
        ["--from", "2026-03-02", "--working-days", "-3"],
        ["--from", "2026-03-02", "--working-days", "10001"],
        ["--from", "2014-12-31", "--working-days", "5"],
        ["--from", "2026-02-30", "--working-days", "5"],
        ["--from", "2026-03-02", "--working-days", "5", "--exclude", "2026-03-04"],
        ["--from", "2026-03-02", "--working-days", "5", "--exclude", "2026-03-04..2026-03-03"],
        ["--working-days", "5"],
    ],
)
def test_command_wrong_usage_exits_2(args: list[str]) -> None:
    code, output = law("deadline", *args)
    assert code == 2
    assert "Traceback" not in output


def test_command_refusals_speak_both_languages() -> None:
    output = law("deadline", "--from", "2026-03-02", "--working-days", "0")[1]
    assert "应为 1–10,000 的整数" in output
    assert "a whole number from 1 to 10,000" in output


def test_command_day() -> None:
    code, output = law("day", "2026-10-10", "--json")
    body = json.loads(output)
    assert code == 0
    assert (body["schema"], body["date"], body["working"], body["reason"], body["name"]) == (
        "onewindow.law.day/1",
        "2026-10-10",
        True,
        "adjusted-workday",
        "国庆节",
    )
    assert body["papers"] == ["https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"]
    assert "2026-10-10 周六：上班。国庆节调休，照常上班" in law("day", "2026-10-10")[1]
    assert json.loads(law("day", "2027-10-01", "--json")[1])["provisional"] is True
    assert law("day", "2014-01-01")[0] == 2


def test_command_calendar() -> None:
    body = json.loads(law("calendar", "--year", "2026", "--json")[1])
    assert (body["schema"], body["working_days"], body["published"]) == (
        "onewindow.law.calendar/1",
        248,
        True,
    )
    assert len(body["days"]) == 365
    years = json.loads(law("calendar", "--json")[1])["results"]
    assert [entry["year"] for entry in years] == list(range(2015, 2027))
    assert "248 个工作日" in law("calendar", "--year", "2026")[1]
    assert "暂定" in law("calendar", "--year", "2027")[1]
    assert "2024  251" in law("calendar")[1]
    assert law("calendar", "--year", "2014")[0] == 2
