"""``register.csv``: the district's register of items, a line an item.

A header names the columns, those of `RegisterLine`; a flag is ``1`` or empty. Lines above the header that begin with ``#`` are
comments; one that begins with ``# demo`` marks the file as a demonstration's.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from onewindow.foundation.catalogue.definition.codes import Code, ItemType
from onewindow.foundation.catalogue.definition.findings import Finding
from onewindow.foundation.catalogue.definition.parts import Part
from onewindow.foundation.catalogue.definition.shapes import shape_findings

FILE = "register.csv"


class RegisterLine(Part):
    """One item of the register. `item`: the code of its definition, empty while it is known by name only."""

    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z]+(-[0-9A-Za-z]+)*$", max_length=80)]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    type: ItemType
    department: Code
    serves: Literal["person", "company"]
    entered: bool
    self_service: bool
    city_wide: bool
    online: bool
    item: Code | Literal[""]


@dataclass(frozen=True)
class Register:
    """What the file holds, and whether it is marked as a demonstration's."""

    demo: bool
    lines: tuple[RegisterLine, ...]


_COLUMNS = list(RegisterLine.model_fields)
_FLAGS = {"1": True, "": False}
_SHAPE = TypeAdapter(dict[str, tuple[RegisterLine, ...]])


def read_register(path: Path, wrong: list[Finding]) -> Register | None:
    """The register; an empty one where there is no such file; None, and what is `wrong`, for one that has faults."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Register(False, ())
    except (OSError, ValueError) as error:
        wrong.append(Finding("/", "unreadable", f"文件无法读取：{error}。", f"cannot be read: {error}.", str(path)))
        return None
    comments, rows = _parted(text)
    if not rows or rows[0] != _COLUMNS or any(len(row) != len(_COLUMNS) for row in rows):
        said = ",".join(_COLUMNS)
        zh, en = f"表头应为 {said}，每行列数相同。", f"the header must be {said}, and every line as long."
        wrong.append(Finding("/", "csv-invalid", zh, en, str(path)))
        return None
    data = {"register": tuple(_data(row) for row in rows[1:])}
    try:
        return Register(comments.startswith("# demo"), _SHAPE.validate_python(data)["register"])
    except ValidationError as error:
        wrong += [finding.at(str(path)) for finding in shape_findings(data, error)]
        return None


def _parted(text: str) -> tuple[str, list[list[str]]]:
    """The comments above the header, and every line below them in its cells."""
    lines = text.removeprefix("\ufeff").splitlines()
    above = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "\n".join(lines[:above]), [row for row in csv.reader(lines[above:]) if row]


def _data(row: list[str]) -> dict[str, Any]:
    cells: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    flags = (name for name, field in RegisterLine.model_fields.items() if field.annotation is bool)
    return cells | {name: _FLAGS.get(cells[name], cells[name]) for name in flags}
