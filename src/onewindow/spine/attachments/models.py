"""Materials as files: what was handed in, sealed, and its pages as they were sorted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.kernel.ledger.attesting import Attested
from onewindow.kernel.ledger.models import Subject
from onewindow.spine.attachments.states import PAGE


class Attachment(models.Model):
    """A file as it was handed in or photographed, sealed under its case's key; never changed.

    `content` says what it is (kind, size, pages, the SM3 of its plain bytes) and `digest` vouches for that in the ledger;
    `name_sealed` is what it was called. `once` and `place` name the upload it came in, so that a double click attaches one.
    """

    append_only: ClassVar = True
    attested: ClassVar = Attested(owner="case")

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="attachments")
    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=8)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    name_sealed = models.BinaryField()
    sealed = models.BinaryField()
    taken_at = models.DateTimeField()
    by = models.CharField(max_length=64)
    once = models.UUIDField()
    place = models.SmallIntegerField()

    class Meta:
        db_table = "attachments_attachment"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["once", "place"], name="attachments_taken_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["jpeg", "png", "webp", "pdf"]), name="attachments_kind_is_known"),
        ]


class Page(Subject):
    """The `n`-th page of an attachment: to which material it belongs (none yet: empty), where in it, how it is turned.

    `title_sealed` is what the clerk called it, empty while it has no name of its own.
    """

    machine = PAGE
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="pages")
    n = models.SmallIntegerField()
    material = models.CharField(max_length=64, blank=True)
    place = models.IntegerField()
    turned = models.SmallIntegerField(default=0)
    title_sealed = models.BinaryField(default=bytes)
    width = models.IntegerField()
    height = models.IntegerField()

    class Meta:
        db_table = "attachments_page"
        constraints: ClassVar = [
            Subject.state_constraint(PAGE),
            models.UniqueConstraint(fields=["attachment", "n"], name="attachments_page_once"),
            models.CheckConstraint(condition=models.Q(turned__in=[0, 90, 180, 270]), name="attachments_page_is_turned_by_quarters"),
        ]


class PageImage(models.Model):
    """The picture of a page as `instruments.reading` made it, sealed; never changed. In a table of its own, so that lists stay light."""

    append_only: ClassVar = True

    page = models.OneToOneField(Page, on_delete=models.PROTECT, related_name="image")
    sealed = models.BinaryField()

    class Meta:
        db_table = "attachments_pageimage"
