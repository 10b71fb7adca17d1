"""What happens to fees when others act: notices are issued, the platform is told, refunds are made."""

from __future__ import annotations

from onewindow.instruments.payments import PaymentRejected
from onewindow.instruments.payments.installed import chosen
from onewindow.kernel.permissions import system
from onewindow.kernel.relay.events import Event
from onewindow.stages.payment.actions import failed_refund, issue, made_refund
from onewindow.stages.payment.models import PaymentOrder, Refund
from onewindow.stages.payment.policies import FIND, ISSUE, MAKE_REFUND

BY = system("payment", [ISSUE, MAKE_REFUND, FIND])


def charge_at_acceptance(event: Event) -> None:
    """A case was accepted: what its own law wants paid before the decision is due now."""
    _issued(event.subject_id, "decision")


def charge_when_granted(event: Event) -> None:
    """A case was granted: what is to be paid before the result is handed over is due now. Nobody pays for a denial."""
    _issued(event.subject_id, "delivery")


def _issued(case_id: int, purpose: str) -> None:
    issue(by=BY, case_id=case_id, purpose=purpose)


def tell_platform(event: Event) -> None:
    """A notice was issued, or is closed: the platform hears of it. One that is down is asked again; what it rejects stays with us."""
    order = PaymentOrder.objects.get(pk=event.subject_id)
    platform = chosen()
    if order.state != "issued":
        platform.close(code=order.code)
        return
    try:
        platform.create(code=order.code, amount=order.due, due_by=order.due_by)
    except PaymentRejected:  # only for another sum under this code, and a code stands for one sum: a person sees it unpaid
        return


def make_refund(event: Event) -> None:
    """A refund was approved: the platform is asked under the refund's own reference, so that asking again pays nothing twice."""
    refund = Refund.objects.select_related("order").get(pk=event.subject_id)
    if refund.state != "approved":
        return
    try:
        chosen().refund(reference=str(refund.uuid), transaction=str(refund.order.transaction), amount=refund.amount)
    except PaymentRejected as rejected:
        failed_refund(by=BY, refund_id=refund.pk, why=rejected.reason)
        return
    made_refund(by=BY, refund_id=refund.pk)
