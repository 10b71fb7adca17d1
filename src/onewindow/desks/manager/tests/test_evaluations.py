"""The manager's list of evaluations and the follow-up of a bad one; the supervisor reads, and sees no phone number."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from onewindow.errands.tests.scene import SITE, agent, day, everything, rows_written, signed_in
from onewindow.kernel import clock
from onewindow.oversight.evaluation.models import FollowUp
from onewindow.oversight.evaluation.queries import satisfaction
from onewindow.oversight.evaluation.tests.said import BAD, bad, evaluated

PHONE = "12000000002"


def test_the_list_is_filtered_paged_and_says_when_it_is_empty(morning: clock.Hand) -> None:
    manager, listed = signed_in("manager01"), reverse("evaluations")
    empty = {"bad": "还没有评价", "open": "没有待办结的差评", "overdue": "没有超期的差评", "all": "还没有评价"}
    for show, words in empty.items():
        assert words in manager.get(listed, {"show": show}).content.decode()
    for _ in range(30):
        evaluated()
    follow_up = bad()
    address = reverse("evaluation", args=[follow_up.evaluation.uuid])
    for show in ("bad", "open", "nonsense"):
        page = manager.get(listed, {"show": show}).content.decode()
        assert address in page and page.count("row-link") == 1
    assert address not in manager.get(listed, {"show": "overdue"}).content.decode()
    page = manager.get(listed, {"show": "all"}).content.decode()
    assert page.count("row-link") == 30 and 'href="?show=all&amp;page=2"' in page
    assert manager.get(listed, {"show": "all", "page": 2}).content.decode().count("row-link") == 1
    morning.forward(days=5)
    assert "已超" in manager.get(listed, {"show": "overdue"}).content.decode()


def test_a_follow_up_is_walked_through_on_its_page(morning: clock.Hand) -> None:
    follow_up, manager = bad(), signed_in("manager01")
    page, press = (reverse(name, args=[follow_up.evaluation.uuid]) for name in ("evaluation", "evaluation-move"))
    shown = manager.get(page).content.decode()
    assert BAD.text in shown and PHONE in shown and agent().name in shown and "第三十条" in shown
    assert 'id="follow-contact"' in shown and 'id="follow-correct"' not in shown
    steps: list[dict[str, Any]] = [
        {"verb": "contact", "words": "已致电"}, {"verb": "schedule", "on": "2026-10-09"}, {"verb": "correct", "words": "已改"},
        {"verb": "resume", "words": "还不满意"}, {"verb": "explain", "words": "已说明"}, {"verb": "revisit"},
    ]  # fmt: skip
    with rows_written() as written:
        for step in steps:
            assert manager.post(press, step).headers["Location"] == page
    assert written == [f"follow-up.{step['verb']}" for step in steps]
    shown = manager.get(page).content.decode()
    assert PHONE not in shown and agent().name not in shown and "<form method=\"post\" action=\"" + press not in shown


@pytest.mark.parametrize("step", [{"verb": "contact", "words": " "}, {"verb": "fly"}, {"verb": ""}])
def test_a_step_that_is_refused_says_why_and_changes_nothing(morning: clock.Hand, step: dict[str, str]) -> None:
    follow_up = bad()
    before = everything()
    answer = signed_in("manager01").post(reverse("evaluation-move", args=[follow_up.evaluation.uuid]), step)
    assert answer.status_code == 422
    assert {t for t, found in everything().items() if found != before[t]} <= {"django_session"}


def test_a_day_that_is_none_keeps_the_page(morning: clock.Hand) -> None:
    follow_up, manager = bad(), signed_in("manager01")
    press = reverse("evaluation-move", args=[follow_up.evaluation.uuid])
    manager.post(press, {"verb": "contact", "words": "x"})
    for on, words in (("soon", "请选择日期"), ("2026-09-01", "不能早于今天")):
        answer = manager.post(press, {"verb": "schedule", "on": on})
        assert answer.status_code == 422 and words in answer.content.decode()


def test_the_supervisor_reads_with_the_name_masked_and_presses_nothing(morning: clock.Hand) -> None:
    follow_up, supervisor = bad(), signed_in("supervisor01")
    shown = supervisor.get(reverse("evaluation", args=[follow_up.evaluation.uuid])).content.decode()
    assert BAD.text in shown and PHONE not in shown and agent().name not in shown and agent().name[0] + "**" in shown
    assert "follow-contact" not in shown
    assert supervisor.post(reverse("evaluation-move", args=[follow_up.evaluation.uuid]), {"verb": "contact", "words": "x"}).status_code == 403
    for username in ("clerk01", "administrator01", "handover01"):
        assert signed_in(username).get(reverse("evaluation", args=[follow_up.evaluation.uuid])).status_code == 403


def test_a_good_one_has_nothing_to_follow(morning: clock.Hand) -> None:
    given, manager = evaluated(), signed_in("manager01")
    assert manager.get(reverse("evaluation", args=[given.uuid])).status_code == 200
    assert manager.post(reverse("evaluation-move", args=[given.uuid]), {"verb": "contact", "words": "x"}).status_code == 404
    assert FollowUp.objects.count() == 0


def test_the_panel_of_the_first_screen(morning: clock.Hand) -> None:
    def panel() -> str:
        return render_to_string("manager/evaluations_panel.html", {"satisfaction": satisfaction(SITE, day("2026-09-24"))})

    assert panel().strip() == ""
    evaluated()
    bad()
    assert "50.0%" in panel() and "超期" not in panel()
    morning.forward(days=5)
    assert "件超期" in panel()
