"""The platform's notifications over HTTP: once, twice, at the same time, cut off before the commit; and the page where the visitor pays."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from onewindow.errands.tests.scene import at_once, everything, opening, relay_and_work, times
from onewindow.instruments.payments import Paid, notifying
from onewindow.instruments.payments.installed import chosen, signed_by
from onewindow.instruments.payments.virtual import VirtualTreasury
from onewindow.kernel.ledger.models import Entry
from onewindow.spine.cases.models import Document
from onewindow.stages.payment import actions
from onewindow.stages.payment.models import PaymentDifference, PaymentOrder
from onewindow.stages.payment.tests.scene import AT, DUE, PLATFORM, SYSTEM, ordered, told

PATH = "/payments/notify/"


def notified(paid: Paid, **changed: str) -> Any:
    """The answer to a notification as the platform sends it."""
    known = signed_by()
    assert known is not None
    headers, body = notifying.written(paid, account=known[0], key=known[1], path=PATH)
    return Client(enforce_csrf_checks=True).post(PATH, body, content_type="application/json", headers=headers | changed)


def paid_for(order: PaymentOrder, transaction: str = "T1", amount: int = DUE) -> Paid:
    return Paid(transaction, order.code, amount, AT)


def test_a_signed_notification_pays_once_and_is_always_taken(db: None) -> None:
    with opening():
        order = ordered()
        answers = [notified(paid_for(order)) for _ in range(3)]
        assert [(a.status_code, a.json()) for a in answers] == [(200, {"result": "taken"})] * 3
        order.refresh_from_db()
        assert (order.state, order.paid) == ("paid", DUE) and Document.objects.filter(kind="fiscal-receipt").count() == 1
        assert notified(paid_for(order, "T2")).status_code == 200
        assert [d.kind for d in PaymentDifference.objects.all()] == ["paid-twice"]


@pytest.mark.parametrize("changed", [{"OneWindow-Signature": "hmac-sm3 00"}, {"OneWindow-Account": "x"}, {"OneWindow-Time": "1"}])
def test_what_the_platform_did_not_sign_changes_nothing(db: None, changed: dict[str, str]) -> None:
    with opening():
        order = ordered()
        before = everything()
        assert notified(paid_for(order), **changed).status_code == 401
        assert Client().post(PATH, {"code": order.code}).status_code == 401
        assert Client().get(PATH).status_code == 405
        assert everything() == before


def test_without_a_platform_nobody_tells_anything(db: None, settings: Any) -> None:
    with opening():
        order = ordered()
        known = signed_by()
        settings.PAYMENTS = "none"
        assert known is not None and signed_by() is None
        headers, body = notifying.written(paid_for(order), account=known[0], key=known[1], path=PATH)
        assert Client().post(PATH, body, content_type="application/json", headers=headers).status_code == 401


def test_signed_and_yet_no_payment(db: None) -> None:
    known = signed_by()
    assert known is not None
    headers, body = notifying.written(Paid("a b", "1", 1, AT), account=known[0], key=known[1], path=PATH)
    answer = Client().post(PATH, body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()) == (422, {"result": "unreadable"})


def test_the_same_notification_eight_times_at_once_is_one_payment(fresh_database: str) -> None:
    with opening():
        order = ordered()
        outcomes = at_once(times(8, actions.take, by=PLATFORM, told=told(order)))
        assert sorted(map(str, outcomes)) == ["again"] * 7 + ["paid"]
        order.refresh_from_db()
        assert (order.state, order.paid, order.moves) == ("paid", DUE, 2)
        assert Document.objects.filter(kind="fiscal-receipt").count() == 1 and PaymentDifference.objects.count() == 0


def test_several_notifications_at_once_pay_once_and_the_rest_are_differences(fresh_database: str) -> None:
    with opening():
        order = ordered()
        doings = [*times(2, actions.take, by=PLATFORM, told=told(order, "T1")), *times(2, actions.take, by=PLATFORM, told=told(order, "T2")),
                  *times(2, actions.take, by=PLATFORM, told=told(order, "T3", 1)), *times(2, actions.take, by=PLATFORM, told=actions.Told("T4", "9", 1, AT))]  # fmt: skip
        outcomes = [str(outcome) for outcome in at_once(doings)]
        assert outcomes.count("paid") == 1 and outcomes.count("again") == 1 and outcomes.count("paid-twice") >= 2
        kinds = list(PaymentDifference.objects.values_list("kind", flat=True))
        assert kinds.count("unknown-code") == 1 and kinds.count("paid-twice") in (1, 2) and len(kinds) <= 4
        order.refresh_from_db()
        assert order.paid == DUE


def test_cut_off_before_the_commit_nothing_happened_and_the_next_notification_pays(fresh_database: str) -> None:
    """The connection dies after everything was written and before it was committed: as when the machine does."""
    with opening():
        order = ordered()
        rows = Entry.objects.count()
        with pytest.raises(DatabaseError), transaction.atomic():
            assert actions.take(by=PLATFORM, told=told(order)) == "paid"
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        connection.close()
        order.refresh_from_db()
        assert (order.state, order.paid, order.receipt, Entry.objects.count()) == ("issued", 0, "", rows)
        assert notified(paid_for(order)).json() == {"result": "taken"}
        order.refresh_from_db()
        assert (order.state, Entry.objects.count(), PaymentDifference.objects.count()) == ("paid", rows + 1, 0)


def test_the_visitor_pays_on_the_simulated_platform(fresh_database: str, settings: Any) -> None:
    with opening() as hand:
        order, visitor = ordered(), Client()
        relay_and_work()
        treasury = chosen()
        assert isinstance(treasury, VirtualTreasury)
        bill = treasury.bill(order.code)
        assert bill is not None and (bill.amount, bill.state) == (DUE, "open")
        address = reverse("pay", args=[order.code])
        page = visitor.get(address).content.decode()
        assert "50.00" in page and order.payer.name not in page
        assert [visitor.post(address).status_code for _ in range(2)] == [303, 303]
        order.refresh_from_db()
        assert order.state == "paid" and order.paid_at == hand.moment
        assert "已缴清" in visitor.get(address, headers={"Accept-Language": "zh"}).content.decode()
        relay_and_work()
        settings.DEMONSTRATION = False
        assert visitor.get(address).status_code == 404


def test_a_cancelled_code_cannot_be_paid(fresh_database: str) -> None:
    with opening():
        order = ordered()
        relay_and_work()
        actions.cancel(by=SYSTEM, order_id=order.pk, reason="开错")
        relay_and_work()
        assert Client().post(reverse("pay", args=[order.code])).status_code == 303
        order.refresh_from_db()
        assert order.state == "cancelled" and PaymentDifference.objects.count() == 0
