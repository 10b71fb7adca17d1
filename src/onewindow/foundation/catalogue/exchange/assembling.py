"""From the rows of a workbook to bodies of definitions, remembering for every part the row it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from onewindow.foundation.catalogue.definition import SCHEMA
from onewindow.foundation.catalogue.exchange.cells import Misread, got, put, value_of
from onewindow.foundation.catalogue.exchange.headings import LEGEND, REGISTER
from onewindow.foundation.catalogue.exchange.layout import Column, Table, item_table, tables
from onewindow.foundation.catalogue.exchange.listing import Heads, Line, line_of
from onewindow.foundation.catalogue.exchange.problems import Place, Problems, shortened
from onewindow.instruments.reading.sheets import Empty, Merged, Row, rows
from onewindow.kernel.words import Words

_UNMERGE = Words("请取消合并，把内容填进每一格，再重新导入", "please unmerge them, fill in every cell and import again")
_GET_MODEL = Words("请导出一份现有的工作簿作样子，表名和表头照它", "export a workbook and take its sheets and headings as the model")
Kept = list[tuple[Any, ...]]  # of each row its number and its values, the keys first
_MOST = 2_000  # faults that are told one by one


@dataclass
class Item:
    """One item of the file: its code, its row, what was wrong in reading it, and its body once asked for."""

    code: str
    row: int
    problems: Problems = field(default_factory=Problems)


class Workbook:
    """A workbook, read whole: `items` in order, `body` of each, `lines` of the register. `problems` are those of no single item."""

    def __init__(self, data: bytes, told: Callable[[int], None] = lambda n: None) -> None:
        self.problems = Problems()
        self.items: dict[str, Item] = {}
        self.lines: list[Line] = []
        self._rows: dict[str, dict[str, Kept]] = {table.name: {} for table in tables()}
        self._texts: dict[str, str] = {}
        self._seen: set[str] = set()
        self._faulty: dict[str, Problems] = {}  # what was wrong in reading the rows of an item
        self._read(data, told)
        self._agree()

    def body(self, item: Item) -> dict[str, Any]:
        """The body of an item, its rows put together; faults of rows that belong to nothing go to the item's problems."""
        _, *values = self._rows[""][item.code][0]
        body: dict[str, Any] = {"schema": SCHEMA, "code": item.code}
        _fill(body, item_table(), values[1:])
        self._below(item_table(), item, {(): body}, 1)
        return body

    def place(self, item: Item, pointer: str) -> Place:
        """Where in the file the address of a definition stands: as near as the file has it."""
        parts = [part for part in pointer.split("/") if part]
        return self._place(item_table(), item, parts, (item.code,), Place(item_table().sheet, item.row))

    def forget(self, item: Item) -> None:
        """Let the rows of an item go: it was put together, and whatever was wrong with it has its place."""
        for kept in self._rows.values():
            kept.pop(item.code, None)

    # -- reading ---------------------------------------------------------------------------------------------------------------

    def _read(self, data: bytes, told: Callable[[int], None]) -> None:
        known = {table.sheet: table for table in tables()}
        table: Table | None = None
        heads: list[int] | None = None  # for each column of the file its place in the table, -1 for none
        listing: Heads | None = None
        sheet, n = "", 0
        for sheet, record in rows(data):
            if record is None:
                table, heads, listing = known.get(sheet), None, None
                if sheet in self._seen:
                    self.problems.wrong(Place(sheet), "sheet-twice", f"工作表“{sheet}”有两张", f"there are two sheets “{sheet}”")
                self._seen.add(sheet)
                if table is None and sheet not in (REGISTER, LEGEND):
                    self.problems.note(Place(sheet), "sheet-unknown", f"工作表“{sheet}”不属于事项清单，没有读", f"sheet “{sheet}” is no part of it and was not read")
            elif sheet != REGISTER and table is None:
                continue
            elif isinstance(record, Merged):
                self._merged(sheet, record)
            elif isinstance(record, Empty):
                zh, en = f"第 {record.first:,}–{record.last:,} 行没有内容，已跳过", f"rows {record.first:,} to {record.last:,} are empty and were passed over"
                self.problems.note(Place(sheet, record.first), "rows-empty", zh, en)
            elif sheet == REGISTER:
                if listing is None:
                    listing = Heads.of(record.cells, Place(sheet, record.number), self.problems)
                elif (line := line_of(listing, record.cells, Place(sheet, record.number))) is not None:
                    self.lines.append(line)
            elif heads is None:
                assert table is not None
                heads = self._heads(table, record)
            elif table is not None:
                self._row(table, heads, record)
            n += 1
            if n % 5_000 == 0:
                told(n)
        told(n)

    def _merged(self, sheet: str, merged: Merged) -> None:
        first = merged.reference.partition(":")[0]
        row = int("".join(filter(str.isdigit, first)) or 0)
        zh, en = f"单元格 {merged.reference} 是合并的，不知道属于哪一行", f"the cells {merged.reference} are merged: which row they belong to is not known"
        self.problems.wrong(Place(sheet, row), "merged", zh, en, _UNMERGE, merged.reference)

    def _heads(self, table: Table, row: Row) -> list[int]:
        """Which column of the file is which of the sheet's."""
        places = {heading: place for place, heading in enumerate(table.headings)}
        found: list[int] = []
        for number, cell in enumerate(row.cells, 1):
            said = cell.strip() if isinstance(cell, str) else ""
            place = places.get(said, -1)
            if cell is not None and place < 0:
                zh, en = f"表头第 {number} 列“{shortened(_shown(cell))}”不认识", f"the heading “{shortened(_shown(cell))}” of column {number} is not known"
                self.problems.wrong(Place(table.sheet, row.number, said), "heading-unknown", zh, en, _GET_MODEL, _shown(cell))
            elif place >= 0 and place in found:
                self.problems.wrong(Place(table.sheet, row.number, said), "heading-twice", f"表头“{said}”出现了两次", f"the heading “{said}” stands twice", _GET_MODEL)
            found.append(place)
        for heading in table.keys:
            if places[heading] not in found:
                self.problems.wrong(Place(table.sheet, row.number, heading), "heading-missing", f"缺少“{heading}”一列", f"the column “{heading}” is missing", _GET_MODEL)
        return found

    def _row(self, table: Table, heads: list[int], row: Row) -> None:
        """Keep a row under its item, its cells read."""
        values: list[Any] = [None] * len(table.headings)
        keys = len(table.keys)
        wrong: list[tuple[str, Misread, Any]] = []
        columns, texts = table.columns, self._texts
        for place, cell in zip(heads, row.cells, strict=False):
            if place < 0 or cell is None:
                continue
            if place >= keys:
                column = columns[place - keys]
                try:
                    if type(cell) is str and column.kind == "text" and "<" not in cell:
                        values[place] = texts.setdefault(cell, cell)
                    else:
                        values[place] = value_of(column, cell)
                except Misread as misread:
                    wrong.append((column.heading, misread, cell))
            else:
                try:
                    values[place] = texts.setdefault(said := str(value_of(_KEY, cell)), said)
                except Misread as misread:
                    wrong.append((table.keys[place], misread, cell))
        code = values[0]
        if table.name == "" and code:
            if code in self.items:
                first = self.items[code].row
                zh, en = f"事项代码“{shortened(code)}”与第 {first} 行重复", f"the item code “{shortened(code)}” stands in row {first} already"
                self.problems.wrong(Place(table.sheet, row.number, table.keys[0]), "code-twice", zh, en, value=code)
                return
            self.items[code] = Item(code, row.number)
        into = self._faulty.setdefault(code, Problems()) if code else self.problems
        for heading, fault, cell in wrong:
            if len(self.problems.faults) < _MOST:
                into.wrong(Place(table.sheet, row.number, heading), fault.rule, f"“{heading}”{fault.zh}", f"“{heading}” {fault.en}", value=_shown(cell))
        missing = [heading for heading, value in zip(table.keys, values[:keys], strict=True) if not value]
        if missing and not wrong:
            zh, en = f"没有填“{missing[0]}”", f"“{missing[0]}” is empty"
            self.problems.wrong(Place(table.sheet, row.number, missing[0]), "key-missing", zh, en)
        if code and not missing:
            self._rows[table.name].setdefault(code, []).append((row.number, *values))

    def _agree(self) -> None:
        """Every sheet is there, and every row belongs to an item of the file."""
        if not self.items and not self.lines and not self.problems.faults and not self._seen & {item_table().sheet, REGISTER}:
            zh, en = f"没有“{item_table().sheet}”工作表，也没有“{REGISTER}”工作表", f"there is neither a sheet “{item_table().sheet}” nor one “{REGISTER}”"
            self.problems.wrong(Place(item_table().sheet), "sheet-missing", zh, en, _GET_MODEL)
        elif self.items or self._seen & {table.sheet for table in tables()}:
            for table in tables():
                if table.sheet not in self._seen:
                    zh, en = f"缺少工作表“{table.sheet}”", f"the sheet “{table.sheet}” is missing"
                    self.problems.wrong(Place(table.sheet), "sheet-missing", zh, en, _GET_MODEL)
        for code, found in self._faulty.items():
            (self.items[code].problems if code in self.items else self.problems).faults += found.faults
        for table in tables():
            for code in [code for code in self._rows[table.name] if code not in self.items]:
                for row, *_ in self._rows[table.name].pop(code):
                    zh, en = f"“事项”表里没有事项“{shortened(code)}”", f"there is no item “{shortened(code)}” in the sheet “事项”"
                    if len(self.problems.faults) < _MOST:
                        self.problems.wrong(Place(table.sheet, row, table.keys[0]), "item-unknown", zh, en, value=code)

    # -- putting together ------------------------------------------------------------------------------------------------------

    def _below(self, table: Table, item: Item, owners: dict[tuple[str, ...], dict[str, Any]], depth: int) -> None:
        """Fill in the sheets below one; `owners` are its elements by their codes below the item."""
        for child in table.children:
            made: dict[tuple[str, ...], dict[str, Any]] = {}
            if child.needed:
                for part in owners.values():
                    if (whole := got(part, child.path[:-1])) is not None:  # a part left out stays out
                        whole.setdefault(child.path[-1], {} if child.shape in ("mapping", "lists") else [])
            for row, *values in self._rows[child.name].get(item.code, ()):
                owned = tuple(values[1:depth])
                owner = owners.get(owned)
                if owner is None:
                    heading = child.keys[depth - 1]
                    zh, en = f"没有“{heading}”为“{owned[-1]}”的行", f"there is no “{owned[-1]}” for “{heading}”"
                    item.problems.wrong(Place(child.sheet, row, heading), "owner-unknown", zh, en, value=owned[-1])
                    continue
                self._add(child, item, owner, row, values, made, depth)
            if child.children:
                self._below(child, item, made, depth + 1)

    def _add(
        self, child: Table, item: Item, owner: dict[str, Any], row: int, values: list[Any], made: dict[tuple[str, ...], dict[str, Any]], depth: int
    ) -> None:
        keys = len(child.keys)
        if child.shape in ("mapping", "lists"):
            into, name = _whole(owner, child.path, {}), values[keys - 1]
            if name in into:
                zh, en = f"“{child.keys[-1]}”{shortened(name)} 重复", f"“{shortened(name)}” stands twice"
                item.problems.wrong(Place(child.sheet, row, child.keys[-1]), "code-twice", zh, en, value=name)
            elif child.shape == "lists":
                into[name] = values[keys] or []
            else:
                _fill(into.setdefault(name, {}), child, values[keys:])
        elif child.shape == "lines":
            _whole(owner, child.path, []).append(values[keys])
        else:
            element: dict[str, Any] = {}
            _fill(element, child, values[keys:])
            _whole(owner, child.path, []).append(element)
            made.setdefault((*values[1:depth], str(element.get("code", ""))), element)

    def _place(self, table: Table, item: Item, parts: list[str], owned: tuple[str, ...], so_far: Place) -> Place:
        for child in table.children:
            path = list(child.path)
            if parts[: len(path)] != path:
                continue
            left = parts[len(path) :]
            for row, *values in self._rows[child.name].get(item.code, ()):
                if not left or not _owned(tuple(values[: len(owned)]), owned):
                    continue
                name = values[len(child.keys) - 1] if child.shape in ("mapping", "lists") else _code_in(child, values)
                rest = left[1:]
                if child.shape == "lists":  # an address brings its own strokes
                    name, rest = str(name).strip("/"), []
                    left = ["/".join(left)]
                if left[0] in (name, "*"):
                    return self._place(child, item, rest, (*owned, left[0]), Place(child.sheet, row))
            first = self._rows[child.name].get(item.code)  # the list as a whole, or what it lacks
            return Place(child.sheet, first[0][0]) if first else so_far
        path_text = "/".join(parts)
        for column in table.columns:
            if parts and (column.pointer == path_text or column.pointer.startswith(path_text + "/")):
                return Place(so_far.sheet, so_far.row, column.heading)
        return so_far

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items.values())


_KEY = Column("", ("",), "name")


def _fill(into: dict[str, Any], table: Table, values: list[Any]) -> None:
    for column, value in zip(table.columns, values, strict=True):
        if value is not None:
            path = column.path
            if len(path) == 1:
                into[path[0]] = value
            else:
                put(into, path, value)
        elif column.kind == "codes" and len(column.path) == 1:
            put(into, column.path, [])


def _whole(owner: dict[str, Any], path: tuple[str, ...], empty: Any) -> Any:
    """The list or mapping at a path, made where it is not there."""
    for name in path[:-1]:
        owner = owner.setdefault(name, {})
    return owner.setdefault(path[-1], empty)


def _code_in(table: Table, values: list[Any]) -> str:
    for column, value in zip(table.columns, values[len(table.keys) :], strict=True):
        if column.path == ("code",):
            return str(value)
    return ""


def _owned(values: tuple[Any, ...], owned: tuple[str, ...]) -> bool:
    return all(want in ("*", value) for value, want in zip(values, owned, strict=False))


def _shown(cell: Any) -> str:
    return cell[1] if isinstance(cell, list) else str(cell)
