"""今天的中心: the three sentences, the floor, and a deadline's clock; nobody is named, and a real centre's door is shut."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onewindow.errands import sitting
from onewindow.errands.tests.scene import (
    FOOD,
    HYGIENE,
    accepted,
    agent,
    at_window,
    company,
    everything,
    received,
    seated,
    signed_in,
    ticket,
)
from onewindow.kernel import clock


def page(client: Client | None = None, **headers: str) -> str:
    answer = (client or Client()).get(reverse("today"), headers=headers or None)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_empty_morning_says_so(morning: clock.Hand) -> None:
    shown = page()
    assert "没有人在等" in shown and "承诺今天或下一个工作日办结的，都已办结。" in shown
    assert "83 个专窗" in shown


def test_whoever_waits_longest_stands_first_with_the_number(morning: clock.Hand) -> None:
    first = ticket(agent())
    morning.forward(minutes=21)
    ticket(agent())
    shown = page()
    assert '<span class="number">21</span> 分钟' in shown and f"{first.number}号" in shown
    assert 'class="sentence-figure is-stop"' in shown


def test_what_is_due_today_is_named_by_department_and_links_to_its_clock(morning: clock.Hand) -> None:
    case = accepted(*seated())
    morning.moment = morning.moment.replace(month=10, day=8)
    shown = page()
    assert "示范区市场监督管理局" in shown and "今天到期" in shown
    assert reverse("today-clock", args=[case.uuid]) in shown


def test_more_that_is_due_costs_no_more_questions(morning: clock.Hand) -> None:
    clerk, visit = seated()
    accepted(clerk, visit)
    started = morning.moment

    def asked() -> int:
        morning.moment = started.replace(month=10, day=8)
        page()
        with CaptureQueriesContext(connection) as found:
            page()
        morning.moment = started
        return len(found)

    one = asked()
    accepted(clerk, visit)
    accepted(clerk, visit, HYGIENE)
    assert asked() == one


def test_the_clock_quotes_the_law_and_counts_day_by_day(morning: clock.Hand) -> None:
    case = accepted(*seated())
    answer = Client().get(reverse("today-clock", args=[case.uuid]))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "《行政许可法》第四十二条" in shown
    assert "2026年10月29日" in shown and "2026年10月8日" in shown
    assert company().name not in shown


def test_a_case_without_a_clock_has_none_to_show(morning: clock.Hand) -> None:
    case = received(*seated(), FOOD)
    assert Client().get(reverse("today-clock", args=[case.uuid])).status_code == 404


def test_nobody_is_named_and_nothing_is_written(morning: clock.Hand) -> None:
    ticket(agent())
    clerk, _ = at_window("clerk01", 0)
    sitting.call_next(by=clerk)
    before = everything()
    shown = page() + page(**{"HX-Request": "true"})
    assert agent().name not in shown and company().name not in shown
    assert everything() == before


def test_in_a_real_centre_only_who_may_watch_sees_it(morning: clock.Hand, settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert Client().get(reverse("today")).status_code == 302
    for username, status in (("manager01", 200), ("supervisor01", 200), ("clerk01", 403)):
        client = signed_in(username)
        assert client.get(reverse("today")).status_code == status
