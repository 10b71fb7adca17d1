"""Comparing and changing bodies: no difference means equal, the differences lead from one to the other, and every change can be taken back."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.foundation.catalogue.definition import demo_folder, load
from onewindow.foundation.catalogue.definition.addressing import Change, NoSuchPlace, all_applied, applied, coded, touches
from onewindow.foundation.catalogue.definition.comparing import alike, differences, marked
from onewindow.foundation.catalogue.definition.fields import fields_of
from onewindow.foundation.catalogue.definition.labels import FIELDS_OF_PART, named
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.wording import compared
from onewindow.foundation.catalogue.drafts.rules import rebased, three_ways

MANY = settings(derandomize=True, max_examples=400, deadline=None)
FOOD: dict[str, Any] = json.loads((demo_folder() / "items" / "food-business-licence.json").read_text())
CODES = st.sampled_from(["a", "b", "c", "d", "e", "f"])
PLAIN = st.one_of(st.integers(-2, 3), st.booleans(), st.sampled_from(["", "a", "甲", "甲乙"]), st.lists(st.sampled_from(["1", "2"]), max_size=2))
NAMES = st.sampled_from(["name", "need", "n", "unit", "when", "inner"])


def elements(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.dictionaries(CODES, st.dictionaries(NAMES, inner, max_size=3), max_size=5).map(
        lambda found: [{"code": code, **fields} for code, fields in found.items()]
    )


VALUES = st.recursive(PLAIN, lambda inner: st.one_of(elements(inner), st.dictionaries(NAMES, inner, max_size=3)), max_leaves=12)
SOURCES = st.dictionaries(st.sampled_from(["/a", "/a/b", "/*/c"]), st.lists(CODES, min_size=1, max_size=2), max_size=3)
BODIES = st.builds(lambda body, sources: {**body, "sources": sources}, st.dictionaries(st.sampled_from(["parts", "limits", "name"]), VALUES, max_size=3), SOURCES)


def led(before: Any, after: Any) -> Any:
    return all_applied(before, [difference.change for difference in differences(before, after)])[0]


@MANY
@given(BODIES, BODIES)
def test_the_differences_lead_from_one_body_to_the_other_and_back(before: Any, after: Any) -> None:
    found = differences(before, after)
    assert (not found) == alike(before, after)
    done, backs = all_applied(before, [difference.change for difference in found])
    assert alike(done, after)
    assert alike(all_applied(done, backs)[0], before)


@MANY
@given(BODIES)
def test_a_body_differs_not_from_itself(body: Any) -> None:
    assert differences(body, json.loads(json.dumps(body))) == ()


@MANY
@given(elements(PLAIN), st.randoms(use_true_random=False))
def test_what_was_only_put_in_another_order_is_only_moved(parts: list[Any], order: Any) -> None:
    shuffled = list(parts)
    order.shuffle(shuffled)
    found = differences({"parts": parts}, {"parts": shuffled})
    assert {difference.kind for difference in found} <= {"moved"} and len(found) < max(len(parts), 1)
    assert led({"parts": parts}, {"parts": shuffled}) == {"parts": shuffled}


@MANY
@given(BODIES, BODIES, BODIES)
def test_what_does_not_touch_can_be_done_in_either_order(base: Any, one: Any, other: Any) -> None:
    """The lock by address rests on this: changes that do not touch lead to the same, whoever comes first; but for the order of what both moved or added."""
    mine, theirs = differences(base, one), differences(base, other)
    for a in mine:
        for b in theirs:
            if touches(a.change, b.change) or a.change == b.change:
                continue
            first, second = _both(base, a.change, b.change), _both(base, b.change, a.change)
            assert first is not None and second is not None, (a, b)
            assert alike(_unordered(first), _unordered(second)), (a, b)


def _both(body: Any, first: Change, second: Change) -> Any:
    try:
        return applied(applied(body, first)[0], second)[0]
    except NoSuchPlace:
        return None


def _unordered(node: Any) -> Any:
    if isinstance(node, dict):
        return {name: _unordered(value) for name, value in node.items()}
    if coded(node):
        return {element["code"]: _unordered(element) for element in node}
    return node


@MANY
@given(BODIES, BODIES, BODIES, st.sampled_from(["mine", "theirs"]))
def test_coming_up_to_a_newer_version_loses_no_side_unasked(base: Any, newer: Any, draft: Any, choice: str) -> None:
    ways = three_ways(base, newer, draft)
    merged, _ = all_applied(draft, rebased(ways, draft, {each.at: choice for each in ways.both}))
    if alike(base, draft):
        assert not ways.both and alike(merged, newer)
    if alike(base, newer) or (choice == "mine" and not ways.taken):
        assert alike(merged, draft)


@MANY
@given(st.text("甲乙丙ab", max_size=12), st.text("甲乙丙ab", max_size=12))
def test_the_pieces_of_a_changed_text_make_up_the_text(was: str, now: str) -> None:
    left, right = marked(was, now)
    assert ("".join(text for _, text in left), "".join(text for _, text in right)) == (was, now)
    assert [text for changed, text in left if not changed] == [text for changed, text in right if not changed]
    assert any(changed for changed, _ in [*left, *right]) == (was != now)


def bodies_of_the_district() -> list[dict[str, Any]]:
    return [load(path).model_dump(mode="json", by_alias=True, exclude_none=True) for path in sorted((demo_folder() / "items").glob("*.json"))]


def test_real_items_are_told_apart_in_words_and_led_from_one_to_the_next() -> None:
    bodies = bodies_of_the_district()[:14]
    for before, after in pairwise(bodies):
        assert alike(led(before, after), after)
        for group in compared(before, after):
            for told in group.told:
                assert told.words.zh and told.words.en and "{" not in told.words.zh[:40], told


def test_every_field_and_every_value_has_words_in_both_languages() -> None:
    seen: set[Any] = set()

    def unnamed(models: Any) -> list[str]:
        found = []
        for field in fields_of(*models).values():
            found += [] if named(field) else [field.key]
            if field.of and field.of not in seen:
                seen.add(field.of)
                found += unnamed(field.of)
        return found

    assert unnamed((Definition,)) == []


def test_every_field_of_a_definition_has_its_place_in_the_editor() -> None:
    placed = [name for names in FIELDS_OF_PART.values() for name in names]
    assert sorted(placed) == sorted(fields_of(Definition).keys() - {"schema", "code"})
