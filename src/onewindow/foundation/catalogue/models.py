"""The catalogue as stored: immutable published versions, and what is filtered or joined, projected from them."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from django.db import models

from onewindow.foundation.catalogue.definition import Definition, read
from onewindow.foundation.catalogue.states import VERSION
from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.words import Words


class ItemVersion(Subject):
    """One published version of one service item: validated JSON and its digest. A case pins the version.

    Everything but `body` and `digest` is a projection, written at publication.
    """

    machine = VERSION
    code = models.CharField(max_length=64)
    version = models.IntegerField()
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200)
    department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="items")
    hall = models.CharField(max_length=4)
    item_type = models.CharField(max_length=2)
    implementation_code = models.CharField(max_length=31)
    body = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "catalogue_item_version"
        constraints: ClassVar = [
            Subject.state_constraint(VERSION),
            models.UniqueConstraint(fields=["code", "version"], name="catalogue_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(state="published"), name="catalogue_one_published_version"
            ),
        ]

    @property
    def words(self) -> Words:
        return Words(self.name_zh, self.name_en)

    @property
    def definition(self) -> Definition:
        """The typed definition; versions never change, so each is parsed once a process."""
        return definition_of(self.pk)


@lru_cache(maxsize=512)
def definition_of(version_id: int) -> Definition:
    """The definition of a version by its key: shape only, so that a rule made later never unmakes what was published."""
    return read(ItemVersion.objects.values_list("body", flat=True).get(pk=version_id))
