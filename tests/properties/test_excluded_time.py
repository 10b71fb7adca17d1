"""Excluded time, for any set of procedures that overlap or not: the limits of a case are those of the law with the days united."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.kernel.words import Words
from onewindow.law.calendars import shipped
from onewindow.law.exclusions import KINDS, expected_last
from onewindow.law.limits import Cause, Span, Unit, deadline, explain, same_day, united
from onewindow.spine.cases.rules import ends

CN = shipped()
START = date(2024, 1, 2)
starts = st.integers(0, 500).map(lambda n: START + timedelta(days=n))
begun = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15), st.sampled_from(sorted(KINDS))), max_size=5)
UNITS = {"working-day": Unit.WORKING_DAYS, "calendar-day": Unit.NATURAL_DAYS, "month": Unit.MONTHS}


def causes_of(start: date, procedures: list[tuple[int, int, str]]) -> list[Cause]:
    found = []
    for after, days, kind in procedures:
        first = start + timedelta(days=after)
        found.append(Cause(Span(first, expected_last(first, days, CN)), KINDS[kind]))
    return found


def excluded_days(causes: list[Cause]) -> set[date]:
    return {day for cause in causes for day in cause.span}


@given(starts, st.integers(1, 30), st.sampled_from(sorted(UNITS)), begun)
def test_a_case_s_limit_is_the_law_s(start: date, n: int, unit: str, procedures: list[tuple[int, int, str]]) -> None:
    n = min(n, 6) if unit == "month" else n
    spans = tuple(cause.span for cause in causes_of(start, procedures))
    found = ends(Limit(n=n, unit=unit), start, CN, spans)
    assert found == deadline(start, n, UNITS[unit], CN, excluded=spans) == deadline(start, n, UNITS[unit], CN, excluded=united(spans))
    assert found.due >= deadline(start, n, UNITS[unit], CN).due


@given(starts, st.integers(1, 30), begun)
def test_working_days_are_counted_one_by_one(start: date, n: int, procedures: list[tuple[int, int, str]]) -> None:
    """The same by the slowest way there is: walk day by day and count what is worked and not excluded."""
    causes = causes_of(start, procedures)
    out, day, counted = excluded_days(causes), start, 0
    while counted < n:
        day += timedelta(days=1)
        counted += CN.is_working(day) and day not in out
    assert ends(Limit(n=n, unit="working-day"), start, CN, tuple(cause.span for cause in causes)).due == day


@given(starts, st.integers(1, 30), begun)
def test_every_excluded_day_says_what_took_it(start: date, n: int, procedures: list[tuple[int, int, str]]) -> None:
    causes = causes_of(start, procedures)
    found = ends(Limit(n=n, unit="working-day"), start, CN, tuple(cause.span for cause in causes))
    for line in explain(found, CN, causes=causes)[1:]:
        named = list(dict.fromkeys(cause.words.zh for cause in causes if line.date in cause.span))
        assert (line.cause.zh if line.cause else "") == "、".join(named)
        assert (line.reason == "excluded") is bool(named) and not (named and line.counted)
        assert (line.article.zh == "《行政许可法》第四十五条") is bool(named)


@given(starts, begun)
def test_what_is_done_on_the_spot_waits_for_what_began_that_day(start: date, procedures: list[tuple[int, int, str]]) -> None:
    causes = causes_of(start, procedures)
    spans = tuple(cause.span for cause in causes)
    found = same_day(start, Unit.WORKING_DAYS, CN, excluded=spans)
    assert found == ends(Limit(n=0, unit="working-day"), start, CN, spans)
    if start not in excluded_days(causes):
        assert found.due == start
    else:
        day = start
        while day in excluded_days(causes) or not CN.is_working(day):
            day += timedelta(days=1)
        assert found.due == day
        lines = explain(found, CN, causes=causes)
        assert (lines[0].date, lines[-1].date, any(line.counted for line in lines)) == (start, day, False)


def test_a_visit_to_the_premises_is_not_on_the_list() -> None:
    assert [words.zh for words in KINDS.values()] == ["听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审"]
    assert Words("现场核查", "site visit") not in KINDS.values()
