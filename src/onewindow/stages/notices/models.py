"""Messages to people, each with the one cause it has."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.kernel.ledger.models import Subject
from onewindow.stages.notices.states import NOTICE


class Notice(Subject):
    """One message to one party for one cause. The text is rendered when sent and is not kept here.

    `cause` is the ledger row told of; (cause, party, template) is unique, so nothing is told twice.
    """

    machine = NOTICE
    cause = models.BigIntegerField()
    party = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=40)
    values = models.JSONField()

    class Meta:
        db_table = "notices_notice"
        constraints: ClassVar = [
            Subject.state_constraint(NOTICE),
            models.UniqueConstraint(fields=["cause", "party", "template"], name="notices_once_a_cause"),
        ]
        indexes: ClassVar = [models.Index(fields=["id"], condition=models.Q(state="queued"), name="notices_queued")]
