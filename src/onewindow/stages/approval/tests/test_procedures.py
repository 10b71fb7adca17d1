"""Excluded time: begun with its law and a notice, counted by the law module, ended with the true day, and no decision meanwhile."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from onewindow.errands.tests.scene import (
    HYGIENE,
    accepted,
    agent,
    day,
    newest,
    refused,
    relay_and_work,
    rows_written,
    seated,
    staff,
    verbs,
)
from onewindow.kernel import clock
from onewindow.kernel.errors import ProcedureRunning
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.attesting import check_papers
from onewindow.kernel.ledger.findings import Report
from onewindow.kernel.ledger.models import Entry
from onewindow.law.calendars import packaged
from onewindow.law.limits import Span, Unit, deadline
from onewindow.spine.cases.history import histories_of
from onewindow.spine.cases.models import Case, SpecialProcedure
from onewindow.spine.cases.progress import progress_of
from onewindow.stages.approval.actions import begin_procedure, deny, end_procedure, grant
from onewindow.stages.approval.rules import Basis
from onewindow.stages.notices.queries import notices_to

BASIS = Basis(" 《行政许可法》 ", " 第四十五条 ", " 对油烟排放进行检测（演示） ")


def begun(case: Case, kind: str = "testing", days: int = 3, basis: Basis = BASIS) -> SpecialProcedure:
    return begin_procedure(by=staff("market01"), case_id=case.pk, kind=kind, basis=basis, days=days, once=uuid7())


def test_a_procedure_moves_both_limits_and_tells_the_applicant_in_writing(morning: clock.Hand) -> None:
    case = accepted(*seated())
    promised_at_first, due_at_first = case.promised_on, case.due_on
    assert (promised_at_first, due_at_first) == (day("2026-10-08"), day("2026-10-29"))
    with rows_written() as rows:
        procedure = begun(case)
    assert rows == ["special-procedure.begin", "case.suspend"]
    case.refresh_from_db()
    assert (case.state, case.procedures_open) == ("accepted", 1)
    assert (procedure.first, procedure.expected_last, procedure.law, procedure.article) == (
        day("2026-09-24"), packaged().plus(day("2026-09-23"), 3), "行政许可法", "第四十五条",
    )  # fmt: skip
    excluded = (procedure.span,)
    assert case.promised_on == deadline(day("2026-09-24"), 4, Unit.WORKING_DAYS, packaged(), excluded=excluded).due > promised_at_first
    assert case.due_on == deadline(day("2026-09-24"), 20, Unit.WORKING_DAYS, packaged(), excluded=excluded).due > due_at_first
    paper = case.documents.get(kind="excluded-time")
    assert paper.number == f"{case.number}-CW"
    told = [block["zh"] for block in paper.content["blocks"]]
    assert told[0] == "审查您的申请需要进行检测：对油烟排放进行检测（演示）。依据：《行政许可法》第四十五条。"
    assert "预计需要 3 个工作日" in told[1] and "依照《中华人民共和国行政许可法》第四十五条" in told[2]
    facts = newest(case).facts
    assert facts == {
        "procedure": procedure.pk, "kind": "testing", "days": 3, "until": procedure.expected_last.isoformat(),
        "due": case.due_on.isoformat(), "promised": case.promised_on.isoformat(), "provisional": False,
        "documents": [{"kind": "excluded-time", "number": paper.number, "digest": paper.digest}],
    }  # fmt: skip
    assert "油烟" not in str(facts) + str(newest(procedure).facts)


def test_the_true_end_counts_sooner_or_later(morning: clock.Hand) -> None:
    case = accepted(*seated())
    procedure = begun(case, days=3)
    morning.forward(days=14)  # 8 October: the holiday is over
    end_procedure(by=staff("market01"), procedure_id=procedure.pk, last=day("2026-09-28"))
    case.refresh_from_db()
    procedure.refresh_from_db()
    assert (procedure.state, procedure.last, case.procedures_open) == ("ended", day("2026-09-28"), 0)
    span = (Span(day("2026-09-24"), day("2026-09-28")),)
    assert case.promised_on == deadline(day("2026-09-24"), 4, Unit.WORKING_DAYS, packaged(), excluded=span).due
    second = begun(case, "expert-review", 1)
    morning.forward(days=6)
    end_procedure(by=staff("market01"), procedure_id=second.pk)
    case.refresh_from_db()
    span = (*span, Span(day("2026-10-08"), day("2026-10-14")))
    assert case.promised_on == deadline(day("2026-09-24"), 4, Unit.WORKING_DAYS, packaged(), excluded=span).due
    assert case.due_on == deadline(day("2026-09-24"), 20, Unit.WORKING_DAYS, packaged(), excluded=span).due
    assert verbs(case)[-4:] == ["suspend", "resume", "suspend", "resume"]
    assert [document.key for document in case.documents.filter(kind="excluded-time").order_by("id")] == ["excluded-time", "excluded-time-2"]
    report = Report()
    check_papers(report)
    assert report.findings == []


def test_no_decision_before_the_result_is_in(morning: clock.Hand) -> None:
    case = accepted(*seated())
    procedure = begun(case)
    for decision, verb in ((partial(grant, opinion=""), "准予许可"), (partial(deny, reason="x"), "不予许可")):
        with refused(ProcedureRunning) as no:
            decision(by=staff("market01"), case_id=case.pk)
        assert no.value.details == {"procedure": "检测", "verb": verb}
    end_procedure(by=staff("market01"), procedure_id=procedure.pk)
    grant(by=staff("market01"), case_id=case.pk)
    assert verbs(case) == ["receive", "check", "accept", "suspend", "resume", "grant"]


def test_one_of_a_kind_at_once_and_the_same_form_once(morning: clock.Hand) -> None:
    case, once = accepted(*seated()), uuid7()
    wanted = {"by": staff("market01"), "case_id": case.pk, "kind": "testing", "basis": BASIS, "days": 2}
    first = begin_procedure(**wanted, once=once)
    with rows_written() as rows:
        assert begin_procedure(**wanted, once=once).pk == first.pk
    assert rows == []
    with refused(ProcedureRunning):
        begin_procedure(**wanted, once=uuid7())
    begun(case, "appraisal")
    assert Case.objects.get(pk=case.pk).procedures_open == 2
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_special_procedure SET kind = 'testing'")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_special_procedure SET expected_last = first - 1")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_special_procedure SET kind = 'site-visit'")


def test_the_applicant_reads_it_on_the_phone_and_in_the_history(fresh_database: str, morning: clock.Hand) -> None:
    case = accepted(*seated(), HYGIENE)
    procedure = begin_procedure(by=staff("health01"), case_id=case.pk, kind="testing", basis=BASIS, days=2, once=uuid7())
    relay_and_work()
    assert [notice.template for notice in notices_to(agent().pk)][-1] == "case-suspended"
    assert notices_to(agent().pk).last().values["procedure"] == "检测"  # type: ignore[union-attr]
    case.refresh_from_db()
    assert [(running.procedure.pk, running.over) for running in progress_of(case).running] == [(procedure.pk, False)]
    morning.forward(days=30)
    assert [running.over for running in progress_of(case).running] == [True]
    assert histories_of([case])[case.pk][-1].words.zh.startswith("开始检测，预计到2026年9月")
    end_procedure(by=staff("health01"), procedure_id=procedure.pk)
    case.refresh_from_db()
    assert progress_of(case).running == ()
    assert histories_of([case])[case.pk][-1].words == ("检测结束，31 天不计入期限", "Testing ended; 31 day(s) are not counted")
    assert Entry.objects.filter(subject_kind="special-procedure").count() == 2
