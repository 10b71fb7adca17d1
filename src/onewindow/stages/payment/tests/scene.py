"""A case that costs something: a lost identity card and a temporary one, 50 yuan."""

from __future__ import annotations

from datetime import UTC, datetime

from onewindow.errands.tests.scene import accepted, seated, staff
from onewindow.kernel.permissions import system
from onewindow.spine.cases.models import Case
from onewindow.stages.approval.actions import grant
from onewindow.stages.payment.actions import Told, issue
from onewindow.stages.payment.models import PaymentOrder
from onewindow.stages.payment.policies import FIND, ISSUE, MAKE_REFUND, TAKE

CARD = "resident-identity-card"
LOST = {"matter": ["lost"], "age": ["from-26"], "household": ["here"], "relief": ["no"], "temporary": ["yes"]}
SYSTEM = system("payment", [ISSUE, MAKE_REFUND, FIND])
PLATFORM = system("payment-platform", [TAKE, FIND])
DUE = 5000
AT = datetime(2026, 9, 24, 3, tzinfo=UTC)


def granted_card(clerk: object = None, visit: object = None) -> Case:
    """A card that was granted, nothing paid and nothing issued yet."""
    if clerk is None:
        clerk, visit = seated()
    case = accepted(clerk, visit, CARD, answers=LOST)  # type: ignore[arg-type]
    grant(by=staff("police01"), case_id=case.pk)
    return Case.objects.get(pk=case.pk)


def ordered(case: Case | None = None) -> PaymentOrder:
    order = issue(by=SYSTEM, case_id=(case or granted_card()).pk, purpose="delivery")
    assert order is not None
    return order


def told(order: PaymentOrder, transaction: str = "T1", amount: int | None = None) -> Told:
    return Told(transaction, order.code, order.due if amount is None else amount, AT)
