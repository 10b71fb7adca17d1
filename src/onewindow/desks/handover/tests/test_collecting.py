"""Handing over twice: the second press is told that it was done, when, and that nothing was done again."""

from __future__ import annotations

import pytest
from django.test import Client

from onewindow.errands.collection import collect
from onewindow.errands.tests.scene import (
    FOOD,
    HYGIENE,
    TAIL,
    agent,
    available,
    company,
    everything,
    rows_written,
    seated,
    signed_in,
    staff,
)
from onewindow.kernel import clock
from onewindow.stages.delivery.models import Result

BACK = {"HTTP_REFERER": "http://testserver/handover/"}


@pytest.fixture
def results(morning: clock.Hand) -> list[Result]:
    clerk, visit = seated()
    return [available(clerk, visit, FOOD), available(clerk, visit, HYGIENE)]


@pytest.fixture
def window(results: list[Result]) -> Client:
    return signed_in("handover01")


def sent(*results: Result, tail: str = TAIL) -> dict[str, object]:
    return {"party": str(agent().uuid), "result": [str(result.uuid) for result in results], "tail": tail}


def said(client: Client) -> str:
    return client.get("/handover/").content.decode()


def changed(before: dict[str, str]) -> set[str]:
    return {table for table, found in everything().items() if found != before[table]} - {"django_session"}


def test_the_same_form_sent_again_says_when_it_was_done(window: Client, results: list[Result], morning: clock.Hand) -> None:
    assert window.post("/handover/collect/", sent(*results), **BACK).status_code == 303
    assert "已发放 2 份结果" in said(window)
    morning.forward(minutes=5)
    before = everything()
    again = window.post("/handover/collect/", sent(*results), **BACK)
    assert (again.status_code, again.headers["Location"], "X-Refusal" in again.headers) == (303, "/handover/", False)
    page = said(window)
    assert "2 份已在 2026-09-24 10:00 发放过，没有重复发放。" in page and "请至少勾选一项" not in page
    assert changed(before) == set()


def test_what_is_left_is_handed_over_and_what_was_is_told(window: Client, results: list[Result]) -> None:
    window.post("/handover/collect/", sent(results[0]), **BACK)
    said(window)
    with rows_written() as rows:
        window.post("/handover/collect/", sent(*results), **BACK)
    assert rows == ["result.collect", "case.close"]
    page = said(window)
    assert "1 份已在" in page and "已发放 1 份结果" in page


def test_ticking_nothing_is_still_told_so(window: Client) -> None:
    before = everything()
    answer = window.post("/handover/collect/", sent(), **BACK)
    assert answer.headers["X-Refusal"] == "invalid-input"
    assert "请至少勾选一项" in said(window)
    assert changed(before) == set()


def test_what_somebody_else_took_is_not_said_to_be_theirs(window: Client, results: list[Result]) -> None:
    """The company's agent took it; the company's number brings no such answer."""
    collect(by=staff("handover01"), results=[results[0]], collector=agent(), tail=TAIL)
    before = everything()
    answer = window.post("/handover/collect/", sent(results[0]) | {"party": str(company().uuid)}, **BACK)
    assert answer.headers["X-Refusal"] == "invalid-input"
    assert changed(before) == set()


def test_a_wrong_document_hands_over_nothing(window: Client, results: list[Result]) -> None:
    before = everything()
    answer = window.post("/handover/collect/", sent(*results, tail="0015"), **BACK)
    assert answer.headers["X-Refusal"] == "invalid-input"
    assert changed(before) == set()


def test_the_page_does_not_show_what_the_clerk_is_to_compare(window: Client) -> None:
    page = window.post("/handover/", {"number": "440524188001010014"}).content.decode()
    head = page[page.index('id="handover-collect"') : page.index("领取哪些")]
    assert "演示人乙" in head and "440***************" in head
    assert TAIL not in head
