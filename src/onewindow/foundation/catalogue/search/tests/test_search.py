"""Searching: the exact first, the complete before the stubs, meaning where letters find little, nothing where nothing fits; and it never ages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onewindow.errands.tests.scene import FOOD, SITE, at_once, staff
from onewindow.foundation.catalogue.actions import publish, withdraw
from onewindow.foundation.catalogue.definition import Definition, demo_folder, load
from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.catalogue.register.actions import strike
from onewindow.foundation.catalogue.register.queries import entries, entry_called
from onewindow.foundation.catalogue.search import index, meaning, queries, tasks
from onewindow.foundation.catalogue.search.models import Vector
from onewindow.foundation.catalogue.search.queries import search
from onewindow.foundation.catalogue.search.rules import EVENT, EXACT, INITIALS, INSIDE, MEANING, ORDER, PREFIX, bare

ADMINISTRATOR = "administrator01"


def codes(text: str, **how: Any) -> list[str]:
    return [hit.row.code for hit in search(text, **how).hits]


def food(**changes: Any) -> Definition:
    """The food licence with something else about it."""
    return load(demo_folder() / "items" / f"{FOOD}.json").model_copy(update=changes)


def aliased(*aliases: str) -> Definition:
    return food(aliases=(*food().aliases, *aliases))


def test_the_everyday_word_the_first_letters_and_the_english_find_the_item(db: None) -> None:
    for text in ("开饭店", "我想开饭店怎么办", "open a restaurant", "kfd", "食品经营许可（新办）", "食品经营许可", "Food business licence (new)"):
        assert codes(text)[0] == FOOD, text
    assert search("孩子上户口").hits[0].row.code == "birth-registration"


def test_what_was_met_better_stands_before_and_the_complete_before_the_stubs(db: None) -> None:
    hits = search("食品经营许可").hits
    assert [ORDER[hit.how] for hit in hits] == sorted(ORDER[hit.how] for hit in hits)
    assert (hits[0].how, hits[0].row.complete) == (EXACT, True)
    for text, how in (("医疗机构", PREFIX), ("登记", INSIDE)):
        complete = [hit.row.complete for hit in search(text).hits if hit.how == how]
        assert complete == sorted(complete, reverse=True) and True in complete and False in complete
    assert (search("sfz").hits[0].how, codes("bsfz")) == (INITIALS, ["resident-identity-card"])
    assert {hit.how for hit in search("身后").hits} == {EVENT} and codes("身后") == ["real-estate-transfer"]


def every_alias() -> list[tuple[str, str]]:
    return [(item["code"], alias) for path in sorted((demo_folder() / "items").glob("*.json")) for item in [json.loads(path.read_text())] for alias in item["aliases"]]


def test_an_exact_alias_always_comes_first(db: None) -> None:
    """Every alias of every item, with what people say around it: nothing but items that have these words stands before or beside."""
    for n, (code, alias) in enumerate(every_alias()):
        hits = search(["{}", "我想{}", "{}怎么办理", " {}？"][n % 4].format(alias), by_meaning=False).hits
        first = [hit.row.code for hit in hits if hit.how == EXACT]
        assert code in first and [hit.row.code for hit in hits[: len(first)]] == first, alias


@given(at=st.integers(0, 10_000), upper=st.booleans(), wide=st.booleans(), blanks=st.integers(0, 3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_it_is_typed_the_alias_is_found(db: None, at: int, upper: bool, wide: bool, blanks: int) -> None:
    aliases = every_alias()
    code, alias = aliases[at % len(aliases)]
    typed = "".join(chr(ord(c) + 0xFEE0) if wide and "!" <= c <= "~" else c for c in (alias.upper() if upper else alias))
    hits = search(" " * blanks + typed + " " * blanks, by_meaning=False).hits
    assert hits[0].how == EXACT and code in {hit.row.code for hit in hits if hit.how == EXACT}


def test_meaning_helps_where_letters_find_little_and_claims_nothing_below_its_bound(db: None) -> None:
    hits = search("想开个小饭馆").hits
    assert hits[0].row.code == FOOD and {hit.how for hit in hits} == {MEANING}
    assert all(hit.likeness is not None and hit.likeness >= queries.CLAIMED for hit in hits)
    assert [hit.likeness for hit in hits] == sorted((hit.likeness for hit in hits), reverse=True)
    nothing = search("红烧肉怎么做")
    assert nothing.hits == () and all(hit.likeness is not None and queries.NEAR <= hit.likeness < queries.CLAIMED for hit in nothing.near)
    assert search("红烧肉怎么做", by_meaning=False) == queries.Found("红烧肉怎么做", ())


@pytest.mark.parametrize("text", ["", "   ", "？？"])
def test_nothing_is_asked_and_nothing_answers(db: None, text: str) -> None:
    assert search(text) == queries.Found("", ())


def test_only_what_is_allowed_is_found(db: None) -> None:
    people = frozenset(entries(serves="person").values_list("pk", flat=True))
    assert {hit.row.entry for hit in search("登记", among=people).hits} < people
    assert all(hit.row.complete for hit in search("登记", items_only=True).hits)
    assert codes("开饭店", among=frozenset()) == [] and codes("想开个小饭馆", among=frozenset()) == []


def test_a_running_process_finds_a_new_alias_and_loses_a_withdrawn_item(db: None) -> None:
    by, listed = staff(ADMINISTRATOR), entry_called(FOOD).code
    assert FOOD not in codes("支个烤串摊子炉", by_meaning=False)
    before = index.current()
    assert index.current() is before
    publish(by=by, site=SITE, definition=aliased("支个烤串摊子炉"))
    found = search("支个烤串摊子炉").hits
    assert [(hit.row.code, hit.how) for hit in found] == [(FOOD, EXACT)] and index.current() is not before
    withdraw(by=by, version_id=published(FOOD).pk, reason="演示")
    assert codes("支个烤串摊子炉", by_meaning=False) == [] and codes("开饭店", by_meaning=False) == ["fire-safety-check"]
    assert [hit.row.complete for hit in search("食品(含保健食品)经营许可核发").hits] == [False]
    strike(by=by, entry_id=entry_called(listed).pk)
    assert listed not in codes("食品(含保健食品)经营许可核发", by_meaning=False)


def test_another_process_finds_it_too_as_soon_as_it_is_committed(fresh_database: str) -> None:
    """Two connections: one has searched before, the other publishes; the next search of the first one finds it."""
    assert codes("支个烤串摊子炉", by_meaning=False) == []

    def elsewhere() -> None:
        publish(by=staff(ADMINISTRATOR), site=SITE, definition=aliased("支个烤串摊子炉"))

    assert at_once([elsewhere]) == [None]
    assert codes("支个烤串摊子炉") == [FOOD]


def test_many_at_once_while_somebody_publishes(fresh_database: str) -> None:
    """Readers never meet half an index."""
    def publishing() -> None:
        for n in range(5):
            publish(by=staff(ADMINISTRATOR), site=SITE, definition=aliased(f"支个烤串摊子炉{n}"))

    def reading() -> list[str]:
        return [codes("开饭店", by_meaning=False)[0] for _ in range(40)]

    doings: list[Callable[[], Any]] = [publishing, reading, reading, reading]
    assert at_once(doings) == [None, *[[FOOD] * 40] * 3]
    assert codes("支个烤串摊子炉4") == [FOOD]


def test_a_search_that_finds_nothing_new_asks_one_short_question(db: None) -> None:
    search("想开个小饭馆")
    with CaptureQueriesContext(connection) as asked:
        search("想开个小饭馆")
    assert len(asked) == 1


def test_what_has_no_vector_yet_is_computed_once_and_then_found_by_its_meaning(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_complete_at", None)
    assert tasks.embed() == 0, "the demonstration brings its vectors along"
    publish(by=staff(ADMINISTRATOR), site=SITE, definition=aliased("支个烤串摊子"))
    assert index.current().missing == ["支个烤串摊子"]
    assert (tasks.embed(), tasks.embed(), index.current().missing) == (1, 0, [])
    assert search("摆摊子烤肉串").hits[0].row.code == FOOD
    known = Vector.objects.count()
    publish(by=staff(ADMINISTRATOR), site=SITE, definition=aliased("支个烤串摊子", "open a restaurant"))
    assert (tasks.embed(), Vector.objects.count()) == (0, known), "the same words mean the same"
    with CaptureQueriesContext(connection) as asked:
        assert tasks.embed() == 0
    assert len(asked) == 1


def test_without_vectors_or_without_the_model_the_letters_still_serve(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Vector.objects.all().delete()
    index.forget()
    assert codes("开饭店")[0] == FOOD and search("想开个小饭馆") == queries.Found("开个小饭馆", ())


def test_a_machine_that_cannot_compute_says_so_once_and_goes_by_letters(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "able", lambda: False)
    assert codes("开饭店")[0] == FOOD and search("给狗看牙的大夫").hits == () and tasks.embed() == 0


def test_the_model_that_is_busy_is_not_waited_for(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "_PATIENCE_S", 0.01)
    with meaning._ONE_AT_A_TIME:
        assert search("给牛看牙的大夫").hits == ()
    assert search("给牛看牙的大夫").hits


def test_the_vectors_that_come_along_are_those_of_the_demonstration(db: None, tmp_path: Path) -> None:
    from onewindow.foundation.catalogue.search import shipped

    assert index.current().missing == []
    rows = list(shipped.read(demo_folder()))
    assert len(rows) == Vector.objects.count() and shipped.write(tmp_path, rows) == len(rows)
    assert (tmp_path / shipped.NAME).read_bytes() == (demo_folder() / shipped.NAME).read_bytes()
    (tmp_path / shipped.NAME).write_bytes(b"x" * 500)
    assert len(list(shipped.read(tmp_path))) == 1 and list(shipped.read(tmp_path / "nowhere")) == []


def test_a_name_without_brackets_finds_as_well(db: None) -> None:
    assert all(codes(bare(row.words.zh), by_meaning=False) for row in index.current().rows if row.complete)
