"""Outages, the reserve booklets printed for them, and the hand-written receipts entered afterwards."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.kernel.ledger.models import Subject
from onewindow.spine.cases.rules import OnPaper
from onewindow.stages.outage.rules import receipt_number, ticket_number
from onewindow.stages.outage.states import BACK_ENTRY, BOOKLET, OUTAGE


class Outage(Subject):
    """The system was away from `started_at` to `ended_at`, both as the manager says, whenever it was declared."""

    machine = OUTAGE
    reason = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outage_outage"
        constraints: ClassVar = [
            Subject.state_constraint(OUTAGE),
            models.UniqueConstraint(fields=["site"], condition=models.Q(state="declared"), name="outage_one_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(state="declared", ended_at__isnull=True) | models.Q(state="ended", ended_at__gte=models.F("started_at")),
                name="outage_ends_after_it_began",
            ),
        ]


class Booklet(Subject):
    """Reserve tickets and receipts of a hall, printed together, both numbered `first` to `last`. `once` is the form's nonce."""

    machine = BOOKLET
    hall = models.ForeignKey("places.Hall", on_delete=models.PROTECT, related_name="+")
    first = models.IntegerField()
    last = models.IntegerField()
    printed_by = models.ForeignKey("staff.Staff", on_delete=models.PROTECT, related_name="+")
    once = models.UUIDField(unique=True)

    class Meta:
        db_table = "outage_booklet"
        constraints: ClassVar = [
            Subject.state_constraint(BOOKLET),
            models.UniqueConstraint(fields=["hall", "first"], name="outage_booklets_do_not_overlap"),
            models.CheckConstraint(condition=models.Q(first__gte=1, last__gte=models.F("first")), name="outage_booklet_has_numbers"),
        ]

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def tickets(self) -> list[str]:
        return [ticket_number(self.hall.code, n) for n in range(self.first, self.last + 1)]

    @property
    def receipts(self) -> list[str]:
        return [receipt_number(self.hall.code, n) for n in range(self.first, self.last + 1)]


class BackEntry(Subject):
    """A hand-written receipt, entered after the outage in a `visit` of its own; `case` what became of it.

    `received_at` is when the papers were really handed in, `accepted_on` the day of an acceptance on paper; `began_at` is when
    the entering began. As long as it is not dropped, nobody else can enter the same number.
    """

    machine = BACK_ENTRY
    booklet = models.ForeignKey(Booklet, on_delete=models.PROTECT, related_name="entries")
    n = models.IntegerField()
    number = models.CharField(max_length=16)
    visit = models.OneToOneField("visits.Visit", on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    accepted_on = models.DateField(null=True)
    entered_by = models.ForeignKey("staff.Staff", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("staff.Staff", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "outage_back_entry"
        constraints: ClassVar = [
            Subject.state_constraint(BACK_ENTRY),
            models.UniqueConstraint(fields=["booklet", "n"], condition=~models.Q(state="dropped"), name="outage_receipt_entered_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["begun", "dropped"], case__isnull=True) | models.Q(state__in=["entered", "confirmed"], case__isnull=False),
                name="outage_entered_is_a_case",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("entered_by")), name="outage_confirmed_by_another"
            ),
        ]

    @property
    def on_paper(self) -> OnPaper:
        return OnPaper(self.number, self.received_at, self.accepted_on)
