"""The counter asks the centre what people mean: rows of items with a definition, best first."""

from __future__ import annotations

import re

import pytest

from onewindow.desks.counter.tests.room import Desk
from onewindow.errands.tests.scene import FOOD, HYGIENE, everything, opening, seated


@pytest.fixture
def desk(db: None) -> Desk:
    with opening():
        return Desk(*seated())


def found(desk: Desk, typed: str) -> list[str]:
    page = desk.get(f"/counter/items/?q={typed}")
    assert page.status == 200 and "<html" not in page.text
    return re.findall(r"/counter/apply/([a-z-]+)/", page.text)


def test_what_is_meant_comes_first_and_only_items_that_can_be_taken_in(desk: Desk) -> None:
    assert found(desk, "开饭店")[0] == found(desk, "想开个小饭馆")[0] == found(desk, "kfd")[0] == FOOD
    assert set(found(desk, "开宾馆")[:2]) == {"hotel-security-licence", HYGIENE}
    assert found(desk, "护照") == [] or "passport" not in found(desk, "护照")[0]


def test_a_department_s_name_finds_its_items_and_what_cannot_be_read_nothing(desk: Desk) -> None:
    assert "marriage-registration" in found(desk, "民政局") and found(desk, "%00") == found(desk, "") == []


def test_looking_writes_nothing(desk: Desk) -> None:
    before = everything()
    found(desk, "红烧肉怎么做")
    assert everything() == before
