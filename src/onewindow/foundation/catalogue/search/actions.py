"""The only writers of the search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction

from onewindow.foundation.catalogue.search.models import Missed, MissedQuery, Vector
from onewindow.foundation.catalogue.search.policies import KEEP_WORDS
from onewindow.foundation.catalogue.search.queries import not_ours, search
from onewindow.foundation.catalogue.search.rules import QUERY, keepable
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound
from onewindow.kernel.ledger.moving import begin
from onewindow.kernel.permissions import Actor

MOST_KEPT = 5_000  # different queries; whoever types nonsense by machine fills no table
_FORGOTTEN = timedelta(days=180)


def note_missed(query: str) -> bool:
    """Count a normalised query that found nothing, nobody's name with it; whether it was counted.

    Not counted: what is nothing but a number, what somebody settled as no matter of the centre's, and anything new while
    `MOST_KEPT` are kept. What nobody asked for half a year is forgotten.
    """
    text, today = keepable(query), clock.today()
    if not text or not_ours(text):
        return False
    Missed.objects.filter(last_on__lt=today - _FORGOTTEN).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO search_missed AS standing (text, times, first_on, last_on)
               SELECT %s, 1, %s, %s
               WHERE EXISTS (SELECT FROM search_missed WHERE text = %s) OR (SELECT count(*) FROM search_missed) < %s
               ON CONFLICT (text) DO UPDATE SET times = standing.times + 1, last_on = greatest(standing.last_on, excluded.last_on)""",
            [text, today, today, text, MOST_KEPT],
        )
        return cursor.rowcount == 1


def settle(*, by: Actor, site: str, text: str, ours: bool) -> MissedQuery:
    """Take a missed query off the list: it finds something by now (`ours`), or it is no matter of the centre's and is not counted again.

    Raises `NotFound` when it is not on the list (any more), `InvalidInput` when it is said to be found and is not.
    """
    with transaction.atomic():
        by.require(KEEP_WORDS)
        missed = Missed.objects.select_for_update().filter(text=text).first()
        if missed is None:
            raise NotFound
        hits = search(text).hits if ours else ()
        if ours and not hits:
            raise InvalidInput(
                field=QUERY, reason_zh="现在还搜不到，请先给事项加上说法并发布", reason_en="it still finds nothing; give the item the words and publish it first"
            )
        Missed.objects.filter(text=text).delete()
        item = hits[0].row.code if hits else ""
        return begin(
            MissedQuery, "settle", by=by, site=site, facts={"item": item, "times": missed.times},
            text=missed.text, times=missed.times, first_on=missed.first_on, last_on=missed.last_on, item=item,
        )  # fmt: skip


def remember(vectors: Iterable[tuple[bytes, bytes]]) -> int:
    """Keep vectors by the digests of their texts; how many were given. One that is there already stays."""
    rows = [Vector(digest=digest, vector=vector) for digest, vector in vectors]
    Vector.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    return len(rows)
