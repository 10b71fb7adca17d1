"""Special procedures at the approver's desk: begun with their law, ended when the result is in."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from onewindow.desks.approver.views import case_of
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.inputs import nonce
from onewindow.desks.onwards import to
from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.words import Words
from onewindow.spine.cases.policies import SET_ASIDE
from onewindow.spine.cases.queries import procedure as procedure_of
from onewindow.stages.approval.actions import begin_procedure, end_procedure
from onewindow.stages.approval.rules import Basis


@post_only
@staff(SET_ASIDE)
def begin(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Begin one: its time is not counted, and the applicant is told in writing."""
    sent, found = request.POST, case_of(request.actor, uuid)
    basis = Basis(sent.get("law", ""), sent.get("article", ""), sent.get("reason", ""))
    days = sent.get("days", "").strip()
    begin_procedure(
        by=request.actor, case_id=found.pk, kind=sent.get("kind", ""), basis=basis,
        days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0, once=nonce(request),
    )  # fmt: skip
    messages.success(request, _("特别程序已开始，告知书已生成，并已通知申请人；这段时间不计入期限。"))
    return to("approver-file", uuid)


@post_only
@staff(SET_ASIDE)
def end(request: StaffRequest, uuid: UUID, procedure: UUID) -> HttpResponse:
    """The result is in: both limits are counted anew with the true days."""
    standing = procedure_of(case_of(request.actor, uuid), str(procedure))
    end_procedure(by=request.actor, procedure_id=standing.pk, last=_day(request.POST.get("last", "")))
    messages.success(request, _("特别程序已结束，期限已按实际日期重新计算，可以作出决定了。"))
    return to("approver-file", uuid)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            field=Words("结束日", "last day"), reason_zh="请按“年-月-日”填写日期，例如 2026-09-24", reason_en="please enter a date such as 2026-09-24"
        ) from None
