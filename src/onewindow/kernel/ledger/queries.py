"""What can be asked about the ledger itself: the rows of several subjects together, and the seal that lies over a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from onewindow.kernel.ledger.models import Entry


class Sealed(NamedTuple):
    """The seal over a row: its number, its digest in hexadecimal, and when it was signed."""

    n: int
    digest: str
    at: datetime


def rows_of(subjects: Mapping[str, Iterable[int]]) -> QuerySet[Entry]:
    """The rows of several subjects, given as keys by kind, in the order in which they were written."""
    wanted = Q(pk__in=[])
    for kind, keys in subjects.items():
        wanted |= Q(subject_kind=kind, subject_id__in=list(keys))
    return Entry.objects.filter(wanted).order_by("id")


def seal_over(entry: Entry) -> Sealed | None:
    """The first seal that covers a row; None while the row has not come to rest."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT n, encode(digest, 'hex'), sealed_at FROM ledger_seal
               WHERE (last_xid, last_id) >= (%s::text::xid8, %s) ORDER BY n LIMIT 1""",
            [str(entry.xid), entry.pk],
        )
        row = cursor.fetchone()
    return Sealed(*row) if row else None
