"""The restaurant as it is met most often: what is asked, merged, left out, and given back to each item."""

from __future__ import annotations

import json
from typing import Any

import pytest

from onewindow.foundation.catalogue.definition import (
    AnswersWrong,
    DefinitionWrong,
    demo_folder,
    load,
    read_statutes,
    statutes_folder,
)
from onewindow.foundation.catalogue.definition.bundles import (
    Bundle,
    Merged,
    examine_bundle,
    in_order,
    load_bundle,
    merge,
    saving,
    split,
)

ITEMS = {path.stem: load(path) for path in sorted((demo_folder() / "items").glob("*.json"))}
PATHS = sorted((demo_folder() / "bundles").glob("*.json"))
RESTAURANT: dict[str, Any] = json.loads((demo_folder() / "bundles" / "open-restaurant.json").read_text(encoding="utf-8"))
LICENCE, FOOD, FIRE, SEWER, SIGN = (
    "self-employed-registration", "food-business-licence", "fire-safety-check", "sewer-discharge-permit", "outdoor-signboard",
)  # fmt: skip


@pytest.fixture(scope="module")
def restaurant() -> Bundle:
    return load_bundle(RESTAURANT, ITEMS)


def usual(bundle: Bundle, **changed: tuple[str, ...]) -> Merged:
    return merge(bundle, ITEMS, dict(bundle.usual) | changed)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_bundle_of_the_demonstration_is_sound_and_exactly_quoted(path: Any) -> None:
    assert examine_bundle(path, ITEMS, read_statutes(statutes_folder())) == []


def test_the_own_questions_come_first_and_the_rest_only_where_nothing_settles_them(restaurant: Bundle) -> None:
    first = merge(restaurant, ITEMS, {})
    assert [one.code for one in first.remaining] == ["standing", "signs", "agent"]
    assert (first.members, first.form, first.papers) == ((), (), ())
    then = merge(restaurant, ITEMS, {"standing": ("self-employed",), "signs": ("own",), "agent": ("agent",)})
    asked = {one.code for one in then.questions}
    assert not asked & {f"{item}.agent" for item in ITEMS} and f"{FOOD}.business" not in asked
    assert then.next is not None and then.next.item


def test_who_takes_part_and_why_the_others_do_not(restaurant: Bundle) -> None:
    merged = usual(restaurant)
    assert [member.code for member in merged.needed] == [LICENCE, FOOD, FIRE, SEWER]
    assert [(member.code, member.reason.zh) for member in merged.members if not member.needed and member.reason] == [
        (SIGN, "只挂自己店铺的招牌，不用批准。"),
    ]


def test_an_answer_that_ends_the_matter_leaves_nothing(restaurant: Bundle) -> None:
    ended = merge(restaurant, ITEMS, {"standing": ("company",)})
    assert ended.not_needed is not None and ended.not_needed.zh.startswith("请先办“企业开办”")
    assert (ended.needed, ended.next, ended.form, ended.papers) == ((), None, (), ())


def test_what_arrives_is_neither_asked_nor_brought(restaurant: Bundle) -> None:
    merged = usual(restaurant)
    assert [(one.arrival.giver, one.arrival.item) for one in merged.arriving] == [(LICENCE, FOOD), (LICENCE, FIRE), (LICENCE, SEWER)]
    assert "credit-code" not in {field.code for field in merged.form_fields}
    assert "business-licence" not in {paper.code for paper in merged.papers}
    own = {code: chosen for code, chosen in restaurant.usual.items() if not code.startswith(LICENCE)}
    having = merge(restaurant, ITEMS, own | {"standing": ("have",)})
    assert having.arriving == () and LICENCE not in {member.code for member in having.needed}
    assert "credit-code" in {field.code for field in having.form_fields}
    assert "business-licence" in {paper.code for paper in having.papers}


def test_a_shared_paper_is_handed_in_once_and_given_to_each(restaurant: Bundle) -> None:
    merged = usual(restaurant)
    paper = next(paper for paper in merged.papers if paper.code == "application")
    assert set(paper.items) == {LICENCE, FOOD, FIRE, SEWER}
    assert paper.originals == max(one.material.copies.originals for one in paper.wanted)
    filings = split(merged, {"premises": "示范路 8 号"}, {"application", "no-such-paper"})
    assert [filing.given for filing in filings] == [frozenset({"application"})] * 4
    forms = {filing.item: filing.form for filing in filings}
    assert (forms[FOOD]["premises"], forms[FIRE]["place-address"]) == ("示范路 8 号", "示范路 8 号")
    assert {filing.item: filing.arriving for filing in filings} == {
        LICENCE: frozenset(), FOOD: {"credit-code"}, FIRE: {"credit-code"}, SEWER: {"credit-code"},
    }  # fmt: skip


def test_nothing_is_split_while_a_question_remains(restaurant: Bundle) -> None:
    with pytest.raises(ValueError, match="questions remain"):
        split(merge(restaurant, ITEMS, {}), {}, ())


@pytest.mark.parametrize(("code", "answer"), [("standing", "emperor"), ("nobody-asks", "yes"), (f"{FOOD}.business", "catering")])
def test_answers_that_fit_nothing_are_refused(restaurant: Bundle, code: str, answer: str) -> None:
    with pytest.raises(AnswersWrong):
        merge(restaurant, ITEMS, dict(restaurant.usual) | {code: (answer,)})


def test_what_it_saves_is_counted_from_the_definitions(restaurant: Bundle) -> None:
    merged = usual(restaurant)
    found = saving(merged)
    resolved = [member.resolved for member in merged.needed if member.resolved]
    assert found.apart == (4, sum(len(one.fields) for one in resolved), sum(len(one.materials) for one in resolved))
    assert found.together == (1, len(merged.fields), len(merged.papers))
    assert found.together.fields < found.apart.fields and found.together.papers < found.apart.papers


def test_the_longest_chain_is_the_licence_and_the_slowest_after_it(restaurant: Bundle) -> None:
    merged = usual(restaurant)
    days = {member.code: member.definition.limits.promised.n for member in merged.needed}
    assert merged.total is not None
    assert merged.total.n == days[LICENCE] + max(days[FOOD], days[FIRE], days[SEWER])
    assert merged.longest[0].code == LICENCE and len(merged.longest) == 2


def test_a_circle_is_ordered_somehow_and_is_a_fault() -> None:
    body = json.loads(json.dumps(RESTAURANT))
    body["members"][0]["after"] = [FOOD]
    with pytest.raises(DefinitionWrong) as wrong:
        load_bundle(body, ITEMS)
    assert {finding.rule for finding in wrong.value.findings} == {"circle"}
    assert len(in_order(Bundle.model_validate_json(json.dumps(body)))) == 5


def _drop_last_answer(body: dict[str, Any]) -> None:
    body["usual"].popitem()


@pytest.mark.parametrize(
    ("change", "rule", "pointer"),
    [
        (lambda body: body["members"][1].update(code="nothing-such"), "item-unknown", "/members/nothing-such/code"),
        (lambda body: body["settled"][0].update(always=["banquets"]), "answer-unknown", "/settled/food-catering"),
        (lambda body: body["form"][0]["fields"][0]["uses"].update({FOOD: ["nothing-such"]}), "field-unknown", "/form/who/fields/name/uses/" + FOOD),
        (lambda body: body["papers"][0].update(uses={FOOD: ["application"]}), "not-shared", "/papers/application/uses"),
        (lambda body: body["papers"][0]["uses"].update({"marriage-registration": ["application"]}), "not-a-member",
         "/papers/application/uses/marriage-registration"),
        (lambda body: body["members"][4].pop("otherwise"), "reason-missing", "/members/outdoor-signboard/otherwise"),
        (lambda body: body["members"][1].update(after=[]), "not-before", "/arrivals/" + RESTAURANT["arrivals"][0]["code"] + "/giver"),
        (_drop_last_answer, "answer-missing", "/usual"),
    ],
)  # fmt: skip
def test_a_fault_is_named_where_it_stands(change: Any, rule: str, pointer: str) -> None:
    body = json.loads(json.dumps(RESTAURANT))
    change(body)
    with pytest.raises(DefinitionWrong) as wrong:
        load_bundle(body, ITEMS)
    assert (pointer, rule) in {(finding.pointer, finding.rule) for finding in wrong.value.findings}
