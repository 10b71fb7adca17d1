"""Out and in again loses nothing: the workbook by property, the JSON byte for byte."""

from __future__ import annotations

import io
import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from onewindow.foundation.catalogue.definition import Definition, canonical, demo_folder, load, read
from onewindow.foundation.catalogue.exchange.bringing import Brought
from onewindow.foundation.catalogue.exchange.bundle import bundle
from onewindow.foundation.catalogue.exchange.cells import disarmed, rearmed
from onewindow.foundation.catalogue.exchange.headings import ITEM
from onewindow.foundation.catalogue.exchange.layout import tables
from onewindow.foundation.catalogue.exchange.listing import Entry
from onewindow.foundation.catalogue.exchange.tests.books import FOOD, LABOUR, texts, whole
from onewindow.foundation.catalogue.exchange.workbook import workbook

EVERY = sorted(path.stem for path in (demo_folder() / "items").glob("*.json"))
ENTRIES = [
    Entry("A-1", "=HYPERLINK(\"x\")", "", "01", "market", "company", True, False, True, False, FOOD),
    Entry("B-2", "乙 “事项”", "B, \"item\"", "20", "health", "person", False, True, False, True, ""),
]  # fmt: skip
# What people and programs put into a cell: quotes, lines, formulas, full width, emoji, what looks like Excel's own escapes.
AWKWARD = st.sampled_from([
    "=1+1", "+86 21", "-", "@SUM(A1)", "\t前有制表符", "\r\n换行\r", "第一行\n第二行", "“引号”'\"", "，、；。", "ＡＢＣ１２３", "😀👩🏽‍🌾", "_x000D_", "_x005F_x0041_",
    "  两头空格  ",
    "a\u0001b\u001f", "\ufffe\uffff", "0012", "1e5", "TRUE", "是", "2026-01-01", "<3 个月", "a < b > c", "&amp; & <", "]]>", "'=1", "''",
    "\u00a0", "𠮷野家", "e\u0301", "#N/A",
])  # fmt: skip
TEXT = st.one_of(
    AWKWARD, st.text(st.characters(codec="utf-8", exclude_characters="<"), min_size=1, max_size=60),
    st.text("=+-@\t\r\n'\"_x0", min_size=1, max_size=9),
)  # fmt: skip


def brought(data: bytes) -> list[Definition | None]:
    """What is read back, rules aside: a text changed at random breaks references."""
    found = Brought(data, texts())
    assert found.problems.faults == []
    return [one.definition for one in found.items()]


_OPTIONAL = ("help", "issuer", "exemption", "specimen", "not_needed", "extension", "recheck", "condition", "wrong", "why", "prefill", "point")


def spoken(node: object, texts: list[str], chance: Random) -> object:
    """The same body with some of its texts said otherwise and some of what is optional left out."""
    if isinstance(node, dict):
        if set(node) == {"zh", "en"}:
            return {name: chance.choice(texts) if chance.random() < 0.2 else value for name, value in node.items()}
        return {name: spoken(value, texts, chance) for name, value in node.items() if name not in _OPTIONAL or chance.random() < 0.8}
    return [spoken(one, texts, chance) for one in node] if isinstance(node, list) else node


@settings(max_examples=40, deadline=None)
@given(code=st.sampled_from(EVERY[::4]), said=st.lists(TEXT, min_size=4, max_size=12), seed=st.integers(0, 2**16))
def test_a_workbook_loses_nothing(code: str, said: list[str], seed: int) -> None:
    body = whole(code).model_dump(mode="json", by_alias=True, exclude_none=True)
    chance = Random(seed)
    anew = {name: spoken(value, said, chance) if name not in ("citations", "sources", "department") else value for name, value in body.items()}
    definition = read(anew | {"aliases": said})
    assert [canonical(one) for one in brought(workbook([definition])) if one] == [canonical(definition)]


def test_every_item_of_the_demonstration_comes_back_from_a_workbook_sound() -> None:
    items = [whole(code) for code in EVERY]
    found = list(Brought(workbook(items), texts()).items())
    assert [one.problems for one in found if one.problems] == []
    assert [canonical(one.definition) for one in found if one.definition] == [canonical(one) for one in items]


def test_the_json_comes_back_byte_for_byte() -> None:
    data = b"".join(bundle([whole(code) for code in EVERY], ENTRIES))
    found = Brought(data, texts())
    items = [one.definition for one in found.items()]
    entries = [Entry(**{name: line.said.get(name, "") for name in Entry._fields}) for line in found.lines]
    assert b"".join(bundle([one for one in items if one], entries)) == data
    assert json.loads(data)["register"][0]["name"] == "=HYPERLINK(\"x\")"


def test_a_single_item_s_file_is_taken_too() -> None:
    path = demo_folder() / "items" / f"{FOOD}.json"
    (one,) = brought(path.read_bytes())
    assert one is not None and canonical(one) == canonical(load(path))


def test_the_register_comes_back_from_its_sheet() -> None:
    found = Brought(workbook([], ENTRIES), texts())
    assert found.problems.faults == []
    assert [Entry(**{name: line.said.get(name, "") for name in Entry._fields}) for line in found.lines] == ENTRIES


def test_no_cell_that_looks_like_a_formula_is_one() -> None:
    said = {"zh": "=cmd|'/c calc'!A1", "en": "@SUM(1+1)*cmd"}
    definition = read(whole(LABOUR).model_dump(mode="json", by_alias=True) | {"name": said})
    book = load_workbook(io.BytesIO(workbook([definition], ENTRIES)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value[:1] in "=+-@\t\r"]
    assert {"=cmd|'/c calc'!A1", "@SUM(1+1)*cmd", '=HYPERLINK("x")'} <= {cell.value for cell in cells}
    assert {(cell.data_type, cell.quotePrefix) for cell in cells if cell.value != ""} == {("s", True)}


@given(TEXT)
def test_a_text_is_disarmed_for_csv_and_comes_back(text: str) -> None:
    assert rearmed(disarmed(text)) == text
    assert not disarmed(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_every_field_of_a_definition_has_its_column_with_a_chinese_heading() -> None:
    for table in tables():
        assert not table.sheet.isascii(), f"headings.SHEETS has no name for {table.name}"
        for heading in table.headings:
            assert not heading.isascii(), f"headings.COLUMNS has none for {heading} of {table.sheet}"
        assert len(set(table.headings)) == len(table.headings) and table.headings[0] == ITEM
        for column in table.columns:
            if column.codes and column.path[-1] not in ("prefill", "rule"):
                assert all(words for _, words in column.codes), f"headings.CODES misses {table.name} {column.pointer}"


@pytest.mark.parametrize("heading", ["事项名称", "实施编码", "事项类型", "设定依据", "行使层级", "法定办结时限", "承诺办结时限", "办件类型", "服务对象", "是否收费"])
def test_the_national_fields_have_their_national_names(heading: str) -> None:
    assert heading in tables()[0].headings
