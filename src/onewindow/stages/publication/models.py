"""Granted permits as the public reads them, and requests that something is not shown. What is masked is not in these rows at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.words import Words
from onewindow.stages.publication.rules import ENDINGS
from onewindow.stages.publication.states import PERMIT, REQUEST


class PublishedPermit(Subject):
    """One granted permit in the public list (行政许可公示). Marked when it ends, never deleted.

    `name` is as shown: a person's is masked already. `number` is the decision's document number, `licence` the licence's own. `content`
    are the lines of what was permitted, `hidden` how many of them are masked. `grams` finds a part of a name.
    """

    machine = PERMIT
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="publication")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    grams = ArrayField(models.CharField(max_length=2))
    credit_code = models.CharField(max_length=18, blank=True)
    item = models.CharField(max_length=64)
    item_zh = models.CharField(max_length=300)
    item_en = models.CharField(max_length=300)
    department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=300)
    body_code = models.CharField(max_length=18)
    paper = models.CharField(max_length=200)
    number = models.CharField(max_length=60, unique=True)
    licence_name = models.CharField(max_length=200)
    licence = models.CharField(max_length=100)
    content = models.JSONField()
    hidden = models.SmallIntegerField(default=0)
    decided_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    published_on = models.DateField()
    publish_by = models.DateField()
    ending = models.CharField(max_length=20, blank=True, default="")
    ended_on = models.DateField(null=True)
    ending_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "publication_permit"
        constraints: ClassVar = [
            Subject.state_constraint(PERMIT),
            models.CheckConstraint(condition=Q(kind__in=["person", "company"]), name="publication_kind_is_known"),
            models.CheckConstraint(condition=Q(kind="company") | Q(credit_code=""), name="publication_no_number_of_a_person"),
            models.CheckConstraint(
                condition=Q(state="published", ending="", ended_on__isnull=True)
                | (Q(state="ended", ended_on__isnull=False, ending__in=sorted(ENDINGS)) & ~Q(ending_reason="")),
                name="publication_ended_says_how",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("decided_on").desc(), F("id").desc(), name="publication_newest"),
            models.Index("item", F("decided_on").desc(), F("id").desc(), name="publication_by_item"),
            models.Index("department", F("decided_on").desc(), F("id").desc(), name="publication_by_department"),
            models.Index(fields=["licence"], name="publication_by_licence"),
            models.Index(fields=["credit_code"], condition=~Q(credit_code=""), name="publication_by_credit_code"),
            GinIndex(fields=["grams"], name="publication_by_name"),
        ]

    @property
    def said(self) -> Mapping[str, Words]:
        """How it ended, in its own word."""
        return {"ended": ENDINGS[self.ending]} if self.ending else {}

    @property
    def item_words(self) -> Words:
        return Words(self.item_zh, self.item_en)

    @property
    def ending_words(self) -> Words:
        return ENDINGS[self.ending]


class SecrecyRequest(Subject):
    """An applicant's wish that values of these form fields are not published, and what the approver decided. While undecided they are masked."""

    machine = REQUEST
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="secrecy_requests")
    fields = ArrayField(models.CharField(max_length=64))
    reason = models.CharField(max_length=300)
    decided_by = models.BigIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")
    once = models.UUIDField(unique=True)

    class Meta:
        db_table = "publication_secrecy_request"
        constraints: ClassVar = [
            Subject.state_constraint(REQUEST),
            models.UniqueConstraint(fields=["case"], condition=Q(state="asked"), name="publication_one_request_at_once"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True) | (Q(state__in=["allowed", "declined"], decided_by__isnull=False) & ~Q(note="")),
                name="publication_request_decided_with_reasons",
            ),
        ]
