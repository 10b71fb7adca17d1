"""Who comes on a day: the same seed plans the same day, and every day keeps to opening hours."""

from __future__ import annotations

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from onewindow.config.town.plans import day_plan
from onewindow.kernel.clock import LOCAL

ITEMS = {"A": ["food", "sign", "labour"], "B": ["permit"], "C": []}
TUESDAY = date(2026, 9, 22)


def test_one_seed_one_plan() -> None:
    first = day_plan(TUESDAY, seed="s", visitors=50, items=ITEMS)
    assert first == day_plan(TUESDAY, seed="s", visitors=50, items=ITEMS)
    assert first != day_plan(TUESDAY, seed="t", visitors=50, items=ITEMS)
    assert first != day_plan(date(2026, 9, 23), seed="s", visitors=50, items=ITEMS)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 120))
def test_everybody_comes_in_opening_hours_in_order_and_for_something_offered(day: date, visitors: int) -> None:
    plan = day_plan(day, seed="s", visitors=visitors, items=ITEMS)
    assert len(plan) == visitors
    assert plan == sorted(plan, key=lambda coming: coming.at)
    for coming in plan:
        local = coming.at.astimezone(LOCAL)
        assert local.date() == day and time(8, 30) <= local.time() <= time(16, 30)
        wanted = [want.item for want in coming.wants]
        assert wanted and len(set(wanted)) == len(wanted) and set(wanted) <= set(ITEMS[coming.hall])


def test_a_hall_that_offers_nothing_has_no_visitors() -> None:
    assert {coming.hall for coming in day_plan(TUESDAY, seed="s", visitors=200, items=ITEMS)} == {"A", "B"}
