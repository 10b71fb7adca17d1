"""Drafts of definitions, every edition of each, and the sample files that definitions show."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onewindow.foundation.catalogue.drafts.states import ITEM_DRAFT, OPEN
from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.words import Words


class ItemDraft(Subject):
    """What an item's next version is to be: the body as typed so far, complete or not, sound or not.

    `based_on` is the version it began from (None: the item has none in force), `entry` the line of
    the register that a new item will stand for (None: it is listed already, or not at all), and `edition` counts its changes from 0. `authors` are all
    who changed anything. `note` is why it came back last. `effective_on` is the day it was approved for, `version` what it became.
    """

    machine = ITEM_DRAFT
    code = models.CharField(max_length=64)
    department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="item_drafts")
    based_on = models.ForeignKey("catalogue.ItemVersion", null=True, on_delete=models.PROTECT, related_name="drafts")
    entry = models.ForeignKey("catalogue.RegisterEntry", null=True, on_delete=models.PROTECT, related_name="drafts")
    body = models.JSONField()
    edition = models.IntegerField(default=0)
    authors = ArrayField(models.CharField(max_length=64), default=list)
    reviewed_by = models.CharField(max_length=64, blank=True, default="")
    approved_by = models.CharField(max_length=64, blank=True, default="")
    note = models.TextField(blank=True, default="")
    effective_on = models.DateField(null=True)
    version = models.OneToOneField("catalogue.ItemVersion", null=True, on_delete=models.PROTECT, related_name="draft")

    class Meta:
        db_table = "catalogue_item_draft"
        constraints: ClassVar = [
            Subject.state_constraint(ITEM_DRAFT),
            models.UniqueConstraint(fields=["code"], condition=Q(state__in=sorted(OPEN)), name="catalogue_one_open_draft"),
            models.UniqueConstraint(fields=["entry"], condition=Q(state__in=sorted(OPEN)), name="catalogue_one_open_draft_of_entry"),
            models.CheckConstraint(condition=~Q(state__in=["approved", "published"]) | Q(effective_on__isnull=False), name="catalogue_draft_has_a_day"),
            models.CheckConstraint(condition=Q(state="published") ^ Q(version__isnull=True), name="catalogue_draft_became_a_version"),
        ]
        indexes: ClassVar = [models.Index(fields=["effective_on"], condition=Q(state="approved"), name="catalogue_drafts_due")]

    @property
    def words(self) -> Words:
        """The item's name as the draft has it."""
        name = self.body.get("name")
        zh = str(name.get("zh") or "") if isinstance(name, dict) else ""
        return Words(zh or self.code, str(name.get("en") or "") if isinstance(name, dict) and name.get("en") else zh or self.code)


class DraftEdition(models.Model):
    """One change of a draft: what was changed, and what takes it back. Never changed itself; `undoes` names the edition it took back."""

    append_only: ClassVar = True

    draft = models.ForeignKey(ItemDraft, on_delete=models.PROTECT, related_name="editions")
    n = models.IntegerField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    changes = models.JSONField()
    backs = models.JSONField()
    undoes = models.IntegerField(null=True)

    class Meta:
        db_table = "catalogue_draft_edition"
        constraints: ClassVar = [models.UniqueConstraint(fields=["draft", "n"], name="catalogue_edition_once")]


class SampleFile(models.Model):
    """A file that shows what a material looks like, by the SM3 of its bytes; definitions name it so. `picture` is its first page."""

    append_only: ClassVar = True

    sm3 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8)
    data = models.BinaryField()
    picture = models.BinaryField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "catalogue_sample_file"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(kind__in=["jpeg", "png", "webp", "pdf"]), name="catalogue_sample_kind_is_known")]
