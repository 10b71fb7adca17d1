"""People of the demonstration pay what they owe, at the virtual treasury. demo"""

from __future__ import annotations

from onewindow.instruments.payments.installed import chosen
from onewindow.instruments.payments.virtual import VirtualTreasury
from onewindow.kernel import clock
from onewindow.kernel.permissions import system
from onewindow.stages.payment.actions import Told, issue, take
from onewindow.stages.payment.policies import FIND, ISSUE, TAKE

_BY = system("payment", [ISSUE])
_PLATFORM = system("payment-platform", [TAKE, FIND])


def charged(case_id: int) -> None:
    """What a granted case costs is due: the past has no worker that would hear of it."""
    issue(by=_BY, case_id=case_id, purpose="delivery")


def paid(case_id: int) -> None:
    """Somebody pays before they come for the result; who owes nothing does nothing."""
    treasury, order = chosen(), issue(by=_BY, case_id=case_id, purpose="delivery")
    if order is None or order.state != "issued" or not isinstance(treasury, VirtualTreasury):
        return
    treasury.create(code=order.code, amount=order.due, due_by=order.due_by)
    done = treasury.pay(order.code, at=clock.now())
    if done is not None:
        take(by=_PLATFORM, told=Told(done.transaction, done.code, done.amount, done.at))
