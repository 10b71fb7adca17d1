"""What can be asked about the catalogue."""

from __future__ import annotations

from functools import lru_cache

from django.db import connection
from django.db.models import QuerySet

from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.kernel.errors import NotFound


def published_items(hall: str = "") -> QuerySet[ItemVersion]:
    """The published version of every item, or of a hall's items, by name; without the bodies."""
    found = ItemVersion.objects.filter(state="published").select_related("department").defer("body").order_by("code")
    return found.filter(hall=hall) if hall else found


@lru_cache(maxsize=512)
def version_by_id(pk: int) -> ItemVersion:
    """A version by its key, its state aside: what was published never changes, so each is read once a process."""
    return ItemVersion.objects.select_related("department").defer("body").get(pk=pk)


def still_published(pk: int) -> bool:
    """Whether a version is in force, and stays so until this transaction ends: superseding and withdrawing wait.

    Asked of the row, not of a version read before: that one's state may be older than the answer.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM catalogue_item_version WHERE id = %s AND state = 'published' FOR SHARE", [pk])
        return cursor.fetchone() is not None


def published(code: str) -> ItemVersion:
    """The published version of an item. Raises `NotFound` where none is in force."""
    found = in_force(code)
    if found is None:
        raise NotFound
    return found


def in_force(code: str) -> ItemVersion | None:
    """The published version of an item, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalogue_item_version WHERE code = %s AND state = 'published'", [code])
        row = cursor.fetchone()
    return version_by_id(row[0]) if row is not None else None
