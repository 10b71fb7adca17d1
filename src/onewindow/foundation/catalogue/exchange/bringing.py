"""What somebody brought, whatever kind of file it is: its items one by one, checked, and the lines of its register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onewindow.foundation.catalogue.definition import Definition, DefinitionWrong, Finding, Statute, misquoted, read
from onewindow.foundation.catalogue.definition.rules import faults
from onewindow.foundation.catalogue.exchange.assembling import Workbook
from onewindow.foundation.catalogue.exchange.bundle import SCHEMA, parsed
from onewindow.foundation.catalogue.exchange.cells import Misread, value_of
from onewindow.foundation.catalogue.exchange.commas import decoded, read_csv
from onewindow.foundation.catalogue.exchange.layout import Column
from onewindow.foundation.catalogue.exchange.listing import Line, read_objects
from onewindow.foundation.catalogue.exchange.problems import MEND, Place, Problem, Problems, shortened
from onewindow.instruments.reading.sheets import SheetsUnreadable
from onewindow.kernel.words import Words

LARGEST_MB = 50
KINDS = {"workbook": Words("Excel 工作簿", "Excel workbook"), "bundle": Words("事项 JSON", "catalogue JSON"), "list": Words("事项列表", "list of items")}
_DO = {
    "literal-error": Words("允许的取值见“说明”表", "the sheet 说明 has the values allowed"),
    "no-source": Words("请在“来源”表为它写一行", "please give it a line in the sheet 来源"),
    "misquoted": Words("请逐字照抄法律文本", "please copy the text of the law word for word"),
}  # fmt: skip
_TEXT = Column("", ("",), "text")
Told = Callable[[str, int, int], None]  # which phase, how many, of how many (0: not known)


@dataclass
class Read:
    """One item of the file, read: its definition, or None and why not."""

    code: str
    name: str
    place: Place
    definition: Definition | None
    problems: list[Problem]


class Brought:
    """A file that was brought. `kind` is one of `KINDS`; `problems` are those of the file as a whole; `items` reads them one by one."""

    def __init__(self, data: bytes, texts: Mapping[str, Statute], told: Told = lambda phase, n, of: None) -> None:
        self.problems = Problems()
        self.lines: list[Line] = []
        self.size = 0
        self.kind = "workbook"
        self._texts, self._told = texts, told
        self._book: Workbook | None = None
        self._bodies: list[Any] = []
        if not data:
            self.problems.wrong(Place(), "empty", "文件是空的", "the file is empty")
        elif len(data) > LARGEST_MB * 1024 * 1024:
            most = Words("请分成几个文件", "please split it into several files")
            self.problems.wrong(Place(), "too-large", f"文件超过 {LARGEST_MB} MB", f"the file is larger than {LARGEST_MB} MB", most)
        elif data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            self._workbook(data)
        elif data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
            self._json(data)
        elif decoded(data, self.problems) is not None:
            self.kind = "list"
            self.lines = read_csv(data, self.problems)

    def items(self) -> Iterator[Read]:
        """Every item of the file in order, each read when asked for, once: what was read of the file is let go behind it."""
        book = self._book
        for number, one in enumerate(book if book is not None else self._bodies, 1):
            if book is not None:
                body = book.body(one)
                place, problems = Place("事项", one.row), list(one.problems.faults)
                yield self._item(one.code, body, place, problems, lambda pointer, item=one: book.place(item, pointer))  # type: ignore[misc]
                book.forget(one)
            else:
                place = Place("", number)
                code = one.get("code") if isinstance(one, dict) else None
                problems = list(_marked_up(one, place))
                yield self._item(str(code or ""), one, place, problems, lambda pointer, at=place: at._replace(column=pointer))  # type: ignore[misc]
            if number % 50 == 0 or number == self.size:
                self._told("check", number, self.size)

    def _item(self, code: str, body: Any, place: Place, problems: list[Problem], where: Callable[[str], Place]) -> Read:
        name = body.get("name") if isinstance(body, dict) else None
        shown = str(name.get("zh", "")) if isinstance(name, dict) else ""
        if problems:
            return Read(code, shown, place, None, problems)
        try:
            definition = read(body if isinstance(body, dict) else {})
        except DefinitionWrong as wrong:
            return Read(code, shown, place, None, [_problem(finding, body, where) for finding in wrong.findings])
        found = [*faults(definition), *misquoted(definition, self._texts)]
        return Read(definition.code, definition.name.zh, place, definition, [_problem(finding, body, where) for finding in sorted(found)])

    def _workbook(self, data: bytes) -> None:
        try:
            self._book = Workbook(data, lambda n: self._told("read", n, 0))
        except SheetsUnreadable as unreadable:
            self.problems.wrong(Place(unreadable.sheet, unreadable.row), unreadable.code, *unreadable.words)
            return
        self.problems, self.lines, self.size = self._book.problems, self._book.lines, len(self._book.items)

    def _json(self, data: bytes) -> None:
        said = parsed(data, self.problems)
        if self.problems.faults:
            return
        if isinstance(said, list):
            self.kind, self.lines = "list", read_objects(said, self.problems)
        elif said.get("schema") == "onewindow.item/1":
            self.kind, self._bodies = "bundle", [said]
        elif said.get("schema") == SCHEMA and isinstance(said.get("items"), list) and isinstance(said.get("register", []), list):
            self.kind, self._bodies = "bundle", said["items"]
            self.lines = read_objects(said["register"], self.problems) if said.get("register") else []
        elif isinstance(said.get("tables"), dict):
            self.kind, self.lines = "list", _national(said["tables"], self.problems)
        else:
            zh = "不是事项清单：应为本系统导出的 JSON、事项列表，或者国家前置库的表"
            self.problems.wrong(Place(), "schema-unknown", zh, "this is no catalogue: it must be our own JSON, a list of items, or the national tables")
        self.size = len(self._bodies)


def _national(tables: Mapping[str, Any], problems: Problems) -> list[Line]:
    """The items in the national exchange tables, as lines: what the basic and the extended table say of each."""
    basic = next((rows for name, rows in tables.items() if name.endswith("_basic") and isinstance(rows, list)), None)
    if basic is None:
        problems.wrong(Place("up_task_general_basic"), "table-missing", "缺少 up_task_general_basic 表", "the table up_task_general_basic is missing")
        return []
    extended = {
        row.get("task_code"): row for name, rows in tables.items() if name.endswith("_extend") and isinstance(rows, list) for row in rows if isinstance(row, dict)
    }  # fmt: skip
    return read_objects([{**extended.get(row.get("task_code"), {}), **row} if isinstance(row, dict) else row for row in basic], problems)


def _problem(finding: Finding, body: Any, where: Callable[[str], Place]) -> Problem:
    place = where(finding.pointer)
    value = _at(body, finding.pointer)
    return Problem(place, finding.rule, Words(finding.zh.rstrip("。"), finding.en.rstrip(".")), _DO.get(finding.rule, MEND), value)


def _at(node: Any, pointer: str) -> str:
    """The plain value at an address, for the message; empty for anything else."""
    for part in [part for part in pointer.split("/") if part]:
        if isinstance(node, list):
            node = next((one for one in node if isinstance(one, dict) and one.get("code") == part), None)
        elif isinstance(node, dict):
            node = node.get(part)
    return shortened(node) if isinstance(node, str | int | float) and not isinstance(node, bool) else ""


def _marked_up(node: Any, place: Place, pointer: str = "") -> Iterator[Problem]:
    """Texts with HTML in them, by address."""
    if isinstance(node, str):
        try:
            value_of(_TEXT, node)
        except Misread as misread:
            yield Problem(place._replace(column=pointer), misread.rule, Words(misread.zh, misread.en), MEND, shortened(node))
    elif isinstance(node, dict):
        for name, value in node.items():
            if isinstance(value, str | dict | list):
                yield from _marked_up(value, place, f"{pointer}/{name}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            called = value.get("code", number) if isinstance(value, dict) else number
            yield from _marked_up(value, place, f"{pointer}/{called}")


def packed(definition: Definition) -> bytes:
    """A definition as bytes to keep while others are read."""
    return definition.model_dump_json(by_alias=True, exclude_none=True).encode()


def unpacked(kept: bytes) -> Definition:
    """The definition that `packed` kept; it was sound then."""
    return Definition.model_validate_json(kept)
