"""A visit: one sitting at one window, in which several items of several departments may be handled."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.kernel.ledger.models import Subject
from onewindow.spine.visits.states import VISIT


class Visit(Subject):
    """`ticket` is the key of the queue's ticket (a stage's row, so no foreign key points up to it). None: nobody was called, a
    receipt written by hand during an outage is entered afterwards, and `ticket_number` is the receipt's.

    `claim` is whose number was typed where the ticket was taken, until somebody has compared the document:
    anybody can type a number. `query_blind` finds the visit by the query code printed on its receipt; the code itself is sealed.
    """

    machine = VISIT
    window = models.ForeignKey("places.Window", on_delete=models.PROTECT, related_name="+")
    ticket = models.BigIntegerField(unique=True, null=True)
    ticket_number = models.CharField(max_length=12)
    agent = models.ForeignKey("people.Party", null=True, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey("people.Party", null=True, on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey("people.Party", null=True, on_delete=models.PROTECT, related_name="+")
    query_blind = models.BinaryField(max_length=32, unique=True)
    query_key = models.BinaryField()
    query_sealed = models.BinaryField()

    class Meta:
        db_table = "visits_visit"
        constraints: ClassVar = [
            Subject.state_constraint(VISIT),
            models.UniqueConstraint(fields=["window"], condition=models.Q(state="open"), name="visits_one_open_a_window"),
        ]
