"""Lists as people send them: any of the encodings, and every row told."""

from __future__ import annotations

import pytest

from onewindow.foundation.catalogue.exchange.outcomes import Wishes
from onewindow.foundation.catalogue.exchange.tests.books import faults, told, tried

HEADS = "事项编码,事项名称,事项类型,部门代码,服务对象\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_in_any_of_its_encodings(encoding: str) -> None:
    made = tried((HEADS + "A-1,食品经营许可 𠮷,01,market,法人\n").encode(encoding))
    assert [(outcome.kind, outcome.name) for outcome in made.outcomes] == [("created", "食品经营许可 𠮷")]


def test_any_other_encoding_is_told_by_its_byte() -> None:
    head = HEADS.encode()
    assert faults(head + b"A-1,\xff\xfe,01,market,x\n") == [("", 2, "", "第 2 行第 5 个字节 0xFF 既不是 UTF-8 也不是 GB18030")]
    assert faults(HEADS.encode("utf-16")) == [("", 1, "", "文件是 UTF-16 编码的文本或者不是文本")]


def test_a_list_row_by_row() -> None:
    rows = HEADS + "A-1,甲,01,market,法人\nA-1,乙,01,market,法人\nA-2,丙,99,market,法人\nA-3,,01,market,法人\n\n"
    rows += "A-4,丁,01,083372204,法人\nA-5,戊,01,market,\nA 6,己,01,market,法人\n"
    made = tried((rows + 'A-7,<b>庚,01,market,法人\nA-8,"两\n行",01,market,个人,多\n').encode())
    assert [(outcome.place.row, outcome.kind) for outcome in made.outcomes] == [
        (2, "created"), (3, "refused"), (4, "refused"), (5, "refused"), (7, "refused"), (8, "refused"), (9, "refused"), (10, "refused"),
    ]  # fmt: skip
    assert told(made) == [
        ("", 11, "", "有 6 列，表头只有 5 列"), ("", 3, "事项编码", "与第 2 行的编码相同"), ("", 4, "事项类型", "“事项类型”不在事项类型代码 01–10、20 之内"),
        ("", 5, "事项名称", "没有填“事项名称”"), ("", 7, "部门代码", "没有部门“083372204”（9 位组织机构代码）"), ("", 8, "服务对象", "没有写明服务对象是个人还是法人"),
        ("", 9, "事项编码", "“事项编码”应为字母、数字和连字符，不超过 80 位"), ("", 10, "事项名称", "“事项名称”含有 HTML 标记；这里只收文字"),
    ]  # fmt: skip


def test_nine_characters_are_a_department_by_what_they_are() -> None:
    made = tried((HEADS + "A-1,甲,01,DEM000014,法人\nA-2,乙,01,DEM00001-4,法人\nA-3,丙,01,11310199DEM000014N,法人\nA-4,丁,01,x,法人\n").encode(), Wishes({"x": "health"}))
    assert [outcome.payload.department for outcome in made.outcomes] == ["market", "market", "market", "health"]
