"""Twenty approvers and one case: the first decides, the others change nothing."""

from __future__ import annotations

from collections import Counter
from functools import partial

from django.contrib.auth.hashers import make_password

from onewindow.errands.decision import decide
from onewindow.errands.tests.scene import (
    FOOD,
    HYGIENE,
    SITE,
    accepted,
    at_once,
    day,
    newest,
    nobody,
    received,
    refused,
    rows_written,
    seated,
    staff,
    verbs,
)
from onewindow.foundation.staff.actions import appoint
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.queries import actor_of, department
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, NotPermitted, ReasonMissing, SamePerson, WrongState
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case, Document
from onewindow.stages.approval.actions import deny, grant


def test_an_approver_grants_and_the_decision_stands_on_paper(morning: clock.Hand) -> None:
    case = accepted(*seated())
    approver = staff("market01")
    morning.forward(days=1)
    with rows_written() as rows:
        grant(by=approver, case_id=case.pk, opinion=" 符合条件 ")
    case.refresh_from_db()
    assert (case.state, case.decided_on, case.decided_by) == ("granted", day("2026-09-25"), int(approver.id))
    assert rows == ["case.grant"]
    paper = case.documents.get(kind="grant")
    assert paper.number == f"{case.number}-ZY"
    assert paper.content["blocks"][-1] == {"zh": "审批意见：符合条件", "en": "Opinion: 符合条件"}
    assert paper.content["seal"] == case.department.seal
    assert newest(case).facts == {
        "late": False, "promise_kept": True,
        "documents": [{"kind": "grant", "number": paper.number, "digest": paper.digest}],
    }  # fmt: skip


def test_a_denial_names_the_reason_and_both_remedies(morning: clock.Hand) -> None:
    case = accepted(*seated())
    with rows_written() as rows:
        deny(by=staff("market01"), case_id=case.pk, reason=" 经营场所面积不足 ")
    case.refresh_from_db()
    assert (case.state, rows) == ("denied", ["case.deny"])
    blocks = case.documents.get(kind="denial").content["blocks"]
    assert blocks[1] == {"zh": "理由：经营场所面积不足", "en": "Reason: 经营场所面积不足"}
    told = [line["zh"] for line in blocks[3]["list"]]
    assert told == [
        "向示范区人民政府申请行政复议：自知道或者应当知道该行政行为之日起六十日内，可以申请行政复议。",
        "向示范区人民法院提起行政诉讼：自知道或者应当知道作出行政行为之日起六个月内，可以直接向人民法院提起诉讼。",
    ]


def test_a_denial_without_a_reason_is_refused(morning: clock.Hand) -> None:
    case = accepted(*seated())
    with refused(ReasonMissing) as no:
        deny(by=staff("market01"), case_id=case.pk, reason="  \n")
    assert no.value.details == {"verb": "不予许可"}


def test_an_approver_of_another_department_may_not_decide(morning: clock.Hand) -> None:
    case = accepted(*seated())
    for decision in (partial(grant, opinion=""), partial(deny, reason="x")):
        with refused(NotPermitted) as no:
            decision(by=staff("health01"), case_id=case.pk)
        assert no.value.details == {"permission": "审批示范区市场监督管理局的办件"}


def test_a_clerk_may_not_decide(morning: clock.Hand) -> None:
    case = accepted(*seated())
    for actor in (staff("clerk02"), staff("manager01"), nobody()):
        with refused(NotPermitted):
            grant(by=actor, case_id=case.pk)
        with refused(NotPermitted):
            deny(by=actor, case_id=case.pk, reason="x")


def test_whoever_accepted_may_not_decide(morning: clock.Hand) -> None:
    """收件审批分离: an account that holds both posts accepts and then is refused at the decision."""
    both = actor_of(
        appoint(
            by=staff("administrator01"), site=SITE, username="both", name=Words("双岗（演示）", "Both posts (demo)"),
            roles=["clerk", "approver"], department=department("market"), password_hash=make_password(None),
        )
    )  # fmt: skip
    clerk, visit = seated("both")
    assert clerk == both
    case = accepted(clerk, visit)
    assert case.accepted_by == int(both.id)
    with refused(SamePerson):
        grant(by=both, case_id=case.pk)
    with refused(SamePerson):
        deny(by=both, case_id=case.pk, reason="x")
    grant(by=staff("market01"), case_id=case.pk)
    assert verbs(case) == ["receive", "check", "accept", "grant"]


def test_only_an_accepted_case_can_be_decided(morning: clock.Hand) -> None:
    clerk, visit = seated()
    fresh = received(clerk, visit)
    with refused(WrongState) as no:
        grant(by=staff("market01"), case_id=fresh.pk)
    assert no.value.details == {"state": "已收件", "verb": "准予许可"}
    done = accepted(clerk, visit, HYGIENE)
    grant(by=staff("health01"), case_id=done.pk)
    with refused(WrongState) as no:
        deny(by=staff("health02"), case_id=done.pk, reason="x")
    assert no.value.details == {"state": "准予许可", "verb": "不予许可"}


def test_a_late_decision_says_so_in_the_ledger(morning: clock.Hand) -> None:
    """Due on 29 October 2026, promised for the 8th: decided on the 30th of October."""
    case = accepted(*seated())
    morning.forward(days=36)
    grant(by=staff("market01"), case_id=case.pk)
    facts = newest(case).facts
    assert (clock.today(), facts["late"], facts["promise_kept"]) == (day("2026-10-30"), True, False)


def test_a_decision_on_the_last_day_is_in_time(morning: clock.Hand) -> None:
    case = accepted(*seated())
    morning.forward(days=35)
    grant(by=staff("market01"), case_id=case.pk)
    facts = newest(case).facts
    assert (clock.today(), facts["late"], facts["promise_kept"]) == (case.due_on, False, False)


def test_the_errand_knows_two_decisions_and_no_third(morning: clock.Hand) -> None:
    case = accepted(*seated())
    with refused(InvalidInput) as no:
        decide(by=staff("market01"), case_id=case.pk, verb="close", words="x")
    assert no.value.details["field"] == "决定"
    with refused(NotFound):
        decide(by=staff("market01"), case_id=10**12, verb="grant", words="x")


def test_twenty_approvers_at_once_decide_once(fresh_database: str, morning: clock.Hand) -> None:
    case = accepted(*seated())
    approvers = []
    for place in range(20):
        account = appoint(
            by=staff("administrator01"), site=SITE, username=f"race{place}", name=Words("审批（演示）", "Approver (demo)"),
            roles=["approver"], department=department("market"), password_hash=make_password(None),
        )  # fmt: skip
        approvers.append(actor_of(account))
    doings = [
        partial(grant, by=actor, case_id=case.pk, opinion="") if place % 2 else partial(deny, by=actor, case_id=case.pk, reason="竞争")
        for place, actor in enumerate(approvers)
    ]
    with rows_written() as rows:
        outcomes = at_once(doings)
    assert Counter(type(outcome) for outcome in outcomes) == {type(None): 1, WrongState: 19}
    case.refresh_from_db()
    winner = approvers[outcomes.index(None)]
    assert case.decided_by == int(winner.id)
    assert rows == [f"case.{'grant' if case.state == 'granted' else 'deny'}"]
    assert Entry.objects.filter(subject_kind="case", subject_id=case.pk, n=case.moves).get().by == winner.ref
    assert Document.objects.filter(case=case, kind__in=["grant", "denial"]).count() == 1
    assert Case.objects.get(pk=case.pk).item.code == FOOD
    assert Staff.objects.filter(username__startswith="race").count() == 20
