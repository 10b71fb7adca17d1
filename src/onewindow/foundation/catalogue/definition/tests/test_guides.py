"""The guide's text: all of an item, exactly what one situation needs, and the same words as the one-time notice."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import islice
from typing import Any

import pytest

from onewindow.foundation.catalogue.definition import (
    Definition,
    demo_folder,
    load,
    read,
    read_statutes,
    resolve,
    situations,
    statutes_folder,
)
from onewindow.foundation.catalogue.definition.guide_sections import HOTLINE
from onewindow.foundation.catalogue.definition.guides import Edition, Guide, Where, mine, whole
from onewindow.foundation.catalogue.definition.materials import Copies
from onewindow.foundation.catalogue.definition.model import Faq, Intermediary, Limit
from onewindow.foundation.catalogue.definition.parts import Text
from onewindow.foundation.catalogue.definition.tests.conftest import raw
from onewindow.foundation.catalogue.definition.told import copies, only_when, span, to_bring
from onewindow.kernel.words import Words

FOOD = "food-business-licence"
ITEMS = sorted(path.stem for path in (demo_folder() / "items").glob("*.json"))
WHERE = Where(
    Words("中心", "Centre"), Words("大厅", "Hall"), Words("示范路 1 号", "1 Demonstration Road"),
    [Words("星期一至星期五 08:30–16:30", "Monday to Friday 08:30–16:30")], Words("自助厅", "Self-service hall"), 13,
)  # fmt: skip
EDITION = Edition(Words("第 1 版", "Edition 1"), date(2026, 9, 24), demo=True)
CATERING = {"business": "catering", "kinds": ("cold",), "machine": "no", "agent": "self"}


@cache
def item(code: str) -> Definition:
    return load(demo_folder() / "items" / f"{code}.json")


def of(code: str, answers: Any) -> Guide:
    return mine(item(code), resolve(item(code), answers), where=WHERE, edition=EDITION)


def section(guide: Guide, code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in guide["sections"] if each["code"] == code)
    return found


def rows(guide: Guide, code: str) -> dict[str, str]:
    return {row["name"]["zh"]: row["said"]["zh"] for row in section(guide, code)["rows"]}


def names(guide: Guide) -> list[str]:
    return [line["name"]["zh"] for line in section(guide, "materials")["checklist"]]


def everything(node: Any) -> list[dict[str, str]]:
    """Every pair of words in a guide."""
    if isinstance(node, dict):
        return [node] if node.keys() == {"zh", "en"} else [pair for value in node.values() for pair in everything(value)]
    return [pair for each in node for pair in everything(each)] if isinstance(node, list) else []


@pytest.mark.parametrize("code", ITEMS)
def test_every_item_has_a_guide_in_both_languages_whole_and_for_its_situations(code: str) -> None:
    definition = item(code)
    full = whole(definition, where=WHERE, edition=EDITION)
    assert names(full) == [material.name.zh for material in definition.materials]
    guides = [full]
    for answers in islice(situations(definition), 0, 400, 40):
        resolved = resolve(definition, answers)
        guide = mine(definition, resolved, where=WHERE, edition=EDITION)
        guides.append(guide)
        assert [row["name"]["zh"] for row in guide["answers"]] == [q.text.zh for q in definition.questions if q.code in answers]
        if resolved.not_needed:
            assert section(guide, "not-needed")["list"] == [{"zh": resolved.not_needed.zh, "en": resolved.not_needed.en}]
            assert [each["code"] for each in guide["sections"]] == ["not-needed", "complaints"]
        elif resolved.materials:
            assert names(guide) == [material.name.zh for material in resolved.materials]
            assert not any(line["when"]["zh"] for line in section(guide, "materials")["checklist"])
    for guide in guides:
        for pair in everything(guide):
            assert bool(pair["zh"]) == bool(pair["en"]), pair


def test_the_limits_are_said_in_plain_words() -> None:
    assert rows(of(FOOD, CATERING), "limits") == {
        "承诺": "受理后 4 个工作日", "法律规定": "最长 20 个工作日", "最多延长": "10 个工作日，会告诉您理由。",
        "材料不齐": "5 个工作日内一次说全要补什么，20 个工作日内补来就行。", "送到手里": "决定作出后 10 个工作日内。",
    }  # fmt: skip
    assert rows(whole(item("unemployment-registration"), where=WHERE, edition=EDITION), "limits")["承诺"] == "当场办结"


def test_where_and_when_come_from_the_places_and_the_item_s_own_ways() -> None:
    assert rows(of(FOOD, CATERING), "where") == {
        "地点": "中心，大厅，任一窗口", "地址": "示范路 1 号", "时间": "星期一至星期五 08:30–16:30", "网上": "扫本页的码，网上也能办。",
        "问谁": "到中心法人事项综合受理大厅的咨询台或者任一窗口；审查标准由示范区市场监督管理局解释。",
    }  # fmt: skip
    told = rows(whole(item("elderly-allowance"), where=WHERE, edition=EDITION), "where")
    assert told["就近"] == "13 个街镇社区事务受理服务中心也能办。"


def test_the_legal_basis_is_quoted_with_its_articles() -> None:
    articles = section(whole(item(FOOD), where=WHERE, edition=EDITION), "basis")["articles"]
    assert [(line["article"], line["quote"]) for line in articles] == [(f"《{s.name}》{s.article}", s.quote) for s in item(FOOD).basis]


def test_the_hotline_is_the_one_the_regulation_names() -> None:
    article = read_statutes(statutes_folder())["上海市优化营商环境条例(2024-09-27)"].articles["第九十条"]
    assert f"“{HOTLINE}”市民服务热线" in article
    assert HOTLINE in rows(of(FOOD, CATERING), "complaints")["对服务不满意"]


def test_a_fee_is_told_for_the_situation() -> None:
    definition = item("resident-identity-card")
    fees = {
        rows(mine(definition, resolved, where=WHERE, edition=EDITION), "glance")["收费"]
        for resolved in (resolve(definition, answers) for answers in islice(situations(definition), 400))
        if not resolved.not_needed
    }
    assert "您的情形不收费" in fees and any("20.00 元" in fee for fee in fees)


def test_a_situation_is_said_in_the_words_of_the_answers() -> None:
    definition = item(FOOD)
    by_code = {material.code: material for material in definition.materials}
    assert only_when(definition, None) == ("", "")
    assert only_when(definition, by_code["canteen-contract"].when).zh == "“承包给他人经营”"
    assert only_when(definition, by_code["machine-plan"].when) == (
        "是否利用自动设备（如自动售货机）经营？“是”", 'Will you sell through automatic machines? "Yes"',
    )  # fmt: skip
    company = item("company-registration")
    election = next(material for material in company.materials if material.code == "staff-election")
    assert only_when(company, election.when).zh == "“监事会（三人以上）”"  # two questions, one answer


@pytest.mark.parametrize(
    ("limit", "zh", "en"),
    [
        (Limit(n=1, unit="working-day"), "1 个工作日", "1 working day"), (Limit(n=20, unit="calendar-day"), "20 日", "20 days"),
        (Limit(n=3, unit="month"), "3 个月", "3 months"), (Limit(n=1, unit="year"), "1 年", "1 year"),
    ],
)  # fmt: skip
def test_a_length_of_time(limit: Limit, zh: str, en: str) -> None:
    assert span(limit) == (zh, en)


def test_what_is_missing_is_told_from_the_material_itself() -> None:
    material = item(FOOD).materials[0]
    assert to_bring(material).zh == "未提交，请补交（原件 1 份）。范本：在线填写后自动生成，也可在窗口免费领取格式文本。"
    more = material.model_copy(update={"copies": Copies(originals=2, duplicates=1)})
    assert copies(more) == ("原件 2 份、复印件 1 份", "2 originals, 1 copy")
    file = material.model_copy(update={"copies": Copies(originals=0, duplicates=0)})
    assert to_bring(file).en.startswith("not given, please bring it. Sample: ")


def test_what_an_item_says_beyond_the_usual_stands_on_it() -> None:
    said = Text(zh="一句话。", en="One sentence.")
    definition = item(FOOD).model_copy(update={"enquiries": None, "complaints": None, "faq": ()})
    more = definition.model_copy(
        update={
            "enquiries": said, "complaints": said, "intermediaries": (Intermediary(code="test", name=said, text=said),),
            "faq": (Faq(code="again", question=said, answer=said),),
            "service": definition.service.model_copy(update={"visits": 1, "on_site_reason": said}),
        }
    )  # fmt: skip
    full = whole(more, where=WHERE, edition=EDITION)
    assert (rows(full, "where")["问谁"], rows(full, "where")["为什么要来"], rows(full, "complaints")["对服务不满意"]) == ("一句话。",) * 3
    assert section(full, "commissioned")["list"][0]["zh"] == "一句话。：一句话。" and section(full, "faq")["list"][0]["zh"] == "一句话。 一句话。"
    assert {each["code"] for each in full["sections"]} - {each["code"] for each in whole(definition, where=WHERE, edition=EDITION)["sections"]} == {
        "commissioned", "faq",
    }  # fmt: skip


def test_a_changed_sample_changes_the_guide_and_nothing_else_does() -> None:
    data = raw(FOOD)
    data["materials"][0]["sample"] = {"zh": "改过的范本。", "en": "A changed sample."}
    changed = read(data)
    before, after = (whole(d, where=WHERE, edition=EDITION) for d in (item(FOOD), changed))
    assert section(after, "materials")["checklist"][0]["sample"] == {"zh": "改过的范本。", "en": "A changed sample."}
    section(after, "materials")["checklist"][0]["sample"] = section(before, "materials")["checklist"][0]["sample"]
    assert before == after
