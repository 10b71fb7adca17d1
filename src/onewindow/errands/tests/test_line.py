"""The whole line in one process: one person, one window, two items of two departments, and every message on the phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from onewindow.errands import sitting
from onewindow.errands.collection import collect
from onewindow.errands.decision import decide
from onewindow.errands.tests.scene import (
    APPROVER_OF,
    FOOD,
    HYGIENE,
    SITE,
    TAIL,
    agent,
    application,
    at_window,
    company,
    everything,
    in_order,
    relay_and_work,
    seen,
    staff,
    ticket,
    verbs,
)
from onewindow.foundation.catalogue.queries import published
from onewindow.instruments.gateways.virtual import VirtualPhones
from onewindow.kernel import clock
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.ledger.tests.lives import audit, seal
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.progress import progress_of
from onewindow.spine.visits.queries import query_code
from onewindow.stages.delivery.models import Result
from onewindow.stages.delivery.queries import results_for
from onewindow.stages.notices.models import Notice
from onewindow.stages.queueing.actions import miss, recall

pytestmark = pytest.mark.usefixtures("fresh_database")


def phone(number: str = "12000000002") -> list[str]:
    """The texts this phone shows, in the order in which they came."""
    return [shown.text for shown in reversed(VirtualPhones(Path(settings.VIRTUAL_PHONES)).inbox(number))]


def test_two_items_of_two_departments_from_ticket_to_hand(morning: clock.Hand) -> None:
    relay_and_work()
    clerk, window = at_window()
    taken = ticket(agent())
    sitting.call_next(by=clerk)
    visit = sitting.sit_down(by=clerk)
    sitting.check_document(by=clerk, visit=visit, tail=TAIL)
    sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=agent())
    visit.refresh_from_db()
    outcome = sitting.take_in(by=clerk, visit=visit, applications=[application(FOOD), application(HYGIENE)])
    for case in outcome.cases:
        sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="save")
    assert sitting.accept_all(by=clerk, visit=visit).refusals == {}
    sitting.end_sitting(by=clerk, visit=visit)
    food, hygiene = outcome.cases
    code = query_code(visit)
    named = {case.item.code: case.item.name_zh for case in (food, hygiene)}

    relay_and_work()
    assert sorted(phone()) == sorted([
        "【一窗】您的号码是 A001，前面还有 0 位。叫到您时会再发短信。",
        "【一窗】请 A001 号到 1号窗口。",
        *(f"【一窗】“{name}”已收件。进度查询码 {code}，凭码可随时查询。" for name in named.values()),
        *(f"【一窗】“{name}”已受理，承诺不晚于2026年10月8日办结。" for name in named.values()),
    ])  # fmt: skip

    morning.forward(days=4)
    for case in (food, hygiene):
        decide(by=staff(APPROVER_OF[case.item.code]), case_id=case.pk, verb="grant", words="符合条件")
    answered = relay_and_work()
    assert {name: answered.count(name) for name in set(answered)} == {
        "delivery.make_result": 2, "notices.tell_of_case": 2, "notices.tell_of_result": 2, "notices.send_notice": 4,
        "payment.charge_when_granted": 2, "publication.publish_result": 2, "acceptance.bring_results": 2,
    }  # fmt: skip
    assert sorted(phone()[6:]) == sorted([
        *(f"【一窗】“{name}”已准予许可，正在制证。" for name in named.values()),
        *(f"【一窗】“{name}”的结果可以领取了，请带身份证到出件窗口。" for name in named.values()),
    ])  # fmt: skip

    results = list(results_for(agent().pk))
    assert [result.case_id for result in results] == [food.pk, hygiene.pk]
    collect(by=staff("handover01"), results=results, collector=agent(), tail=TAIL)
    relay_and_work()
    assert sorted(phone()[10:]) == sorted(f"【一窗】“{name}”的结果已领取。感谢您的信任。" for name in named.values())

    assert verbs(taken) == ["take", "call", "serve", "finish"]
    assert verbs(visit) == ["open", "verify", "name", "close"]
    assert verbs(window) == ["install", "open"]
    for case in (food, hygiene):
        assert verbs(case) == ["receive", "check", "accept", "grant", "close"]
    for result in Result.objects.all():
        assert verbs(result) == ["make", "collect"]
    assert [verbs(notice) for notice in Notice.objects.all()] == [["write", "send"]] * 12
    assert [shown.times for shown in VirtualPhones(Path(settings.VIRTUAL_PHONES)).inbox("12000000002")] == [1] * 12
    assert phone("12000000011") == []
    closed = Case.objects.get(pk=food.pk)
    assert [stage.mark for stage in progress_of(closed, closed.result).stages] == ["done"] * 4
    assert (closed.state, str(closed.closed_on), str(closed.decided_on)) == ("closed", "2026-09-28", "2026-09-28")

    assert seal() == Entry.objects.count()
    report = audit()
    assert (report.findings, report.unsealed_rows, report.sealed_rows) == ([], 0, Entry.objects.count())
    before = everything()
    assert relay_and_work() == []
    assert everything() == before


def test_no_row_of_the_ledger_carries_personal_data(morning: clock.Hand) -> None:
    """Ids, codes and digests only: no name, number, phone, address or query code in any row."""
    clerk, _ = at_window()
    ticket(agent())
    sitting.call_next(by=clerk)
    visit = sitting.sit_down(by=clerk)
    sitting.check_document(by=clerk, visit=visit, tail=TAIL)
    sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=agent())
    visit.refresh_from_db()
    case = sitting.take_in(by=clerk, visit=visit, applications=[application(FOOD)]).cases[0]
    sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="accept")
    decide(by=staff("market01"), case_id=case.pk, verb="deny", words="机密理由")
    relay_and_work()
    facts = " ".join(str(row) for row in Entry.objects.values_list("facts", "by", "site"))
    for secret in ("演示人乙", "演示餐饮有限公司", "440524188001010014", "91110000600037341L", "12000000002", "示范路", query_code(visit), "机密理由"):
        assert secret not in facts


def test_a_denied_case_and_a_corrected_one_say_so_on_the_phone(morning: clock.Hand) -> None:
    clerk, _ = at_window()
    ticket(agent())
    sitting.call_next(by=clerk)
    visit = sitting.sit_down(by=clerk)
    sitting.check_document(by=clerk, visit=visit, tail=TAIL)
    sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=agent())
    visit.refresh_from_db()
    applications = [application(FOOD), application(HYGIENE, lacking=frozenset({"rules", "layout"}))]
    food, hygiene = sitting.take_in(by=clerk, visit=visit, applications=applications).cases
    sitting.check_and(by=clerk, case_id=food.pk, standings=in_order(food), verb="accept")
    sitting.check_and(by=clerk, case_id=hygiene.pk, standings=seen(hygiene), verb="correct")
    decide(by=staff("market01"), case_id=food.pk, verb="deny", words="面积不足")
    relay_and_work()
    names = {code: published(code).name_zh for code in (FOOD, HYGIENE)}
    assert [text for text in phone() if "补正" in text] == [
        f"【一窗】“{names[HYGIENE]}”有 2 项材料需要补正，详见一次性告知书。查询码 {query_code(visit)}。"
    ]
    assert [text for text in phone() if "不予" in text] == [f"【一窗】“{names[FOOD]}”已作出不予许可决定，理由和救济途径见书面决定。"]
    result = Result.objects.get()
    assert (result.case_id, result.document.kind, result.site) == (food.pk, "denial", SITE)
    assert verbs(hygiene) == ["receive", "check", "correct"]


def test_a_missed_holder_is_told_and_a_ticket_without_holder_tells_nobody(morning: clock.Hand) -> None:
    clerk, _ = at_window()
    held, bare = ticket(agent()), ticket()
    sitting.call_next(by=clerk)
    recall(by=clerk, ticket_id=held.pk)
    miss(by=clerk, ticket_id=held.pk)
    sitting.call_next(by=clerk)
    miss(by=clerk, ticket_id=bare.pk)
    relay_and_work()
    assert phone() == [
        "【一窗】您的号码是 A001，前面还有 0 位。叫到您时会再发短信。",
        "【一窗】请 A001 号到 1号窗口。",
        "【一窗】请 A001 号到 1号窗口。",
        "【一窗】A001 号已过号。请到咨询台或任一窗口说明，即可恢复排队。",
    ]
    assert Notice.objects.count() == 4
