"""Limits in different units, made comparable by the calendar of one year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from onewindow.kernel.errors import InvalidInput
from onewindow.law.calendars import shipped
from onewindow.law.limits import Unit, mean_working_days


@pytest.mark.parametrize(
    ("n", "unit", "days"),
    [
        (20, Unit.WORKING_DAYS, "20"), (0, Unit.NATURAL_DAYS, "0"), (0, Unit.MONTHS, "0"),
        (30, Unit.NATURAL_DAYS, "20.8"), (7, Unit.NATURAL_DAYS, "4.9"), (3, Unit.MONTHS, "62.6"),
    ],
)  # fmt: skip
def test_a_limit_gives_so_many_working_days_in_2026(n: int, unit: Unit, days: str) -> None:
    assert mean_working_days(n, unit, shipped(), 2026) == Decimal(days)


def test_a_longer_limit_never_gives_fewer() -> None:
    given = [mean_working_days(n, Unit.NATURAL_DAYS, shipped(), 2026) for n in range(1, 61)]
    assert given == sorted(given) and given[0] >= 1


def test_a_year_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(InvalidInput):
        mean_working_days(30, Unit.NATURAL_DAYS, shipped(), 1900)
