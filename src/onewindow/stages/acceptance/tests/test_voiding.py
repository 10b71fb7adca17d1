"""A wrong acceptance taken back: while the law still allows it, by whom it may be, with everything kept and the applicant told."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from onewindow.errands.decision import decide
from onewindow.errands.tests.scene import (
    HYGIENE,
    accepted,
    agent,
    day,
    in_order,
    newest,
    nobody,
    received,
    refused,
    relay_and_work,
    rows_written,
    seated,
    staff,
    verbs,
)
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.queries import actor_of
from onewindow.instruments import papers as drawing
from onewindow.kernel import clock
from onewindow.kernel.errors import AcceptanceStands, InvalidInput, NotPermitted, ReasonMissing, WrongState
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.attesting import check_papers
from onewindow.kernel.ledger.findings import Report
from onewindow.spine.cases.actions import reissue_document
from onewindow.spine.cases.models import Case, Document
from onewindow.spine.cases.queries import document, documents_of
from onewindow.stages.acceptance.actions import accept, check_materials, give_correction_notice, void_acceptance
from onewindow.stages.approval.actions import begin_procedure, end_procedure
from onewindow.stages.approval.rules import Basis
from onewindow.stages.notices.queries import notices_to

WHY = " 经营场所照片与申请不符 "


def supervisor():  # type: ignore[no-untyped-def]
    return actor_of(Staff.objects.filter(roles__contains=["supervisor"]).order_by("id")[0])


def test_the_case_is_as_it_was_received_and_the_notice_is_void(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    first = case.documents.get(kind="acceptance")
    morning.forward(days=1)
    with rows_written() as rows:
        void_acceptance(by=clerk, case_id=case.pk, reason=WHY)
    assert rows == ["case.void"]
    case.refresh_from_db()
    assert (case.state, case.accepted_on, case.accepted_by, case.due_on, case.promised_on, case.provisional) == ("received", None, None, None, None, False)
    notice = case.documents.get(kind="acceptance-voided")
    assert (notice.number, notice.voids_id, notice.content["seal"]) == (f"{case.number}-CH", first.pk, first.content["seal"])
    told = [block["zh"] for block in notice.content["blocks"]]
    assert f"《受理通知书》（编号 {first.number}）同时作废" in told[0] and told[1] == "理由：经营场所照片与申请不符"
    assert newest(case).facts == {
        "accepted": "2026-09-24", "voided": first.number,
        "documents": [{"kind": "acceptance-voided", "number": notice.number, "digest": notice.digest}],
    }  # fmt: skip
    kept = documents_of([case.pk]).get(pk=first.pk)
    assert (kept.content, kept.digest, kept.voided, kept.reasons_to_reissue) == (first.content, first.digest, notice, {})
    with refused(InvalidInput):
        reissue_document(by=clerk, document=kept, reason="lost", once=uuid7())


def test_accepted_again_it_has_a_document_and_a_clock_of_its_own(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    void_acceptance(by=clerk, case_id=case.pk, reason=WHY)
    morning.forward(days=4)
    check_materials(by=clerk, case_id=case.pk, standings=in_order(case))
    accept(by=clerk, case_id=case.pk)
    void_acceptance(by=clerk, case_id=case.pk, reason="又错了")
    accept(by=clerk, case_id=case.pk)
    case.refresh_from_db()
    assert (case.accepted_on, case.voided) == (day("2026-09-28"), 2)
    found = [(paper.key, paper.number.rpartition("-")[2], paper.voided is not None) for paper in documents_of([case.pk])]
    assert found == [
        ("receipt", "SJ", False), ("acceptance", "SL", True), ("acceptance-voided", "CH", False), ("acceptance-2", "SL2", True),
        ("acceptance-voided-2", "CH2", False), ("acceptance-3", "SL3", False),
    ]  # fmt: skip
    assert [document(case, key) is not None for key, _, _ in found] == [True] * 6
    assert [document(case, key) for key in ("acceptance-1x", "acceptance-4", "receipt-2", "-2", "acceptance-²")] == [None] * 5
    decide(by=staff("market01"), case_id=case.pk, verb="grant", words="")
    report = Report()
    check_papers(report)
    assert (report.findings, verbs(case)[-1]) == ([], "grant")


def test_after_it_a_correction_may_still_be_asked_for(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    void_acceptance(by=clerk, case_id=case.pk, reason=WHY)
    code = case.materials.all()[0].code
    check_materials(by=clerk, case_id=case.pk, standings={code: ("deficient", "照片不清楚")})
    give_correction_notice(by=clerk, case_id=case.pk)
    assert Case.objects.get(pk=case.pk).state == "correcting"


def test_whoever_accepted_voids_their_own_and_a_supervisor_anybody_s(morning: clock.Hand) -> None:
    clerk, visit = seated()
    one, other = accepted(clerk, visit), accepted(clerk, visit, HYGIENE)
    with refused(NotPermitted) as no:
        void_acceptance(by=staff("clerk02"), case_id=one.pk, reason=WHY)
    assert no.value.details == {"permission": "撤回他人的误受理"}
    for actor in (staff("market01"), staff("manager01"), nobody()):
        with refused(NotPermitted):
            void_acceptance(by=actor, case_id=one.pk, reason=WHY)
    void_acceptance(by=supervisor(), case_id=one.pk, reason=WHY)
    void_acceptance(by=clerk, case_id=other.pk, reason=WHY)


def test_it_says_why(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    with refused(ReasonMissing):
        void_acceptance(by=clerk, case_id=case.pk, reason=" ")
    with refused(InvalidInput):
        void_acceptance(by=clerk, case_id=case.pk, reason="长" * 501)


def test_not_after_the_days_of_the_one_time_notice(morning: clock.Hand) -> None:
    """Received on 24 September 2026: the five working days end on 30 September or later, and on that day it can still be done."""
    clerk, visit = seated()
    case, late = accepted(clerk, visit), accepted(clerk, visit, HYGIENE)
    morning.forward(days=(case.notice_due_on - day("2026-09-24")).days)
    void_acceptance(by=clerk, case_id=case.pk, reason=WHY)
    morning.forward(days=1)
    with refused(AcceptanceStands) as no:
        void_acceptance(by=clerk, case_id=late.pk, reason=WHY)
    assert no.value.details["why"].startswith("一次性告知的期限已于")


def test_not_once_a_procedure_began_nor_after_the_decision(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    procedure = begin_procedure(
        by=staff("market01"), case_id=case.pk, kind="testing", basis=Basis("行政许可法", "第四十五条", "演示"), days=1, once=uuid7()
    )
    for _ in range(2):
        with refused(AcceptanceStands) as no:
            void_acceptance(by=clerk, case_id=case.pk, reason=WHY)
        assert no.value.details["why"] == "已经开始过特别程序，并书面告知了申请人"
        if procedure.last is None:
            end_procedure(by=staff("market01"), procedure_id=procedure.pk)
            procedure.refresh_from_db()
    decide(by=staff("market01"), case_id=case.pk, verb="grant", words="")
    with refused(WrongState):
        void_acceptance(by=clerk, case_id=case.pk, reason=WHY)


def test_the_agent_is_told(fresh_database: str, morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    void_acceptance(by=clerk, case_id=case.pk, reason=WHY)
    relay_and_work()
    assert [notice.template for notice in notices_to(agent().pk)][-2:] == ["case-accepted", "acceptance-voided"]


def test_the_database_counts_documents_and_knows_what_voids(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = received(clerk, visit)
    receipt = case.documents.get(kind="receipt")
    for wrong in ({"kind": "receipt", "n": 2}, {"kind": "acceptance", "voids": receipt}, {"kind": "acceptance-voided"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.create(case=case, number=str(uuid7()), issued_at=clock.now(), content={}, digest="", **wrong)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO cases_document SELECT * FROM cases_document WHERE id = %s", [receipt.pk])


def test_a_void_paper_is_drawn_so(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    void_acceptance(by=clerk, case_id=case.pk, reason=WHY)
    kept = documents_of([case.pk]).get(kind="acceptance")
    void = drawing.Voided(clock.today(), f"{case.number}-CH")
    assert void.words == (f"2026年9月24日，见 {case.number}-CH", f"Void since 24 September 2026, see {case.number}-CH")
    plain = drawing.render(kept.content, number=kept.number)
    assert drawing.render(kept.content, number=kept.number, voided=void) != plain
    assert drawing.slip(kept.content, number=kept.number, voided=void).startswith(b"%PDF")
