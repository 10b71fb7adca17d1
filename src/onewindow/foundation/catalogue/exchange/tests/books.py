"""Workbooks as somebody else's program writes them, and what an import says of them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from onewindow.foundation.catalogue.definition import Definition, demo_folder, load, read_statutes, statutes_folder
from onewindow.foundation.catalogue.exchange.bringing import Brought
from onewindow.foundation.catalogue.exchange.listing import Entry
from onewindow.foundation.catalogue.exchange.outcomes import Plan, Standing, Wishes
from onewindow.foundation.catalogue.exchange.planning import plan
from onewindow.foundation.catalogue.exchange.workbook import workbook

DATA = Path(__file__).parent / "data"
LIST = DATA / "district_items_511602.csv"
FOOD, LABOUR = "food-business-licence", "labour-dispatch-licence"


@cache
def whole(code: str) -> Definition:
    return load(demo_folder() / "items" / f"{code}.json")


@cache
def texts() -> Any:
    return read_statutes(statutes_folder())


def standing(items: dict[str, tuple[str, str]] | None = None, entries: dict[str, tuple[Entry, str]] | None = None, **departments: str) -> Standing:
    """Nothing but the departments of the demonstration stands."""
    import tomllib

    known = tomllib.loads((demo_folder() / "departments.toml").read_text(encoding="utf-8"))["departments"]
    ours = {one["code"]: one["credit_code"] for one in known} | departments
    return Standing(ours, items or {}, entries or {}, whole, "mark")


def tried(data: bytes, wishes: Wishes | None = None, before: Standing | None = None) -> Plan:
    return plan(Brought(data, texts()), before or standing(), wishes)


def told(made: Plan) -> list[tuple[str, int, str, str]]:
    """Every fault: sheet, row, column, sentence."""
    faults = [*made.problems, *(problem for outcome in made.outcomes for problem in outcome.problems)]
    return [(one.place.sheet, one.place.row, one.place.column, one.why.zh) for one in faults]


def faults(data: bytes) -> list[tuple[str, int, str, str]]:
    """What is wrong with a file that must not be good."""
    made = tried(data)
    assert not made.good
    return told(made)


def changed(change: Callable[[Workbook], None], *codes: str) -> bytes:
    """The workbook of these items, opened in another program, changed and saved."""
    book = load_workbook(io.BytesIO(workbook([whole(code) for code in codes or (LABOUR,)])))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def column(book: Workbook, sheet: str, heading: str) -> int:
    return [cell.value for cell in book[sheet][1]].index(heading) + 1


def put(sheet: str, row: int, heading: str, value: Any) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        cell = book[sheet].cell(row, column(book, sheet, heading))
        cell.value = value

    return change


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A workbook with its parts changed as bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def real_list() -> list[dict[str, str]]:
    return list(csv.DictReader(LIST.read_text(encoding="utf-8").splitlines()))


def mapping() -> dict[str, str]:
    lines = (DATA / "departments.csv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split(",") for line in lines)  # type: ignore[misc]
