"""What may be typed as a notice, and what it makes of one case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onewindow.foundation.catalogue.definition.model import Limit, Limits
from onewindow.kernel.errors import InvalidInput
from onewindow.law.calendars import shipped
from onewindow.law.limits import Span
from onewindow.spine.holidays.rules import (
    PAPER,
    YEAR,
    Recomputed,
    Rest,
    Standing,
    Work,
    as_typed,
    changed_days,
    composed,
    deadlines,
    holiday_row,
    read,
    recomputed,
    with_notice,
    work_row,
)
from onewindow.spine.holidays.tests.notices import typed

TODAY = date(2026, 11, 24)
DAYS = {name: Limit(n=n, unit="working-day") for name, n in (("statutory", 20), ("promised", 5), ("correction", 5), ("supplement", 10), ("delivery", 10))}  # type: ignore[arg-type]
LIMITS = Limits(**DAYS)


def test_what_is_typed_becomes_a_notice_and_comes_back_as_it_was() -> None:
    notice, paper = read(typed(), today=TODAY)
    assert (notice.year, paper, len(notice.days)) == (2027, "演示〔2026〕1号", 3 + 8 + 3 + 5 + 1 + 7 + 2)
    assert as_typed(notice, paper) == typed()


def rest(n: int, *changed: str) -> dict[str, object]:
    rows = list(typed().rests)
    rows[n - 1] = Rest(*changed)
    return {"rests": tuple(rows)}


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"year": "2025"}, YEAR), ({"year": "2028"}, YEAR), ({"year": "two"}, YEAR), ({"year": ""}, YEAR), ({"paper": " "}, PAPER), ({"paper": "x" * 61}, PAPER),
        (rest(2, "春节", "2027-02-05", "soon"), holiday_row(2)), (rest(2, "", "2027-02-05", "2027-02-12"), holiday_row(2)),
        (rest(2, "春节", "2027-02-12", "2027-02-05"), holiday_row(2)), (rest(2, "春节", "2027-02-01", "2027-02-28"), holiday_row(2)),
        (rest(2, "春节", "2028-02-05", "2028-02-12"), holiday_row(2)), (rest(3, "清明节", "2027-02-12", "2027-02-13"), holiday_row(3)),
        (rest(5, "端午节", "2027-06-12", "2027-06-13"), holiday_row(5)), (rest(1, "元旦", "2027-01-02", "2027-01-04"), holiday_row(1)),
        ({"rests": ()}, holiday_row(1)), ({"works": (Work("2027-03-01", "春节"),)}, work_row(1)), ({"works": (Work("2027-02-06", "春节"),)}, work_row(1)),
        ({"works": (Work("2027-01-30", "春节"), Work("2027-01-30", "春节"))}, work_row(2)), ({"works": (Work("2027-01-30", "中秋节"),)}, work_row(1)),
        ({"works": (Work("30 January", "春节"),)}, work_row(1)),
    ],
)  # fmt: skip
def test_a_notice_that_cannot_be_is_refused_at_its_row(other: dict[str, object], field: object) -> None:
    with pytest.raises(InvalidInput) as no:
        read(typed(**other), today=TODAY)
    assert no.value.details["field"] == field.zh  # type: ignore[attr-defined]


def test_the_days_that_change_are_those_worked_otherwise_than_presumed() -> None:
    before = shipped()
    after = with_notice(before, read(typed(), today=TODAY)[0])
    days = changed_days(before.changes_to(after), before, after)
    assert [day.isoformat() for day in days if day.month <= 2] == [
        "2027-01-30", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11", "2027-02-12", "2027-02-20",
    ]  # fmt: skip
    assert len(before.changes_to(after).days) == 365, "every day is published now and presumed no more"


def test_a_correction_states_the_whole_year_again() -> None:
    first, second = read(typed(), today=TODAY)[0], read(typed(works=()), today=TODAY)[0]
    base, once, twice = composed(shipped(), [first, second])
    assert (once.is_working(date(2027, 1, 30)), twice.is_working(date(2027, 1, 30)), base.is_working(date(2027, 1, 30))) == (True, False, False)
    assert len({base.version, once.version, twice.version}) == 3 and twice.published_years == (*base.published_years, 2027)


def standing(**other: object) -> Standing:
    """Accepted on 25 January 2027 by the calendar that presumes: 20 working days and 5."""
    said = Standing(
        "accepted", date(2027, 1, 22), None, date(2027, 1, 25), {"due_on": date(2027, 2, 22), "promised_on": date(2027, 2, 1)}, True
    )
    return replace(said, **other)  # type: ignore[arg-type]


def test_a_case_moves_with_the_days_its_limits_count() -> None:
    before = shipped()
    after = with_notice(before, read(typed(), today=TODAY)[0])
    assert recomputed(standing(), LIMITS, before=before, after=after) == Recomputed({"due_on": date(2027, 2, 26), "promised_on": date(2027, 1, 30)}, False)
    moved = standing(dates={"due_on": date(2027, 2, 26), "promised_on": date(2027, 1, 30)}, provisional=False)
    assert recomputed(moved, LIMITS, before=after, after=after) is None, "once is enough"
    other = standing(dates={"due_on": date(2027, 3, 8), "promised_on": date(2027, 2, 1)})
    assert recomputed(other, LIMITS, before=before, after=after) is False, "extended: a person decides"
    old = Standing("accepted", date(2026, 9, 1), None, date(2026, 9, 1), {"due_on": date(2026, 9, 29), "promised_on": date(2026, 9, 8)}, False)
    assert recomputed(old, LIMITS, before=before, after=after) is None


def test_each_state_has_its_own_clock_and_others_none() -> None:
    before = shipped()
    after = with_notice(before, read(typed(), today=TODAY)[0])
    received = standing(state="received", accepted_on=None, received_on=date(2027, 2, 3), dates={"notice_due_on": date(2027, 2, 10)}, provisional=False)
    assert recomputed(received, LIMITS, before=before, after=after) == Recomputed({"notice_due_on": date(2027, 2, 18)}, False)
    assert recomputed(replace(received, noticed_on=date(2027, 2, 4)), LIMITS, before=before, after=after) is None, "told already"
    correcting = replace(received, state="correcting", noticed_on=date(2027, 2, 3), dates={"supplement_due_on": date(2027, 2, 17)})
    assert recomputed(correcting, LIMITS, before=before, after=after) == Recomputed({"supplement_due_on": date(2027, 2, 24)}, False)
    assert recomputed(standing(state="granted"), LIMITS, before=before, after=after) is None


def test_time_left_out_stays_left_out() -> None:
    """Two weeks of an expert review within the limits: the dates as moved are like themselves, and move with the new calendar."""
    before, excluded = shipped(), (Span(date(2027, 1, 26), date(2027, 2, 8)),)
    after = with_notice(before, read(typed(), today=TODAY)[0])
    case = standing(excluded=excluded)
    case = replace(case, dates={column: found.due for column, found in deadlines(case, LIMITS, before).items()})
    assert min(day for day in case.dates.values() if day is not None) > date(2027, 2, 8)
    found = recomputed(case, LIMITS, before=before, after=after)
    assert isinstance(found, Recomputed)
    assert found.dates == {column: each.due for column, each in deadlines(case, LIMITS, after).items()} != case.dates
    assert recomputed(replace(case, excluded=()), LIMITS, before=before, after=after) is False
