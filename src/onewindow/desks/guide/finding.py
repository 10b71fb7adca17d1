"""Looking for an item by what people say, as the guide shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import QuerySet

from onewindow.foundation.catalogue.register.queries import register
from onewindow.foundation.catalogue.search.queries import Hit, search
from onewindow.foundation.catalogue.search.rules import MEANING, bare, folded, han, spoken

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.models import RegisterEntry


class Shown(NamedTuple):
    """A line of the list: the entry, and by which words it was found where these are not its name."""

    entry: RegisterEntry
    by: str = ""
    meant: bool = False

    @property
    def chinese(self) -> bool:
        """Whether the words are."""
        return han(self.by)


class Looked(NamedTuple):
    """What was understood, what answers it, what comes nearest where nothing does, and how many would answer without the filters."""

    query: str
    hits: Sequence[Hit]
    near: Sequence[Hit]
    elsewhere: int


def look_for(text: str, fitting: QuerySet[RegisterEntry] | None) -> Looked:
    """Search the register; `fitting`: nothing but these. Raises `InvalidInput` for characters nobody can read."""
    found = search(text, among=None if fitting is None else frozenset(fitting.values_list("pk", flat=True)))
    hits, near = ([hit for hit in each if hit.row.entry is not None] for each in (found.hits, found.near))
    elsewhere = 0 if hits or fitting is None else sum(hit.row.entry is not None for hit in search(text).hits)
    return Looked(found.query, hits, near, elsewhere)


def shown(hits: Iterable[Hit]) -> list[Shown]:
    """The lines of these, one question for all."""
    met = list(hits)
    found = register().in_bulk([hit.row.entry for hit in met if hit.row.entry is not None])
    return [Shown(found[hit.row.entry], _by(hit), hit.how == MEANING) for hit in met if hit.row.entry in found]


def _by(hit: Hit) -> str:
    names = hit.row.words
    return "" if hit.by in {form(name) for name in (names.zh, names.en) for form in (folded, bare, spoken)} else hit.by
