"""How well the search finds, held as a floor: figures measured, on queries written without a look at the aliases and never taken over into them."""

from __future__ import annotations

from onewindow.bench.finding import held_out, quality
from onewindow.foundation.catalogue.search import index
from onewindow.foundation.catalogue.search.rules import normalised


def test_the_queries_are_enough_and_none_of_them_is_an_alias(db: None) -> None:
    asked = held_out()
    known = {text for row in index.current().rows for text in row.texts}
    assert len(asked["people"]) + len(asked["stubs"]) >= 120
    assert [query for section in asked.values() for query in section if normalised(query) in known] == []


def test_every_right_answer_exists(db: None) -> None:
    rows = index.current().rows
    wanted = {each for section in held_out().values() for right in section.values() for each in right}
    assert [each for each in wanted if not any(row.code == each or any(text.startswith(normalised(each)) for text in row.texts) for row in rows)] == []


def test_the_search_finds_as_much_as_was_measured(db: None) -> None:
    """Right among the first three: of the complete items, of the stubs, in English; and the silence where nothing is meant."""
    found = {(row["section"], row["by"]): row for row in quality()}
    assert found["people", "both"]["top3"] >= 113 and found["people", "both"]["n"] == 118
    assert found["stubs", "both"]["top3"] >= 21 and found["stubs", "both"]["n"] == 24
    assert found["english", "both"]["top3"] >= 9 and found["english", "both"]["n"] == 10
    assert found["nothing", "both"]["silent"] >= 9 and found["nothing", "both"]["n"] == 12
    assert {row["top3"] for way, row in found.items() if way[1] == "substring" and way[0] != "nothing"} == {0}, "people do not speak in names"
