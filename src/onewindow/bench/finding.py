"""How well the search finds what people mean: held-out queries (`queries.toml`) by letters alone, by meaning alone, and by both."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from onewindow.foundation.catalogue.search import index, queries
from onewindow.foundation.catalogue.search.index import Row
from onewindow.foundation.catalogue.search.rules import met, normalised

QUERIES = Path(__file__).with_name("queries.toml")
_TOPS = (1, 3, 5)


def held_out() -> dict[str, dict[str, list[str]]]:
    """The queries by section, each with what is right: codes of items, or how names of the register begin."""
    found: dict[str, dict[str, list[str]]] = tomllib.loads(QUERIES.read_text(encoding="utf-8"))
    return found


def right(row: Row, wanted: Sequence[str]) -> bool:
    """Whether a row is one of those a query means."""
    return any(row.code == each or row.words.zh.startswith(each) for each in wanted)


def by_letters(query: str) -> list[Row]:
    """What the letters alone find."""
    return [hit.row for hit in queries.search(query, by_meaning=False).hits]


def by_substring(query: str) -> list[Row]:
    """What a plain substring of the names finds, as the guide looked before: nothing dropped, no alias known."""
    typed = query.strip().lower()
    return [row for row in index.current().rows if met(typed, row.words.zh) or typed in row.words.en.lower()]


def by_meaning(query: str) -> list[Row]:
    """What the meaning alone brings nearest, claimed or not."""
    standing = index.current()
    hits = queries._by_meaning(normalised(query), standing, [True] * len(standing.rows))
    return [hit.row for hit in hits]


def by_both(query: str) -> list[Row]:
    """The search as it is."""
    return [hit.row for hit in queries.search(query).hits]


WAYS: Mapping[str, Callable[[str], list[Row]]] = {"substring": by_substring, "letters": by_letters, "meaning": by_meaning, "both": by_both}


def place(rows: Sequence[Row], wanted: Sequence[str]) -> int | None:
    """At which place, from one, the first right answer stands."""
    return next((n for n, row in enumerate(rows, 1) if right(row, wanted)), None)


def quality() -> list[dict[str, Any]]:
    """For each section and way how many of the queries have a right answer among the first one, three and five."""
    report = []
    for section, asked in held_out().items():
        for name, way in WAYS.items():
            places = [place(way(query), wanted) for query, wanted in asked.items()]
            told: dict[str, Any] = {"section": section, "by": name, "n": len(places)}
            if section == "nothing":
                told["silent"] = sum(not way(query) for query in asked)
            else:
                told |= {f"top{top}": sum(at is not None and at <= top for at in places) for top in _TOPS}
            report.append(told)
    return report
