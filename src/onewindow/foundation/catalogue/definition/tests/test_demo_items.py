"""The demonstration items are whole: facts sourced, quotations exact, figures as the law has them."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from typing import Any

import pytest

from onewindow.foundation.catalogue.definition import (
    Definition,
    Statute,
    canonical,
    covering,
    demo_folder,
    digest,
    examine,
    leaves,
    load,
    misquoted,
    read,
    situations,
    statutes_folder,
    uncovered,
)
from onewindow.foundation.catalogue.definition.parts import StatuteSource

ITEMS = sorted((demo_folder() / "items").glob("*.json"))


def test_at_least_forty_items_of_fifteen_departments_of_every_common_kind() -> None:
    """And each asks about its situation: no item has fewer than two."""
    found = [load(path) for path in ITEMS]
    assert len(found) >= 40 and len({item.department.code for item in found}) >= 15
    assert {item.item_type for item in found} >= {"01", "05", "07", "10", "20"}
    assert [item.code for item in found if sum(1 for _ in islice(situations(item), 2)) < 2] == []


@pytest.mark.parametrize("path", ITEMS, ids=lambda path: path.stem)
def test_item_is_sound(path: Any, texts: dict[str, Statute]) -> None:
    definition = load(path)
    assert definition.code == path.stem
    assert uncovered(definition) == []
    assert misquoted(definition, texts) == []
    assert examine(path, texts) == []


@pytest.mark.parametrize("path", ITEMS, ids=lambda path: path.stem)
def test_every_quotation_stands_in_the_file_itself(path: Any) -> None:
    for source in load(path).citations.values():
        if isinstance(source, StatuteSource):
            text = (statutes_folder() / f"{source.law}.md").read_text(encoding="utf-8")
            assert source.quote in text


def test_every_kept_text_is_quoted_by_some_item(texts: dict[str, Statute]) -> None:
    quoted = {
        source.law
        for item in ITEMS
        for source in load(item).citations.values()
        if isinstance(source, StatuteSource)
    }
    assert quoted == set(texts)


def test_counts(food: Definition, hygiene: Definition) -> None:
    def kinds(definition: Definition) -> dict[str, int]:
        return dict(Counter(source.kind for source in definition.citations.values()))

    assert (len(food.materials), len(food.questions), len(food.fields)) == (11, 6, 18)
    assert (len(hygiene.materials), len(hygiene.questions), len(hygiene.fields)) == (11, 4, 17)
    assert kinds(food) == {"statute": 45, "unverified": 6, "demo": 8}
    assert kinds(hygiene) == {"statute": 52, "unverified": 6, "demo": 8}


def test_the_nearest_source_wins(food: Definition, hygiene: Definition) -> None:
    assert covering(food, "/materials/layout/copies/originals") == ("demo-practice",)
    assert covering(food, "/materials/layout/need") == ("food-35-review",)
    assert covering(hygiene, "/result/recheck/n") == ("hygiene-8-recheck",)
    assert covering(food, "/no/such/fact") == ()


def test_leaves_are_facts_not_names(food: Definition) -> None:
    facts = leaves(food)
    assert "/materials/agent-id/when" in facts
    assert "/aliases" in facts
    assert "/form/business/fields/manager-post/choices/full-time/text/zh" in facts
    assert not [address for address in facts if address.endswith("/code") or "/citations" in address]
    assert len(facts) == len(set(facts))


def test_uncovered_names_the_fact_that_lost_its_source(food_data: dict[str, Any]) -> None:
    del food_data["sources"]["/limits/delivery"]
    assert uncovered(read(food_data)) == ["/limits/delivery/n", "/limits/delivery/unit"]


@pytest.mark.parametrize(
    ("change", "pointer", "rule"),
    [
        ({"quote": "行政机关应当自受理行政许可申请之日起三十日内作出行政许可决定。"}, "/quote", "misquoted"),
        ({"article": "第四十三条"}, "/quote", "misquoted"),
        ({"article": "第一百条"}, "/article", "article-missing"),
        ({"law": "行政许可法(2003-08-27)"}, "/law", "statute-missing"),
    ],
)
def test_a_changed_quotation_is_caught(
    food_data: dict[str, Any], texts: dict[str, Statute], change: dict[str, str], pointer: str, rule: str
) -> None:
    food_data["citations"]["licensing-42"].update(change)
    found = [(f.pointer, f.rule) for f in examine(food_data, texts)]
    assert found == [(f"/citations/licensing-42{pointer}", rule)]


def test_one_wrong_character_is_caught(food_data: dict[str, Any], texts: dict[str, Statute]) -> None:
    for name, citation in food_data["citations"].items():
        if citation["kind"] != "statute":
            continue
        kept = citation["quote"]
        citation["quote"] = kept[:-2] + "〇" + kept[-1]
        found = [(f.pointer, f.rule) for f in misquoted(read(food_data), texts)]
        assert found == [(f"/citations/{name}/quote", "misquoted")]
        citation["quote"] = kept


def test_digest_sees_content_not_layout(food: Definition, food_data: dict[str, Any]) -> None:
    turned = dict(reversed(food_data.items()))
    turned["sources"] = dict(reversed(food_data["sources"].items()))
    stored = json.loads(food.model_dump_json(by_alias=True))  # as a database keeps it, nulls and all
    assert digest(load(turned)) == digest(load(stored)) == digest(food)
    assert load(stored) == food
    food_data["limits"]["promised"]["n"] = 5
    assert digest(load(food_data)) != digest(food)
    assert len(digest(food)) == 64
    assert b": " not in canonical(food)[:200]


def test_a_definition_does_not_change(food: Definition) -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(food, "code", "other")  # noqa: B010 - the type checker refuses it too
