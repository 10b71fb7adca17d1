"""Lint: each rule is found where it is broken and silent where it is kept."""

from __future__ import annotations

import pytest

from onewindow.foundation.catalogue.definition import read
from onewindow.foundation.catalogue.definition.lint import lint, lint_together
from onewindow.foundation.catalogue.definition.lint.rulebook import COMPARISONS, LOOKS
from onewindow.foundation.catalogue.definition.lint.tests.breaking import (
    APPLICATION,
    FOOD,
    GONE,
    IDENTITY,
    LABOUR,
    PERMIT,
    SIGN,
    TEXT,
    Break,
    Data,
    put,
)
from onewindow.foundation.catalogue.definition.tests.conftest import raw


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


WORDY = {"zh": "是否有按份共有的产权？", "en": "Is it held in shares?"}
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
