"""Lint: each rule is found where it is broken and silent where it is kept; what `check` refuses is an error; it never raises."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.foundation.catalogue.definition import DefinitionWrong, demo_folder, read, read_statutes, rules, statutes_folder
from onewindow.foundation.catalogue.definition.lint import BOOK, CODES, OTHER, SEVERITIES, lint, lint_together, misshapen, worst
from onewindow.foundation.catalogue.definition.lint.carried import SHAPE
from onewindow.foundation.catalogue.definition.lint.numbers import anywhere_in_chinese, chinese_value, in_chinese, in_english
from onewindow.foundation.catalogue.definition.lint.page import page
from onewindow.foundation.catalogue.definition.lint.rulebook import COMPARISONS, LOOKS
from onewindow.foundation.catalogue.definition.tests.conftest import raw

FOOD, PERMIT, LABOUR, IDENTITY, SIGN = (
    "food-business-licence", "residence-permit", "labour-dispatch-licence", "resident-identity-card", "outdoor-signboard",
)  # fmt: skip
Data = dict[str, Any]
Break = Callable[[Data], object]
GONE = object()


@cache
def texts() -> Any:
    return read_statutes(statutes_folder())


def put(address: str, value: Any) -> Break:
    """Set the fact at an address, a list's element by its code; `GONE` takes it away."""

    def breaking(data: Data) -> None:
        node: Any = data
        *way, last = address[1:].split("/")
        for part in way:
            node = next(x for x in node if x["code"] == part) if isinstance(node, list) else node[part]
        if value is GONE:
            del node[last]
        else:
            node[last] = value

    return breaking


def twice(data: Data) -> None:
    """A second material of the same name, asked of everybody."""
    data["materials"].append({**data["materials"][0], "code": "again"})


def ticked_in_vain(data: Data) -> None:
    answers = next(q for q in data["questions"] if q["kind"] == "many")["answers"]
    answers.append({"code": "vain", "text": {"zh": "其他", "en": "Others"}})


def a_yes_more(data: Data) -> None:
    data["questions"][-1]["answers"].append({"code": "else", "text": {"zh": "别人", "en": "Somebody else"}})


def many_questions(data: Data) -> None:
    data["questions"] += [{**data["questions"][-1], "code": f"again-{n}"} for n in range(6)]


def exit_last(data: Data) -> None:
    for question in data["questions"]:
        question.pop("when", None)
    data["questions"][-1]["answers"][0]["not_needed"] = {"zh": "不用办。", "en": "Not needed."}


def unreviewed(data: Data) -> None:
    data["conditions"].append({"code": "luck", "text": {"zh": "运气好。", "en": "Good luck."}})


def no_visit(data: Data) -> None:
    data["service"] |= {"visits": 0, "channels": ["1"], "post": False, "kiosk": False}


def no_days(data: Data) -> None:
    for step in data["steps"]:
        step["days"] = 0


def sourced(address: str, name: str) -> Break:
    """Let the fact at an address rest on one citation alone."""

    def breaking(data: Data) -> None:
        for place in [place for place in data["sources"] if place.startswith(address)]:
            del data["sources"][place]
        data["sources"][address] = [name]

    return breaking


TEXT = {"zh": "字" * 61, "en": "w"}
WORDY = {"zh": "是否有按份共有的产权？", "en": "Is it held in shares?"}
APPLICATION = "/materials/application"
# code of the rule, item, how it is broken, the address at which it is found
BROKEN: list[tuple[str, str, Break, str]] = [
    ("OW-L111", PERMIT, put("/steps/review/days", 9), "/steps"),
    ("OW-L112", FOOD, put("/limits/promised/n", 5), "/limits/promised"),
    ("OW-L112", PERMIT, put("/limits/promised/n", 4), "/limits/promised"),
    ("OW-L113", FOOD, put("/limits/promised/n", 6), "/limits/promised"),
    ("OW-L114", FOOD, put("/steps/site-visit/days", 0), "/steps/site-visit/days"),
    ("OW-L114", FOOD, no_days, "/steps"),
    ("OW-L115", FOOD, put("/limits/correction/n", 6), "/limits/correction"),
    ("OW-L116", FOOD, put("/limits/delivery/n", 11), "/limits/delivery"),
    ("OW-L117", FOOD, put("/steps/issuing/days", 11), "/limits/delivery"),
    ("OW-L119", FOOD, put("/steps/review/points", GONE), "/steps/review/points"),
    ("OW-L120", FOOD, unreviewed, "/conditions/luck"),
    ("OW-L121", FOOD, put("/remedies/reconsideration/within/n", 30), "/remedies/reconsideration/within"),
    ("OW-L121", FOOD, put("/remedies/lawsuit/within/n", 3), "/remedies/lawsuit/within"),
    ("OW-L211", FOOD, put("/conditions/premises/text/zh", "持有验资报告。"), "/conditions/premises"),
    ("OW-L212", FOOD, put("/materials/business-licence/name/zh", "相关材料"), "/materials/business-licence/name"),
    ("OW-L212", FOOD, put(f"{APPLICATION}/sample/zh", "法律规定的其他材料。"), f"{APPLICATION}/sample"),
    ("OW-L212", FOOD, put(f"{APPLICATION}/acceptance_points/complete/text/zh", "有规定的其他内容。"), f"{APPLICATION}/acceptance_points/complete"),
    ("OW-L213", FOOD, twice, "/materials/again/name"),
    ("OW-L214", FOOD, put("/materials/business-licence/exemption", GONE), "/materials/business-licence/exemption"),
    ("OW-L215", FOOD, put("/materials/business-licence/issuer", GONE), "/materials/business-licence/issuer"),
    ("OW-L216", FOOD, put(f"{APPLICATION}/acceptance_points/complete/text/zh", "内容真实有效。"), f"{APPLICATION}/acceptance_points/complete"),
    ("OW-L217", FOOD, put(f"{APPLICATION}/specimen", GONE), f"{APPLICATION}/specimen"),
    ("OW-L218", FOOD, put(APPLICATION + "/form", "2"), f"{APPLICATION}/copies"),
    ("OW-L219", FOOD, put(f"{APPLICATION}/copies/duplicates", 3), f"{APPLICATION}/copies"),
    ("OW-L220", FOOD, put("/service/tolerance", True), "/service/tolerance"),
    ("OW-L220", FOOD, put(f"{APPLICATION}/need", "3"), f"{APPLICATION}/need"),
    ("OW-L221", LABOUR, put("/materials/premises-title/name/zh", "房屋产权证明"), "/materials/premises-title"),
    ("OW-L222", FOOD, put(f"{APPLICATION}/acceptance_points/signed/text/zh", "填好。"), f"{APPLICATION}/acceptance_points/signed"),
    ("OW-L311", FOOD, a_yes_more, "/questions/agent/answers/else"),
    ("OW-L312", FOOD, put("/questions/machine/text", WORDY), "/questions/machine/help"),
    ("OW-L313", FOOD, many_questions, "/questions"),
    ("OW-L314", FOOD, exit_last, "/questions/agent"),
    ("OW-L315", "marriage-registration", ticked_in_vain, "/questions/former/answers/vain"),
    ("OW-L421", FOOD, sourced("/conditions/premises", "demo-words"), "/conditions/premises"),
    ("OW-L422", FOOD, sourced("/limits/statutory", "demo-promise"), "/limits/statutory"),
    ("OW-L423", IDENTITY, sourced("/fees", "demo-promise"), "/fees/items/renewal"),
    ("OW-L424", FOOD, put("/citations/demo-words/kind", "unverified"), "/citations/demo-words"),
    ("OW-L501", FOOD, put("/summary/zh", "二十个工作日办好。"), "/summary"),
    ("OW-L501", FOOD, put("/summary/en", "Done in 3 days."), "/summary"),
    ("OW-L502", FOOD, put("/summary/en", "食品"), "/summary"),
    ("OW-L503", FOOD, put("/summary", TEXT), "/summary"),
    ("OW-L504", FOOD, put("/summary/zh", "开饭店,办食堂。"), "/summary"),
    ("OW-L505", FOOD, put("/aliases", []), "/aliases"),
    ("OW-L505", FOOD, put("/aliases", ["食品经营许可（新办）"]), "/aliases"),
    ("OW-L506", FOOD, put("/life_events", GONE), "/life_events"),
    ("OW-L507", FOOD, no_visit, "/service/visits"),
]


def said(data: Data) -> set[tuple[str, str]]:
    return {(remark.code, remark.address) for remark in lint(read(data))}


@pytest.mark.parametrize(("code", "item", "breaking", "address"), BROKEN)
def test_a_rule_is_found_where_it_is_broken_and_silent_where_it_is_kept(code: str, item: str, breaking: Break, address: str) -> None:
    data = raw(item)
    if code != "OW-L221":  # there the demonstration itself is found
        assert (code, address) not in said(data)
    breaking(data)
    assert (code, address) in said(data)


def test_every_rule_that_looks_at_one_item_is_tried() -> None:
    assert {code for code, _ in LOOKS} == {code for code, *_ in BROKEN}


def test_aliases_are_compared_between_items() -> None:
    food, sign = raw(FOOD), raw(SIGN)
    assert not [remark for remark in lint_together([read(food), read(sign)]) if remark.code in dict(COMPARISONS)]
    sign["aliases"] = ["食品经营许可", "开饭店"]
    found = [(remark.item, remark.code) for remark in lint_together([read(food), read(sign)]) if remark.code in dict(COMPARISONS)]
    assert found == [(SIGN, "OW-L511"), (SIGN, "OW-L512")]


def test_a_statute_s_own_word_a_quoted_word_and_a_promise_of_one_day_are_let_be() -> None:
    data = raw("company-registration")
    found = said(data)
    assert not {("OW-L502", address) for _, address in found} & found  # “有限公司” stands in the English as it must be written
    assert ("OW-L112", "/limits/promised") not in found  # three days to one
    assert ("OW-L212", "/materials/premises-papers/name") not in said(raw("company-change"))  # 住所相关文件, as the regulation calls it


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


# --- numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"), [("二十", 20), ("十五", 15), ("一百零五", 105), ("两千三百", 2300), ("二〇二六", 2026), ("三", 3), ("百", 100)]
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese_value(text) == value


@pytest.mark.parametrize(
    ("zh", "numbers"),
    [
        ("自受理之日起二十日内", {20}), ("注册资本二百万元", {2_000_000}), ("3万元以上", {30_000}), ("一次性告知、统一受理", set()), ("4.5吨", {4.5}),
        ("1月1日至6月30日", {1, 6, 30}),
    ],
)  # fmt: skip
def test_numbers_of_a_chinese_sentence(zh: str, numbers: set[float]) -> None:
    assert in_chinese(zh) == numbers
    assert numbers <= anywhere_in_chinese(zh)


@pytest.mark.parametrize(
    ("en", "numbers"),
    [
        ("within twenty-five days", {25}), ("two million yuan", {2_000_000}), ("30,000 yuan", {30_000}), ("between 1 January and 30 June", {1, 30, 6}),
        ("a hundred and five", {100, 5}), ("no number here", set()), ("4.5 t", {4.5}), ("art. 57", {57}),
    ],
)  # fmt: skip
def test_numbers_of_an_english_sentence(en: str, numbers: set[float]) -> None:
    assert in_english(en) == numbers
