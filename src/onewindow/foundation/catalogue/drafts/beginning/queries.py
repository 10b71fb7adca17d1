"""What can still be written: items of the register that nobody has written yet, and items that were withdrawn."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.foundation.catalogue.drafts.states import OPEN
from onewindow.foundation.catalogue.models import ItemVersion, RegisterEntry
from onewindow.foundation.catalogue.register.queries import entries


def unwritten(department: str, text: str = "") -> QuerySet[RegisterEntry]:
    """Entries of a department that no definition and no open draft speaks for; every word of `text` is in the name."""
    drafted = ItemDraft.objects.filter(entry=OuterRef("pk"), state__in=sorted(OPEN))
    return entries(text, department=department).filter(~Exists(drafted), item="")


def is_taken(code: str) -> bool:
    """Whether an item, written or being written, goes by this code already."""
    return (
        ItemVersion.objects.filter(code=code).exists()
        or ItemDraft.objects.filter(code=code, state__in=sorted(OPEN)).exists()
        or RegisterEntry.objects.filter(item=code).exists()
    )


def withdrawn_items() -> QuerySet[ItemVersion]:
    """The last version of every item that has none in force; without the bodies."""
    later = ItemVersion.objects.filter(code=OuterRef("code"), version__gt=OuterRef("version"))
    found = ItemVersion.objects.filter(~Exists(later)).exclude(state="published")
    return found.select_related("department").defer("body").order_by("code")
