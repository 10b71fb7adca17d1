"""The only writers of payment notices, refunds and differences. A case's row is always locked before its notice's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from onewindow.foundation.places.queries import home_site
from onewindow.foundation.places.queries import site as site_of
from onewindow.kernel import clock
from onewindow.kernel.counting.actions import next_number
from onewindow.kernel.errors import InvalidInput, NotFound, OwnRefund, WrongState
from onewindow.kernel.ledger.moving import Motion, begin, move_locked, moving
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.cases.actions import attach_document
from onewindow.spine.cases.models import Case, Document
from onewindow.spine.cases.queries import form_of
from onewindow.stages.payment import papers
from onewindow.stages.payment.models import PaymentDifference, PaymentOrder, Refund
from onewindow.stages.payment.policies import APPROVE_REFUND, ASK_REFUND, FIND, ISSUE, REDUCE, SETTLE, TAKE
from onewindow.stages.payment.queries import booked_on
from onewindow.stages.payment.rules import DAYS_TO_PAY, Booked, Difference, compared, lawful, lines_of, stated
from onewindow.stages.payment.sums import payment_code, receipt_number, yuan

_REASON = Words("理由", "reason")


@dataclass(frozen=True)
class Told:
    """What the payment platform says of one payment: its own number, under which code, how much (fen), when."""

    transaction: str
    code: str
    amount: int
    at: datetime


# --- notices ----------------------------------------------------------------------------------------


@transaction.atomic(savepoint=False)
def issue(*, by: Actor, case_id: int, purpose: str, fees: Sequence[str] | None = None) -> PaymentOrder | None:
    """Issue what a case has to pay for one purpose; None where its situation costs nothing.

    A notice that stands already is returned as it is; one past its day expires and is issued anew under a new code. `fees` may name
    some of the item's fees. Raises `FeeUnlawful` for one that the definition does not charge in this situation (行政许可法 art 58).
    """
    by.require(ISSUE)
    case = _case(case_id)
    definition = case.version.definition
    charged = lawful(definition, case.answers, fees, purpose)
    if not charged:
        return None
    standing = PaymentOrder.objects.filter(case=case, purpose=purpose).exclude(state__in=["cancelled", "expired"]).first()
    if standing is not None:
        if standing.state != "issued" or clock.today() <= standing.due_by:
            return standing
        with moving(PaymentOrder, standing.pk, "expire", by=by) as motion:
            motion.record(case=case.pk, code=standing.code)
    return _issue(by, case, purpose, lines_of(definition, charged, form_of(case) if any(fee.quantity for fee in charged) else {}))


def _issue(by: Actor, case: Case, purpose: str, lines: list[dict[str, Any]], *, reduction: int = 0, reason: str = "",
           reduced_by: int | None = None, replaces: PaymentOrder | None = None) -> PaymentOrder:  # fmt: skip
    today, region = clock.today(), site_of(case.site).region
    code = payment_code(region=region, year=today.year, serial=next_number(f"payment/{region}/{today.year}"))
    full, due_by = sum(line["amount"] for line in lines), today + timedelta(days=DAYS_TO_PAY)
    told = papers.notice(case, code=code, lines=lines, due=full - reduction, reduction=reduction, reason=reason, due_by=due_by, on=today)
    document = _attached(case, "payment-notice", told)
    return begin(
        PaymentOrder, "issue", by=by, site=case.site,
        facts={"case": case.pk, "code": code, "purpose": purpose, "fees": [line["code"] for line in lines], "due": full - reduction,
               "reduction": reduction, "by": due_by.isoformat(), "replaces": replaces.pk if replaces else None,
               "document": document.number, "digest": document.digest},
        case=case, payer_id=case.applicant_id, purpose=purpose, code=code, lines=lines, full=full, reduction=reduction,
        reduction_reason=reason, reduced_by=reduced_by, replaces=replaces, due=full - reduction, due_by=due_by,
    )  # fmt: skip


def reduce(*, by: Actor, order_id: int, amount: int, reason: str) -> PaymentOrder:
    """Take `amount` fen off a notice, for a stated reason: the whole sum waives it, a part cancels it for a new one under a new code.

    Raises `InvalidInput` for no reason or too much, `WrongState` once it is paid or closed.
    """
    by.require(REDUCE)
    text = stated(reason, _REASON)
    with transaction.atomic(savepoint=False):
        case = _case_of(order_id)
        order = locked(PaymentOrder, order_id)
        assert order is not None
        order.machine.check(order.state, "waive", by, order.said)
        if not 0 < amount <= order.due:
            raise InvalidInput(
                field=Words("减免金额", "reduction"), reason_zh=f"应在 0.01 到 {yuan(order.due)} 元之间", reason_en=f"it must be from 0.01 to {yuan(order.due)} yuan"
            )
        if amount == order.due:
            with move_locked(order, "waive", by=by) as motion:
                motion.set(reduction=order.full, due=0, reduction_reason=text, reduced_by=int(by.id))
                motion.record(case=case.pk, code=order.code, reduction=amount)
            return order
        with move_locked(order, "replace", by=by) as motion:
            motion.record(case=case.pk, code=order.code, reduction=amount)
        may = Actor(by.kind, by.id, by.permissions | {ISSUE.code}, by.site, by.department, by.account)
        return _issue(may, case, order.purpose, order.lines, reduction=order.reduction + amount, reason=text, reduced_by=int(by.id), replaces=order)


def cancel(*, by: Actor, order_id: int, reason: str) -> None:
    """Cancel a notice that should not have been issued. Raises `WrongState` once it is paid."""
    by.require(ISSUE)
    text = stated(reason, _REASON)
    with transaction.atomic(savepoint=False):
        case = _case_of(order_id)
        order = locked(PaymentOrder, order_id)
        assert order is not None
        with move_locked(order, "cancel", by=by) as motion:
            motion.record(case=case.pk, code=order.code, said=len(text))


# --- money comes in ---------------------------------------------------------------------------------


@transaction.atomic(savepoint=False)
def take(*, by: Actor, told: Told) -> str:
    """Record what the platform says was paid: ``paid``, ``again`` for what is recorded already, else the kind of difference it made.

    Idempotent by the transaction's number, in any order and however often. A sum that is not the sum due, a code that is not ours, a
    notice that is closed: nothing counts as paid, and a difference is there for a person to look into.
    """
    by.require(TAKE)
    found = PaymentOrder.objects.filter(code=told.code).values_list("pk", flat=True).first()
    if found is None:
        return _differs(by, "unknown-code", told, None, site="")
    case = _case_of(found)
    order = locked(PaymentOrder, found)
    assert order is not None
    if order.transaction and order.transaction == told.transaction:
        return "again" if order.paid == told.amount else _differs(by, "amount-differs", told, order.paid, site=order.site)
    if order.state != "issued":
        return _differs(by, "paid-twice" if order.transaction else "order-closed", told, None, site=order.site)
    if told.amount != order.due:
        return _differs(by, "amount-differs", told, order.due, site=order.site)
    if PaymentOrder.objects.filter(transaction=told.transaction).exists():
        return _differs(by, "transaction-reused", told, order.due, site=order.site)
    _paid(by, case, order, told)
    return "paid"


def _paid(by: Actor, case: Case, order: PaymentOrder, told: Told) -> None:
    today, region = clock.today(), site_of(case.site).region
    number = receipt_number(region=region, year=today.year, serial=next_number(f"fiscal-receipt/{region}/{today.year}"))
    with move_locked(order, "pay", by=by) as motion:
        motion.set(paid=told.amount, transaction=told.transaction, paid_at=told.at, receipt=number)
        motion.record(case=case.pk, code=order.code, transaction=told.transaction, amount=told.amount, receipt=number)
        content = papers.receipt(case, order, number=number, amount=told.amount, transaction=told.transaction, on=today)
        _attached(case, "fiscal-receipt", content, motion)


def _differs(by: Actor, kind: str, told: Told, expected: int | None, *, site: str) -> str:
    _find(by, Difference(kind, told.code[:40], told.transaction[:64], expected, told.amount), clock.local(told.at).date(), site)
    return kind


def _find(by: Actor, difference: Difference, day: date, site: str) -> bool:
    """Record a difference once; whether it is new."""
    same = {"kind": difference.kind, "code": difference.code, "transaction": difference.transaction}
    try:
        with transaction.atomic():  # whoever comes second, at the same time too, finds it there
            begin(
                PaymentDifference, "find", by=by, site=site or _home(), facts={**same, "expected": difference.expected, "found": difference.found},
                **same, expected=difference.expected, found=difference.found, day=day,
            )  # fmt: skip
    except IntegrityError:
        if not PaymentDifference.objects.filter(**same).exists():
            raise
        return False
    return True


@transaction.atomic(savepoint=False)
def reconcile(*, by: Actor, day: date, statement: Sequence[Booked]) -> list[Difference]:
    """Compare the platform's statement of a day with our book; each difference is recorded once, however often this is done."""
    by.require(SETTLE)
    may = Actor(by.kind, by.id, by.permissions | {FIND.code}, by.site, by.department, by.account)
    differences = compared(statement, booked_on(day))
    for difference in differences:
        _find(may, difference, day, by.site)
    return differences


def settle(*, by: Actor, difference_id: int, note: str) -> None:
    """A person looked into a difference, and says what came of it."""
    by.require(SETTLE)
    text = stated(note, Words("处理结果", "what came of it"))
    with moving(PaymentDifference, difference_id, "settle", by=by) as motion:
        motion.set(settled_by=int(by.id), note=text)
        motion.record(kind=motion.subject.kind)


# --- money goes back --------------------------------------------------------------------------------


@transaction.atomic(savepoint=False)
def ask_refund(*, by: Actor, order_id: int, amount: int, reason: str, once: UUID) -> Refund:
    """Ask that `amount` fen of what was paid be given back, with the reason. The same `once` again returns what it asked.

    Raises `InvalidInput` for more than is left, counting what was asked for already; `WrongState` where nothing was paid.
    """
    by.require(ASK_REFUND)
    text = stated(reason, _REASON)
    case = _case_of(order_id)
    order = locked(PaymentOrder, order_id)
    assert order is not None
    asked = Refund.objects.filter(once=once).first()
    if asked is not None:
        return asked
    if order.state not in ("paid", "partly-refunded"):
        raise WrongState(state=order.state_words, verb=REFUND_WORDS)
    held = sum(Refund.objects.filter(order=order, state__in=["asked", "approved"]).values_list("amount", flat=True))
    left = order.paid - order.refunded - held
    if not 0 < amount <= left:
        raise InvalidInput(
            field=Words("退付金额", "sum to refund"), reason_zh=f"最多可退 {yuan(left)} 元", reason_en=f"at most {yuan(left)} yuan can be refunded"
        )
    return begin(
        Refund, "ask", by=by, site=case.site, facts={"case": case.pk, "order": order.pk, "code": order.code, "amount": amount},
        order=order, amount=amount, reason=text, asked_by=int(by.id), once=once,
    )  # fmt: skip


REFUND_WORDS = Words("退付", "refund")


def approve_refund(*, by: Actor, refund_id: int) -> None:
    """A second person approves. Raises `OwnRefund` for who asked."""
    by.require(APPROVE_REFUND)
    _decide_refund(by, refund_id, "approve", "")


def decline_refund(*, by: Actor, refund_id: int, note: str) -> None:
    """A second person declines, and says why."""
    by.require(APPROVE_REFUND)
    _decide_refund(by, refund_id, "decline", stated(note, _REASON))


def _decide_refund(by: Actor, refund_id: int, verb: str, note: str) -> None:
    with moving(Refund, refund_id, verb, by=by) as motion:
        if str(motion.subject.asked_by) == by.id:
            raise OwnRefund
        motion.set(decided_by=int(by.id), note=note)
        motion.record(order=motion.subject.order_id, amount=motion.subject.amount)


@transaction.atomic(savepoint=False)
def made_refund(*, by: Actor, refund_id: int) -> None:
    """The platform gave the money back: the refund is made, the notice knows of it, a paper says so. Once."""
    case = _case_of(_order_of(refund_id))
    refund = locked(Refund, refund_id)
    assert refund is not None
    order = locked(PaymentOrder, refund.order_id)
    assert order is not None
    with move_locked(refund, "make", by=by) as motion:
        motion.set(made_at=clock.now())
        motion.record(case=case.pk, order=order.pk, amount=refund.amount)
        refund.order = order
        _attached(case, "refund-notice", papers.refund(case, refund, on=clock.today()), motion)
    with move_locked(order, "refund-rest" if order.refunded + refund.amount == order.paid else "refund-part", by=by) as moved:
        moved.set(refunded=order.refunded + refund.amount)
        moved.record(case=case.pk, refund=refund.pk, amount=refund.amount, refunded=order.refunded)


@transaction.atomic(savepoint=False)
def failed_refund(*, by: Actor, refund_id: int, why: str) -> None:
    """The platform will never make this refund: it has failed, and a person has to look into it."""
    case = _case_of(_order_of(refund_id))
    refund = locked(Refund, refund_id)
    assert refund is not None
    order = locked(PaymentOrder, refund.order_id)
    assert order is not None
    with move_locked(refund, "fail", by=by) as motion:
        motion.record(case=case.pk, order=order.pk, why=why)
    _find(by, Difference("refund-rejected", order.code, str(refund.uuid), refund.amount, None), clock.today(), order.site)


# --- helpers ----------------------------------------------------------------------------------------


def _home() -> str:
    """Whose business money is that belongs to no case: the centre's own site."""
    site = home_site()
    return site.code if site is not None else ""


def _case(case_id: int) -> Case:
    case = locked(Case, case_id)
    if case is None:
        raise NotFound
    return case


def _case_of(order_id: int) -> Case:
    """The case of a notice, locked before the notice itself: everybody in this order, so that nobody waits in a ring."""
    found = PaymentOrder.objects.filter(pk=order_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotFound
    return _case(found)


def _order_of(refund_id: int) -> int:
    found = Refund.objects.filter(pk=refund_id).values_list("order_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def _attached(case: Case, kind: str, content: dict[str, Any], motion: Motion[Any] | None = None) -> Document:
    """A paper of the case, counted by its kind: the case is locked, so that no two get one number."""
    n = Document.objects.filter(case=case, kind=kind).count() + 1
    return attach_document(case, kind, content, motion, n=n)
