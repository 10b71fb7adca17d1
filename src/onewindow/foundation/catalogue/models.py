"""The catalogue as stored: immutable published versions with what is projected from them; and the register of all items."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from django.db import models

from onewindow.foundation.catalogue.definition import Definition, read
from onewindow.foundation.catalogue.definition.bundles import Bundle, read_bundle
from onewindow.foundation.catalogue.states import BUNDLE, ENTRY, IMPORTING, VERSION
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


class BundleVersion(Subject):
    """One published version of one bundle (一件事), as `ItemVersion` is of an item. What was filed together pins it; the cases pin their items."""

    machine = BUNDLE
    code = models.CharField(max_length=64)
    version = models.IntegerField()
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200)
    hall = models.CharField(max_length=4)
    body = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "catalogue_bundle_version"
        constraints: ClassVar = [
            Subject.state_constraint(BUNDLE),
            models.UniqueConstraint(fields=["code", "version"], name="catalogue_bundle_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(state="published"), name="catalogue_one_published_version_of_a_bundle"
            ),
        ]

    @property
    def words(self) -> Words:
        return Words(self.name_zh, self.name_en)

    @property
    def bundle(self) -> Bundle:
        """The typed bundle; versions never change, so each is parsed once a process."""
        return bundle_of(self.pk)


@lru_cache(maxsize=128)
def bundle_of(version_id: int) -> Bundle:
    """The bundle of a version by its key: shape only, as with items."""
    return read_bundle(BundleVersion.objects.values_list("body", flat=True).get(pk=version_id))


APPROVAL = "01"  # GB/T 39046 A.1: 行政许可; a district approval item (审批事项) is an item of this type
SERVES = {"person": Words("个人", "individuals"), "company": Words("法人", "companies and organisations")}


class RegisterEntry(Subject):
    """One entry of the district's register of items (事项目录): that the item exists, whose it is, and where it is handled.

    `code` is the item's own national code. `entered`: handled in the centre (进驻); `self_service`: at a workstation, day and
    night; `city_wide`: at any centre of the city (全市通办); `online`: from end to end without coming (全程网办). `item` is the
    code of the definition by which this house handles it; without one the entry is a stub.

    A subject of its own, not a line of one big register: who moved an item out of the centre, and when, decides the entry rate
    and stands in the ledger, entry by entry. A district has about a thousand, listed once, in a second.
    """

    machine = ENTRY
    code = models.CharField(max_length=80, unique=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="register")
    item_type = models.CharField(max_length=2)
    serves = models.CharField(max_length=8)
    entered = models.BooleanField()
    self_service = models.BooleanField()
    city_wide = models.BooleanField()
    online = models.BooleanField()
    item = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "catalogue_register_entry"
        constraints: ClassVar = [
            Subject.state_constraint(ENTRY),
            models.CheckConstraint(condition=models.Q(serves__in=sorted(SERVES)), name="catalogue_entry_serves_somebody"),
        ]

    @property
    def words(self) -> Words:
        """The name; a stub has no English one, and its Chinese name stands for it (shown with its language)."""
        return Words(self.name_zh, self.name_en or self.name_zh)

    @property
    def approval(self) -> bool:
        """Whether it counts as a district approval item."""
        return self.item_type == APPROVAL

    @property
    def stub(self) -> bool:
        """Known by name only: shown, found and counted in the register, and kept out of whatever claims how well a thing is done."""
        return not self.item


class CatalogueImport(Subject):
    """A file that somebody brought, from its dry run until it is written or discarded; then its bytes are let go.

    `mark` is the SM3 of the file; `account` who brought it, in whose name it is written. `departments` and `serves` are what the file
    cannot say (`Wishes`). `report` is the dry run's, `agreed` its digest: what the person confirms. `phase`, `done`, `of`: how far it is.
    """

    machine = IMPORTING
    file_name = models.CharField(max_length=120)
    mark = models.CharField(max_length=64)
    data = models.BinaryField()
    account = models.ForeignKey("staff.Staff", on_delete=models.PROTECT, related_name="+")
    departments = models.JSONField(default=dict)
    serves = models.CharField(max_length=8, blank=True, default="")
    report = models.JSONField(null=True)
    agreed = models.CharField(max_length=64, blank=True, default="")
    stale = models.BooleanField(default=False)
    phase = models.CharField(max_length=8, blank=True, default="")
    done = models.IntegerField(default=0)
    of = models.IntegerField(default=0)

    class Meta:
        db_table = "catalogue_import"
        constraints: ClassVar = [Subject.state_constraint(IMPORTING)]


# Drafts are a room of their own; Django looks for models here.
from onewindow.foundation.catalogue.drafts.models import DraftEdition, ItemDraft, SampleFile  # noqa: E402, F401
