"""Definitions and the register as an Excel workbook: a row an item, a sheet for each of its lists, and a sheet that explains them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from onewindow.foundation.catalogue.definition import Definition
from onewindow.foundation.catalogue.exchange.cells import DANGEROUS, got, written
from onewindow.foundation.catalogue.exchange.headings import LEGEND, REGISTER
from onewindow.foundation.catalogue.exchange.layout import Table, item_table, tables
from onewindow.foundation.catalogue.exchange.listing import HEADINGS, Entry

# What XML cannot hold, or would change: written as Excel writes it (``_x000D_``), and a text that looks like that is kept from being read so.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  the same content, the same file
_KINDS = {
    "text": "文字", "name": "文字，不含空格", "code": "代码", "integer": "整数", "flag": "是／否", "mark": "是，或者空着", "codes": "代码，几个用空格隔开",
    "when": "情形=答案,答案 & 情形=答案 | 或者另一组；空着表示都适用",
}  # fmt: skip
_WIDTHS = {"text": 36.0, "name": 18.0, "codes": 24.0, "when": 28.0}


def workbook(definitions: Iterable[Definition], entries: Iterable[Entry] = (), told: Callable[[int], None] = lambda n: None) -> bytes:
    """The workbook; what `Workbook` of `assembling` reads back the same. Texts that look like formulas are marked as text."""
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.created, book.properties.modified = "onewindow", _MADE, _MADE
    sheets: dict[str, Any] = {}
    for table in tables():
        sheets[table.name] = _sheet(book, table.sheet, table.headings, [18.0] * len(table.keys) + [_WIDTHS.get(c.kind, 12.0) for c in table.columns])
    for number, definition in enumerate(definitions, 1):
        body = definition.model_dump(mode="json", by_alias=True, exclude_none=True)
        for table, keys, values in _rows(item_table(), body, (definition.code,)):
            sheets[table.name].append([*map(_cell(sheets[table.name]), (*keys, *values))])
        if number % 100 == 0:
            told(number)
    register = _sheet(book, REGISTER, HEADINGS, [44.0, 44.0, 20.0, *[14.0] * 8])
    for entry in entries:
        register.append([*map(_cell(register), entry.cells)])
    _legend(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(table: Table, node: Any, keys: tuple[str, ...]) -> Iterator[tuple[Table, tuple[str, ...], list[Any]]]:
    """An element's own row, then those of the lists below it."""
    yield table, keys, [written(column, got(node, column.path)) for column in table.columns]
    for child in table.children:
        found = got(node, child.path)
        if child.shape == "lines":
            for line in found or ():
                yield child, keys, [line]
        elif child.shape == "lists":
            for name, codes in (found or {}).items():
                yield child, (*keys, name), [" ".join(codes)]
        elif child.shape == "mapping":
            for name, one in (found or {}).items():
                yield child, (*keys, name), [written(column, got(one, column.path)) for column in child.columns]
        else:
            for one in found or ():
                for below, owned, values in _rows(child, one, (*keys, one["code"])):
                    yield (below, keys, values) if below is child else (below, owned, values)


def _cell(sheet: Any) -> Callable[[Any], Any]:
    def cell(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if _UNSAFE.search(value):
            value = _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
        if value.startswith((*DANGEROUS, "#")):  # "#N/A" would be an error value
            marked = WriteOnlyCell(sheet, value)
            marked.data_type = "s"
            marked.quotePrefix = True  # type: ignore[assignment]
            return marked
        return value

    return cell


def _sheet(book: Workbook, title: str, headings: Iterable[str], widths: Iterable[float]) -> WriteOnlyWorksheet:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[_letters(number)].width = width
    heads = []
    for heading in headings:
        head = WriteOnlyCell(sheet, heading)
        head.font = Font(bold=True)
        heads.append(head)
    sheet.append(heads)
    return sheet


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, left = divmod(number - 1, 26)
        letters = chr(65 + left) + letters
    return letters


def _legend(book: Workbook) -> None:
    """Every sheet and column: what is written there, and the words of its codes."""
    sheet = _sheet(book, LEGEND, ("工作表", "列", "字段", "填写", "取值"), (16.0, 28.0, 44.0, 40.0, 90.0))
    for table in tables():
        for heading in table.keys:
            sheet.append([table.sheet, heading, f"{table.name}/code".strip("/") if heading == table.keys[-1] else "", "代码，说明这一行属于哪一项", ""])
        for column in table.columns:
            codes = "；".join(f"{code} {words}".strip() for code, words in column.codes)
            sheet.append([table.sheet, column.heading, ".".join(filter(None, (table.name, *column.path))), _KINDS[column.kind], codes])
