"""Lint as a whole: what `check` refuses is an error, every rule says what and how, and it never raises."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.foundation.catalogue.definition import DefinitionWrong, demo_folder, read, rules, statutes_folder
from onewindow.foundation.catalogue.definition.lint import BOOK, CODES, OTHER, SEVERITIES, lint, lint_together, misshapen, worst
from onewindow.foundation.catalogue.definition.lint.carried import SHAPE
from onewindow.foundation.catalogue.definition.lint.page import page
from onewindow.foundation.catalogue.definition.lint.tests.breaking import (
    APPLICATION,
    FOOD,
    IDENTITY,
    LABOUR,
    PERMIT,
    TEXT,
    Break,
    Data,
    put,
    texts,
)
from onewindow.foundation.catalogue.definition.tests.conftest import raw

# --- what `check` refuses ---------------------------------------------------------------------------


def slugs() -> set[str]:
    """The names of all rules of `check`, as its code has them."""
    folder = Path(rules.__file__).parent
    sources = [*folder.glob("*.py"), folder.parent / "sourcing.py"]
    return {slug for path in sources for slug in re.findall(r'Finding\(\s*(?:f?"[^"]*"|\w+),\s*"([a-z-]+)"', path.read_text(encoding="utf-8"))}


def test_every_rule_of_check_has_a_code_here_and_is_an_error() -> None:
    assert slugs() == CODES.keys()
    assert {BOOK[code].severity for code in [*CODES.values(), OTHER, SHAPE]} == {"error"}
    assert len(set(CODES.values())) == len(CODES)


@pytest.mark.parametrize(
    ("breaking", "code", "address"),
    [
        (put("/limits/promised/n", 21), "OW-L101", "/limits/promised"),
        (put("/limits/promised/n", 3), "OW-L102", "/steps"),
        (put("/handling_type", "1"), "OW-L103", "/handling_type"),
        (put(f"{APPLICATION}/name/zh", "法律、法规规定的其他材料"), "OW-L201", f"{APPLICATION}/name/zh"),
        (put("/questions/machine/answers", [{"code": "no", "text": TEXT}, {"code": "maybe", "text": TEXT}]), "OW-L306", "/materials/machine-plan/when"),
        (put("/legal_basis", ["demo-words"]), "OW-L401", "/legal_basis"),
        (put("/citations/licensing-42/quote", "三十日内作出行政许可决定。"), "OW-L402", "/citations/licensing-42/quote"),
        (put("/department/credit_code", "11310199DEM000014P"), OTHER, "/department/credit_code"),
    ],
)
def test_what_check_refuses_lint_tells_as_an_error(breaking: Break, code: str, address: str) -> None:
    data = raw(FOOD)
    breaking(data)
    remarks = lint(read(data), texts())
    assert (code, address) in {(remark.code, remark.address) for remark in remarks}
    assert worst(remarks) == "error"
    assert remarks[0].rule.severity == "error"


def test_a_file_of_another_shape_is_an_error_too() -> None:
    with pytest.raises(DefinitionWrong) as wrong:
        read({**raw(FOOD), "level": "9"})
    assert [(r.item, r.code, r.address) for r in misshapen("food", wrong.value)] == [("food", SHAPE, "/level")]


# --- the book ---------------------------------------------------------------------------------------


def test_every_rule_says_what_and_how_in_both_languages_and_quotes_its_articles() -> None:
    for code, rule in BOOK.items():
        assert re.fullmatch(r"OW-L[0-7]\d\d", code) and rule.severity in SEVERITIES
        for words in (rule.title, rule.fix):
            assert re.search("[一-鿿]", words.zh) and not re.search("[一-鿿]", words.en)
        assert rule.fix.zh.endswith("。") and rule.fix.en.endswith(".")
        for source in rule.basis:
            assert source.quote in texts()[source.law].articles[source.article]


def test_the_page_is_written_from_the_book() -> None:
    written = (statutes_folder().parent.parent / "lint.md").read_text(encoding="utf-8")
    assert written == page()
    assert all(f"| {code} |" in written for code in BOOK)


def test_remarks_speak_both_languages_and_stand_on_addresses() -> None:
    for path in sorted((demo_folder() / "items").glob("*.json")):
        for remark in lint(read(path)):
            assert remark.zh.endswith("。") and remark.en.endswith(".") and remark.address.startswith("/")


def test_the_demonstration_has_no_errors_and_one_warning() -> None:
    """A condition of the demonstration's own practice; it is there to be found."""
    definitions = [read(path) for path in sorted((demo_folder() / "items").glob("*.json"))]
    found = lint_together(definitions, texts())
    assert [(r.item, r.code, r.address) for r in found if r.rule.severity != "advice"] == [
        ("performing-troupe-licence", "OW-L421", "/conditions/high-risk")
    ]


# --- it never raises --------------------------------------------------------------------------------


def shaken(data: Data, chance: random.Random) -> Data:
    """The same data with some parts dropped, doubled or swapped, here and there."""

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: walk(value) for key, value in node.items()}
        if isinstance(node, list):
            parts = [walk(part) for part in node if chance.random() > 0.03]
            if parts and chance.random() < 0.05:
                parts.append(chance.choice(parts))
            if chance.random() < 0.05:
                chance.shuffle(parts)
            return parts
        if isinstance(node, int) and not isinstance(node, bool) and chance.random() < 0.1:
            return chance.choice([0, 1, 5, 20])
        if isinstance(node, str) and chance.random() < 0.02:
            return chance.choice(["二十亿零三日 １２", "1", "x", "十百千万个月", "名称", "-"])
        return node

    shuffled: Data = walk(data)
    return shuffled


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([FOOD, PERMIT, LABOUR, IDENTITY, "company-registration", "real-estate-transfer"]), st.integers(0, 10**9))
def test_lint_never_raises_on_what_has_the_shape(item: str, seed: int) -> None:
    data = shaken(raw(item), random.Random(seed))
    try:
        definition = read(data)
    except DefinitionWrong:
        return
    first = lint(definition, texts())
    assert first == lint(read(json.loads(json.dumps(data))), texts()) == sorted(first)
