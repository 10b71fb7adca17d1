"""Where the payment platform speaks to us, and in a demonstration the platform itself: a page where the visitor “pays”."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, RawPostDataException
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from onewindow.desks.doors import in_demonstration, post_only, public
from onewindow.desks.onwards import see_other
from onewindow.instruments.payments import notifying
from onewindow.instruments.payments.installed import chosen, signed_by
from onewindow.instruments.payments.virtual import VirtualTreasury
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound
from onewindow.kernel.permissions import system
from onewindow.stages.payment.actions import Told, take
from onewindow.stages.payment.policies import FIND, TAKE
from onewindow.stages.payment.queries import order_by_code

PLATFORM = system("payment-platform", [TAKE, FIND])


@csrf_exempt
@post_only
@public
def notify(request: HttpRequest) -> HttpResponse:
    """The platform tells of a payment, as often as it likes. 200 once it is committed; 401 for what it did not sign; 422 unreadable."""
    try:
        body = request.body
    except RawPostDataException:  # a form with files: no platform sends one
        body = b""
    status, said = received(request.headers, body)
    return HttpResponse(json.dumps(said), content_type="application/json", status=status)


def received(headers: Mapping[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
    """What becomes of a notification: (status, answer). What came of the money itself is our own business and not told."""
    known = signed_by()
    if known is None:
        return 401, {"result": "unsigned"}
    account, key = known
    try:
        paid = notifying.read(headers, body, key=key, account=account, path=reverse("payment-notify"))
    except notifying.Unsigned:
        return 401, {"result": "unsigned"}
    except notifying.Unreadable:
        return 422, {"result": "unreadable"}
    take(by=PLATFORM, told=Told(paid.transaction, paid.code, paid.amount, paid.at))
    return 200, {"result": "taken"}


@in_demonstration
def pay(request: HttpRequest, code: str) -> HttpResponse:
    """The simulated platform: what is due under a code, and a button that pays it. No money moves. demo"""
    treasury = chosen()
    if not isinstance(treasury, VirtualTreasury):
        raise NotFound
    order = order_by_code(code)
    if request.method == "POST":
        treasury.create(code=order.code, amount=order.due, due_by=order.due_by) if order.state == "issued" else None
        paid = treasury.pay(code, at=clock.now())
        if paid is not None:
            known = signed_by()
            assert known is not None
            received(*notifying.written(paid, account=known[0], key=known[1], path=reverse("payment-notify")))
        return see_other(request.path)
    return render(request, "cashier/pay.html", {"order": order, "overdue": clock.today() > order.due_by})
