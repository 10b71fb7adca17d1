"""The manager's page of fees, and the delivery window that waits for the money: pressed as people press."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onewindow.errands.collection import collect
from onewindow.errands.decision import decide
from onewindow.errands.tests.scene import MAKER, REGION, TAIL, agent, opening, refused, relay_and_work, staff
from onewindow.foundation.staff.models import Staff
from onewindow.instruments.payments.installed import chosen
from onewindow.instruments.payments.virtual import VirtualTreasury
from onewindow.kernel.errors import FeesUnpaid
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.queries import query_code
from onewindow.stages.delivery.actions import make_available
from onewindow.stages.payment import actions
from onewindow.stages.payment.models import PaymentDifference, PaymentOrder, Refund
from onewindow.stages.payment.tests.scene import DUE, PLATFORM, granted_card, ordered, told


def signed_in(username: str) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(Staff.objects.get(username=username))
    return client


def test_the_result_waits_for_the_fee_and_the_decision_did_not(db: None) -> None:
    with opening():
        case = granted_card()  # granted though nothing was paid
        result = make_available(by=MAKER, case=case, region=REGION)
        handover = signed_in("handover01")
        assert handover.post(reverse("handover"), {"number": "440524188001010014"}).status_code == 200
        assert "开缴款通知" in handover.get(reverse("handover")).content.decode()
        with refused(FeesUnpaid) as no:
            collect(by=staff("handover01"), results=[result], collector=agent(), tail=TAIL)
        assert "还有费用没有缴清" in no.value.message("zh")
        assert handover.post(reverse("cashier-issue", args=[case.uuid])).status_code == 303
        order = PaymentOrder.objects.get(case=case)
        page = handover.get(reverse("handover")).content.decode()
        assert order.code_shown in page and "data:image/svg+xml" in page and "开缴款通知" not in page
        public = Client().get(reverse("progress", args=[query_code(case.visit)])).content.decode()
        assert order.code_shown in public and reverse("pay", args=[order.code]) in public
        actions.take(by=PLATFORM, told=told(order))
        collect(by=staff("handover01"), results=[result], collector=agent(), tail=TAIL)
        assert Case.objects.get(pk=case.pk).state == "closed"


def test_whoever_is_denied_pays_nothing(fresh_database: str) -> None:
    with opening():
        from onewindow.errands.tests.scene import accepted, seated
        from onewindow.stages.payment.tests.scene import CARD, LOST

        case = accepted(*seated(), CARD, answers=LOST)
        decide(by=staff("police01"), case_id=case.pk, verb="deny", words="材料不实（演示）")
        relay_and_work()
        case = Case.objects.get(pk=case.pk)
        collect(by=staff("handover01"), results=[case.result], collector=agent(), tail=TAIL)
        assert PaymentOrder.objects.count() == 0


def test_the_handlers_issue_tell_the_platform_and_make_refunds(fresh_database: str) -> None:
    with opening():
        case = granted_card()
        answered = relay_and_work()
        assert answered.count("payment.charge_when_granted") == 1 and answered.count("payment.tell_platform") == 1
        order, treasury = PaymentOrder.objects.get(case=case), chosen()
        assert isinstance(treasury, VirtualTreasury)
        paid = treasury.pay(order.code, at=told(order).at)
        assert paid is not None
        manager = signed_in("manager01")
        assert manager.post(reverse("cashier-look", args=[order.uuid])).status_code == 303
        order.refresh_from_db()
        assert order.state == "paid" and order.transaction == paid.transaction
        handover = signed_in("handover01")
        asked = {"amount": "20", "reason": "多收", "once": "01920000-0000-7000-8000-000000000009"}
        for _ in range(2):
            assert handover.post(reverse("cashier-ask", args=[order.uuid]), asked).status_code == 303
        refund = Refund.objects.get()
        assert handover.post(reverse("cashier-refund", args=[refund.uuid]), {"verb": "approve"}).status_code == 403
        assert "等审批的退付" in manager.get(reverse("cashier")).content.decode()
        assert manager.post(reverse("cashier-refund", args=[refund.uuid]), {"verb": "approve"}).status_code == 303
        relay_and_work()
        assert treasury.refunds() == [(str(refund.uuid), paid.transaction, 2000)]
        order.refresh_from_db()
        assert (order.state, order.refunded) == ("partly-refunded", 2000)


def test_a_refund_the_platform_rejects_fails_and_is_looked_into(fresh_database: str) -> None:
    with opening():
        order = ordered()
        actions.take(by=PLATFORM, told=told(order))  # the treasury knows nothing of it
        refund = actions.ask_refund(by=staff("handover01"), order_id=order.pk, amount=1, reason="多收", once=order.uuid)
        actions.approve_refund(by=staff("manager01"), refund_id=refund.pk)
        relay_and_work()
        refund.refresh_from_db()
        order.refresh_from_db()
        assert (refund.state, order.state, order.refunded) == ("failed", "paid", 0)
        assert [d.kind for d in PaymentDifference.objects.all()] == ["refund-rejected"]


def test_forms_that_are_refused_come_back_with_a_sentence(fresh_database: str) -> None:
    with opening():
        order, manager = ordered(), signed_in("manager01")
        for name, fields, word in (
            ("cashier-reduce", {"amount": "abc", "reason": "x"}, "请写成 20.00 这样"), ("cashier-reduce", {"amount": "60", "reason": "x"}, "应在 0.01 到 50.00 元之间"),
            ("cashier-reduce", {"amount": "5", "reason": ""}, "请写明"), ("cashier-cancel", {"reason": ""}, "请写明"),
        ):  # fmt: skip
            answer = manager.post(reverse(name, args=[order.uuid]), fields)
            assert answer.status_code == 422 and word in answer.content.decode()
        answer = manager.post(reverse("cashier-reduce", args=[order.uuid]), {"amount": "10.5", "reason": "其他生活确有困难（演示）"})
        smaller = PaymentOrder.objects.get(replaces=order)
        assert answer.headers["Location"] == reverse("cashier-order", args=[smaller.uuid]) and smaller.due == DUE - 1050
        assert signed_in("handover01").post(reverse("cashier-reduce", args=[smaller.uuid]), {"amount": "1", "reason": "x"}).status_code == 403


def test_a_statement_is_read_line_by_line(db: None) -> None:
    with opening():
        order, manager = ordered(), signed_in("manager01")
        actions.take(by=PLATFORM, told=told(order))

        def sent(text: str, encoding: str = "utf-8", day: str = "2026-09-24") -> tuple[int, str]:
            file = SimpleUploadedFile("s.csv", text.encode(encoding))
            answer = manager.post(reverse("cashier-statement"), {"day": day, "statement": file}, follow=True)
            return answer.status_code, answer.content.decode()

        head = "类型,缴款码,流水号,金额\r\n"
        for encoding in ("utf-8", "utf-8-sig", "gb18030"):
            status, page = sent(f"{head}收,{order.code},T1,50.00\r\n", encoding)
            assert status == 200 and "没有差异" in page
        assert PaymentDifference.objects.count() == 0
        status, page = sent(f"{head}收,{order.code},T1,5.00\r\n收,{order.code},T7,50.00\r\n")
        assert status == 200 and "2 处" in page and PaymentDifference.objects.count() == 2
        for text, word in ((head + "付,1,2,3.00", "第 2 行"), (head + "收,1,2", "第 2 行"), (head + "收,1,2,3", "第 2 行"), ("x", "第一行应为"), ("", "第一行应为")):
            status, page = sent(text)
            assert status == 422 and word in page
        assert sent(head, day="x")[0] == 422
        found = PaymentDifference.objects.order_by("id")[0]
        assert manager.post(reverse("cashier-settle", args=[found.uuid]), {"note": "平台已更正"}).status_code == 303
        assert PaymentDifference.objects.get(pk=found.pk).state == "settled"
