"""The citizen's evaluation behind the query code: one press for a good one, a reason for a bad one; and what is published."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from onewindow.errands import sitting
from onewindow.errands.tests.scene import accepted, agent, available, everything, rows_written, seated, staff
from onewindow.kernel import clock
from onewindow.oversight.evaluation import actions
from onewindow.oversight.evaluation.models import Evaluation
from onewindow.oversight.evaluation.tests.said import BAD, bad, ended, evaluated
from onewindow.spine.visits.queries import query_code


def test_a_good_one_is_one_press_and_the_progress_page_says_so(morning: clock.Hand) -> None:
    visit, client = ended(), Client()
    page = reverse("evaluate-visit", args=[query_code(visit)])
    assert client.get(page).content.decode().count('name="level"') == 5
    with rows_written() as written:
        assert client.post(page, {"level": "very-satisfied"}).headers["Location"] == page
    assert written == ["evaluation.give"]
    assert "您评价了：非常满意。" in client.get(page).content.decode()
    shown = client.get(reverse("progress", args=[query_code(visit)])).content.decode()
    assert "窗口服务，您评价了：非常满意。谢谢。" in shown and page not in shown
    before = everything()
    client.post(page, {"level": "dissatisfied", "reason": "manner", "asked": "why"})
    assert everything() == before


def test_a_bad_one_is_asked_why_before_anything_is_kept(morning: clock.Hand) -> None:
    visit, client = ended(), Client()
    page, before = reverse("evaluate-visit", args=[query_code(visit)]), everything()
    asked = client.post(page, {"level": "dissatisfied", "text": "说过的话"}).content.decode()
    assert "哪里要改？" in asked and "说过的话" in asked and 'name="contact"' in asked
    assert everything() == before
    silent = client.post(page, {"level": "dissatisfied", "asked": "why", "contact": "yes", "text": " "})
    assert silent.status_code == 422 and "请至少勾一项" in silent.content.decode() and 'value="yes" checked' in silent.content.decode()
    assert everything() == before
    with rows_written() as written:
        client.post(page, {"level": "dissatisfied", "asked": "why", "reason": ["manner", "efficiency"], "contact": "yes"})
    assert written == ["evaluation.give", "follow-up.open"]
    given = Evaluation.objects.get()
    assert (given.reasons, given.contact) == (["efficiency", "manner"], True)
    assert "大厅经理会在一个工作日内和您联系。" in client.get(page).content.decode()


def test_a_level_that_is_none_is_told_so(morning: clock.Hand) -> None:
    page, before = reverse("evaluate-visit", args=[query_code(ended())]), everything()
    answer = Client().post(page, {"level": "5"})
    assert answer.status_code == 422 and "请点一个选项" in answer.content.decode()
    assert everything() == before


def test_what_still_lasts_or_is_another_s_cannot_be_evaluated(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case, code = accepted(clerk, visit), query_code(visit)
    client = Client()
    for page in (reverse("evaluate-visit", args=[code]), reverse("evaluate-case", args=[code, case.uuid])):
        assert client.get(page).status_code == client.post(page, {"level": "satisfied"}).status_code == 404
    done = available(clerk, visit).case
    sitting.end_sitting(by=clerk, visit=visit)
    other = query_code(ended("clerk02", 1))
    assert client.get(reverse("evaluate-case", args=[other, done.uuid])).status_code == 404
    assert client.get(reverse("evaluate-case", args=[code, done.uuid])).status_code == 200
    assert reverse("evaluate-case", args=[code, done.uuid]) in client.get(reverse("progress", args=[code])).content.decode()


def test_published_counts_and_replies_name_nobody(morning: clock.Hand) -> None:
    empty = Client().get(reverse("satisfaction")).content.decode()
    assert "最近没有评价" in empty
    for _ in range(3):
        evaluated()
    follow_up, manager = bad(), staff("manager01")
    few = Client().get(reverse("satisfaction")).content.decode()
    assert "不足 5 份" in few and "%</span> 满意" not in few
    actions.contact(by=manager, follow_up_id=follow_up.pk, finding="内部情况（演示）")
    actions.correct(by=manager, follow_up_id=follow_up.pk, reply="已调整排班（演示）")
    evaluated()
    shown = Client().get(reverse("satisfaction")).content.decode()
    assert "80.0%" in shown and "已调整排班（演示）" in shown
    for hidden in (agent().name, BAD.text, "内部情况", "12000000002"):
        assert hidden not in shown
    assert Client().get(reverse("satisfaction"), headers={"accept-language": "en"}).status_code == 200
