"""Applicants: persons, companies, and who acts for whom (licensing law art 29)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.foundation.people.rules import EVERY_DOCUMENT
from onewindow.foundation.people.states import AGENCY, PARTY
from onewindow.kernel.ledger.models import Subject


class Party(Subject):
    """A person or a company. Number and phone are sealed under the record's own key.

    `document` says which document the number is of (`rules.DOCUMENTS`). A duplicate that was merged points with `merged_into` to the
    record that remains, which was itself not merged (a trigger keeps chains out), with the reason in `merge_reason`; what was filed
    with it keeps naming it. `number_blind` and `phone_blind` find a record by its number or phone; the key of that index lies
    outside the database. Erasing empties `record_key` and with it every sealed value.
    """

    KINDS: ClassVar = {"person": "GB 11643", "company": "GB 32100"}

    machine = PARTY
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    document = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=240)
    record_key = models.BinaryField()
    number_sealed = models.BinaryField()
    number_blind = models.BinaryField(max_length=32, null=True)
    tail_sealed = models.BinaryField()
    phone_sealed = models.BinaryField(null=True)
    phone_blind = models.BinaryField(max_length=32, null=True)
    language = models.CharField(max_length=10, default="zh-hans")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    merge_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "people_party"
        constraints: ClassVar = [
            Subject.state_constraint(PARTY),
            models.UniqueConstraint(fields=["kind", "number_blind"], name="people_one_record_a_number"),
            models.CheckConstraint(
                condition=(models.Q(state="merged", merged_into__isnull=False) & ~models.Q(merge_reason=""))
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True, merge_reason="")),
                name="people_merged_into_another",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")), name="people_not_merged_into_itself"
            ),
            models.CheckConstraint(condition=models.Q(document__in=sorted(EVERY_DOCUMENT)), name="people_document_is_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["phone_blind"], name="people_by_phone")]


class Agency(Subject):
    """One party may act for another until a day, that day included."""

    machine = AGENCY
    principal = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="agents")
    agent = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="principals")
    valid_until = models.DateField()

    class Meta:
        db_table = "people_agency"
        constraints: ClassVar = [
            Subject.state_constraint(AGENCY),
            models.CheckConstraint(condition=~models.Q(principal=models.F("agent")), name="people_no_agent_of_oneself"),
            models.UniqueConstraint(
                fields=["principal", "agent"], condition=models.Q(state="valid"), name="people_one_valid_agency"
            ),
        ]
