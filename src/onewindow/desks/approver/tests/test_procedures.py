"""A special procedure at the approver's desk: its form, its notice, what everybody reads meanwhile, and its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.desks.approver.tests.test_desk import pressed, refused_with, shown
from onewindow.errands.tests.scene import accepted, seated, signed_in
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7
from onewindow.spine.cases.models import SpecialProcedure
from onewindow.spine.visits.queries import query_code

SENT = {"kind": "testing", "law": "行政许可法", "article": "第四十五条", "reason": "检测油烟（演示）", "days": "2"}


def test_a_procedure_from_beginning_to_end(morning: clock.Hand) -> None:
    clerk, visit = seated()
    case, client = accepted(clerk, visit), signed_in("market01")
    wanted = SENT | {"once": str(uuid7())}
    for _ in range(2):  # a double click
        assert client.post(reverse("approver-procedure", args=[case.uuid]), wanted).status_code == 303
    procedure = SpecialProcedure.objects.get()
    page = shown(client, "approver-file", case.uuid)
    assert "正在检测，办理期限暂停计算。" in page and "特别程序还没有结束" in page and 'id="approver-decision"' not in page
    assert "检测" in shown(client, "approver") and "超过告知的时间" not in shown(client, "approver")
    assert "正在检测，办理期限暂停计算。" in shown(Client(), "progress", query_code(visit))
    assert "检测，依法扣除的时间，不计入" in shown(Client(), "today-clock", case.uuid)
    assert "审查您的申请需要进行检测" in shown(client, "approver-paper", case.uuid, "excluded-time")
    morning.forward(days=(procedure.expected_last - clock.today()).days + 1)
    assert "超过告知的时间" in shown(client, "approver")
    refused = pressed(client, "approver-decision", case.uuid, verb="grant", words="")
    assert refused_with(refused, "procedure-running")
    ending = ("approver-procedure-end", case.uuid, procedure.uuid)
    assert refused_with(pressed(client, *ending, last="昨天"), "invalid-input")
    assert pressed(client, *ending, last=(clock.today() - timedelta(days=1)).isoformat()).status_code == 303
    procedure.refresh_from_db()
    assert procedure.last == clock.today() - timedelta(days=1)
    assert 'id="approver-decision"' in shown(client, "approver-file", case.uuid)


@pytest.mark.parametrize("wrong", [{"days": "x"}, {"days": ""}, {"kind": "site-visit"}, {"article": "45"}, {"reason": " "}])
def test_a_wrong_form_begins_nothing(morning: clock.Hand, wrong: dict[str, str]) -> None:
    case = accepted(*seated())
    answer = pressed(signed_in("market01"), "approver-procedure", case.uuid, **SENT | {"once": str(uuid7())} | wrong)
    assert refused_with(answer, "invalid-input")
    assert SpecialProcedure.objects.count() == 0
