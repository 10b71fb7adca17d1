"""The index each process keeps in memory: what can be found and by which texts. It notices a change by itself, without a restart."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from onewindow.foundation.catalogue.models import ItemVersion, RegisterEntry
from onewindow.foundation.catalogue.search import meaning
from onewindow.foundation.catalogue.search.models import Vector
from onewindow.foundation.catalogue.search.rules import SHORTEST_INSIDE, bare, folded, han, reduced, said
from onewindow.kernel.words import Words

if TYPE_CHECKING:
    from numpy import ndarray


class Row(NamedTuple):
    """One thing that can be found. `code`: of its definition, else the national one; `entry`: its line of the register, if it has one.

    `texts` are what it is called, folded, each once; `said` the same as meanings are computed of.
    """

    code: str
    words: Words
    entry: int | None
    complete: bool
    texts: tuple[str, ...]
    said: tuple[str, ...]
    events: tuple[str, ...]


class Stamp(NamedTuple):
    """What changes whenever anything the index holds does: the transactions that wrote the rows, summed, and how many rows."""

    items: int
    entries: int
    vectors: int


def stamp() -> Stamp:
    """The stamp of the database as it stands: one question, well under a millisecond."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT (SELECT coalesce(sum(xmin::text::bigint), 0)::bigint FROM catalogue_item_version),
                      (SELECT coalesce(sum(xmin::text::bigint), 0)::bigint FROM catalogue_register_entry),
                      (SELECT count(*) FROM search_vector)"""
        )
        return Stamp(*cursor.fetchone())


@dataclass
class Index:
    """Everything that can be found, the complete first, then the shorter names."""

    stamp: Stamp
    rows: list[Row]
    vectors: dict[str, bytes] = field(repr=False)

    @cached_property
    def together(self) -> list[str]:
        """The texts of each row in one, so that most rows are passed over by one look."""
        return ["\n".join(row.texts) for row in self.rows]

    @cached_property
    def _by_text(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for n, row in enumerate(self.rows):
            for text in row.texts:
                found.setdefault(text, []).append(n)
        return found

    def standing_in(self, query: str) -> set[int]:
        """The rows one of whose texts stands in the query and is at least half of it."""
        shortest, whole = max(SHORTEST_INSIDE, (len(query) + 1) // 2), len(query)
        parts = {query[start : start + length] for length in range(shortest, whole + 1) for start in range(whole - length + 1)}
        return {n for part in parts for n in self._by_text.get(part, ())}

    @cached_property
    def matrix(self) -> tuple[ndarray[Any, Any], list[tuple[int, str]]] | None:
        """The vectors that are there, and for each the row and the text it is of; None while there is none. Laid out at the first search by meaning."""
        owners = [(n, text) for n, row in enumerate(self.rows) for text in row.said if text in self.vectors]
        if not owners:
            return None
        return meaning.unpacked(self.vectors[text] for _, text in owners), owners

    @cached_property
    def initials(self) -> list[tuple[str, ...]]:
        """The first letters of every Chinese text of a row (``kfd``). Read at the first search that asks for them."""
        return [tuple(initials_of(text) for text in row.texts if han(text)) for row in self.rows]

    @property
    def missing(self) -> list[str]:
        """The texts whose vectors are not there yet, each once."""
        return list(dict.fromkeys(text for row in self.rows for text in row.said if text not in self.vectors))


_LOCK = threading.Lock()
_standing: Index | None = None
_bodies: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
_initials: dict[str, str] = {}


def current() -> Index:
    """The index of the database as it stands now; made anew when something was published, listed or computed since."""
    global _standing
    now = stamp()
    if _standing is None or _standing.stamp != now:
        with _LOCK:
            if _standing is None or _standing.stamp != now:
                _standing = _made(now, _standing)
    return _standing


def forget() -> None:
    """As if the process had just begun: for tests, each of which may have another database."""
    global _standing
    _standing = None
    _bodies.clear()


def _made(now: Stamp, before: Index | None) -> Index:
    rows = sorted(_rows(), key=lambda row: (not row.complete, len(row.words.zh), row.code))
    known = before.vectors if before is not None else {}
    wanted = {meaning.digest(text): text for row in rows for text in row.said if text not in known}
    vectors = {text: known[text] for row in rows for text in row.said if text in known}
    if wanted and now.vectors:
        found = Vector.objects.filter(digest__in=list(wanted)) if len(wanted) < 200 else Vector.objects.all()
        vectors |= {wanted[bytes(key)]: bytes(value) for key, value in found.values_list("digest", "vector") if bytes(key) in wanted}
    return Index(now, rows, vectors)


def _rows() -> list[Row]:
    items = {code: (pk, Words(zh, en)) for pk, code, zh, en in _published().values_list("pk", "code", "name_zh", "name_en")}
    unread = [pk for pk, _ in items.values() if pk not in _bodies]
    for pk, aliases, events in ItemVersion.objects.filter(pk__in=unread).values_list("pk", "body__aliases", "body__life_events"):
        _bodies[pk] = tuple(aliases or ()), tuple(events or ())
    rows, listed = [], set()
    for pk, code, zh, en, item in RegisterEntry.objects.filter(state="listed").values_list("pk", "code", "name_zh", "name_en", "item"):
        listed.add(item)
        if item in items:
            version, words = items[item]
            rows.append(_row(item, words, pk, *_bodies[version], also=(zh, en)))
        else:
            rows.append(_row(code, Words(zh, en or zh), pk, (), (), complete=False))
    return rows + [_row(code, words, None, *_bodies[version]) for code, (version, words) in items.items() if code not in listed]


def _published() -> Any:
    return ItemVersion.objects.filter(state="published")


def _row(
    code: str, words: Words, entry: int | None, aliases: tuple[str, ...], events: tuple[str, ...], *, also: tuple[str, ...] = (), complete: bool = True
) -> Row:
    names = dict.fromkeys(name for name in (words.zh, words.en, *also) if name)
    texts = dict.fromkeys(text for name in names for text in (folded(name), bare(name)))
    texts |= dict.fromkeys(text for alias in aliases for text in (folded(alias), reduced(alias)))
    return Row(code, words, entry, complete, tuple(texts), said(names, aliases), events)


def initials_of(text: str) -> str:
    """The first letter of each character (``开饭店`` → ``kfd``); what is no Chinese character stays as it is."""
    if text not in _initials:
        from pypinyin import Style, lazy_pinyin

        _initials[text] = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return _initials[text]
