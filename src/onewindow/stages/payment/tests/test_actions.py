"""Notices, payments, reductions and refunds: exact effects, in any order, and nothing besides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onewindow.errands.tests.scene import FOOD, decided, newest, opening, refused, rows_written, seated, staff, verbs
from onewindow.kernel import clock
from onewindow.kernel.errors import FeeUnlawful, InvalidInput, NotPermitted, OwnRefund, WrongState
from onewindow.kernel.keys import uuid7
from onewindow.spine.cases.models import Document
from onewindow.stages.payment import actions
from onewindow.stages.payment.models import PaymentDifference, PaymentOrder, Refund
from onewindow.stages.payment.queries import booked_on, unpaid
from onewindow.stages.payment.rules import Booked
from onewindow.stages.payment.sums import is_payment_code
from onewindow.stages.payment.tests.scene import DUE, PLATFORM, SYSTEM, granted_card, ordered, told


def test_a_notice_says_what_is_charged_and_by_which_law(db: None) -> None:
    with opening():
        case = granted_card()
        with rows_written() as rows:
            order = ordered(case)
        assert rows == ["payment-order.issue"]
        assert (order.state, order.full, order.due, order.paid, order.reduction) == ("issued", DUE, DUE, 0, 0)
        assert [line["code"] for line in order.lines] == ["lost", "temporary"] and is_payment_code(order.code)
        assert order.due_by == clock.today() + timedelta(days=30) and order.payer_id == case.applicant_id
        paper = Document.objects.get(case=case, kind="payment-notice")
        text = str(paper.content["blocks"])
        assert "《居民身份证法》第二十一条" in text and "人民币伍拾元整" in text and paper.content["demo"] is True
        assert newest(order).facts["digest"] == paper.digest
        with rows_written() as again:
            assert ordered(case).pk == order.pk
        assert again == []


def test_what_is_free_has_no_notice_and_a_fee_of_nobody_s_law_is_refused(db: None) -> None:
    with opening():
        case = decided(*seated())
        assert actions.issue(by=SYSTEM, case_id=case.pk, purpose="delivery") is None and not unpaid(case, "delivery")
        card = granted_card(*_next())
        assert unpaid(card, "delivery")
        with refused(FeeUnlawful) as no:
            actions.issue(by=SYSTEM, case_id=case.pk, purpose="delivery", fees=["stamp"])
        assert "第五十八条" in no.value.message("zh")
        with refused(FeeUnlawful):
            actions.issue(by=SYSTEM, case_id=card.pk, purpose="delivery", fees=["renewal"])
        with refused(NotPermitted):
            actions.issue(by=staff("clerk02"), case_id=card.pk, purpose="delivery")
    assert case.item.code == FOOD


def test_a_payment_is_counted_once_with_its_receipt(db: None) -> None:
    with opening():
        order = ordered()
        with rows_written() as rows:
            assert [actions.take(by=PLATFORM, told=told(order)) for _ in range(3)] == ["paid", "again", "again"]
        assert rows == ["payment-order.pay"]
        order.refresh_from_db()
        assert (order.state, order.paid, order.transaction, len(order.receipt)) == ("paid", DUE, "T1", 18)
        receipt = Document.objects.get(case_id=order.case_id, kind="fiscal-receipt")
        assert receipt.content["number"] == order.receipt and "大写：人民币伍拾元整" in str(receipt.content["blocks"])
        assert not unpaid(order.case, "delivery") and PaymentDifference.objects.count() == 0
        assert booked_on(order.paid_at.date()) == [Booked("payment", order.code, "T1", DUE)]


@pytest.mark.parametrize("amount", [DUE - 1, DUE + 1, 1])
def test_another_sum_is_never_silently_taken(db: None, amount: int) -> None:
    with opening():
        order = ordered()
        with rows_written() as rows:
            assert {actions.take(by=PLATFORM, told=told(order, amount=amount)) for _ in range(2)} == {"amount-differs"}
        assert rows == ["payment-difference.find"]
        order.refresh_from_db()
        assert (order.state, order.paid, order.transaction) == ("issued", 0, "")
        found = PaymentDifference.objects.get()
        assert (found.kind, found.expected, found.found, found.site) == ("amount-differs", DUE, amount, "demo-centre")


def test_money_for_what_is_not_ours_or_closed_or_paid(db: None) -> None:
    with opening():
        order, other = ordered(), ordered(granted_card(*_next()))
        assert actions.take(by=PLATFORM, told=told(order)) == "paid"
        assert actions.take(by=PLATFORM, told=told(order, "T2")) == "paid-twice"
        assert actions.take(by=PLATFORM, told=told(order, "T1", 7)) == "amount-differs"
        assert actions.take(by=PLATFORM, told=told(other, "T1")) == "transaction-reused"
        assert actions.take(by=PLATFORM, told=actions.Told("T9", "9" * 20, 100, clock.now())) == "unknown-code"
        actions.cancel(by=SYSTEM, order_id=other.pk, reason="开错")
        assert actions.take(by=PLATFORM, told=told(other, "T3")) == "order-closed"
    kinds = PaymentDifference.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["amount-differs", "order-closed", "paid-twice", "transaction-reused", "unknown-code"]
    assert PaymentOrder.objects.filter(paid__gt=0).count() == 1


def _next() -> tuple[object, object]:
    return seated("clerk02", 1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([("T1", DUE), ("T1", DUE - 1), ("T2", DUE), ("T3", 1)]), max_size=7))
def test_notifications_in_any_order_and_however_often(db: None, said: list[tuple[str, int]]) -> None:
    """The first whole sum pays; nothing is counted twice; everything else is a difference, once each."""
    sid = transaction.savepoint()
    with opening():
        order = ordered()
        for transaction_number, amount in said:
            actions.take(by=PLATFORM, told=told(order, transaction_number, amount))
        order.refresh_from_db()
        first = next((number for number, amount in said if amount == DUE), None)
        assert (order.paid, order.transaction) == ((DUE, first) if first else (0, ""))
        assert Document.objects.filter(kind="fiscal-receipt").count() == (1 if first else 0)
        wrong = PaymentDifference.objects.count()
        assert wrong <= len({*said}) and (wrong > 0) == any(amount != DUE or number != first for number, amount in said)
    transaction.savepoint_rollback(sid)


def test_a_part_is_taken_off_under_a_new_code_and_the_whole_waives(db: None) -> None:
    with opening():
        order, manager = ordered(), staff("manager01")
        with refused(InvalidInput):
            actions.reduce(by=manager, order_id=order.pk, amount=DUE, reason=" ")
        with refused(InvalidInput):
            actions.reduce(by=manager, order_id=order.pk, amount=DUE + 1, reason="低保")
        with refused(NotPermitted):
            actions.reduce(by=staff("handover01"), order_id=order.pk, amount=DUE, reason="低保")
        smaller = actions.reduce(by=manager, order_id=order.pk, amount=2000, reason="其他生活确有困难（演示）")
        order.refresh_from_db()
        assert (order.state, smaller.state, smaller.due, smaller.reduction, smaller.replaces_id) == ("cancelled", "issued", 3000, 2000, order.pk)
        assert smaller.code != order.code and str(smaller.reduced_by) == manager.id
        assert Document.objects.filter(case_id=order.case_id, kind="payment-notice").count() == 2
        waived = actions.reduce(by=manager, order_id=smaller.pk, amount=3000, reason="低保（演示）")
        assert (waived.state, waived.due, waived.full, verbs(waived)) == ("waived", 0, DUE, ["issue", "waive"])
        assert not unpaid(waived.case, "delivery")
        with refused(WrongState):
            actions.reduce(by=manager, order_id=waived.pk, amount=1, reason="再减")


def test_a_notice_past_its_day_is_issued_anew(db: None) -> None:
    with opening() as hand:
        order = ordered()
        hand.moment += timedelta(days=31)
        fresh = ordered(order.case)
        order.refresh_from_db()
        assert (order.state, fresh.state, fresh.due) == ("expired", "issued", DUE) and fresh.code != order.code


def test_a_refund_takes_two_people_and_never_more_than_was_paid(db: None) -> None:
    with opening():
        order, asker, manager = ordered(), staff("handover01"), staff("manager01")
        with refused(WrongState):
            actions.ask_refund(by=asker, order_id=order.pk, amount=1, reason="多收", once=uuid7())
        actions.take(by=PLATFORM, told=told(order))
        once = uuid7()
        refund = actions.ask_refund(by=asker, order_id=order.pk, amount=2000, reason="多收", once=once)
        assert actions.ask_refund(by=asker, order_id=order.pk, amount=2000, reason="多收", once=once).pk == refund.pk
        for amount in (3001, 0, -1):
            with refused(InvalidInput):
                actions.ask_refund(by=asker, order_id=order.pk, amount=amount, reason="多收", once=uuid7())
        with refused(NotPermitted):
            actions.approve_refund(by=asker, refund_id=refund.pk)
        own = actions.ask_refund(by=manager, order_id=order.pk, amount=100, reason="误收", once=uuid7())
        with refused(OwnRefund):
            actions.approve_refund(by=manager, refund_id=own.pk)
        with refused(OwnRefund):
            actions.decline_refund(by=manager, refund_id=own.pk, note="不")
        actions.decline_refund(by=staff("manager02"), refund_id=own.pk, note="没有误收")
        actions.approve_refund(by=manager, refund_id=refund.pk)
        actions.made_refund(by=SYSTEM, refund_id=refund.pk)
        with refused(WrongState):
            actions.made_refund(by=SYSTEM, refund_id=refund.pk)
        order.refresh_from_db()
        assert (order.state, order.refunded) == ("partly-refunded", 2000)
        rest = actions.ask_refund(by=asker, order_id=order.pk, amount=3000, reason="撤销", once=uuid7())
        actions.approve_refund(by=manager, refund_id=rest.pk)
        actions.made_refund(by=SYSTEM, refund_id=rest.pk)
        order.refresh_from_db()
        assert (order.state, order.refunded) == ("refunded", DUE)
        assert Document.objects.filter(case_id=order.case_id, kind="refund-notice").count() == 2
        assert [line.kind for line in booked_on(clock.today())] == ["payment", "refund", "refund"]


@pytest.mark.parametrize(
    "columns", [{"paid": DUE + 1}, {"paid": 1}, {"refunded": 1}, {"due": 1}, {"code": "1"}, {"reduction": 1}, {"state": "paid"}, {"lines": None}]
)
def test_the_database_refuses_what_must_never_be(db: None, columns: dict[str, object]) -> None:
    with opening():
        order = ordered()
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentOrder.objects.filter(pk=order.pk).update(**columns)


def test_the_database_refuses_a_second_notice_and_a_refund_by_one(db: None) -> None:
    with opening():
        order = ordered()
        actions.take(by=PLATFORM, told=told(order))
        refund = actions.ask_refund(by=staff("manager01"), order_id=order.pk, amount=1, reason="x", once=uuid7())
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(state="approved", decided_by=refund.asked_by)


def test_a_statement_finds_its_differences_once(db: None) -> None:
    with opening():
        order, manager = ordered(), staff("manager01")
        actions.take(by=PLATFORM, told=told(order))
        day = clock.local(told(order).at).date()
        right = [Booked("payment", order.code, "T1", DUE)]
        assert actions.reconcile(by=manager, day=day, statement=right) == []
        wrong = [Booked("payment", order.code, "T1", 1), Booked("payment", "8" * 20, "T8", 5)]
        for _ in range(2):
            assert [d.kind for d in actions.reconcile(by=manager, day=day, statement=wrong)] == ["statement-differs", "only-in-statement"]
        assert PaymentDifference.objects.count() == 2
        with refused(NotPermitted):
            actions.reconcile(by=staff("handover01"), day=day, statement=right)
        found = PaymentDifference.objects.order_by("id")[0]
        with refused(InvalidInput):
            actions.settle(by=manager, difference_id=found.pk, note="")
        actions.settle(by=manager, difference_id=found.pk, note="平台次日更正")
        found.refresh_from_db()
        assert (found.state, found.note) == ("settled", "平台次日更正")
