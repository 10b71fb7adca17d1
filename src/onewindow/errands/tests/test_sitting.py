"""The sitting: what one person and one window do together, step by step, and what is refused on the way."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import transaction

from onewindow.errands import sitting
from onewindow.errands.collection import collect
from onewindow.errands.tests.scene import (
    FOOD,
    HYGIENE,
    SITE,
    TAIL,
    agent,
    application,
    at_once,
    at_window,
    available,
    company,
    day,
    everything,
    in_order,
    nobody,
    received,
    refused,
    rows_written,
    seated,
    staff,
    stranger,
    ticket,
    verbs,
)
from onewindow.foundation.people.queries import principals_of
from onewindow.foundation.places.queries import windows
from onewindow.kernel import clock
from onewindow.kernel.errors import (
    IdentityUnverified,
    InvalidInput,
    MaterialsIncomplete,
    NotAtWindow,
    NotFound,
    NothingWaiting,
    NotPermitted,
    WindowBusy,
    WrongState,
)
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.models import Visit
from onewindow.stages.queueing.models import Ticket


def test_without_a_window_nobody_is_called(morning: clock.Hand) -> None:
    ticket()
    for errand in (sitting.call_next, sitting.sit_down, sitting.my_window):
        with refused(NotAtWindow):
            errand(by=staff("clerk01"))


def test_nobody_sits_down_who_was_not_called(morning: clock.Hand) -> None:
    clerk, _ = at_window()
    with refused(NothingWaiting):
        sitting.call_next(by=clerk)
    with refused(InvalidInput) as no:
        sitting.sit_down(by=clerk)
    assert no.value.details["field"] == "号码"


def test_sitting_down_twice_is_one_visit(morning: clock.Hand) -> None:
    clerk, _ = at_window()
    ticket(agent())
    sitting.call_next(by=clerk)
    with rows_written() as rows:
        visit = sitting.sit_down(by=clerk)
    assert rows == ["ticket.serve", "visit.open"]
    assert (visit.agent_id, visit.ticket_number) == (agent().pk, "A001")
    before = everything()
    assert sitting.sit_down(by=clerk).pk == visit.pk
    assert everything() == before


def test_a_double_click_on_sit_down_is_one_visit(fresh_database: str, morning: clock.Hand) -> None:
    clerk, _ = at_window()
    ticket(agent())
    sitting.call_next(by=clerk)
    with rows_written() as rows:
        outcomes = at_once([partial(sitting.sit_down, by=clerk)] * 2)
    assert sorted(rows) == ["ticket.serve", "visit.open"]
    assert Visit.objects.count() == 1
    assert sum(isinstance(outcome, Visit) for outcome in outcomes) >= 1, outcomes


def test_an_agent_needs_an_authority_that_is_still_valid(morning: clock.Hand) -> None:
    clerk, visit = seated()
    with refused(InvalidInput) as no:
        sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=stranger())
    assert no.value.details["field"] == "经办人"
    with rows_written() as rows:
        sitting.appoint_agent(by=clerk, applicant=company(), agent=stranger())
        sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=stranger())
    assert rows == ["agency.appoint", "visit.name"]
    agency = principals_of(stranger().pk, clock.today()).get(principal=company())
    assert agency.valid_until == day("2027-09-24")


def test_an_authority_that_ran_out_is_renewed_at_the_window(morning: clock.Hand) -> None:
    clerk, visit = seated()
    sitting.appoint_agent(by=clerk, applicant=company(), agent=stranger())
    morning.forward(days=366)
    with refused(InvalidInput):
        sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=stranger())
    sitting.appoint_agent(by=clerk, applicant=company(), agent=stranger())
    with rows_written() as rows:
        sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=stranger())
    assert rows == ["visit.name"]


def test_whoever_comes_for_themselves_needs_no_authority(morning: clock.Hand) -> None:
    clerk, visit = seated()
    sitting.name_parties(by=clerk, visit=visit, applicant=stranger(), agent=None)
    sitting.name_parties(by=clerk, visit=visit, applicant=stranger(), agent=stranger())
    assert verbs(visit) == ["open", "verify", "name", "name", "name"]


def test_one_item_refused_leaves_the_other_standing(morning: clock.Hand) -> None:
    clerk, visit = seated()
    wrong, right = application(FOOD, form={"area": "-1"}), application(HYGIENE)
    with rows_written() as rows:
        outcome = sitting.take_in(by=clerk, visit=visit, applications=[wrong, right])
    assert rows == ["case.receive"]
    assert [case.item.code for case in outcome.cases] == [HYGIENE]
    assert {item: (type(no), no.details["field"]) for item, no in outcome.refusals.items()} == {FOOD: (InvalidInput, "经营场所面积（平方米）")}
    assert Case.objects.count() == 1
    kept = outcome.cases[0]
    assert (kept.number[-4:], kept.documents.count()) == ("0001", 1)


def test_an_item_that_is_not_published_leaves_the_other_standing(morning: clock.Hand) -> None:
    clerk, visit = seated()
    strange = sitting.Application("flying-licence", {}, {}, frozenset(), application().once)
    outcome = sitting.take_in(by=clerk, visit=visit, applications=[strange, application(FOOD)])
    assert ([case.item.code for case in outcome.cases], type(outcome.refusals["flying-licence"])) == ([FOOD], NotFound)


def test_accept_all_accepts_what_is_ready_and_says_why_not_of_the_rest(morning: clock.Hand) -> None:
    clerk, visit = seated()
    ready, lacking = received(clerk, visit, HYGIENE), received(clerk, visit, FOOD)
    sitting.check_and(by=clerk, case_id=ready.pk, standings=in_order(ready), verb="save")
    with rows_written() as rows:
        outcome = sitting.accept_all(by=clerk, visit=visit)
    assert (rows, outcome.cases) == (["case.accept"], [ready])
    assert {item: type(no) for item, no in outcome.refusals.items()} == {FOOD: MaterialsIncomplete}
    assert verbs(lacking) == ["receive"]


def test_checking_and_correcting_is_one_step(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    with rows_written() as rows:
        sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case) | {"rules": ("deficient", "缺页")}, verb="correct")
    assert rows == ["case.check", "case.correct"]


def test_what_was_checked_is_kept_when_acceptance_is_refused(fresh_database: str, morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    with rows_written() as rows, pytest.raises(MaterialsIncomplete):
        sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case) | {"rules": ("deficient", "缺页")}, verb="accept")
    assert (rows, case.materials.get(code="rules").standing) == (["case.check"], "deficient")


def test_the_person_leaves_and_the_next_is_called(morning: clock.Hand) -> None:
    clerk, visit = seated()
    second = ticket()
    with rows_written() as rows:
        sitting.end_sitting(by=clerk, visit=visit)
    assert rows == ["ticket.finish", "visit.close"]
    assert sitting.call_next(by=clerk).pk == second.pk


def test_a_clerk_cannot_leave_a_window_somebody_stands_at(morning: clock.Hand) -> None:
    clerk, window = at_window()
    called = ticket()
    sitting.call_next(by=clerk)
    with refused(WindowBusy) as no:
        sitting.leave_window(by=clerk, window=window)
    assert no.value.details == {"window": "1号窗口", "ticket": called.number}
    sitting.end_sitting(by=clerk, visit=sitting.sit_down(by=clerk))
    with rows_written() as rows:
        sitting.leave_window(by=clerk, window=window)
    assert rows == ["window.close"]


def test_a_person_new_to_the_centre_is_put_on_record_and_named(morning: clock.Hand) -> None:
    clerk, visit = seated()
    with rows_written() as rows:
        person = sitting.register_party(
            by=clerk, site=clerk.site, kind="company", name="新来单位（演示）", number="11440100007483172Q", phone="12000000077"
        )
        sitting.name_agent(by=clerk, visit=visit, agent=stranger())
    assert rows == ["party.register", "visit.name"]
    visit.refresh_from_db()
    assert (visit.agent_id, visit.applicant_id, person.name) == (stranger().pk, None, "新来单位（演示）")


def test_an_applicant_is_introduced_wholly_or_not_at_all(morning: clock.Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk, visit = seated()
    new = {"kind": "company", "name": "新来单位（演示）", "number": "11440100007483172Q", "phone": "12000000077"}
    before = everything()
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError), transaction.atomic():
        broken.setattr(sitting, "name_visitors", lambda **_: 1 // 0)
        sitting.introduce(by=clerk, visit=visit, **new)
    assert everything() == before
    with rows_written() as rows:
        party = sitting.introduce(by=clerk, visit=visit, **new)
    assert rows == ["party.register", "agency.appoint", "visit.name"]
    visit.refresh_from_db()
    assert (visit.applicant_id, visit.agent_id) == (party.pk, agent().pk)


def test_what_is_known_is_not_asked_again(morning: clock.Hand) -> None:
    _, visit = seated()
    assert sitting.known_of(visit) == {
        "applicant.name": "演示餐饮有限公司", "applicant.credit-code": "91110000600037341L", "applicant.phone": "12000000011",
        "agent.name": "演示人乙", "agent.id-number": "440524188001010014", "agent.phone": "12000000002",
    }  # fmt: skip


def test_nobody_without_the_post_does_any_of_it(fresh_database: str, morning: clock.Hand) -> None:
    """In a database that commits: each errand undoes itself."""
    clerk, visit = seated()
    case = received(clerk, visit)
    for errand in (
        lambda by: sitting.name_parties(by=by, visit=visit, applicant=company(), agent=agent()),
        lambda by: sitting.name_agent(by=by, visit=visit, agent=agent()),
        lambda by: sitting.check_and(by=by, case_id=case.pk, standings=in_order(case), verb="accept"),
        lambda by: sitting.end_sitting(by=by, visit=visit),
        lambda by: sitting.appoint_agent(by=by, applicant=company(), agent=stranger()),
    ):
        with refused(NotPermitted, savepoint=False):
            errand(nobody())
    before = everything()
    assert {type(no) for no in sitting.take_in(by=nobody(), visit=visit, applications=[application()]).refusals.values()} == {NotPermitted}
    assert {type(no) for no in sitting.accept_all(by=nobody(), visit=visit).refusals.values()} == {NotPermitted}
    assert everything() == before


def test_collecting_is_all_or_nothing(fresh_database: str, morning: clock.Hand) -> None:
    clerk, visit = seated()
    first, second = available(clerk, visit, FOOD), available(clerk, visit, HYGIENE)
    collect(by=staff("handover01"), results=[second], collector=agent(), tail=TAIL)
    before = everything()
    with pytest.raises(Exception, match="no longer possible"):
        collect(by=staff("handover01"), results=[first, second], collector=agent(), tail=TAIL)
    assert everything() == before
    with refused(InvalidInput, savepoint=False):
        collect(by=staff("handover01"), results=[first], collector=agent(), tail="9999")
    with rows_written() as rows:
        collect(by=staff("handover01"), results=[first], collector=agent(), tail=TAIL)
    assert rows == ["result.collect", "case.close"]
    assert Ticket.objects.count() == 1


def test_a_clerk_who_is_serving_does_not_change_windows(fresh_database: str, morning: clock.Hand) -> None:
    clerk, visit = seated()
    other = windows(SITE)[5]
    with refused(WindowBusy, savepoint=False) as no:
        sitting.take_window(by=clerk, window=other)
    assert no.value.details == {"window": "1号窗口", "ticket": "A001"}
    sitting.end_sitting(by=clerk, visit=visit)
    with rows_written() as rows:
        sitting.take_window(by=clerk, window=other)
    assert (rows, sitting.my_window(clerk).pk) == (["window.close", "window.open"], other.pk)
    taken = windows(SITE)[6]
    sitting.take_window(by=staff("clerk02"), window=taken)
    with refused(WrongState, savepoint=False):
        sitting.take_window(by=clerk, window=taken)
    assert sitting.my_window(clerk).pk == other.pk


def test_the_document_is_compared_once_and_a_wrong_one_undoes_nothing_else(morning: clock.Hand) -> None:
    clerk, _ = at_window()
    ticket(agent())
    sitting.call_next(by=clerk)
    visit = sitting.sit_down(by=clerk)
    assert (visit.claim_id, visit.agent_id) == (agent().pk, agent().pk)
    with refused(InvalidInput) as no:
        sitting.check_document(by=clerk, visit=visit, tail="0015")
    assert no.value.details["field"] == "证件号码后四位"
    with refused(IdentityUnverified):
        sitting.introduce(by=clerk, visit=visit, kind="company", name="新来单位（演示）", number="11440100007483172Q", phone="")
    sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=agent())
    visit.refresh_from_db()
    before = everything()
    assert {type(no) for no in sitting.take_in(by=clerk, visit=visit, applications=[application()]).refusals.values()} == {IdentityUnverified}
    assert everything() == before
    with rows_written() as rows:
        sitting.check_document(by=clerk, visit=visit, tail=TAIL)
    assert rows == ["visit.verify"]
    visit.refresh_from_db()
    before = everything()
    sitting.check_document(by=clerk, visit=visit, tail=TAIL)
    assert everything() == before
    received(clerk, visit)


def test_the_document_compared_twice_at_once_is_one_fact(fresh_database: str, morning: clock.Hand) -> None:
    clerk, _ = at_window()
    ticket(agent())
    sitting.call_next(by=clerk)
    visit = sitting.sit_down(by=clerk)
    with rows_written() as rows:
        assert at_once([partial(sitting.check_document, by=clerk, visit=visit, tail=TAIL)] * 4) == [None] * 4
    assert rows == ["visit.verify"]
    with refused(NotPermitted, savepoint=False):
        sitting.check_document(by=nobody(), visit=visit, tail=TAIL)
