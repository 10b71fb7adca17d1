"""A form not yet sent survives the session: kept sealed while typed, back in place after signing in, gone when filed or over."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session

from onewindow.desks.counter.tests.room import Desk, form
from onewindow.errands import sitting
from onewindow.errands.tests.scene import FOOD, HYGIENE, everything, rows_written, seated, staff
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7
from onewindow.spine.cases.models import Case
from onewindow.stages.acceptance.models import Draft

APPLY, DRAFT = f"/counter/apply/{FOOD}/", f"/counter/apply/{FOOD}/draft/"


@pytest.fixture
def desk(morning: clock.Hand) -> Desk:
    return Desk(*seated())


def test_what_is_typed_is_kept_sealed_and_comes_back_on_the_same_form(desk: Desk, morning: clock.Hand) -> None:
    sent = form(premises="半路上的店名", agent_phone="120****0002") | {"given": ["layout"]}
    with rows_written() as rows:
        answer = desk.post(DRAFT, sent)
    assert (answer.status, answer.text, rows) == (200, "已自动保存 10:00", [])
    row = Draft.objects.get()
    assert (row.visit_id, row.clerk_id, row.item, str(row.once)) == (desk.visit.pk, desk.account.pk, FOOD, sent["once"])  # type: ignore[union-attr]
    assert row.saved_at == datetime(2026, 9, 24, 2, tzinfo=UTC)
    assert "半路上".encode() not in bytes(row.sealed) + bytes(row.draft_key)
    page = desk.get(APPLY).text
    assert f'name="once" value="{sent["once"]}"' in page
    assert 'value="半路上的店名"' in page and "已接上" in page and "10:00" in page
    assert re.findall(r'name="given" value="([^"]+)" checked', page) == ["layout"]
    assert 'name="answers.business" value="catering"' in page
    assert "12000000002" not in page


def test_a_later_draft_takes_the_place_of_the_earlier(desk: Desk, morning: clock.Hand) -> None:
    sent = form(premises="先前")
    desk.post(DRAFT, sent)
    morning.forward(minutes=7)
    assert desk.post(DRAFT, sent | {"form.premises": "后来"}).text == "已自动保存 10:07"
    assert Draft.objects.count() == 1
    page = desk.get(APPLY).text
    assert 'value="后来"' in page and "先前" not in page and "10:07" in page


def test_after_the_session_ended_the_reader_is_told_where_it_is_and_finds_it(desk: Desk) -> None:
    sent = form(premises="半路上的店名")
    desk.post(DRAFT, sent)
    Session.objects.all().delete()
    answer = desk.post(APPLY, sent, back=APPLY)
    assert (answer.status, answer.refusal, answer.to) == (302, "session-expired", f"/signin/?next={APPLY}")
    told = desk.get(answer.to).text
    assert "登录已过期" in told and "已自动保存到 10:00，存在本窗口的这次办理里" in told and "半路上" not in told
    desk.client.force_login(desk.account)
    page = desk.get(APPLY).text
    assert 'value="半路上的店名"' in page and "已接上" in page
    assert Case.objects.count() == 0
    with rows_written() as rows:
        assert "/counter/case/" in desk.post(APPLY, sent).to
    assert (rows, Draft.objects.count()) == (["case.receive"], 0)


def test_nothing_is_promised_that_was_not_kept(desk: Desk) -> None:
    Session.objects.all().delete()
    told = desk.get(desk.post(APPLY, form(), back=APPLY).to).text
    assert "登录已过期" in told and "已自动保存" not in told


def test_a_stranger_keeps_nothing(desk: Desk) -> None:
    desk.client.logout()
    before = everything()
    answer = desk.post(DRAFT, form())
    assert (answer.status, answer.to[:9]) == (302, "/signin/?")
    assert everything() == before


def test_a_form_filed_leaves_no_draft_and_a_late_one_is_not_kept(desk: Desk) -> None:
    sent = form()
    desk.post(DRAFT, sent)
    desk.post(APPLY, sent)
    assert Draft.objects.count() == 0
    before = everything()
    assert desk.post(DRAFT, sent).status == 409
    assert everything() == before


def test_a_form_refused_keeps_its_draft(desk: Desk) -> None:
    sent = form(area="-1")
    desk.post(DRAFT, sent)
    assert desk.post(APPLY, sent).status == 422
    assert str(Draft.objects.get().once) == sent["once"]


def test_when_the_visit_ends_nothing_unsent_is_left(desk: Desk) -> None:
    desk.post(DRAFT, form())
    desk.post(DRAFT.replace(FOOD, HYGIENE), form(HYGIENE))
    assert Draft.objects.count() == 2
    desk.post("/counter/end/")
    assert Draft.objects.count() == 0
    before = everything()
    assert desk.post(DRAFT, form()).status == 409
    assert everything() == before


def test_a_draft_is_its_clerks_and_its_visits_own(desk: Desk) -> None:
    sent = form(premises="半路上的店名")
    desk.post(DRAFT, sent)
    other_clerk, other_visit = seated("clerk02", 1)
    other = Desk(other_clerk, other_visit)
    assert "半路上" not in other.get(APPLY).text
    before = everything()
    assert other.post(DRAFT, sent).status == 409  # the nonce is another's
    assert {t for t, found in everything().items() if found != before[t]} <= {"django_session"}
    sitting.end_sitting(by=other_clerk, visit=other_visit)
    assert Draft.objects.count() == 1


def test_answering_anew_goes_on_under_the_same_mark_and_keeps_what_was_typed(desk: Desk) -> None:
    sent = form(premises="半路上的店名")
    desk.post(DRAFT, sent)
    page = desk.get(APPLY).text
    assert f'href="{APPLY}?again={sent["once"]}"' in page
    question = desk.get(f"{APPLY}?again={sent['once']}").text
    assert f'name="mark" value="{sent["once"]}"' in question and 'name="once"' not in question
    answers = {name: value for name, value in sent.items() if name.startswith("answers.")}
    page = desk.post(APPLY, answers | {"mark": sent["once"]}).text
    assert f'name="once" value="{sent["once"]}"' in page and 'value="半路上的店名"' in page
    fresh = desk.post(APPLY, answers).text  # another application for the same item
    assert sent["once"] not in fresh and "半路上" not in fresh


def test_a_fresh_start_is_one_press_away(desk: Desk) -> None:
    desk.post(DRAFT, form(premises="半路上的店名"))
    assert f'href="{APPLY}?again"' in desk.get(APPLY).text
    assert "半路上" not in desk.get(f"{APPLY}?again").text
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"once": "x"}, {"once": ""}, {"visit": str(uuid7())}])
def test_a_draft_of_nobody_is_not_kept(desk: Desk, wrong: dict[str, object]) -> None:
    before = everything()
    assert desk.post(DRAFT, form() | wrong).status == 409
    assert everything() == before


def test_a_book_is_no_draft(desk: Desk) -> None:
    before = everything()
    answer = desk.post(DRAFT, form(premises="长" * 70_000))
    assert (answer.status, "填写的内容太长" in answer.text) == (422, True)
    assert everything() == before


def test_answers_that_no_longer_fit_are_left_aside(desk: Desk) -> None:
    desk.post(DRAFT, form() | {"answers.business": "no-such-answer"})
    page = desk.get(APPLY)
    assert page.status == 200 and "已接上" not in page.text and 'name="answers.business"' in page.text


def test_another_post_keeps_nothing(desk: Desk) -> None:
    before = everything()
    assert Desk(staff("handover01"), desk.visit).post(DRAFT, form()).refusal == "not-permitted"
    assert {t for t, found in everything().items() if found != before[t]} <= {"django_session"}
