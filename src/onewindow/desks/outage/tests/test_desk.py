"""The desk of outages: a booklet as a file, refusals that lose nothing typed, marks on every screen, and who may come in."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.errands import sitting
from onewindow.errands.backentry import open_back_entry
from onewindow.errands.tests.scene import APPROVER_OF, FOOD, SITE, at_window, company, in_order, received, signed_in, staff
from onewindow.foundation.places.queries import hall
from onewindow.instruments.papers.tests.sheets import said, sheets
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.queries import query_code
from onewindow.stages.outage.actions import declare, print_booklet
from onewindow.stages.outage.models import BackEntry, Booklet, Outage
from onewindow.stages.queueing.models import Ticket


def booklet() -> Booklet:
    return print_booklet(by=staff("manager01"), hall=hall(SITE, "A"), count=10, once=uuid7())


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


PAPER = {"number": "3", "on": "2026-09-24", "at": "10:00"}


@pytest.fixture
def entered(morning: clock.Hand) -> Case:
    """A receipt written at ten on Thursday, entered on Friday."""
    booklet()
    at = datetime(2026, 9, 24, 10, tzinfo=clock.LOCAL)
    morning.forward(days=1, minutes=5)
    clerk, _ = at_window()
    visit = open_back_entry(by=clerk, typed="3", at=at, accepted_on=None, confirmed=False)
    sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=None)
    visit.refresh_from_db()
    return received(clerk, visit)


# --- the manager ----------------------------------------------------------------------------------------


def test_a_booklet_is_printed_and_every_number_is_on_it(morning: clock.Hand) -> None:
    manager = signed_in("manager01")
    assert manager.post(reverse("outage-booklets"), {"hall": "A", "count": "10", "once": str(uuid7())}).status_code == 303
    made = Booklet.objects.get()
    assert "A-备001" in text_of(manager.get(reverse("outage")))
    answer = manager.get(reverse("outage-booklet-pdf", args=[made.uuid]))
    assert answer.headers["Content-Type"] == "application/pdf"
    words, pages = said(answer.content), sheets(answer.content)
    assert len(pages) == 1 + 2 + 10  # how to use it, tickets, receipts
    for number in (*made.tickets, *made.receipts):
        assert number in words
    for page in pages[3:]:
        assert page.text.count("申请人联") == page.text.count("中心留存联") == 1
        assert page.text.count("第三十二条第一款第（四）项") == 2 and page.text.count("受理部门印章") == 2 and page.text.count("怎么查进度") == 2
        assert all(box[0] > 10 and box[2] < 200 for _, box in page.boxes)


@pytest.mark.parametrize(("hall_code", "count", "status"), [("A", "0", 422), ("A", "61", 422), ("A", "一", 422), ("C", "5", 404), ("", "5", 404)])
def test_a_booklet_that_cannot_be_is_told_on_the_page(morning: clock.Hand, hall_code: str, count: str, status: int) -> None:
    answer = signed_in("manager01").post(reverse("outage-booklets"), {"hall": hall_code, "count": count, "once": str(uuid7())})
    assert answer.status_code == status and f'value="{count}"' in text_of(answer) and 'id="booklet-wrong"' in text_of(answer)
    assert not Booklet.objects.exists()


def test_an_outage_is_on_the_boards_until_it_is_ended(morning: clock.Hand) -> None:
    manager, board = signed_in("manager01"), reverse("board", args=[SITE, "B"])
    assert "凭纸号等候" not in text_of(Client().get(board))
    assert manager.post(reverse("outage-declare"), {"on": "2026-09-24", "at": "09:55", "reason": "光缆被挖断"}).status_code == 303
    for headers in ({}, {"HX-Request": "true"}):
        assert "系统维护，凭纸号等候" in text_of(Client().get(board, headers=headers))
    assert "光缆被挖断" in text_of(manager.get(reverse("outage")))
    standing = Outage.objects.get()
    wrong = manager.post(reverse("outage-end", args=[standing.uuid]), {"on": "2026-09-24", "at": "09:00"})
    assert wrong.status_code == 422 and 'value="09:00"' in text_of(wrong) and "应在停机开始之后" in text_of(wrong)
    assert manager.post(reverse("outage-end", args=[standing.uuid]), {"on": "2026-09-24", "at": "10:00"}).status_code == 303
    assert "凭纸号等候" not in text_of(Client().get(board))


def test_a_declaration_that_is_refused_keeps_what_was_typed(morning: clock.Hand) -> None:
    answer = signed_in("manager01").post(reverse("outage-declare"), {"on": "2026-09-24", "at": "11:00", "reason": "断网"})
    assert answer.status_code == 422 and 'value="断网"' in text_of(answer) and 'value="11:00"' in text_of(answer)


def test_the_manager_sees_reason_and_both_times_and_ticks_it_off(entered: Case) -> None:
    manager = signed_in("manager01")
    assert "这个时间没有登记过停机" in text_of(manager.get(reverse("outage")))
    at = datetime(2026, 9, 24, 9, 30, tzinfo=clock.LOCAL)
    declare(by=staff("manager01"), started_at=at, reason="机房断电")
    page = text_of(manager.get(reverse("outage")))
    assert "机房断电" in page and "A-备收003" in page and "这个时间没有登记过停机" not in page
    entry = BackEntry.objects.get()
    assert manager.post(reverse("outage-confirm", args=[entry.uuid])).status_code == 303
    assert "已核对" in text_of(manager.get(reverse("outage"))) and "outage-confirm-3" not in text_of(manager.get(reverse("outage")))
    assert manager.post(reverse("outage-confirm", args=[entry.uuid]), headers={"referer": "http://testserver/outage/"}).headers["X-Refusal"] == "wrong-state"


# --- the counter ----------------------------------------------------------------------------------------


def test_a_receipt_is_begun_and_the_counter_goes_on_with_it(morning: clock.Hand) -> None:
    booklet()
    at_window()
    clerk = signed_in("clerk01")
    assert reverse("outage-enter") in text_of(clerk.get(reverse("counter")))
    answer = clerk.post(reverse("outage-enter"), PAPER)
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("counter"))
    page = text_of(clerk.get(reverse("counter")))
    assert 'id="on-paper"' in page and "A-备收003" in page and 'id="party-agent"' in page


@pytest.mark.parametrize(("wrong", "status", "says", "field"), [
    ({"number": "99"}, 422, "没有印发过编号为“99”的收件凭证", "receipt-number"),
    ({"on": "2026-09-25"}, 422, "还没有到", "receipt-on"),
    ({"at": "09:59"}, 422, "早于这本备用凭证的印制时间", "receipt-on"),
    ({"at": ""}, 422, "请填写日期和时间", "receipt-on"),
    ({"accepted": "2026-09-20"}, 422, "不能早于收件日", "accepted"),
])  # fmt: skip
def test_a_refused_receipt_comes_back_as_typed(morning: clock.Hand, wrong: dict[str, str], status: int, says: str, field: str) -> None:
    booklet()
    at_window()
    sent = PAPER | {"accepted": "2026-09-24"} | wrong
    answer = signed_in("clerk01").post(reverse("outage-enter"), sent)
    page = text_of(answer)
    assert answer.status_code == status and says in page and page.count('role="alert"') == 1
    for value in sent.values():
        assert f'value="{value}"' in page
    (marked,) = re.findall(r'<input[^>]*aria-invalid="true"[^>]*>', page)
    assert f'id="{field}"' in marked
    assert not BackEntry.objects.exists()


def test_a_time_outside_office_hours_is_asked_about(morning: clock.Hand) -> None:
    booklet()
    at_window()
    morning.forward(hours=12)
    clerk, late = signed_in("clerk01"), PAPER | {"at": "20:00"}
    answer = clerk.post(reverse("outage-enter"), late)
    assert answer.status_code == 422 and 'name="confirmed"' in text_of(answer) and "不在办公时间（工作日 08:30–16:30）内" in text_of(answer)
    assert 'name="confirmed"' not in text_of(clerk.get(reverse("outage-enter")))
    assert clerk.post(reverse("outage-enter"), late | {"confirmed": "yes"}).status_code == 303


def test_the_same_number_again_names_the_case(entered: Case) -> None:
    at_window("clerk02", 1)
    answer = signed_in("clerk02", "en").post(reverse("outage-enter"), PAPER)
    assert answer.status_code == 409 and f"it is case {entered.number}" in text_of(answer) and 'value="10:00"' in text_of(answer)


def test_without_a_window_one_is_chosen_first(morning: clock.Hand) -> None:
    assert "请先登录一个窗口" in text_of(signed_in("clerk09").get(reverse("outage-enter")))


def test_a_paper_ticket_joins_the_queue(morning: clock.Hand) -> None:
    booklet()
    manager = signed_in("manager01")
    assert "outage-enter" not in re.findall(r'<form[^>]*id="([^"]*)"', text_of(manager.get(reverse("outage-enter"))))  # a manager receives nothing
    assert manager.post(reverse("outage-tickets"), PAPER | {"hall": "A"}).status_code == 303
    assert Ticket.objects.get().number == "A-备003"
    again = manager.post(reverse("outage-tickets"), PAPER | {"hall": "A"})
    assert again.status_code == 409 and "已排进队" in text_of(again) and 'value="10:00"' in text_of(again)
    assert "A-备003" in text_of(Client().get(reverse("board", args=[SITE, "A"])))


# --- every screen ---------------------------------------------------------------------------------------


def test_every_screen_says_that_it_was_entered_from_paper(entered: Case) -> None:
    clerk, approver = signed_in("clerk01"), signed_in(APPROVER_OF[FOOD])
    sitting.check_and(by=staff("clerk01"), case_id=entered.pk, standings=in_order(entered), verb="accept")
    code = query_code(entered.visit)
    pages = {
        "counter": clerk.get(reverse("counter")), "counter-case": clerk.get(reverse("counter-case", args=[entered.uuid])),
        "approver-file": approver.get(reverse("approver-file", args=[entered.uuid])), "progress": Client().get(reverse("progress", args=[code])),
        "today-clock": clerk.get(reverse("today-clock", args=[entered.uuid])),
    }  # fmt: skip
    assert {name: "补录</span>" in page.content.decode() for name, page in pages.items()} == dict.fromkeys(pages, True)
    for name in ("counter-case", "approver-file", "progress"):
        page = re.sub(r"<[^>]*>", "", text_of(pages[name]))
        assert "实际收件 2026年9月24日 10:00，录入 2026年9月25日 10:05（手写凭证 A-备收003）" in page, name
        assert "（补录，实际 9月24日 10:00）" in page, name
    assert "由手写收件凭证 A-备收003 补录" in re.sub(r"<[^>]*>", "", text_of(pages["progress"]))


def test_the_receipt_says_so_on_the_screen_and_as_a_file(entered: Case) -> None:
    clerk, mark = signed_in("clerk01"), "实际收件2026年9月24日10:00，录入2026年9月25日10:05"
    page = text_of(clerk.get(reverse("counter-paper", args=[entered.uuid, "receipt"])))
    assert mark in "".join(page.split()) and "<strong>补录</strong>" in page
    made = said(clerk.get(reverse("counter-paper-pdf", args=[entered.uuid, "receipt"])).content)
    assert f"补录{mark}" in made and "申请材料" in made


# --- who may --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("username", "name", "status"), [
    ("clerk01", "outage", 403), ("market01", "outage-enter", 403), ("manager01", "outage", 200), ("manager01", "outage-enter", 200), ("clerk01", "outage-enter", 200),
])  # fmt: skip
def test_who_may_come_in(morning: clock.Hand, username: str, name: str, status: int) -> None:
    assert signed_in(username).get(reverse(name)).status_code == status


def test_what_is_not_there_is_not_found(entered: Case) -> None:
    manager = signed_in("manager01")
    assert manager.get(reverse("outage-booklet-pdf", args=[uuid7()])).status_code == 404
    assert manager.post(reverse("outage-end", args=[uuid7()]), {"on": "2026-09-24", "at": "10:00"}).status_code == 404
