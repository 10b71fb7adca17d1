"""A number typed at the printer is a claim: nothing is received, and nothing is shown, before the clerk compared the document."""

from __future__ import annotations

import pytest

from onewindow.desks.counter.tests.room import Desk, form
from onewindow.errands import sitting
from onewindow.errands.tests.scene import (
    FOOD,
    TAIL,
    agent,
    at_window,
    company,
    everything,
    newest,
    rows_written,
    staff,
    stranger,
    ticket,
    verbs,
)
from onewindow.kernel import clock
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.models import Visit

NUMBER, APPLY = "440524188001010014", f"/counter/apply/{FOOD}/"


@pytest.fixture
def desk(morning: clock.Hand) -> Desk:
    """Somebody sits at the window with a ticket taken by the agent's number."""
    clerk, _ = at_window()
    ticket(agent())
    sitting.call_next(by=clerk)
    return Desk(clerk, sitting.sit_down(by=clerk))


def test_the_document_comes_first_and_nothing_of_its_owner_is_shown(desk: Desk) -> None:
    page = desk.get("/counter/").text
    assert "先核对证件" in page and "演示人乙" in page and "440***************" in page
    assert 'id="tail"' in page and "autofocus" in page
    for secret in (TAIL, NUMBER, "12000000002", "演示餐饮有限公司", "给谁办", 'name="choice" value="self"'):
        assert secret not in page.replace("给谁办</dt>", "").replace("再说给谁办", ""), secret


def test_the_right_four_settle_it_and_the_line_goes_on(desk: Desk) -> None:
    with rows_written() as rows:
        answer = desk.post("/counter/verify/", {"tail": TAIL})
    assert (answer.status, answer.to, rows) == (303, "/counter/", ["visit.verify"])
    assert desk.visit is not None
    assert newest(desk.visit).facts == {"party": agent().pk, "how": "tail"}
    page = desk.get("/counter/").text
    assert "先核对证件" not in page and "演示餐饮有限公司" in page
    before = everything()
    assert desk.post("/counter/verify/", {"tail": TAIL}).to == "/counter/"  # pressed again
    assert everything() == before


@pytest.mark.parametrize("tail", ["0015", "", "440524188001010014", "００１４5"])
def test_wrong_four_change_nothing_and_are_told_at_the_field(desk: Desk, tail: str) -> None:
    before = everything()
    answer = desk.post("/counter/verify/", {"tail": tail})
    assert answer.status == 422
    assert 'id="tail-wrong"' in answer.text and "与取号时填的号码不符" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert everything() == before


def test_an_x_is_an_x_however_it_is_typed(morning: clock.Hand) -> None:
    clerk, _ = at_window()
    ticket(stranger())
    sitting.call_next(by=clerk)
    desk = Desk(clerk, sitting.sit_down(by=clerk))
    assert desk.post("/counter/verify/", {"tail": "002x"}).to == "/counter/"
    assert verbs(Visit.objects.get()) == ["open", "verify"]


def test_nothing_is_received_before_and_the_form_is_not_shown(desk: Desk) -> None:
    assert desk.visit is not None
    actor, _ = at_window()
    sitting.name_parties(by=actor, visit=desk.visit, applicant=company(), agent=agent())
    before = everything()
    for answer in (desk.get(APPLY), desk.post(APPLY, form())):
        assert answer.to == "/counter/"
    assert "还没有核对来人的证件，暂不能收件，未作任何改动" in desk.get("/counter/").text
    assert everything() == before
    assert Case.objects.count() == 0
    desk.post("/counter/verify/", {"tail": TAIL})
    assert "/counter/case/" in desk.post(APPLY, form()).to


def test_whoever_is_registered_at_the_window_has_shown_their_document(desk: Desk) -> None:
    """The ticket's number was somebody else's: the clerk registers who has come, and with it the claim is settled."""
    sent = {"choice": "agent", "name": "演示人甲", "number": "11010519491231002X", "phone": ""}
    with rows_written() as rows:
        assert desk.post("/counter/parties/", sent).to == "/counter/"
    assert rows == ["visit.name"]
    visit = Visit.objects.get()
    assert (visit.claim_id, visit.agent.name) == (None, "演示人甲")
    assert newest(visit).facts == {"applicant": None, "agent": visit.agent_id, "seen": visit.agent_id}


def test_nobody_becomes_an_agent_by_a_number_typed_at_the_printer(desk: Desk) -> None:
    before = everything()
    sent = {"choice": "new", "kind": "company", "name": "新来单位（演示）", "number": "11440100007483172Q", "phone": ""}
    answer = desk.post("/counter/parties/", sent)
    assert (answer.status, answer.refusal) == (303, "identity-unverified")
    assert everything() == before


def test_a_visit_without_a_claim_needs_no_comparing(morning: clock.Hand) -> None:
    clerk, _ = at_window()
    ticket()
    sitting.call_next(by=clerk)
    desk = Desk(clerk, sitting.sit_down(by=clerk))
    assert "先核对证件" not in desk.get("/counter/").text
    before = everything()
    assert desk.post("/counter/verify/", {"tail": TAIL}).to == "/counter/"
    assert everything() == before


def test_another_post_compares_nothing(desk: Desk) -> None:
    before = everything()
    other = Desk(staff("handover01"), desk.visit)
    assert other.post("/counter/verify/", {"tail": TAIL}).refusal == "not-permitted"
    assert {t for t, found in everything().items() if found != before[t]} <= {"django_session"}
