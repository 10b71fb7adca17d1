"""Cases that were filed at once for one event of life: the act, which cases, and the one receipt."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from onewindow.foundation.catalogue.bundles.queries import bundle_by_id
from onewindow.foundation.catalogue.models import BundleVersion
from onewindow.kernel.ledger.attesting import Attested
from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Document
from onewindow.spine.together.states import TOGETHER
from onewindow.spine.visits.models import Visit


class Together(Subject):
    """One filing of a bundle. It pins the bundle's version; its cases pin their items'. `once` is the nonce of the form that filed it."""

    machine = TOGETHER
    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="+")
    bundle = models.ForeignKey("catalogue.BundleVersion", on_delete=models.PROTECT, related_name="+")
    once = models.UUIDField(unique=True)

    class Meta:
        db_table = "together_together"
        constraints: ClassVar = [Subject.state_constraint(TOGETHER)]

    @property
    def version(self) -> BundleVersion:
        """The bundle's version that it pins, read once a process."""
        return bundle_by_id(self.bundle_id)


class TogetherCase(models.Model):
    """The `place`-th case of a filing, and for which of the bundle's items. Never changed: the filing's ledger row names its cases."""

    append_only: ClassVar = True

    together = models.ForeignKey(Together, on_delete=models.PROTECT, related_name="members")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=64)
    place = models.SmallIntegerField()

    class Meta:
        db_table = "together_case"
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["together", "item"], name="together_item_once"),
            models.UniqueConstraint(fields=["together", "place"], name="together_place_once"),
        ]


class TogetherReceipt(models.Model):
    """The one receipt of everything filed together (综合收件凭证): the cases, and each paper once. Each case has its own receipt as well.

    Shown and printed as a `cases.Document` is. Never changed; the ledger holds its digest.
    """

    append_only: ClassVar = True
    attested: ClassVar = Attested(owner="together")

    together = models.OneToOneField(Together, on_delete=models.PROTECT, related_name="receipt")
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, default="receipt-together")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "together_receipt"

    @property
    def words(self) -> Words:
        """What the paper calls itself."""
        return Words(self.content["title"]["zh"], self.content["title"]["en"])

    @property
    def visit(self) -> Visit:
        """The sitting whose query code it tells."""
        return self.together.visit

    @property
    def reasons_to_reissue(self) -> dict[str, Words]:
        """It is not given out again: each case's own receipt can be."""
        return {}

    @property
    def issued_at(self) -> datetime:
        return self.together.began_at

    @property
    def voided(self) -> Document | None:
        """It is taken back by nothing: what may be void is a case's own document."""
        return None
