"""The tablet at a window asks whoever was just served, and nobody else; the clerk sees counts."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from onewindow.errands.tests.scene import agent, at_window, everything, newest, rows_written, seated, signed_in
from onewindow.kernel import clock
from onewindow.oversight.evaluation.models import Evaluation
from onewindow.oversight.evaluation.tests.said import BAD, ended, evaluated


def shown(page: str, **headers: str) -> str:
    answer = Client().get(page, headers=headers or None)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_calm_until_somebody_was_served_and_asks_them_once(morning: clock.Hand) -> None:
    _, window = at_window()
    page = reverse("evaluator", args=[window.uuid])
    assert 'name="level"' not in shown(page)
    visit = ended()
    asked = shown(page)
    assert asked.count('name="level"') == 5 and str(visit.uuid) in asked and agent().name not in asked
    with rows_written() as written:
        answer = Client().post(page, {"visit": str(visit.uuid), "level": "satisfied"})
    assert (answer.status_code, answer.headers["Location"], written) == (303, page + "?thanks", ["evaluation.give"])
    assert newest(Evaluation.objects.get()).by == "device:evaluator-A01"
    thanked = Client().get(page + "?thanks")
    assert "谢谢您的评价" in thanked.content.decode() and thanked.headers["Refresh"] == f"8; url={page}"
    assert 'name="level"' not in shown(page)


def test_a_bad_one_is_asked_why(morning: clock.Hand) -> None:
    visit = ended()
    page, before = reverse("evaluator", args=[visit.window.uuid]), everything()
    why = Client().post(page, {"visit": str(visit.uuid), "level": "dissatisfied"})
    assert "哪里要改？" in why.content.decode() and everything() == before
    silent = Client().post(page, {"visit": str(visit.uuid), "level": "dissatisfied", "asked": "why"})
    assert silent.status_code == 422 and everything() == before
    with rows_written() as written:
        Client().post(page, {"visit": str(visit.uuid), "level": "dissatisfied", "asked": "why", "reason": "manner"})
    assert written == ["evaluation.give", "follow-up.open"]


def test_who_comes_back_too_late_or_to_another_window_changes_nothing(morning: clock.Hand) -> None:
    visit = ended()
    elsewhere = reverse("evaluator", args=[at_window("clerk02", 1)[1].uuid])
    page, before = reverse("evaluator", args=[visit.window.uuid]), everything()
    for at, sent in ((elsewhere, str(visit.uuid)), (page, ""), (page, "01920000-0000-7000-8000-000000000000")):
        assert Client().post(at, {"visit": sent, "level": "satisfied"}).headers["Location"] == at
    morning.forward(minutes=11)
    assert Client().post(page, {"visit": str(visit.uuid), "level": "satisfied"}).headers["Location"] == page
    assert everything() == before


def test_whoever_sits_down_next_is_not_asked_about_the_one_before(morning: clock.Hand) -> None:
    visit = ended()
    seated()
    assert 'name="level"' not in shown(reverse("evaluator", args=[visit.window.uuid]))


def test_large_print(morning: clock.Hand) -> None:
    client = Client()
    client.cookies["elder"] = "1"
    assert "data-elder>" in client.get(reverse("evaluator", args=[ended().window.uuid])).content.decode()


def test_a_clerk_sees_their_sum_and_never_who(morning: clock.Hand) -> None:
    client = signed_in("clerk01")
    for _ in range(4):
        evaluated()
    assert "还不到能看的时候" in client.get(reverse("evaluations-mine")).content.decode()
    evaluated(BAD)
    page = client.get(reverse("evaluations-mine")).content.decode()
    assert "80.0%" in page
    assert BAD.text not in page and agent().name not in page and "不满意" not in page
