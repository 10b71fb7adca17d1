"""Measures are counted: a case decided, an item moved, and the number moves."""

from __future__ import annotations

from decimal import Decimal

from django.test import Client

from onewindow.errands.decision import decide
from onewindow.errands.tests.scene import FOOD, accepted, agent, available, opening, seated, staff
from onewindow.foundation.catalogue.definition import demo_folder, load
from onewindow.foundation.catalogue.definition.burden import Burden, burden_of
from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.foundation.catalogue.register.actions import move_out
from onewindow.foundation.catalogue.register.queries import entries
from onewindow.kernel import clock
from onewindow.kernel.words import Words
from onewindow.oversight.insight.burdens import burdens
from onewindow.oversight.insight.measures import Shortening, in_working_days, shortened
from onewindow.stages.delivery.actions import hand_over


def row(statutory: Limit, promised: Limit, actual: Decimal | None = None) -> Shortening:
    law, promise = in_working_days(statutory), in_working_days(promised)
    return Shortening("x", Words("演示", "demo"), Words("演示", "demo"), statutory, promised, actual, 1, law, promise)


def days(n: int, unit: str = "working-day") -> Limit:
    return Limit.model_validate({"n": n, "unit": unit})


def test_a_promise_is_compared_with_the_law_in_working_days(morning: clock.Hand) -> None:
    assert row(days(20), days(4)).percent == Decimal("80.0")
    assert in_working_days(days(30, "calendar-day")) == Decimal("20.8")  # by the calendar of 2026
    assert row(days(30, "calendar-day"), days(4)).percent == Decimal("80.8")
    assert row(days(1, "month"), days(0)).percent == Decimal("100.0")  # on the spot, in whatever unit
    assert row(days(0), days(0)).percent is None


def test_actual_days_are_compared_with_the_law_in_working_days(morning: clock.Hand) -> None:
    assert row(days(20), days(4), Decimal("3.0")).actual_percent == Decimal("85.0")
    assert row(days(30, "calendar-day"), days(4), Decimal("5.2")).actual_percent == Decimal("75.0")
    assert row(days(20), days(4)).actual_percent is None


def test_people_come_once_more_for_a_correction_and_once_more_to_fetch(db: None) -> None:
    with opening() as hand:
        before = {item.code: item for item in burdens().items}
        result = available(*seated())
        hand.forward(days=5)
        hand_over(by=staff("handover01"), result_id=result.pk, collector=agent(), tail="0014")
        after = {item.code: item for item in burdens().items}
    assert {code for code in after if after[code] != before[code]} == {FOOD}
    assert (before[FOOD].closed, after[FOOD].closed, after[FOOD].came, after[FOOD].mean) == (0, 1, 2, Decimal("2.0"))


def test_situations_without_a_paper_are_counted_of_definitions() -> None:
    burden = burden_of(load(demo_folder() / "items" / "unemployment-registration.json"))
    assert burden == Burden(situations=16, without=16)
    food = burden_of(load(demo_folder() / "items" / "food-business-licence.json"))
    assert food is not None and food.without == 0 and food.situations > 10


def test_a_decided_case_moves_the_actual_mean_and_nothing_else(db: None) -> None:
    with opening() as hand:
        before = {item.code: item for item in shortened().items}
        case = accepted(*seated())
        hand.forward(days=5)  # Thursday to Tuesday: over the Mid-Autumn rest day of 2026-09-25
        decide(by=staff("market01"), case_id=case.pk, verb="grant", words="")
        after = {item.code: item for item in shortened().items}
    assert {code for code in after if after[code] != before[code]} == {FOOD}
    assert (after[FOOD].decided, before[FOOD].decided) == (1, 0)
    assert after[FOOD].actual == Decimal("2.0")


def test_the_page_counts_from_the_register(db: None) -> None:
    with opening():
        shown = " ".join(Client(headers={"accept-language": "zh-hans"}).get("/today/measures/").content.decode().split())
        assert "375 项审批事项，369 项在中心办" in shown and '<span class="number">98.4</span>' in shown
        entry = entries(item_type="01", ways=["entered"]).first()
        assert entry is not None
        move_out(by=staff("administrator01"), entry_id=entry.pk)
        shown = " ".join(Client(headers={"accept-language": "zh-hans"}).get("/today/measures/").content.decode().split())
        assert "375 项审批事项，368 项在中心办" in shown and '<span class="number">98.1</span>' in shown
