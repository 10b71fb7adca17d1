"""收费: what was issued, paid and given back at this centre, what a second person has to approve, and what does not agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.cashier import statements
from onewindow.desks.cashier.platform import PLATFORM
from onewindow.desks.doors import StaffRequest, post_only, staff, takes_files
from onewindow.desks.inputs import nonce
from onewindow.desks.onwards import to
from onewindow.desks.paging import page_of
from onewindow.desks.paying import pays_here
from onewindow.instruments.payments import PlatformDown
from onewindow.instruments.payments.installed import chosen
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, Refusal
from onewindow.kernel.keys import uuid7
from onewindow.kernel.words import Words
from onewindow.spine.cases.queries import case
from onewindow.stages.payment import actions, queries
from onewindow.stages.payment.policies import APPROVE_REFUND, ASK_REFUND, ISSUE, REDUCE, SETTLE
from onewindow.stages.payment.rules import DIFFERENCES
from onewindow.stages.payment.states import ORDER
from onewindow.stages.payment.sums import fen, yuan

if TYPE_CHECKING:
    from onewindow.stages.payment.models import PaymentOrder

_SUM = Words("金额", "sum")


def typed_sum(text: str) -> int:
    """A sum somebody typed in yuan (20, 20.5, 20.00), in fen. Raises `InvalidInput`."""
    whole, _dot, rest = text.strip().partition(".")
    try:
        return fen(f"{whole}.{rest:0<2}")
    except ValueError:
        raise InvalidInput(field=_SUM, reason_zh="请写成 20.00 这样", reason_en="write it as 20.00") from None


@staff(ISSUE, ASK_REFUND, APPROVE_REFUND, SETTLE)
def office(request: StaffRequest) -> HttpResponse:
    """The notices of this centre, the refunds that wait for a second person, and what does not agree."""
    return _office(request)


def _office(request: StaffRequest, found: list[Any] | None = None, refusal: Refusal | None = None) -> HttpResponse:
    site, state, code = request.actor.site, request.GET.get("show", ""), "".join(request.GET.get("code", "").split())
    state = state if state in ORDER.states else ""
    context = {
        "page": page_of(request, queries.orders(site, state, code)), "show": state, "code": code,
        "states": [(s.value, s.words) for s in ORDER.states.values()], "refunds": queries.refunds_waiting(site),
        "differences": queries.differences(site), "may_settle": request.actor.may(SETTLE), "may_approve": request.actor.may(APPROVE_REFUND),
        "me": request.actor.id, "today": clock.today(), "found": found, "kinds": DIFFERENCES, "sentence": _said(refusal), "head": ",".join(statements.HEAD),
    }  # fmt: skip
    return render(request, "cashier/office.html", context, status=refusal.status if refusal else 200)


@post_only
@staff(SETTLE)
@takes_files
def statement(request: StaffRequest) -> HttpResponse:
    """Compare the platform's statement of a day with our book, and list the differences."""
    try:
        sent = request.FILES.get("statement")
        if sent is None:
            raise InvalidInput(field=Words("对账单", "statement"), reason_zh="请选择文件", reason_en="choose a file")
        day = _day(request.POST.get("day", ""))
        found = actions.reconcile(by=request.actor, day=day, statement=statements.read(sent.read()))
    except Refusal as refusal:
        return _office(request, refusal=refusal)
    if found:
        return _office(request, found=[{"of": d, "expected": _yuan(d.expected), "found": _yuan(d.found)} for d in found])
    messages.success(request, _("对账完毕，没有差异。"))
    return to("cashier")


@post_only
@staff(SETTLE)
def settle(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Say what came of a difference."""
    difference = queries.difference_at(request.actor.site, str(uuid))
    return _done(request, lambda: actions.settle(by=request.actor, difference_id=difference.pk, note=request.POST.get("note", "")), _("已记下处理结果。"))


@post_only
@staff(APPROVE_REFUND)
def refund(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The second person approves a refund, or declines it."""
    asked = queries.refund_at(request.actor.site, str(uuid))
    if request.POST.get("verb") == "approve":
        return _done(request, lambda: actions.approve_refund(by=request.actor, refund_id=asked.pk), _("已同意，款项将原路退回。"))
    return _done(request, lambda: actions.decline_refund(by=request.actor, refund_id=asked.pk, note=request.POST.get("note", "")), _("已记下不同意的理由。"))


def _done(request: StaffRequest, doing: Callable[[], None], said: str) -> HttpResponse:
    try:
        doing()
    except Refusal as refusal:
        return _office(request, refusal=refusal)
    messages.success(request, said)
    return to("cashier")


@staff(ISSUE, ASK_REFUND, APPROVE_REFUND, SETTLE)
def order(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One notice: what is charged and why, what was paid, what can be done about it."""
    return _order(request, _at(request, uuid))


def _order(request: StaffRequest, found: PaymentOrder, refusal: Refusal | None = None) -> HttpResponse:
    actor = request.actor
    context = {
        "order": found, "case": found.case, "refunds": queries.refunds_of(found), "once": uuid7(), "sentence": _said(refusal), "typed": request.POST,
        "may_reduce": actor.may(REDUCE) and found.state == "issued", "may_cancel": actor.may(ISSUE) and found.state == "issued",
        "may_ask": actor.may(ASK_REFUND) and found.state in ("paid", "partly-refunded"), "demo_pays": pays_here(),
    }  # fmt: skip
    return render(request, "cashier/order.html", context, status=refusal.status if refusal else 200)


@post_only
@staff(REDUCE)
def reduce(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Reduce or waive what is due, for a reason."""
    found = _at(request, uuid)
    try:
        changed = actions.reduce(
            by=request.actor, order_id=found.pk, amount=typed_sum(request.POST.get("amount", "")), reason=request.POST.get("reason", "")
        )
    except Refusal as refusal:
        return _order(request, found, refusal)
    messages.success(request, _("已免缴。") if changed.state == "waived" else _("已减缴，换开了新的缴款通知，旧缴款码作废。"))
    return to("cashier-order", changed.uuid)


@post_only
@staff(ISSUE)
def cancel(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Cancel a notice issued in error."""
    found = _at(request, uuid)
    try:
        actions.cancel(by=request.actor, order_id=found.pk, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        return _order(request, found, refusal)
    messages.success(request, _("已作废。"))
    return to("cashier-order", found.uuid)


@post_only
@staff(ASK_REFUND)
def ask(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Ask for a refund; another person approves it."""
    found = _at(request, uuid)
    try:
        actions.ask_refund(
            by=request.actor, order_id=found.pk, amount=typed_sum(request.POST.get("amount", "")), reason=request.POST.get("reason", ""), once=nonce(request)
        )
    except Refusal as refusal:
        return _order(request, found, refusal)
    messages.success(request, _("已提出退付，等另一位同事审批。"))
    return to("cashier-order", found.uuid)


@post_only
@staff(ISSUE, SETTLE)
def look(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Ask the platform what was paid, when its own notification does not come."""
    found = _at(request, uuid)
    try:
        paid = chosen().query(code=found.code)
    except PlatformDown:
        messages.error(request, _("收款平台没有应答，没有作任何改动。请稍后再查。"))
        return to("cashier-order", found.uuid)
    if paid is None:
        messages.success(request, _("平台上还没有到账。"))
    else:
        outcome = actions.take(by=PLATFORM, told=actions.Told(paid.transaction, paid.code, paid.amount, paid.at))
        messages.success(request, _("已到账。") if outcome in ("paid", "again") else _("到账与通知不符，已列入疑点。"))
    return to("cashier-order", found.uuid)


@post_only
@staff(ISSUE)
def issue(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Issue what a granted case has to pay, where its notice is missing or past its day."""
    found = case(str(uuid))
    if found.site != request.actor.site or found.state != "granted":
        raise NotFound
    made = actions.issue(by=request.actor, case_id=found.pk, purpose="delivery")
    if made is None:
        messages.success(request, _("这件事不收费。"))
        return to("handover")
    return to("cashier-order", made.uuid)


def _at(request: StaffRequest, uuid: UUID) -> PaymentOrder:
    return queries.order_at(request.actor.site, str(uuid))


def _said(refusal: Refusal | None) -> str:
    return refusal.message(get_language() or "zh-hans") if refusal else ""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(field=Words("日期", "day"), reason_zh="请选择日期", reason_en="choose a day") from None


def _yuan(sum_in_fen: int | None) -> str:
    return "" if sum_in_fen is None else yuan(sum_in_fen)
