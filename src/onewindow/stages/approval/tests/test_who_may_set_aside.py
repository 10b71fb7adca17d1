"""What may be left out of a limit and by whom: permits only, the kinds of the article only, the department's own approvers only."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from onewindow.errands.tests.scene import accepted, day, nobody, received, refused, seated, staff
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotExcluded, NotFound, NotPermitted, WrongState
from onewindow.kernel.keys import uuid7
from onewindow.stages.approval.actions import begin_procedure, end_procedure
from onewindow.stages.approval.rules import Basis
from onewindow.stages.approval.tests.test_procedures import BASIS, begun


def test_only_permits_and_only_what_the_article_names(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    for kind in ("site-visit", "", "现场核查"):
        with refused(InvalidInput) as no:
            begun(case, kind)
        assert no.value.details["field"] == "程序种类"
    for wrong, field in (
        (Basis("", "第四十五条", "x"), "依据的法律"), (Basis("行政许可法", "45", "x"), "条款"), (Basis("行政许可法", "第四十五条", " "), "需要做什么、为什么"),
    ):  # fmt: skip
        with refused(InvalidInput) as no:
            begun(case, basis=wrong)
        assert no.value.details["field"] == field
    for days in (0, 181, -1):
        with refused(InvalidInput):
            begun(case, days=days)


def test_another_law_knows_no_excluded_time(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit, "residence-permit")
    approver = actor_of(Staff.objects.filter(roles__contains=["approver"], department=case.department_id, state="active").order_by("id")[0])
    with refused(NotExcluded) as no:
        begin_procedure(by=approver, case_id=case.pk, kind="testing", basis=BASIS, days=2, once=uuid7())
    assert no.value.details == {"item": case.version.name_zh, "law": "居住证暂行条例"}


def test_who_may_and_when(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    procedure = begun(case)
    for actor in (clerk, staff("manager01"), nobody()):
        with refused(NotPermitted):
            begin_procedure(by=actor, case_id=case.pk, kind="hearing", basis=BASIS, days=2, once=uuid7())
        with refused(NotPermitted):
            end_procedure(by=actor, procedure_id=procedure.pk)
    for doing in (
        partial(begin_procedure, case_id=case.pk, kind="hearing", basis=BASIS, days=2, once=uuid7()), partial(end_procedure, procedure_id=procedure.pk),
    ):  # fmt: skip
        with refused(NotPermitted) as no:
            doing(by=staff("health01"))
        assert no.value.details == {"permission": "审批示范区市场监督管理局的办件"}
    with refused(WrongState):
        begun(received(clerk, visit))
    with refused(NotFound):
        end_procedure(by=staff("market01"), procedure_id=10**12)
    for last in (day("2026-09-23"), day("2026-09-25")):
        with refused(InvalidInput):
            end_procedure(by=staff("market01"), procedure_id=procedure.pk, last=last)
    end_procedure(by=staff("market01"), procedure_id=procedure.pk)
    with refused(WrongState):
        end_procedure(by=staff("market01"), procedure_id=procedure.pk)


def test_no_decided_case_has_a_procedure_under_way(morning: clock.Hand) -> None:
    case = accepted(*seated())
    begun(case)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET state = 'granted' WHERE id = %s", [case.pk])
