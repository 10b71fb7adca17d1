"""The tour: every step by whoever does it in life, the state in the database alone, and nothing in a real centre."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils.datastructures import MultiValueDict

from onewindow.desks.tour.standing import Tour, tour_of
from onewindow.errands.tests.scene import MAKER, REGION, SITE, at_window, everything, relay_and_work, ticket, verbs
from onewindow.errands.touring import cast
from onewindow.foundation.places.queries import windows
from onewindow.foundation.staff.models import Staff
from onewindow.kernel import clock
from onewindow.kernel.ledger.models import Entry
from onewindow.stages.delivery.actions import make_available
from onewindow.stages.queueing import actions as queueing

ANSWERED = "?business=catering&kinds=hot&kinds=cold"


class Walk:
    """A visitor who walks: presses what is next, and reads what the page shows."""

    def __init__(self) -> None:
        self.client = Client()
        begun = self.client.post("/tour/")
        assert begun.status_code == 303
        self.address = begun.headers["Location"]
        self.once = UUID(self.address.rstrip("/").rpartition("/")[2])

    @property
    def tour(self) -> Tour:
        return tour_of(self.once, MultiValueDict())

    def page(self, query: str = "") -> str:
        found = self.client.get(self.address + query)
        assert found.status_code == 200
        return found.content.decode()

    def press(self, step: str, query: str = "", **fields: str) -> HttpResponse:
        done = self.client.post(f"{self.address}do/{step}/{query}", fields)
        assert done.status_code == 303, step
        return done

    def to(self, step: str) -> Walk:
        """Press everything up to this step."""
        tail = cast(self.once).tail
        presses: list[tuple[str, dict[str, str]]] = [
            ("ticket", {}), ("call", {}), ("sit", {}), ("verify", {"tail": tail}), ("receive", {}), ("check", {}),
            ("decide", {"verb": "grant"}), ("making", {}), ("collect", {"tail": tail}),
        ]  # fmt: skip
        for name, fields in presses:
            if name == step:
                return self
            if name == "making":
                self.made()
                continue
            self.press(name, ANSWERED, **(self.in_order() if name == "check" else fields))
        return self

    def made(self) -> None:
        """What the worker does: here in the test's own transaction."""
        assert self.tour.case is not None
        make_available(by=MAKER, case=self.tour.case, region=REGION)

    def in_order(self, verb: str = "accept", **other: str) -> dict[str, str]:
        assert self.tour.case is not None
        return {f"standing.{m.code}": other.get(m.code, "in-order") for m in self.tour.case.materials.all()} | {"verb": verb}


def main_actions(page: str) -> list[str]:
    """The buttons that are lit."""
    body = page.partition("<main")[2].partition("</main>")[0]
    return re.findall(r'class="button button-main[^"]*"[^>]*>(.*?)</(?:button|a)>', body, re.DOTALL)


def test_two_questions_one_at_a_time_and_then_the_list(morning: clock.Hand) -> None:
    walk = Walk()
    assert "您准备从事哪一类食品经营" in walk.page()
    assert "您制作哪些食品" in walk.page("?business=catering") and "手机取号" not in walk.page("?business=catering")
    listed = walk.page(ANSWERED)
    assert "您要带这 8 样" in listed and "专间或者专用操作区布局说明" in listed and "手机取号" in listed
    assert "您要带这 7 样" in walk.page("?business=catering&kinds=hot")


def test_what_is_no_answer_is_asked_again(morning: clock.Hand) -> None:
    walk = Walk()
    for nonsense in ("?business=flying", "?business=", "?business=sales&business=catering", "?kinds=hot", "?machine=no&agent=self"):
        assert "您准备从事哪一类食品经营" in walk.page(nonsense), nonsense


def test_whoever_needs_no_licence_is_told_so_and_takes_no_number(morning: clock.Hand) -> None:
    walk = Walk()
    assert "这种情况不用办" in walk.page("?business=sales&goods=farm-produce-only")
    before = everything()
    walk.press("ticket", "?business=sales&goods=farm-produce-only")
    assert everything() == before


def test_reading_writes_nothing(morning: clock.Hand) -> None:
    walk = Walk()
    for step in ("ticket", "call", "sit", "verify", "receive", "check", "decide", "making", "collect", "done"):
        walk.to(step) if walk.tour.step in ("ask", "ticket") else None
        before = everything()
        for query in ("", ANSWERED):
            walk.page(query)
            assert walk.client.get(walk.address + query, headers={"HX-Request": "true"}).status_code == 200
        walk.client.get("/tour/")
        assert everything() == before
        if step != "done":
            _next(walk)


def _next(walk: Walk) -> None:
    """Do whatever is next."""
    tail, step = cast(walk.once).tail, walk.tour.step
    if step == "making":
        walk.made()
        return
    fields = {"verify": {"tail": tail}, "collect": {"tail": tail}, "decide": {"verb": "grant"}}.get(step, {})
    walk.press("ticket" if step == "ask" else step, ANSWERED, **(walk.in_order() if step == "check" else fields))


def test_the_whole_way_is_in_the_ledger_by_whoever_did_it(morning: clock.Hand) -> None:
    walk = Walk().to("done")
    tour = walk.tour
    assert tour.step == "done" and tour.ticket and tour.visit and tour.case and tour.result
    assert verbs(tour.ticket) == ["take", "call", "serve", "finish"]
    assert verbs(tour.case) == ["receive", "check", "accept", "grant", "close"]
    assert tour.case.answers["kinds"] == ["hot", "cold"]
    by = {f"{e.subject_kind}.{e.verb}": e.by for e in Entry.objects.filter(subject_kind__in=["ticket", "case", "result"]).order_by("id")}
    clerk, approver, deliverer = (Staff.objects.get(pk=int(by[verb].partition(":")[2])) for verb in ("case.accept", "case.grant", "result.collect"))
    assert (clerk.roles, approver.roles, deliverer.roles) == (["clerk"], ["approver"], ["handover"])
    assert by["ticket.take"] == "device:tour-phone" and by["ticket.call"] == by["case.receive"] == by["case.accept"]
    page = walk.page()
    assert page.count("told-moves") == 1 and "准予许可" in page
    assert main_actions(page) == ["再走一遍"]


def test_one_thing_is_lit_at_any_time(morning: clock.Hand) -> None:
    walk = Walk()
    lit = []
    for _ in range(9):
        page = walk.page("" if walk.tour.ticket else ANSWERED)
        assert page.count('aria-current="step"') == 1
        lit.append(len(main_actions(page)))
        _next(walk)
    assert lit == [1, 1, 1, 1, 1, 1, 1, 0, 1]  # while the licence is made there is nothing to press


def test_every_message_and_the_result_come_by_themselves(fresh_database: str, morning: clock.Hand) -> None:
    walk, other = Walk().to("making"), Walk().to("call")
    relay_and_work()
    assert walk.tour.step == "collect"
    _next(walk)
    relay_and_work()
    page, others = walk.page(), other.page()
    for words in ("您的号码是", "号到", "已收件", "已受理", "已准予许可", "可以领取了", "已领取"):
        assert len(re.findall(rf'class="bubble"[^>]*>[^<]*{words}', page)) == 1, words
    assert len(re.findall('class="bubble"', others)) == 1


def test_the_clerk_sits_at_a_window_nobody_uses_and_leaves_it(morning: clock.Hand) -> None:
    at_window("clerk01", 0)
    ticket(), ticket()
    walk = Walk().to("sit")
    assert walk.tour.ticket is not None and walk.tour.ticket.window is not None
    assert (walk.tour.ticket.window.code, walk.tour.ticket.window.clerk.username) == ("A02", "clerk02")
    walk.press("sit")
    walk.press("verify", tail=cast(walk.once).tail)
    walk.press("receive")
    walk.press("check", **walk.in_order())
    assert walk.tour.step == "decide"
    assert {w.code: w.state for w in windows(SITE, "A")[:2]} == {"A01": "open", "A02": "closed"}


def test_two_tours_at_once_do_not_meet(morning: clock.Hand) -> None:
    one, two = Walk().to("sit"), Walk().to("sit")
    at = [walk.tour.ticket.window.code for walk in (one, two)]  # type: ignore[union-attr]
    assert at == ["A01", "A02"] and cast(one.once).number != cast(two.once).number
    _next(two)
    assert (one.tour.step, two.tour.step) == ("sit", "verify")
    assert cast(one.once).name in one.page() or cast(one.once).company in one.page()
    assert cast(two.once).company not in one.page()


@pytest.mark.parametrize("at", ["ticket", "call", "sit", "verify", "receive", "check", "decide", "making", "collect", "done"])
def test_a_step_that_is_not_the_next_changes_nothing_and_says_so(morning: clock.Hand, at: str) -> None:
    walk = Walk().to(at)
    before = everything()
    for step in ("ticket", "call", "sit", "verify", "receive", "check", "supplement", "leave", "decide", "collect"):
        if step != at:
            walk.press(step, "" if at != "ticket" else "?business=catering", tail=cast(walk.once).tail, verb="grant")
            assert "没有改动任何内容" in walk.page(ANSWERED if at == "ticket" else "")
    assert everything() == before


def test_another_document_is_refused_and_nothing_is_written(morning: clock.Hand) -> None:
    walk = Walk().to("verify")
    before = everything()
    assert walk.client.post(f"{walk.address}do/verify/", {"tail": "0000"}, headers={"Referer": f"http://testserver{walk.address}"}).status_code == 303
    assert everything() == before and walk.tour.step == "verify"
    assert "与取号时填的号码不符" in walk.page()


def test_what_is_lacking_is_told_once_and_brought(morning: clock.Hand) -> None:
    walk = Walk().to("check")
    walk.press("check", **walk.in_order("correct", layout="deficient"))
    assert walk.tour.step == "supplement" and "请补正：布局图标明各功能区及面积。" in walk.page()
    walk.press("supplement")
    assert walk.tour.step == "check" and "一次性告知补正</button>" not in walk.page()
    walk.press("check", **walk.in_order())
    assert walk.tour.case is not None
    assert verbs(walk.tour.case) == ["receive", "check", "correct", "supplement", "check", "accept"]


def test_a_denial_needs_a_reason_and_is_delivered_too(morning: clock.Hand) -> None:
    walk = Walk().to("decide")
    before = everything()
    with transaction.atomic():  # as in life, where the press is a transaction of its own
        refused = walk.client.post(f"{walk.address}do/decide/", {"verb": "deny"}, headers={"Referer": f"http://testserver{walk.address}"})
    assert refused.headers["X-Refusal"] == "reason-missing" and everything() == before
    walk.press("decide", verb="deny", words="布局不符合要求")
    walk.made()
    assert walk.tour.result is not None and walk.tour.result.document.kind == "denial"
    walk.press("collect", tail=cast(walk.once).tail)
    assert walk.tour.step == "done" and "不予行政许可决定书" in walk.page()


def test_a_number_that_was_missed_is_put_back_and_called(morning: clock.Hand) -> None:
    walk = Walk().to("call")
    clerk, window = at_window("clerk05", 9)
    assert walk.tour.ticket is not None
    queueing.call_next(by=clerk, window=window)
    queueing.miss(by=clerk, ticket_id=walk.tour.ticket.pk)
    assert walk.tour.step == "call"
    walk.press("call")
    assert verbs(walk.tour.ticket) == ["take", "call", "miss", "requeue", "call"]


def test_what_was_left_standing_gives_its_window_up_to_the_next_tour(morning: clock.Hand) -> None:
    seated, called = Walk().to("check"), Walk().to("sit")
    morning.forward(minutes=21)
    Walk().to("sit")
    assert (seated.tour.step, called.tour.step) == ("over", "call")
    assert "这一趟不能接着走了" in seated.page()
    assert [w.code for w in windows(SITE, "A") if w.state == "open"] == ["A01"]


def test_a_number_of_yesterday_ends_the_tour(morning: clock.Hand) -> None:
    walk = Walk().to("call")
    morning.forward(hours=24)
    assert walk.tour.step == "over" and "再走一遍" in walk.page()


def test_no_chair_left_says_so_and_keeps_the_number(morning: clock.Hand) -> None:
    for place, window in enumerate(windows(SITE, "A")):
        at_window(f"clerk{place + 1:02d}", place)
        assert window.hall.code == "A"
    walk = Walk().to("call")
    before = everything()
    walk.press("call")
    assert everything() == before and "窗口都有人" in walk.page()


def test_a_double_click_takes_one_number(morning: clock.Hand) -> None:
    walk = Walk()
    for _ in range(2):
        walk.press("ticket", ANSWERED)
    assert Entry.objects.filter(subject_kind="ticket", verb="take").count() == 1


def test_the_answers_travel_in_the_address_until_they_stand_in_the_case(morning: clock.Hand) -> None:
    walk = Walk()
    assert walk.press("ticket", ANSWERED).headers["Location"] == walk.address + ANSWERED
    walk = Walk().to("check")
    assert walk.press("check", ANSWERED, **walk.in_order("save")).headers["Location"] == walk.address


def test_a_real_centre_has_no_tour(morning: clock.Hand, settings: Any) -> None:
    walk = Walk()
    settings.DEMONSTRATION = False
    assert walk.client.get("/tour/").status_code == walk.client.post("/tour/").status_code == 404
    assert walk.client.get(walk.address).status_code == walk.client.post(f"{walk.address}do/ticket/{ANSWERED}").status_code == 404
    assert "/tour/" not in walk.client.get("/").content.decode()


def test_no_such_step(morning: clock.Hand) -> None:
    walk = Walk()
    assert walk.client.post(f"{walk.address}do/fly/").status_code == 404
    assert walk.client.get(f"{walk.address}do/ticket/").status_code == 405
