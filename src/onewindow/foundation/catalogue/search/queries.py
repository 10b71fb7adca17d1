"""What can be asked of the search."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from onewindow.foundation.catalogue.events import LIFE_EVENTS
from onewindow.foundation.catalogue.search import index as indexing
from onewindow.foundation.catalogue.search import meaning
from onewindow.foundation.catalogue.search.index import Index, Row
from onewindow.foundation.catalogue.search.models import Missed, MissedQuery
from onewindow.foundation.catalogue.search.rules import EVENT, EXACT, INITIALS, INSIDE, MEANING, ORDER, letters, met, normalised
from onewindow.kernel.words import Words

# Cosines of multilingual-e5-small, measured (docs/adr): below `CLAIMED` it is a guess and nothing is claimed, below `NEAR` not even a guess.
CLAIMED, NEAR = 0.88, 0.865
_SPREAD = 0.03  # of what is claimed by its meaning: no further behind the best than this
_MOST, _NEAREST = 10, 3
_FEW = 5  # found by letters: fewer than these, and meaning is asked as well


class Hit(NamedTuple):
    """One thing found: how it was met (of `rules.ORDER`), by which of its texts, and for a meaning how alike the two are."""

    row: Row
    how: str
    by: str
    likeness: float | None = None


class Found(NamedTuple):
    """What was asked, made comparable; what answers it, best first; and where nothing does, what comes nearest."""

    query: str
    hits: tuple[Hit, ...]
    near: tuple[Hit, ...] = ()


def search(text: str, *, among: Collection[int] | None = None, items_only: bool = False, by_meaning: bool = True) -> Found:
    """What people mean by `text`: by its letters first, by its meaning where these find little. The complete stand before the stubs.

    `among`: keys of the register's entries, nothing else is found; `items_only`: nothing but items with a definition.
    Nothing for an empty text. Raises `InvalidInput` for characters nobody can read.
    """
    query, index = normalised(text), indexing.current()
    if not query:
        return Found(query, ())
    allowed = [(among is None or row.entry in among) and (row.complete or not items_only) for row in index.rows]
    hits = _in_order(_by_letters(query, index, allowed))
    if not by_meaning or len(query) < 2 or len(hits) >= _FEW or any(hit.how == EXACT for hit in hits):
        return Found(query, tuple(hits))
    known = {hit.row.code for hit in hits}
    alike = [hit for hit in _by_meaning(query, index, allowed) if hit.row.code not in known]
    claimed = [hit for hit in alike if hit.likeness is not None and hit.likeness >= max(CLAIMED, (alike[0].likeness or 0) - _SPREAD)]
    found = (*hits, *claimed[:_MOST])
    return Found(query, found, () if found else tuple(alike[:_NEAREST]))


def _in_order(hits: Iterable[Hit]) -> list[Hit]:
    """Best first, each thing once: an item that several lines of the register lead to goes by the one that was met best."""
    best: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (ORDER[hit.how], not hit.row.complete)):
        best.setdefault(hit.row.code, hit)
    return list(best.values())


def _by_letters(query: str, index: Index, allowed: Sequence[bool]) -> list[Hit]:
    words, latin = query.split(), letters(query)
    event = next((code for code, said in LIFE_EVENTS.items() if query in (said.zh, said.en)), None)
    around = index.standing_in(query)
    hits = []
    for n, together in enumerate(index.together):
        if query in together or n in around:
            found = Hit(index.rows[n], *min(((how, text) for text in index.rows[n].texts if (how := met(query, text))), key=_nearest))
        elif len(words) > 1 and all(word in together for word in words):
            found = Hit(index.rows[n], INSIDE, index.rows[n].texts[0])
        elif latin and any(text.startswith(query) for text in index.initials[n]):
            found = Hit(index.rows[n], INITIALS, index.rows[n].texts[0])
        elif event is not None and event in index.rows[n].events:
            found = Hit(index.rows[n], EVENT, query)
        else:
            continue
        if allowed[n]:
            hits.append(found)
    return hits


def _nearest(way: tuple[str, str]) -> tuple[int, int]:
    return ORDER[way[0]], len(way[1])


def _by_meaning(query: str, index: Index, allowed: Sequence[bool]) -> list[Hit]:
    """What comes nearest by its meaning, best first; nothing when meanings are not there (yet)."""
    vector = meaning.of_query(query) if index.matrix is not None else None
    if vector is None or index.matrix is None:
        return []
    matrix, owners = index.matrix
    alike = matrix @ vector
    hits: dict[str, Hit] = {}
    for place in (-alike).argsort():
        likeness, (n, text) = float(alike[place]), owners[place]
        if likeness < NEAR or len(hits) >= _MOST + _FEW:
            break
        if allowed[n] and (row := index.rows[n]).code not in hits:
            hits[row.code] = Hit(row, MEANING, text, likeness)
    return list(hits.values())


def missed_queries() -> QuerySet[Missed]:
    """What was asked in vain and nobody has settled, the most asked first."""
    return Missed.objects.order_by("-times", "-last_on", "text")


def settled_queries() -> QuerySet[MissedQuery]:
    """What was settled, the newest first."""
    return MissedQuery.objects.order_by("-id")


def not_ours(text: str) -> bool:
    """Whether somebody decided that this is no matter of the centre's."""
    return MissedQuery.objects.filter(text=text, item="").exists()


def first_by_letters(texts: Iterable[str]) -> dict[str, Row | None]:
    """What the letters of each text find first, if anything; one look at the index for all."""
    index = indexing.current()
    everything = [True] * len(index.rows)
    return {text: next((hit.row for hit in _in_order(_by_letters(normalised(text), index, everything))), None) for text in texts}


def called(codes: Iterable[str]) -> dict[str, Words]:
    """What rows of the index are called, by their codes; one that is gone goes by its code."""
    names = {row.code: row.words for row in indexing.current().rows}
    return {code: names.get(code, Words(code, code)) for code in codes}


