"""The list of what was searched for in vain, and its two buttons."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.errands.tests.scene import FOOD, SITE, rows_written, signed_in, staff
from onewindow.foundation.catalogue.actions import publish
from onewindow.foundation.catalogue.definition import demo_folder, load
from onewindow.foundation.catalogue.search.actions import note_missed
from onewindow.foundation.catalogue.search.queries import missed_queries
from onewindow.kernel import clock

SETTLE = "office-missed-settle"


@pytest.fixture
def office(morning: clock.Hand) -> Client:
    return signed_in("administrator01")


def shown(office: Client, query: str = "") -> str:
    return office.get(reverse("office-missed") + query).content.decode()


def test_the_most_asked_comes_first_thirty_a_page_and_an_empty_list_says_what_would_fill_it(office: Client) -> None:
    assert "没有待处理的说法" in shown(office) and "还没有处理过" in shown(office, "?settled")
    for n in range(31):
        note_missed("写" + "首" * n + "诗")
    note_missed("写首首诗")
    first = shown(office)
    assert first.index(">写首首诗<") < first.index(">写首诗<") and "第 1 页，共 2 页（31 条）" in first and "还搜不到" in first


def test_it_leaves_the_list_once_it_is_found(office: Client) -> None:
    note_missed("写首诗")
    answer = office.post(reverse(SETTLE), {"text": "写首诗", "ours": "yes"})
    assert answer.status_code == 422 and "现在还搜不到" in answer.content.decode() and missed_queries().count() == 1
    definition = load(demo_folder() / "items" / f"{FOOD}.json")
    publish(by=staff("administrator01"), site=SITE, definition=definition.model_copy(update={"aliases": (*definition.aliases, "写首诗")}))
    assert "能搜到 食品经营许可（新办）" in shown(office)
    with rows_written() as rows:
        assert office.post(reverse(SETTLE), {"text": "写首诗", "ours": "yes"}).status_code == 303
    assert rows == ["missed-query.settle"] and "现在能搜到“食品经营许可（新办）”" in shown(office) and missed_queries().count() == 0
    assert "写首诗" in shown(office, "?settled")
    assert office.post(reverse(SETTLE), {"text": "写首诗", "ours": "yes"}).status_code == 404


def test_what_is_no_matter_of_the_centre_s_leaves_it_for_good(office: Client) -> None:
    note_missed("写首诗")
    assert office.post(reverse(SETTLE), {"text": "写首诗", "ours": "no"}).status_code == 303
    assert not note_missed("写首诗") and "不归中心办" in shown(office, "?settled")


def test_others_do_not_see_it(office: Client) -> None:
    for username in ("clerk01", "manager01", "market01"):
        assert signed_in(username).get(reverse("office-missed")).status_code == 403
