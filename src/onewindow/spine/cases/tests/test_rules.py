"""An item's limit in any unit its definition may use, and how long a licence is valid."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from onewindow.foundation.catalogue.definition.codes import Unit
from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.law.calendars import packaged
from onewindow.law.limits import explain
from onewindow.spine.cases.rules import ends, valid_until

START = date(2026, 9, 24)
ENDS = {
    "working-day": date(2026, 9, 29), "calendar-day": date(2026, 9, 28), "month": date(2026, 11, 24), "year": date(2028, 9, 25),
}  # fmt: skip


@pytest.mark.parametrize("unit", get_args(Unit))
def test_a_limit_of_every_unit_a_definition_may_write_has_an_end(unit: str) -> None:
    """Thursday before the Mid-Autumn holiday; two working days, two days (to a Saturday), two months, two years (to a Sunday)."""
    found = ends(Limit(n=2, unit=unit), START, packaged())  # type: ignore[arg-type]
    assert found.due == ENDS[unit]
    assert "期限届满" in explain(found, packaged())[-1].zh


@pytest.mark.parametrize("unit", get_args(Unit))
def test_a_limit_of_nothing_ends_the_same_day(unit: str) -> None:
    """即办件: nothing is counted, not even on a rest day."""
    found = ends(Limit(n=0, unit=unit), START, packaged())  # type: ignore[arg-type]
    assert (found.due, found.provisional, len(explain(found, packaged()))) == (START, False, 1)


@pytest.mark.parametrize(
    ("n", "unit", "until"),
    [(30, "calendar-day", date(2026, 10, 23)), (6, "month", date(2027, 3, 23)), (5, "year", date(2031, 9, 23))],
)
def test_a_licence_is_valid_to_the_day_before_the_anniversary(n: int, unit: str, until: date) -> None:
    assert valid_until(Limit(n=n, unit=unit), START) == until  # type: ignore[arg-type]
