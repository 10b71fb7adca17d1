"""The guide as it is printed: all of its words in every shape, boxes to tick, pages counted, nothing on top of another."""

from __future__ import annotations

from typing import Any

import pytest

from onewindow.instruments.papers.guides import ELDER, SCHEMA, guide
from onewindow.instruments.papers.tests.sheets import ink, overlapping, said, sheets, squeezed

ADDRESS = "https://one.example.gov.cn/items/food-business-licence/mine/?answers.business=catering&answers.agent=self"
LONG = "占用挖掘城市道路和架设各类管线杆线临时建筑物以及其他设施的综合许可审批登记备案事项"
MARK = 228


def pair(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def content(n: int = 3, **changed: Any) -> dict[str, Any]:
    lines = [
        {
            "name": pair(f"第{k}份材料的名称", f"Material number {k}"), "note": pair("必要 · 原件 1 份", "needed · 1 original"),
            "when": pair(f"情形{k}", f"Situation {k}"), "points": [pair(f"要点{k}甲", f"Point {k}a"), pair(f"要点{k}乙", f"Point {k}b")],
            "sample": pair(f"范本{k}", f"Sample text {k}"), "spared": pair(f"免交{k}", f"Spared {k}"),
            "source": pair(f"来处{k}", f"From {k}"), "filling": pair(f"填法{k}", f"Fill {k}"),
        }
        for k in range(1, n + 1)
    ]  # fmt: skip
    row = {"name": pair("名目", "Name"), "said": pair("内容", "Content")}
    return {
        "schema": SCHEMA, "kind": "mine", "title": pair("食品经营许可（新办）", "Food business licence (new)"), "department": pair("市场监督管理局",
            "Market Regulation"),
        "centre": pair("政务服务中心", "Service Centre"), "summary": pair("一句话。", "One sentence."), "number": "11310199DEM000014N4310131901001",
        "version": pair("第 3 版", "Edition 3"), "date": "2026-09-24", "demo": False,
        "answers": [{"name": pair("做什么？", "What?"), "said": pair("餐饮服务", "Catering"), "clear": True}],
        "sections": [
            {"code": "glance", "head": pair("先看这里", "At a glance"), "rows": [row]},
            {"code": "materials", "head": pair("要带的材料", "What to bring"), "note": pair(f"共 {n} 样", f"{n} in all"), "checklist": lines},
            {"code": "conditions", "head": pair("办理条件", "Conditions"), "list": [pair("第一个条件。", "The first condition.")]},
            {"code": "where", "head": pair("到哪里办", "Where"), "rows": [row]},
            {"code": "basis", "head": pair("依据", "Legal basis"), "articles": [{"article": "《食品安全法》第三十五条", "quote": "国家对食品生产经营实行许可制度。"}]},
            {"code": "complaints", "head": pair("不满意怎么办", "How to complain"), "rows": [row, {"name": pair("复议", "Again"), "said": pair("六十日内",
                "Sixty days")}]},
        ],
    } | changed  # fmt: skip


SHAPES: list[dict[str, Any]] = [
    {"size": size, "english": english, "elder": elder} for size in ("a4", "a5") for english in (False, True) for elder in (False, True)
]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_material_and_heading_is_on_it_in_every_shape(shape: dict[str, Any]) -> None:
    paper = content()
    text = said(guide(paper, address=ADDRESS, **shape))
    language, other = ("en", "zh") if shape["english"] else ("zh", "en")
    for section in paper["sections"]:
        kept = not shape["elder"] or section["code"] in ELDER
        if section["code"] != "glance":
            assert (squeezed(section["head"][language]) in text) is kept
            assert (squeezed(section["head"][other]) in text) is kept
    for line in paper["sections"][1]["checklist"]:
        assert squeezed(line["name"]["zh"]) in text and squeezed(line["name"][language]) in text
        assert squeezed(line["note"][language]) in text and squeezed(line["when"][language]) in text
        for point in line["points"]:
            assert (squeezed(point[language]) in text) is not shape["elder"]
        for more in ("sample", "source", "filling"):
            assert (squeezed(line[more][language]) in text) is not shape["elder"]
    assert squeezed(paper["title"]["zh"]) in text and squeezed(paper["title"]["en"]) in text
    assert ("《食品安全法》第三十五条" in text) is not shape["elder"]
    assert (squeezed("Sixty days" if shape["english"] else "六十日内") in text) is not shape["elder"]
    assert ("Edition3,printedon24September2026" if shape["english"] else "第3版，2026年9月24日打印") in text


@pytest.mark.parametrize("shape", SHAPES)
def test_pages_are_counted_and_of_their_size_and_nothing_overlaps(shape: dict[str, Any]) -> None:
    made = sheets(guide(content(16, title=pair(LONG, "Approval " * 14)), address=ADDRESS, **shape))
    assert len(made) > 1
    for place, page in enumerate(made, start=1):
        assert (round(page.width), round(page.height)) == ((148, 210) if shape["size"] == "a5" else (210, 297))
        assert (f"page{place}of{len(made)}" if shape["english"] else f"第{place}页，共{len(made)}页") in page.text
        assert overlapping(page) == []
        assert all(left > 8 and right < page.width - 8 for _, (left, _, right, _) in page.boxes)


def test_the_print_is_larger_for_the_elderly() -> None:
    def height(elder: bool) -> float:
        boxes = dict(sheets(guide(content(), elder=elder))[0].boxes)
        return boxes["样"][3] - boxes["样"][1] if not elder else max(top - bottom for _, (_, bottom, _, top) in sheets(guide(content(), elder=True))[0].boxes)

    assert height(True) > 1.5 * height(False)


def test_the_mark_of_a_demonstration_and_the_code_to_scan_stand_when_asked_for() -> None:
    plain, marked = guide(content()), guide(content(demo=True))
    assert ink(plain).histogram()[MARK] < ink(marked).histogram()[MARK]
    assert "演示，不作办事依据" in said(marked) and "演示" not in said(plain)
    assert "扫码看最新指南" in said(guide(content(), address=ADDRESS)) and "扫码看最新指南" not in said(plain)
    assert ink(guide(content(), address=ADDRESS)).histogram()[0] > 2 * ink(plain).histogram()[0]


def test_the_same_guide_gives_the_same_bytes_and_what_is_typed_is_no_markup() -> None:
    odd = content(title=pair("#panic() *粗* $x$ \\u{41}", "#image(\"x\")"))
    assert guide(odd) == guide(odd)
    assert squeezed("#panic() *粗* $x$ \\u{41}") in said(guide(odd))


def test_nothing_to_bring_and_nothing_to_apply_for() -> None:
    sections = [{"code": "not-needed", "head": pair("您不用办这件事", "You need not apply"), "list": [pair("不需要许可。", "No licence is needed.")]}]
    for elder in (False, True):
        assert "不需要许可。" in said(guide(content(sections=sections), elder=elder))


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no guide of onewindow.guide/1"):
        guide(content(schema="onewindow.paper/1"))
