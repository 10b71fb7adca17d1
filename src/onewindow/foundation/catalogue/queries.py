"""What can be asked about the catalogue."""

from __future__ import annotations

from django.db.models import QuerySet

from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.kernel.errors import NotFound


def published_items(hall: str = "") -> QuerySet[ItemVersion]:
    """The published version of every item, or of a hall's items, by name; without the bodies."""
    found = ItemVersion.objects.filter(state="published").select_related("department").defer("body").order_by("code")
    return found.filter(hall=hall) if hall else found


def published(code: str) -> ItemVersion:
    """The published version of an item."""
    try:
        return published_items().get(code=code)
    except ItemVersion.DoesNotExist:
        raise NotFound from None
