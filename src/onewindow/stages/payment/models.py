"""Payment notices, refunds and differences about money. Every sum is a whole number of fen (0.01 yuan)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.words import Words
from onewindow.stages.payment.rules import DIFFERENCES
from onewindow.stages.payment.states import DIFFERENCE, ORDER, REFUND
from onewindow.stages.payment.sums import grouped_code, yuan


class PaymentOrder(Subject):
    """What one case has to pay for one purpose (缴款通知), under one payment code (缴款码).

    `lines` are the fees as they stood in the item version the case pins: code, name, basis, unit price, quantity, per, amount.
    `due` is what is to be paid: `full` less `reduction`, for the stated reason and by whom. `replaces` is the notice that a reduced or
    a renewed one stands for. `transaction` is the payment platform's number; `receipt` that of the fiscal receipt (财政电子票据).
    """

    PURPOSES: ClassVar = {
        "decision": Words("作出决定以前缴清", "to be paid before the decision"),
        "delivery": Words("领取结果以前缴清", "to be paid before the result is handed over"),
    }

    machine = ORDER
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="payment_orders")
    payer = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10)
    code = models.CharField(max_length=20, unique=True)
    lines = models.JSONField()
    full = models.BigIntegerField()
    reduction = models.BigIntegerField(default=0)
    reduction_reason = models.CharField(max_length=300, blank=True, default="")
    reduced_by = models.BigIntegerField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    due = models.BigIntegerField()
    due_by = models.DateField()
    paid = models.BigIntegerField(default=0)
    refunded = models.BigIntegerField(default=0)
    transaction = models.CharField(max_length=64, blank=True, default="")
    paid_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=18, blank=True, default="")

    class Meta:
        db_table = "payment_order"
        constraints: ClassVar = [
            Subject.state_constraint(ORDER),
            models.CheckConstraint(condition=Q(purpose__in=["decision", "delivery"]), name="payment_purpose_is_known"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{20}$"), name="payment_code_is_twenty_digits"),
            models.CheckConstraint(
                condition=Q(full__gt=0, reduction__gte=0, reduction__lte=F("full"), due=F("full") - F("reduction")), name="payment_due_is_full_less_reduction"
            ),
            models.CheckConstraint(condition=Q(paid__gte=0, paid__lte=F("due")), name="payment_paid_at_most_due"),
            models.CheckConstraint(condition=Q(refunded__gte=0, refunded__lte=F("paid")), name="payment_refunded_at_most_paid"),
            models.CheckConstraint(
                condition=Q(reduction=0, reduction_reason="", reduced_by__isnull=True)
                | (Q(reduction__gt=0, reduced_by__isnull=False) & ~Q(reduction_reason="")),
                name="payment_reduced_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["paid", "partly-refunded", "refunded"], paid=F("due"), due__gt=0, paid_at__isnull=False)
                    & ~Q(transaction="")
                    & ~Q(receipt="")
                )
                | Q(state="waived", due=0, paid=0, transaction="", receipt="")
                | Q(state__in=["issued", "cancelled", "expired"], due__gt=0, paid=0, transaction="", receipt=""),
                name="payment_paid_whole_with_its_receipt",
            ),
            models.CheckConstraint(
                condition=Q(state="partly-refunded", refunded__gt=0, refunded__lt=F("paid"))
                | Q(state="refunded", refunded=F("paid"))
                | (~Q(state__in=["partly-refunded", "refunded"]) & Q(refunded=0)),
                name="payment_refunded_as_its_state_says",
            ),
            models.UniqueConstraint(fields=["transaction"], condition=~Q(transaction=""), name="payment_transaction_counted_once"),
            models.UniqueConstraint(fields=["receipt"], condition=~Q(receipt=""), name="payment_receipt_numbered_once"),
            # One that is open, or one that settled it: never two that could both be paid.
            models.UniqueConstraint(fields=["case", "purpose"], condition=~Q(state__in=["cancelled", "expired"]), name="payment_one_standing_a_purpose"),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["site", "-id"], name="payment_by_site"),
            models.Index(fields=["paid_at"], condition=Q(paid_at__isnull=False), name="payment_by_day"),
        ]

    @property
    def due_yuan(self) -> str:
        return yuan(self.due)

    @property
    def paid_yuan(self) -> str:
        return yuan(self.paid)

    @property
    def reduction_yuan(self) -> str:
        return yuan(self.reduction)

    @property
    def refundable_yuan(self) -> str:
        return yuan(self.paid - self.refunded)

    @property
    def code_shown(self) -> str:
        """The payment code in groups of four, as people read it out."""
        return grouped_code(self.code)

    @property
    def purpose_words(self) -> Words:
        return self.PURPOSES[self.purpose]

    @property
    def shown_lines(self) -> list[dict[str, Any]]:
        """The lines with their sums in yuan."""
        return [line | {"unit_yuan": yuan(line["unit"]), "amount_yuan": yuan(line["amount"])} for line in self.lines]


class Refund(Subject):
    """Money given back (退付): asked for by one person with a reason, approved by another (四眼), made by the platform under `uuid`."""

    machine = REFUND
    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    asked_by = models.BigIntegerField()
    decided_by = models.BigIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")
    made_at = models.DateTimeField(null=True)
    once = models.UUIDField(unique=True)

    class Meta:
        db_table = "payment_refund"
        constraints: ClassVar = [
            Subject.state_constraint(REFUND),
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(reason=""), name="payment_refund_says_why"),
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="payment_refund_by_two_people"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True) | (~Q(state="asked") & Q(decided_by__isnull=False)), name="payment_refund_decided_by_somebody"
            ),
            models.CheckConstraint(condition=Q(state="made", made_at__isnull=False) | (~Q(state="made") & Q(made_at__isnull=True)), name="payment_refund_made_at"),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "id"], condition=Q(state__in=["asked", "approved"]), name="payment_refunds_open")]

    @property
    def amount_yuan(self) -> str:
        return yuan(self.amount)


class PaymentDifference(Subject):
    """Money that does not agree with the book, for a person to look into: nothing of it was counted as paid.

    `kind` is one of `rules.DIFFERENCES`; `expected` is what the book says and `found` what the platform or its statement says, in fen.
    """

    machine = DIFFERENCE
    kind = models.CharField(max_length=24)
    code = models.CharField(max_length=40)
    transaction = models.CharField(max_length=64, blank=True)
    expected = models.BigIntegerField(null=True)
    found = models.BigIntegerField(null=True)
    day = models.DateField()
    settled_by = models.BigIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "payment_difference"
        constraints: ClassVar = [
            Subject.state_constraint(DIFFERENCE),
            models.CheckConstraint(condition=Q(kind__in=sorted(DIFFERENCES)), name="payment_difference_kind_is_known"),
            # The same callback again, or the same statement, finds nothing twice.
            models.UniqueConstraint(fields=["kind", "code", "transaction"], name="payment_difference_once"),
            models.CheckConstraint(
                condition=Q(state="open", settled_by__isnull=True) | (Q(state="settled", settled_by__isnull=False) & ~Q(note="")),
                name="payment_difference_settled_with_words",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "-id"], condition=Q(state="open"), name="payment_differences_open")]

    @property
    def words(self) -> Words:
        return DIFFERENCES[self.kind]

    @property
    def expected_yuan(self) -> str:
        return "" if self.expected is None else yuan(self.expected)

    @property
    def found_yuan(self) -> str:
        return "" if self.found is None else yuan(self.found)
