"""What somebody of the IT office did to the machinery, for the ledger."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.kernel.ledger.models import Subject
from onewindow.oversight.health.states import INTERVENTION


class Intervention(Subject):
    """A failed job was let run once more: its number and what kind of job."""

    machine = INTERVENTION
    job = models.BigIntegerField()
    task = models.CharField(max_length=128)

    class Meta:
        db_table = "health_intervention"
        constraints: ClassVar = [Subject.state_constraint(INTERVENTION)]
