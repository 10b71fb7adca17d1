"""Whatever is wrong with a file is told by sheet, row and column; none of it passes."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from onewindow.foundation.catalogue.exchange.bundle import bundle
from onewindow.foundation.catalogue.exchange.tests.books import (
    LABOUR,
    changed,
    faults,
    put,
    repacked,
    standing,
    told,
    tried,
    whole,
)
from onewindow.foundation.catalogue.exchange.workbook import workbook


def sound() -> bytes:
    return workbook([whole(LABOUR)])


def test_a_sound_workbook_is_good() -> None:
    made = tried(sound())
    assert (made.good, told(made), made.counts) == (True, [], {"created": 1, "changed": 0, "unchanged": 0, "refused": 0})


def test_merged_cells_are_told_by_their_place() -> None:
    assert faults(changed(lambda book: book["材料"].merge_cells("C2:C4")))[0] == ("材料", 2, "", "单元格 C2:C4 是合并的，不知道属于哪一行")


def test_a_missing_sheet_is_named() -> None:
    assert ("环节", 0, "", "缺少工作表“环节”") in faults(changed(lambda book: book.remove(book["环节"])))


def test_no_sheet_at_all_of_ours() -> None:
    assert faults(changed(lambda book: [book.remove(sheet) for sheet in book.worksheets[:-1]])) == [("事项", 0, "", "没有“事项”工作表，也没有“事项目录”工作表")]


@pytest.mark.parametrize(("sheet", "heading", "value", "said"), [
    ("事项", "事项名称", "=A1&\"x\"", "“事项名称”是公式；请改成它的值（复制后选“粘贴为值”）"),
    ("事项", "法定办结时限", "=10+10", "“法定办结时限”是公式；请改成它的值（复制后选“粘贴为值”）"),
    ("事项", "法定办结时限", "二十", "“法定办结时限”应填整数"),
    ("事项", "法定办结时限", 20.5, "“法定办结时限”应填整数"),
    ("事项", "是否收费", "也许", "“是否收费”应填“是”或“否”"),
    ("事项", "事项简介", "<script>alert(1)</script>", "“事项简介”含有 HTML 标记；这里只收文字"),
    ("材料", "材料名称", "执照<img src=x onerror=alert(1)>", "“材料名称”含有 HTML 标记；这里只收文字"),
    ("材料", "适用情形", "看情况", "“适用情形”适用情形应写成“情形=答案,答案 & 情形=答案 | …”"),
    ("事项", "事项类型", "77", "不在允许的取值内"),
    ("材料", "材料必要性", "9", "不在允许的取值内"),
    ("事项", "实施编码", "123", "格式不符"),
    ("环节", "办理天数", 999, "数值太大"),
    ("环节", "环节名称", "", "文字太短或为空"),
])  # fmt: skip
def test_a_cell_is_told_by_sheet_row_and_column(sheet: str, heading: str, value: Any, said: str) -> None:
    row, missing = 2, value == ""
    told_ = faults(changed(put(sheet, row, heading, None if missing else value)))
    assert told_ == [(sheet, row, heading, "缺少此项" if missing else said)]


def test_an_error_value_is_told() -> None:
    assert faults(changed(put("事项", 2, "事项名称", "#REF!"))) == [("事项", 2, "事项名称", "“事项名称”是错误值")]


def test_numbers_that_a_program_made_of_codes_are_understood() -> None:
    def numbers(book: Workbook) -> None:
        for heading, value in (("事项类型", 1), ("行使层级", 4), ("法定办结时限", 20.0), ("服务对象", 2)):
            put("事项", 2, heading, value)(book)
        put("事项", 2, "是否收费", False)(book)

    made = tried(changed(numbers))
    assert made.good, told(made)


def test_a_code_twice_and_an_implementation_code_twice() -> None:
    def twice(book: Workbook) -> None:
        sheet = book["事项"]
        sheet.append([cell.value for cell in sheet[2]])

    assert faults(changed(twice)) == [("事项", 3, "事项代码", f"事项代码“{LABOUR}”与第 2 行重复")]
    other = whole(LABOUR).model_copy(update={"code": "another"})
    assert faults(workbook([whole(LABOUR), other])) == [("事项", 3, "实施编码", f"实施编码与第 2 行的“{LABOUR}”相同")]
    number = whole(LABOUR).implementation_code
    made = tried(workbook([other]), before=standing({LABOUR: ("mark", number)}))
    assert told(made) == [("事项", 2, "实施编码", f"实施编码已属于在用的事项“{LABOUR}”")]


def test_a_row_that_belongs_to_nothing() -> None:
    assert faults(changed(put("材料", 2, "事项代码", "nowhere")))[0] == ("材料", 2, "事项代码", "“事项”表里没有事项“nowhere”")
    assert ("受理要点", 2, "材料代码", "没有“材料代码”为“nothing”的行") in faults(changed(put("受理要点", 2, "材料代码", "nothing")))


def test_situations_in_a_circle() -> None:
    first, second = whole(LABOUR).questions[:2]

    def circle(book: Workbook) -> None:
        put("情形", 2, "适用情形", f"{second.code}={second.answers[0].code}")(book)
        put("情形", 3, "适用情形", f"{first.code}={first.answers[0].code}")(book)

    assert any(sheet == "情形" and row in (2, 3) and heading == "适用情形" for sheet, row, heading, _ in faults(changed(circle)))


def test_headings() -> None:
    assert faults(changed(put("事项", 1, "事项名称", "名字")))[0] == ("事项", 1, "名字", "表头第 3 列“名字”不认识")
    assert faults(changed(put("材料", 1, "事项代码", "别的")))[:2] == [
        ("材料", 1, "别的", "表头第 1 列“别的”不认识"), ("材料", 1, "事项代码", "缺少“事项代码”一列"),
    ]  # fmt: skip


def test_departments() -> None:
    made = tried(sound(), before=standing(**{whole(LABOUR).department.code: "11310199DEM000014N"}))
    code = whole(LABOUR).department.code
    assert told(made) == [("事项", 2, "实施主体编码", f"部门“{code}”的统一社会信用代码是 11310199DEM000014N")]


def test_a_million_empty_rows_are_passed_over_and_told() -> None:
    def empties(parts: dict[str, bytes]) -> None:
        name = next(name for name in parts if name.endswith("sheet1.xml"))
        rows = b"".join(b'<row r="%d" s="1"/>' % n for n in range(3, 1_000_003))
        parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")

    made = tried(repacked(sound(), empties))
    assert (made.good, made.counts["created"]) == (True, 1)
    assert [(note.place.sheet, note.place.row, note.why.zh) for note in made.notes] == [("事项", 3, "第 3–1,000,002 行没有内容，已跳过")]


def _with(parts: dict[str, bytes], name: str, content: bytes) -> None:
    parts[name] = content


@pytest.mark.parametrize(("change", "rule"), [
    (lambda parts: _with(parts, "xl/vbaProject.bin", b"x"), "macros"),
    (lambda parts: _with(parts, "[Content_Types].xml", parts["[Content_Types].xml"].replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")), "macros"),
    (lambda parts: _with(parts, "xl/externalLinks/externalLink1.xml", b"<x/>"), "external-links"),
    (lambda parts: _with(parts, "xl/embeddings/oleObject1.bin", b"x"), "embedded"),
    (lambda parts: _with(parts, "xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + parts["xl/worksheets/sheet1.xml"]), "doctype"),
    (lambda parts: _with(parts, "xl/workbook.xml", parts["xl/workbook.xml"][:200]), "damaged"),
    (lambda parts: _with(parts, "xl/worksheets/sheet1.xml", "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16")), "damaged"),
    (lambda parts: _with(parts, "xl/worksheets/sheet1.xml", b"<x>" + b" " * 30_000_000 + b"</x>"), "bomb"),
])  # fmt: skip
def test_what_is_no_honest_workbook_is_not_read(change: Any, rule: str) -> None:
    made = tried(repacked(sound(), change))
    assert [problem.rule for problem in made.problems] == [rule] and made.outcomes == []


@pytest.mark.parametrize(("data", "rule"), [
    (b"", "empty"), (b"PK\x03\x04rubbish", "damaged"), (b"\xd0\xcf\x11\xe0\xa1\xb1", "old-excel"), (b"{", "json-invalid"), (b'{"a": 1, "a": 2}', "name-twice"),
    (b'{"schema": "other"}', "schema-unknown"), (b"[" * 100_000, "json-invalid"), (b"a,b\n1,2\n", "heading-missing"), (b"[NaN]", "json-invalid"),
])  # fmt: skip
def test_what_is_no_catalogue(data: bytes, rule: str) -> None:
    made = tried(data)
    assert made.problems[0].rule == rule and made.outcomes == []


def test_a_cell_longer_than_excel_s() -> None:
    long = b'<is><t>' + b"x" * 32_768 + b"</t></is>"

    def longer(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        parts[name] = parts[name].replace(b"<is><t>" + LABOUR.encode() + b"</t></is>", long, 1)

    assert faults(repacked(sound(), longer)) == [("事项", 2, "", "“事项”第 2 行第 1 列的文字超过 32767 字")]


def test_json_is_told_by_line_and_by_address() -> None:
    assert faults(b'{"schema":"onewindow.catalogue/1",\n"items":[\n{bad}]}') == [("", 3, "", "第 3 行第 2 列起不是有效的 JSON")]
    body = json.loads(b"".join(bundle([whole(LABOUR)])))
    body["items"][0]["summary"]["zh"] = "<b>粗</b>"
    body["items"].append({"code": "x"})
    found = faults(json.dumps(body).encode())
    assert found[0] == ("", 1, "/summary/zh", "含有 HTML 标记；这里只收文字")
    assert {row for _, row, _, _ in found[1:]} == {2}


def test_the_child_that_reads_cells_writes_no_file_and_computes_nothing() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for n in range(401):
            package.writestr(f"part{n}.xml", b"<x/>")
    assert [problem.rule for problem in tried(out.getvalue()).problems] == ["bomb"]
