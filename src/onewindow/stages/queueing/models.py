"""The queue: one row a ticket, ordered so that the order never changes with time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.kernel.ledger.models import Subject
from onewindow.stages.queueing.states import TICKET, WITH_WINDOW

# Between the hall's letter and the number of a reserve ticket: no number of an ordinary day has it.
RESERVE = "-备"


class Ticket(Subject):
    """One place in a hall's queue. `number` is what is printed and called ("A012").

    `effective_at` is the moment taken, less the head start of priority, plus the way still to go; the queue is ordered by it and
    by id. `once` is the nonce of the screen that asked, so that a double click takes one ticket.
    `called_at`, `seated_at` and `ended_at` are when its holder was last called, sat down, and left: what
    waits and sittings are measured by. `paper_at` marks a number from a reserve booklet, given out by hand during an outage: the moment
    it was given, which is its place in the queue too. Its `number` ("A-备003") is good once, ever.
    """

    machine = TICKET
    hall = models.ForeignKey("places.Hall", on_delete=models.PROTECT, related_name="+")
    local_day = models.DateField()
    serial = models.IntegerField()
    number = models.CharField(max_length=12)
    effective_at = models.DateTimeField()
    holder = models.ForeignKey("people.Party", null=True, on_delete=models.PROTECT, related_name="+")
    window = models.ForeignKey("places.Window", null=True, on_delete=models.PROTECT, related_name="+")
    once = models.UUIDField(unique=True)
    called_at = models.DateTimeField(null=True)
    seated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    paper_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "queueing_ticket"
        constraints: ClassVar = [
            Subject.state_constraint(TICKET),
            models.UniqueConstraint(
                fields=["hall", "local_day", "serial"], condition=models.Q(paper_at__isnull=True), name="queueing_number_once_a_day"
            ),
            models.UniqueConstraint(fields=["hall", "number"], condition=models.Q(paper_at__isnull=False), name="queueing_paper_once"),
            models.UniqueConstraint(
                fields=["window"], condition=models.Q(state__in=sorted(WITH_WINDOW)), name="queueing_one_ticket_a_window"
            ),
            models.CheckConstraint(
                condition=models.Q(window__isnull=False) | ~models.Q(state__in=["called", "serving", "served"]),
                name="queueing_called_to_a_window",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["hall", "local_day", "effective_at", "id"], condition=models.Q(state="waiting"),
                name="queueing_waiting",
            ),
        ]  # fmt: skip
