"""The pure rules of an outage: how reserve numbers are read off a paper, and which true times can be entered."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, OutsideHours
from onewindow.law.calendars import packaged
from onewindow.stages.outage.rules import (
    RECEIVED,
    Hours,
    check_accepted,
    check_hours,
    check_time,
    moment,
    read_number,
    receipt_number,
    ticket_number,
)

NOW = datetime(2026, 9, 24, 10, 0, 30, tzinfo=clock.LOCAL)
PRINTED = datetime(2026, 9, 1, 9, 0, 45, tzinfo=clock.LOCAL)
HOURS = Hours.read("08:30-16:30")
WEEK = dict.fromkeys(range(1, 6), HOURS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.LOCAL)


@pytest.mark.parametrize("typed", ["A-备收003", "a备收3", " A - 备收 003 ", "备收3", "3", "003", "A3", "A－备收003"])
def test_a_receipt_s_number_is_read_however_it_is_typed(typed: str) -> None:
    assert read_number(typed, receipt=True, hall="A") == ("A", 3)


@pytest.mark.parametrize(("typed", "receipt"), [
    ("A-备003", True), ("A-备收003", False), ("", True), ("备收", True), ("A-备收3x", True), ("收3", False), ("1234567", True),
])  # fmt: skip
def test_what_is_no_such_number_is_not_read(typed: str, receipt: bool) -> None:
    assert read_number(typed, receipt=receipt, hall="A") is None


@given(st.integers(1, 99_999), st.sampled_from(["A", "B", "AB"]))
def test_what_is_printed_is_read_back_and_is_no_ordinary_number(n: int, hall: str) -> None:
    assert read_number(ticket_number(hall, n), receipt=False, hall="Z") == (hall, n)
    assert read_number(receipt_number(hall, n), receipt=True, hall="Z") == (hall, n)
    assert len({ticket_number(hall, n), receipt_number(hall, n), f"{hall}{n:03d}"}) == 3
    assert len(ticket_number("ABCD", n)) <= 12 and len(receipt_number("ABCD", n)) <= 12


def test_day_and_time_are_the_centre_s() -> None:
    assert moment("2026-09-23", "16:05", RECEIVED) == at("2026-09-23T16:05")
    for day, when in (("", "16:05"), ("2026-09-23", ""), ("2026-02-30", "16:05"), ("24.9.2026", "16:05")):
        with pytest.raises(InvalidInput) as no:
            moment(day, when, RECEIVED)
        assert no.value.details["field"] == "收件时间"


@pytest.mark.parametrize(("true", "says"), [
    ("2026-09-24T10:01", "还没有到"), ("2026-10-01T10:00", "还没有到"), ("2026-09-01T08:59", "早于这本备用凭证的印制时间"), ("2026-08-24T10:00", "已超过 30 天"),
])  # fmt: skip
def test_a_time_that_cannot_be_is_refused(true: str, says: str) -> None:
    with pytest.raises(InvalidInput) as no:
        check_time(at(true), now=NOW, printed=PRINTED, field=RECEIVED)
    assert says in str(no.value.details["reason_zh"])


@pytest.mark.parametrize("true", ["2026-09-24T10:00", "2026-09-01T09:00", "2026-09-23T23:59"])
def test_a_time_to_the_minute_between_printing_and_now_is_taken(true: str) -> None:
    check_time(at(true), now=NOW, printed=PRINTED, field=RECEIVED)


def test_thirty_days_are_counted_by_the_day() -> None:
    long_ago = PRINTED - timedelta(days=60)
    check_time(at("2026-08-25T00:00"), now=NOW, printed=long_ago, field=RECEIVED)
    with pytest.raises(InvalidInput):
        check_time(at("2026-08-24T23:59"), now=NOW, printed=long_ago, field=RECEIVED)


@pytest.mark.parametrize(("true", "unusual"), [
    ("2026-09-24T08:30", False), ("2026-09-24T16:30", False), ("2026-09-24T08:29", True), ("2026-09-24T16:31", True),
    ("2026-09-26T10:00", True), ("2026-10-01T10:00", True), ("2026-09-20T10:00", False),
])  # fmt: skip
def test_a_time_when_the_centre_is_closed_has_to_be_confirmed(true: str, unusual: bool) -> None:
    """Saturday, a holiday; Sunday the 20th is worked instead."""
    if unusual:
        with pytest.raises(OutsideHours) as asked:
            check_hours(at(true), week=WEEK, calendar=packaged(), confirmed=False)
        assert "08:30–16:30" in asked.value.message()
    check_hours(at(true), week=WEEK, calendar=packaged(), confirmed=unusual)


def test_a_weekday_may_have_hours_of_its_own_and_a_day_worked_instead_the_first_of_the_week() -> None:
    week = {1: HOURS, 3: Hours.read("08:30-20:00"), 6: Hours.read("09:00-11:00")}
    check_hours(at("2026-09-23T19:00"), week=week, calendar=packaged(), confirmed=False)  # Wednesday evening
    check_hours(at("2026-09-20T16:00"), week=week, calendar=packaged(), confirmed=False)  # Sunday worked instead: Monday's
    for closed in ("2026-09-21T19:00", "2026-09-26T10:00", "2026-09-20T17:00"):  # Monday evening; Saturday in a holiday; Sunday, late
        with pytest.raises(OutsideHours):
            check_hours(at(closed), week=week, calendar=packaged(), confirmed=False)


def test_a_day_of_acceptance_lies_between_receipt_and_today() -> None:
    received, today = date(2026, 9, 21), date(2026, 9, 24)
    for on in (None, received, today):
        check_accepted(on, received=received, today=today)
    for on in (date(2026, 9, 20), date(2026, 9, 25)):
        with pytest.raises(InvalidInput):
            check_accepted(on, received=received, today=today)


def test_hours_are_read_from_one_line() -> None:
    assert (HOURS.opens, HOURS.closes, str(HOURS)) == (time(8, 30), time(16, 30), "08:30–16:30")
