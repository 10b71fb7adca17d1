"""Measures are counted: a case decided, an item moved, and the number moves."""

from __future__ import annotations

from decimal import Decimal

from django.test import Client

from onewindow.errands.decision import decide
from onewindow.errands.tests.scene import FOOD, accepted, opening, seated, staff
from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.foundation.catalogue.register.actions import move_out
from onewindow.foundation.catalogue.register.queries import entries
from onewindow.kernel.words import Words
from onewindow.oversight.insight.measures import Shortening, shortened


def row(statutory: Limit, promised: Limit, actual: Decimal | None = None) -> Shortening:
    return Shortening("x", Words("演示", "demo"), Words("演示", "demo"), statutory, promised, actual, 1)


def days(n: int, unit: str = "working-day") -> Limit:
    return Limit.model_validate({"n": n, "unit": unit})


def test_a_promise_is_compared_in_its_own_unit_only() -> None:
    assert row(days(20), days(4)).percent == Decimal("80.0")
    assert row(days(15, "calendar-day"), days(7, "calendar-day")).percent == Decimal("53.3")
    assert row(days(1, "month"), days(5)).percent is None
    assert row(days(1, "month"), days(0)).percent == Decimal("100.0")  # on the spot, in whatever unit
    assert row(days(0), days(0)).percent is None


def test_actual_days_are_compared_where_both_are_working_days() -> None:
    assert row(days(20), days(4), Decimal("3.0")).actual_percent == Decimal("85.0")
    assert row(days(15, "calendar-day"), days(7, "calendar-day"), Decimal("3.0")).actual_percent is None
    assert row(days(20), days(4)).actual_percent is None


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
