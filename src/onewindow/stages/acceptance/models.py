"""Application forms not yet sent."""

from __future__ import annotations

from django.db import models


class Draft(models.Model):
    """What a clerk has filled in so far for one application of the visit: no legal fact, and gone when filed or when the visit ends.

    `once` is the form's nonce, `draft_key` the wrapped key under which `sealed` (answers, form, materials) is kept.
    """

    once = models.UUIDField(unique=True)
    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="+")
    clerk = models.ForeignKey("staff.Staff", on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=80)
    draft_key = models.BinaryField()
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "acceptance_draft"
