"""Limits: the worked examples of the rules, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from onewindow.kernel.errors import InvalidInput
from onewindow.law.calendars import DeclaredDay, Notice, Reason, shipped
from onewindow.law.limits import (
    LONGEST,
    Deadline,
    DeadlineOutdated,
    Span,
    Unit,
    deadline,
    explain,
    overdue,
    provisional_reason,
    remaining,
    same_day,
    united,
)

CN = shipped()


def working(start: str, n: int, *excluded: tuple[str, str]) -> Deadline:
    return limit(start, n, Unit.WORKING_DAYS, *excluded)


def natural(start: str, n: int, *excluded: tuple[str, str]) -> Deadline:
    return limit(start, n, Unit.NATURAL_DAYS, *excluded)


def before(expiry: str, n: int) -> Deadline:
    return limit(expiry, n, Unit.NATURAL_DAYS_BEFORE)


def limit(start: str, n: int, unit: Unit, *excluded: tuple[str, str]) -> Deadline:
    spans = tuple(Span(date.fromisoformat(a), date.fromisoformat(b)) for a, b in excluded)
    return deadline(date.fromisoformat(start), n, unit, CN, excluded=spans)


# --- working days -----------------------------------------------------------------------------------------


def test_twenty_working_days_over_the_national_holiday() -> None:
    found = working("2026-09-24", 20)
    assert found.due == date(2026, 10, 29)
    assert found.provisional is False
    assert found.calendar_version == CN.version
    assert found.depends_on == Span(date(2026, 9, 25), date(2026, 10, 29))


def test_every_day_of_it_is_explained() -> None:
    days = explain(working("2026-09-24", 20), CN)
    assert len(days) == 36
    assert [day.date for day in days] == list(Span(date(2026, 9, 24), date(2026, 10, 29)))
    assert sum(day.counted for day in days) == 20
    by_date = {day.date.isoformat(): day for day in days}
    start = by_date["2026-09-24"]
    assert (start.counted, start.reason, start.ordinal) == (False, Reason.START_DAY, 0)
    assert start.article.zh == "《民法典》第二百零一条"
    festival = by_date["2026-09-25"]
    assert (festival.counted, festival.reason, festival.name) == (False, Reason.HOLIDAY, "中秋节")
    assert festival.zh == "中秋节放假，不计入"
    first = by_date["2026-09-28"]
    assert (first.counted, first.reason, first.ordinal) == (True, Reason.WORKDAY, 1)
    assert first.article.zh == "《行政许可法》第八十二条"
    adjusted = by_date["2026-10-10"]
    assert (adjusted.counted, adjusted.reason, adjusted.ordinal) == (True, Reason.ADJUSTED_WORKDAY, 6)
    last = days[-1]
    assert (last.zh, last.en) == (
        "工作日，第 20 个工作日，期限届满",
        "working day, working day 20, the deadline",
    )


def test_a_start_on_a_rest_day_counts_from_the_next_worked_day() -> None:
    assert working("2026-01-01", 1).due == date(2026, 1, 4)  # a Sunday that is worked
    assert working("2026-10-03", 1).due == date(2026, 10, 8)


def test_a_limit_within_the_published_year_is_final_to_its_last_day() -> None:
    assert working("2026-12-28", 3) == Deadline(
        date(2026, 12, 31), False, CN.version, Unit.WORKING_DAYS, 3, date(2026, 12, 28)
    )
    assert working("2026-12-28", 4).provisional


def test_reaching_an_unpublished_year_is_provisional_and_says_why() -> None:
    found = working("2026-12-25", 10)
    assert (found.due, found.provisional) == (date(2027, 1, 11), True)
    why = provisional_reason(found, CN)
    assert why is not None
    assert "2027 年" in why[0]
    assert why[0].endswith("通知公布后，以重新计算的日期为准。")
    assert why[1].endswith("Once the notice is out, the date recomputed with it counts.")
    reasons = {day.reason for day in explain(found, CN)}
    assert {Reason.PRESUMED_HOLIDAY, Reason.PRESUMED_WEEKEND, Reason.PRESUMED_WORKDAY} <= reasons
    assert provisional_reason(working("2026-09-24", 20), CN) is None
    far = provisional_reason(working("2026-12-25", 300), CN)
    assert far is not None
    assert "2027–2028 年" in far[0]


def test_a_published_notice_settles_a_provisional_deadline() -> None:
    found = working("2026-12-25", 10)
    days = (
        DeclaredDay(date(2027, 1, 1), True, "元旦"),
        DeclaredDay(date(2027, 1, 3), False, "元旦"),
    )
    newer = CN.with_notice(Notice(2027, days))
    assert CN.changes_to(newer).touches(found.depends_on)
    again = deadline(found.start, found.n, found.unit, newer)
    assert (again.due, again.provisional) == (date(2027, 1, 8), False)
    with pytest.raises(DeadlineOutdated, match="gives 2027-01-08"):
        explain(found, newer)
    untouched = working("2026-09-24", 20)
    assert not CN.changes_to(newer).touches(untouched.depends_on)
    assert len(explain(untouched, newer)) == 36


# --- natural days -----------------------------------------------------------------------------------------


def test_natural_days_end_on_the_next_working_day() -> None:
    assert natural("2026-03-02", 5).due == date(2026, 3, 9)  # the 5th day is a Saturday
    assert natural("2026-03-02", 4).due == date(2026, 3, 6)
    assert natural("2026-02-11", 5).due == date(2026, 2, 24)  # Spring Festival
    assert natural("2026-10-01", 9).due == date(2026, 10, 10)  # a Saturday that is worked


def test_natural_days_explained_with_the_move() -> None:
    days = explain(natural("2026-03-02", 5), CN)
    assert [(day.date.day, day.counted, day.reason, day.ordinal) for day in days] == [
        (2, False, Reason.START_DAY, 0),
        (3, True, Reason.NATURAL_DAY, 1),
        (4, True, Reason.NATURAL_DAY, 2),
        (5, True, Reason.NATURAL_DAY, 3),
        (6, True, Reason.NATURAL_DAY, 4),
        (7, True, Reason.NATURAL_DAY, 5),
        (8, False, Reason.EXTENDED, 5),
        (9, False, Reason.EXTENDED, 5),
    ]
    assert days[5].zh == "第 5 日，逢周末休息，顺延"
    assert days[-1].zh == "顺延至此日（工作日），期限届满"
    assert {day.article.zh for day in days[5:]} == {"《民法典》第二百零三条"}


def test_natural_days_are_provisional_only_by_their_last_days() -> None:
    assert not natural("2026-12-01", 30).provisional
    assert natural("2026-12-01", 31).provisional
    assert natural("2026-12-01", 31).due == date(2027, 1, 4)


# --- months and years ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "n", "unit", "nominal", "due"),
    [
        ("2026-03-16", 1, Unit.MONTHS, "2026-04-16", "2026-04-16"),  # the corresponding day, a Thursday
        ("2026-03-11", 6, Unit.MONTHS, "2026-09-11", "2026-09-11"),
        ("2026-01-31", 1, Unit.MONTHS, "2026-02-28", "2026-02-28"),  # none in February: its last day, a Saturday that is worked
        ("2024-01-31", 1, Unit.MONTHS, "2024-02-29", "2024-02-29"),
        ("2026-02-28", 1, Unit.MONTHS, "2026-03-28", "2026-03-30"),  # the 28th again, not the month's end; a Saturday
        ("2026-08-31", 1, Unit.MONTHS, "2026-09-30", "2026-09-30"),
        ("2026-09-02", 1, Unit.MONTHS, "2026-10-02", "2026-10-08"),  # over the National Day holiday
        ("2025-11-30", 3, Unit.MONTHS, "2026-02-28", "2026-02-28"),  # over the turn of the year
        ("2024-02-29", 1, Unit.YEARS, "2025-02-28", "2025-02-28"),
        ("2020-02-29", 4, Unit.YEARS, "2024-02-29", "2024-02-29"),
        ("2025-09-24", 1, Unit.YEARS, "2026-09-24", "2026-09-24"),
        ("2025-10-03", 1, Unit.YEARS, "2026-10-03", "2026-10-08"),
    ],
)
def test_months_and_years_end_on_the_corresponding_day(start: str, n: int, unit: Unit, nominal: str, due: str) -> None:
    found = limit(start, n, unit)
    assert (found.nominal.isoformat(), found.due.isoformat(), found.provisional) == (nominal, due, False)


def test_months_explained_to_the_corresponding_day() -> None:
    days = explain(limit("2026-09-02", 1, Unit.MONTHS), CN)
    assert [day.date for day in days] == list(Span(date(2026, 9, 2), date(2026, 10, 8)))
    assert [day.ordinal for day in days if day.counted] == list(range(1, 31))
    last = next(day for day in days if day.date == date(2026, 10, 2))
    assert last.zh == "第 30 日，到期月的对应日，逢国庆节放假，顺延"
    assert (days[-1].zh, days[-1].article.zh) == ("顺延至此日（工作日），期限届满", "《民法典》第二百零三条")
    short = explain(limit("2026-01-31", 1, Unit.MONTHS), CN)[-1]
    assert (short.zh, short.article.zh) == ("第 28 日，到期月没有对应日，以月末日为准，期限届满", "《民法典》第二百零二条")
    assert short.en == "day 28, the last month has no corresponding day, so its last day, the deadline"


def test_excluded_days_lengthen_months() -> None:
    found = limit("2026-03-16", 1, Unit.MONTHS, ("2026-03-20", "2026-03-22"), ("2026-04-17", "2026-04-17"))
    assert (found.nominal, found.due) == (date(2026, 4, 20), date(2026, 4, 20))
    days = explain(found, CN)
    assert [day.date.day for day in days if day.reason is Reason.EXCLUDED] == [20, 21, 22, 17]
    assert next(day for day in days if day.date == date(2026, 4, 16)).zh == "第 28 日，到期月的对应日"
    assert days[-1].zh == "第 31 日，期限届满"


def test_months_are_provisional_only_by_their_last_days() -> None:
    assert not limit("2026-06-30", 6, Unit.MONTHS).provisional
    assert limit("2026-07-01", 6, Unit.MONTHS).provisional
    assert limit("2026-07-01", 6, Unit.MONTHS).due == date(2027, 1, 4)  # 1 January and a weekend


def test_what_is_done_on_the_spot_is_due_the_same_day() -> None:
    for day in (date(2026, 9, 24), date(2026, 10, 1)):
        for unit in Unit:
            found = same_day(day, unit, CN)
            assert (found.due, found.nominal, found.provisional, found.depends_on) == (day, day, False, Span(day, day))
            assert [(line.date, line.zh) for line in explain(found, CN)] == [(day, "即办，当日办结")]
    with pytest.raises(InvalidInput):
        same_day(date(2014, 1, 1), Unit.WORKING_DAYS, CN)


# --- counting back ----------------------------------------------------------------------------------------


def test_thirty_days_before_expiry() -> None:
    found = before("2026-12-31", 30)
    assert found.due == date(2026, 12, 1)
    days = explain(found, CN)
    assert days[0].zh == "届满前第 30 日，最迟应于此日提出"
    assert (days[-1].date, days[-1].counted) == (date(2026, 12, 31), False)
    assert [day.ordinal for day in days] == list(range(30, -1, -1))
    assert sum(day.counted for day in days) == 30


def test_the_last_day_to_apply_moves_forward_off_a_holiday_in_the_applicants_favour() -> None:
    found = before("2026-10-31", 30)
    assert (found.nominal, found.due) == (date(2026, 10, 1), date(2026, 10, 8))
    days = explain(found, CN)
    assert days[0].reason is Reason.EXTENDED
    assert [day.date for day in days if "最迟" in day.zh] == [date(2026, 10, 8)]


def test_it_never_moves_past_the_expiry() -> None:
    found = before("2026-10-06", 2)
    assert (found.nominal, found.due) == (date(2026, 10, 4), date(2026, 10, 6))
    assert explain(found, CN)[-1].zh == "届满当日，不计入；最迟应于此日提出"


def test_counting_back_knows_no_excluded_time() -> None:
    with pytest.raises(InvalidInput) as caught:
        limit("2026-12-31", 30, Unit.NATURAL_DAYS_BEFORE, ("2026-12-10", "2026-12-11"))
    assert "倒推" in caught.value.message()


# --- excluded time ----------------------------------------------------------------------------------------


def test_first_and_last_day_of_excluded_time_are_both_excluded() -> None:
    """Monday 2 March, 5 working days: to Monday 9; with Wednesday to Thursday excluded, to Wednesday 11."""
    assert working("2026-03-02", 5).due == date(2026, 3, 9)
    assert working("2026-03-02", 5, ("2026-03-04", "2026-03-05")).due == date(2026, 3, 11)
    assert working("2026-03-02", 5, ("2026-03-04", "2026-03-04")).due == date(2026, 3, 10)
    assert working("2026-03-02", 5, ("2026-03-09", "2026-03-09")).due == date(2026, 3, 10)


def test_overlapping_and_adjoining_exclusions_are_united_not_added() -> None:
    once = working("2026-03-02", 5, ("2026-03-04", "2026-03-06"))
    twice = working("2026-03-02", 5, ("2026-03-04", "2026-03-05"), ("2026-03-05", "2026-03-06"))
    assert once == twice
    assert once.excluded == (Span(date(2026, 3, 4), date(2026, 3, 6)),)
    assert united([Span(date(2026, 3, 7), date(2026, 3, 8)), *once.excluded]) == (
        Span(date(2026, 3, 4), date(2026, 3, 8)),
    )


def test_exclusion_before_the_start_or_after_the_end_changes_nothing() -> None:
    plain = working("2026-03-02", 5).due
    assert working("2026-03-02", 5, ("2026-02-01", "2026-03-02")).due == plain
    assert working("2026-03-02", 5, ("2026-03-10", "2026-03-20")).due == plain
    assert working("2026-03-02", 5, ("2026-02-20", "2026-03-03")).due == date(2026, 3, 10)


def test_exclusion_of_rest_days_only_costs_no_working_day() -> None:
    assert working("2026-03-02", 5, ("2026-03-07", "2026-03-08")).due == date(2026, 3, 9)


def test_an_exclusion_reached_only_because_of_another_still_counts() -> None:
    found = working("2026-03-02", 5, ("2026-03-04", "2026-03-05"), ("2026-03-10", "2026-03-10"))
    assert found.due == date(2026, 3, 12)


def test_excluded_days_are_explained_by_article_45() -> None:
    days = explain(working("2026-03-02", 5, ("2026-03-04", "2026-03-05")), CN)
    excluded = [day for day in days if day.reason is Reason.EXCLUDED]
    assert [day.date.day for day in excluded] == [4, 5]
    assert {day.article.zh for day in excluded} == {"《行政许可法》第四十五条"}
    assert sum(day.counted for day in days) == 5


def test_natural_days_with_excluded_time_never_end_inside_it() -> None:
    assert natural("2026-03-02", 4, ("2026-03-04", "2026-03-05")).due == date(2026, 3, 9)  # 8 March: a Sunday
    moved = natural("2026-03-02", 5, ("2026-03-09", "2026-03-10"))
    assert moved.nominal == date(2026, 3, 7)
    assert moved.due == date(2026, 3, 11)
    assert [d.reason for d in explain(moved, CN)[-3:]] == [Reason.EXCLUDED, Reason.EXCLUDED, Reason.EXTENDED]


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        Span(date(2026, 3, 5), date(2026, 3, 4))
    assert "早于起日" in caught.value.message()


# --- how much is left -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "left"),
    [
        ("2026-03-02", 4),
        ("2026-03-05", 1),
        ("2026-03-06", 0),
        ("2026-03-07", -1),
        ("2026-03-08", -1),
        ("2026-03-09", -1),
        ("2026-03-10", -2),
    ],
)
def test_remaining_is_negative_exactly_when_overdue(today: str, left: int) -> None:
    due, on = date(2026, 3, 6), date.fromisoformat(today)
    assert remaining(on, due, CN) == left
    assert overdue(on, due) == (left < 0)


# --- refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [0, -1, LONGEST + 1, True])
@pytest.mark.parametrize("unit", list(Unit))
def test_impossible_numbers_of_days_are_refused(n: int, unit: Unit) -> None:
    with pytest.raises(InvalidInput) as caught:
        deadline(date(2026, 3, 2), n, unit, CN)
    assert "应为 1–10,000 的整数" in caught.value.message("zh-hans")
    assert "a whole number from 1 to 10,000" in caught.value.message("en")


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("start", [date(2014, 12, 31), date(2100, 1, 1), date.max, date.min])
def test_starts_outside_the_calendar_are_refused(start: date, unit: Unit) -> None:
    with pytest.raises(InvalidInput):
        deadline(start, 1, unit, CN)


def test_limits_that_leave_the_calendar_are_refused() -> None:
    with pytest.raises(InvalidInput):
        deadline(date(2099, 12, 1), 30, Unit.WORKING_DAYS, CN)
    with pytest.raises(InvalidInput):
        deadline(date(2099, 12, 1), 31, Unit.NATURAL_DAYS, CN)
    with pytest.raises(InvalidInput):
        deadline(date(2015, 1, 5), 30, Unit.NATURAL_DAYS_BEFORE, CN)
    with pytest.raises(InvalidInput):
        deadline(date(2026, 3, 2), LONGEST, Unit.MONTHS, CN)
    with pytest.raises(InvalidInput):
        deadline(date(2026, 3, 2), LONGEST, Unit.YEARS, CN)
    endless = Span(date(2026, 3, 3), date.max)
    for unit in (Unit.WORKING_DAYS, Unit.NATURAL_DAYS, Unit.MONTHS):
        with pytest.raises(InvalidInput):
            deadline(date(2026, 3, 2), 5, unit, CN, excluded=(endless,))


def test_the_longest_limit_is_computed() -> None:
    found = deadline(date(2026, 1, 1), LONGEST, Unit.WORKING_DAYS, CN)
    assert CN.working_days_after(found.start, found.due) == LONGEST
    assert found.due - found.start > timedelta(days=13_000)
