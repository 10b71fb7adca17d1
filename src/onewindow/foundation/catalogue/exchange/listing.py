"""Bare rows: the register of items as a list (a name, a code, whose it is), from a sheet, a CSV file or a national table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from onewindow.foundation.catalogue.definition.values import VALUES
from onewindow.foundation.catalogue.exchange.cells import Misread, value_of
from onewindow.foundation.catalogue.exchange.layout import Column
from onewindow.foundation.catalogue.exchange.problems import Place, Problems
from onewindow.kernel.words import Words

TYPES = tuple((code, words.zh) for code, words in VALUES["Definition.item_type"].items())
LONGEST = 32_767  # characters of a cell, as Excel has it
# The columns of the register, by what they are called: ours first, then the national tables' and common lists'. The first that is there counts.
CALLED: Mapping[str, tuple[str, ...]] = {
    "code": ("事项编码", "code", "item_code", "task_code", "实施编码", "catalog_code", "基本编码"),
    "name": ("事项名称", "name", "task_name"),
    "name_en": ("事项名称（英文）", "name_en"),
    "type": ("事项类型代码", "事项类型", "type", "task_type_code", "task_type"),
    "department": ("部门代码", "dept_code", "实施主体编码", "实施主体代码", "department"),
    "serves": ("服务对象", "serves", "server_type", "服务对象代码"),
    "entered": ("是否进驻政务大厅", "entered", "is_entry_center"),
    "self_service": ("是否支持自助终端办理", "self_service", "is_service_terminals"),
    "city_wide": ("是否全市通办", "city_wide"),
    "online": ("全程网办", "online"),
    "item": ("事项代码", "item"),
}
HEADINGS = tuple(names[0] for names in CALLED.values())
NEEDED = ("code", "name", "type", "department")
_WORDED = ("serves", "entered", "self_service", "city_wide", "online")
_FLAG = Column("", ("",), "flag")
_CODE = re.compile(r"[0-9A-Za-z]+(-[0-9A-Za-z]+)*")
_HEADS = Words("表头至少要有“事项编码、事项名称、事项类型、部门代码”", "it needs at least the columns 事项编码, 事项名称, 事项类型, 部门代码")


class Entry(NamedTuple):
    """One entry of the register, whole, in the order of `CALLED`; the department by its code."""

    code: str
    name: str
    name_en: str
    type: str
    department: str
    serves: str
    entered: bool
    self_service: bool
    city_wide: bool
    online: bool
    item: str

    @property
    def cells(self) -> list[str]:
        """The entry as a row of the sheet: words for codes."""
        said = {True: "是", False: "否", "person": "个人", "company": "法人"}
        return [said.get(value, str(value)) if field in _WORDED else str(value) for field, value in self._asdict().items()]


@dataclass
class Line:
    """A row of the list: what it says by field (missing where it says nothing), where it stands, what was wrong in reading it."""

    place: Place
    said: dict[str, Any]
    headings: dict[str, str]
    problems: Problems

    def at(self, field: str) -> Place:
        return self.place._replace(column=self.headings.get(field, HEADINGS[list(CALLED).index(field)]))


class Heads:
    """Which column of the list is which field."""

    def __init__(self, columns: dict[str, int], headings: dict[str, str], width: int) -> None:
        self.columns, self.headings, self.width = columns, headings, width

    @classmethod
    def of(cls, cells: Iterable[Any], place: Place, problems: Problems) -> Heads:
        """From the row of headings; what is missing, or used for nothing, is told."""
        given = [cell.strip() if isinstance(cell, str) else "" for cell in cells]
        columns = {}
        for field, names in CALLED.items():  # the first of its names counts
            if (name := next((name for name in names if name in given), None)) is not None:
                columns[field] = given.index(name)
        for field in NEEDED:
            if field not in columns:
                name = CALLED[field][0]
                problems.wrong(place._replace(column=name), "heading-missing", f"缺少“{name}”一列", f"the column “{name}” is missing", _HEADS)
        unused = [name for number, name in enumerate(given) if name and number not in columns.values()]
        if unused:
            problems.note(place, "columns-unused", f"没有用到的列：{'、'.join(unused)}", f"columns that were not used: {', '.join(unused)}")
        return cls(columns, {field: given[number] for field, number in columns.items()}, len(given))


def line_of(heads: Heads, cells: list[Any], place: Place) -> Line | None:
    """A row as the register's fields; None for one with nothing in it."""
    if not any(cell not in (None, "") for cell in cells):
        return None
    line = Line(place, {}, heads.headings, Problems())
    for field, number in heads.columns.items():
        cell = cells[number] if number < len(cells) else None
        if cell in (None, ""):
            continue
        try:
            line.said[field] = _read(field, cell)
        except Misread as misread:
            heading = heads.headings[field]
            shown = cell[1] if isinstance(cell, list) else cell
            line.problems.wrong(line.at(field), misread.rule, f"“{heading}”{misread.zh}", f"“{heading}” {misread.en}", value=shown)
    for field in NEEDED:
        if field in heads.columns and field not in line.said and not line.problems.faults:
            line.problems.wrong(line.at(field), "missing", f"没有填“{line.at(field).column}”", f"“{line.at(field).column}” is empty")
    return line


def _read(field: str, cell: Any) -> Any:
    if field in ("entered", "self_service", "city_wide", "online"):
        return value_of(_FLAG, cell)
    said = str(value_of(Column("", ("",), "text"), cell))
    if len(said) > LONGEST:
        raise Misread("too-long", f"超过 {LONGEST} 字", f"has more than {LONGEST} characters")
    if field in ("name", "name_en"):
        if len(said) > 200:
            raise Misread("too-long", "超过 200 字", "has more than 200 characters")
        return said
    said = said.strip()
    if field == "code" and (not _CODE.fullmatch(said) or len(said) > 80):
        raise Misread("pattern", "应为字母、数字和连字符，不超过 80 位", "must be letters, digits and hyphens, at most 80")
    if field == "type":
        found = next((code for code, words in TYPES if said in (code, words, f"{code} {words}") or (said.isdigit() and said.zfill(2) == code)), None)
        if found is None:
            raise Misread("unknown", "不在事项类型代码 01–10、20 之内", "is none of the type codes 01 to 10 and 20")
        return found
    if field == "serves":
        return _serves(said)
    return said


def _serves(said: str) -> str:
    if said in ("person", "个人", "自然人"):
        return "person"
    if said in ("company", "法人", "企业"):
        return "company"
    codes = set(re.split(r"[\s,，、;；^]+", said))
    if codes <= {"1", "2", "3", "4", "5", "6"}:
        return "company" if codes - {"1"} else "person"
    raise Misread("unknown", "应填“个人”或“法人”", "must be 个人 (individuals) or 法人 (companies)")


def read_objects(data: list[Any], problems: Problems) -> list[Line]:
    """The list as JSON objects, one an item: what a national table or a district's list looks like there. Rows are counted from 1."""
    names = list(dict.fromkeys(name for one in data if isinstance(one, dict) for name in one))
    heads = Heads.of(names, Place(), problems)
    lines: list[Line] = []
    for number, one in enumerate(data, 1):
        if not isinstance(one, dict):
            problems.wrong(Place("", number), "not-an-object", f"第 {number} 项不是对象", f"element {number} is no object")
            continue
        cells = [_plain(one.get(name)) for name in names]
        if (line := line_of(heads, cells, Place("", number))) is not None:
            lines.append(line)
    return lines


def _plain(value: Any) -> str | None:
    """A value of JSON as a cell."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return None if value is None else str(value)
