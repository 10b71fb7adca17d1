"""Results waiting to be handed over, and the record of whose hand took them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.kernel.ledger.models import Subject
from onewindow.stages.delivery.states import RESULT


class Result(Subject):
    """What one case produced: a licence, or a decision to deny. One a case.

    `deliver_by` is ten working days after the decision (licensing law art 44). `collected_by` is the
    party whose hand took it, `collected_at` when.
    """

    machine = RESULT
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="result")
    document = models.ForeignKey("cases.Document", on_delete=models.PROTECT, related_name="+")
    deliver_by = models.DateField()
    collected_by = models.ForeignKey("people.Party", null=True, on_delete=models.PROTECT, related_name="+")
    collected_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "delivery_result"
        constraints: ClassVar = [
            Subject.state_constraint(RESULT),
            models.CheckConstraint(
                condition=models.Q(state="collected", collected_by__isnull=False, collected_at__isnull=False)
                | models.Q(state="available", collected_by__isnull=True, collected_at__isnull=True),
                name="delivery_collected_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["site", "deliver_by"], condition=models.Q(state="available"), name="delivery_available"),
        ]
