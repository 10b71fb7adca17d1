"""A bad definition is refused with the exact field and rule, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onewindow.foundation.catalogue.definition import DefinitionWrong, load
from onewindow.foundation.catalogue.definition.tests.conftest import raw

Place = tuple[str | int, ...]
GONE = object()

SHAPES: list[tuple[Place, Any, str, str]] = [
    (("schema",), "onewindow.item/2", "/schema", "literal-error"),
    (("name", "en"), GONE, "/name/en", "missing"),
    (("name", "fr"), "permis", "/name/fr", "extra-forbidden"),
    (("item_type",), "99", "/item_type", "literal-error"),
    (("limits", "promised", "n"), "4", "/limits/promised/n", "int-type"),
    (("limits", "promised", "unit"), "天", "/limits/promised/unit", "literal-error"),
    (("materials", 2, "need"), "4", "/materials/layout/need", "literal-error"),
    (("materials", 2, "acceptance_points"), [], "/materials/layout/acceptance_points", "too-short"),
    (("questions", 0, "answers", 1, "text", "zh"), "", "/questions/business/answers/catering/text/zh",
     "string-too-short"),
    (("form", 1, "fields", 1, "required"), 1, "/form/premises/fields/area/required", "bool-type"),
    (("steps", 0, "role"), "robot", "/steps/review/role", "literal-error"),
    (("citations", "licensing-42", "quote"), GONE, "/citations/licensing-42/quote", "missing"),
    (("citations", "licensing-42", "kind"), "hearsay", "/citations/licensing-42", "union-tag-invalid"),
    (("citations", "licensing-42", "article"), "42", "/citations/licensing-42/article",
     "string-pattern-mismatch"),
    (("service", "online_depth"), 9, "/service/online_depth", "less-than-equal"),
    (("sources", "/fees"), [], "/sources/fees", "too-short"),
]  # fmt: skip

RULES: list[tuple[Place, Any, str, str]] = [
    (("department", "credit_code"), "11310199DEM000014P", "/department/credit_code", "check-character"),
    (("level",), "3", "/implementation_code", "level-differs"),
    (("item_type",), "07", "/implementation_code", "type-differs"),
    (("limits", "promised", "n"), 21, "/limits/promised", "promise-too-long"),
    (("limits", "promised", "n"), 3, "/steps", "steps-too-long"),
    (("handling_type",), "1", "/handling_type", "not-on-the-spot"),
    (("limits", "promised"), {"n": 1, "unit": "month"}, "/limits/promised", "promise-too-long"),
    (("result", "validity", "unit"), "working-day", "/result/validity", "not-by-the-calendar"),
    (("result", "validity", "n"), 0, "/result/validity", "not-by-the-calendar"),
    (("result", "recheck"), {"n": 30, "unit": "working-day"}, "/result/recheck", "not-by-the-calendar"),
    (("steps", 1, "order"), 7, "/steps", "order-broken"),
    (("steps", 2, "kind"), "review", "/steps", "one-decision"),
    (("steps", 2, "role"), "specialist", "/steps/decision/role", "decision-by-approver"),
    (("steps", 1, "staff"), 1, "/steps/site-visit/staff", "two-at-a-visit"),
    (("steps", 1, "order"), 3, "/steps", "order-broken"),
    (("steps", 3, "order"), 3, "/steps/decision/order", "decision-alone"),
    (("steps", 1, "points", 0, "condition"), "luck", "/steps/site-visit/points/address/condition", "condition-unknown"),
    (("steps", 0, "points", 1, "code"), "name", "/steps/review/points/name", "code-repeated"),
    (("materials", 3, "specimen", "lines", 0, "why"), GONE, "/materials/rules/specimen/lines/list", "mistake-unexplained"),
    (("materials", 3, "specimen", "lines", 0, "point"), "smell", "/materials/rules/specimen/lines/list/point", "point-unknown"),
    (("materials", 3, "specimen", "lines", 1, "code"), "list", "/materials/rules/specimen/lines/list", "code-repeated"),
    (("fees", "charged"), True, "/fees/charged", "fees-disagree"),
    (("quantity_limit", "limited"), True, "/quantity_limit/n", "quantity-disagrees"),
    (("result", "number_pattern"), "JY{region}", "/result/number_pattern", "number-pattern"),
    (("result", "template", "lines", 1, "value"), "{form.nickname}", "/result/template/lines/holder/value",
     "reference-unknown"),
    (("materials", 0, "acceptance_points", 1, "field"), "nickname",
     "/materials/application/acceptance_points/name/field", "field-unknown"),
    (("form", 1, "fields", 1, "check", "value"), "one", "/form/premises/fields/area/check", "check-wrong"),
    (("form", 2, "fields", 1, "kind"), "text", "/form/business/fields/manager-post/choices", "choices-wrong"),
    (("materials", 5, "when"), [{"colour": ["red"]}], "/materials/special-room-plan/when",
     "question-unknown"),
    (("materials", 5, "when"), [{"kinds": ["fried"]}], "/materials/special-room-plan/when",
     "answer-unknown"),
    (("materials", 5, "when"), [{}], "/materials/special-room-plan/when", "condition-empty"),
    (("materials", 5, "when"), [{"goods": ["loose"], "kinds": ["raw"]}],
     "/materials/special-room-plan/when", "never-applies"),
    (("materials", 5, "when"), [{"goods": ["prepackaged-only"]}],
     "/materials/special-room-plan/when", "never-applies"),
    (("questions", 1, "when"), [{"agent": ["self"]}], "/questions/goods/when", "question-later"),
    (("questions", 1, "kind"), "many", "/questions/goods/kind", "exit-among-many"),
    (("materials", 0, "name", "zh"), "法律、法规规定的其他材料", "/materials/application/name/zh",
     "catch-all"),
    (("conditions", 0, "text", "zh"), "审批机关认为需要的条件。", "/conditions/premises/text/zh",
     "catch-all"),
    (("materials", 1, "code"), "application", "/materials/application", "code-repeated"),
    (("sources", "/fees"), GONE, "/fees/charged", "no-source"),
    (("sources", "/fees"), ["hearsay"], "/sources/fees", "citation-unknown"),
    (("sources", "/nothing"), ["demo-words"], "/sources/nothing", "source-for-nothing"),
    (("sources", "/*"), ["demo-words"], "/sources/*", "source-for-everything"),
    (("legal_basis",), ["demo-words"], "/legal_basis", "basis-not-statute"),
    (("special",), {"silence": "demo-words"}, "/special/silence", "basis-not-statute"),
    (("special",), {"silence": "hearsay"}, "/special/silence", "citation-unknown"),
]  # fmt: skip


def mutated(place: Place, value: Any) -> dict[str, Any]:
    data = raw("food-business-licence")
    node: Any = data
    for part in place[:-1]:
        node = node[part]
    if value is GONE:
        del node[place[-1]]
    else:
        node[place[-1]] = value
    return data


def refusals(data: dict[str, Any] | Path) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionWrong) as refused:
        load(data)
    for finding in refused.value.findings:
        assert finding.zh.endswith("。")
        assert finding.en.endswith(".")
        assert any("一" <= character <= "龥" for character in finding.zh)
    return [(finding.pointer, finding.rule) for finding in refused.value.findings]


@pytest.mark.parametrize(("place", "value", "pointer", "rule"), SHAPES)
def test_wrong_shape_is_named_exactly(place: Place, value: Any, pointer: str, rule: str) -> None:
    assert refusals(mutated(place, value)) == [(pointer, rule)]


@pytest.mark.parametrize(("place", "value", "pointer", "rule"), RULES)
def test_broken_rule_is_named_exactly(place: Place, value: Any, pointer: str, rule: str) -> None:
    assert (pointer, rule) in refusals(mutated(place, value))


def test_an_unused_citation_and_an_idle_question_are_named() -> None:
    data = raw("food-business-licence")
    data["citations"]["spare"] = data["citations"]["demo-words"]
    data["questions"].append({**data["questions"][-1], "code": "weather"})
    assert refusals(data) == [
        ("/citations/spare", "citation-unused"),
        ("/questions/weather", "question-idle"),
    ]


def test_what_a_permit_charges_rests_on_law_and_is_counted_by_a_number() -> None:
    data = raw("food-business-licence")
    text = {"zh": "工本费", "en": "Cost of the paper"}
    fee = {"code": "paper", "name": text, "amount": "1.00", "per": text}
    data["fees"] = {"charged": True, "text": text, "items": [fee | {"quantity": "name", "due": "decision"}]}
    wrong = {("/fees/items/paper/quantity", "quantity-no-number"), ("/fees/items/paper/due", "paid-first-without-law")}
    assert wrong <= set(refusals(data)) and ("/fees/charged", "charged-without-law") not in refusals(data)
    data["fees"]["items"] = [fee]
    data["sources"] = {place: names for place, names in data["sources"].items() if not place.startswith("/fees")} | {"/fees": ["demo-words"]}
    assert ("/fees/charged", "charged-without-law") in refusals(data)


def test_every_fault_is_told_at_once() -> None:
    data = raw("food-business-licence")
    data["level"] = "9"
    data["fees"]["charged"] = "no"
    assert refusals(data) == [("/level", "literal-error"), ("/fees/charged", "bool-type")]


def test_a_file_that_is_not_json_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    assert refusals(tmp_path / "bad.json") == [("/", "json-invalid")]
    assert refusals(tmp_path / "none.json") == [("/", "unreadable")]
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    assert refusals(tmp_path / "list.json") == [("/", "model-type")]
