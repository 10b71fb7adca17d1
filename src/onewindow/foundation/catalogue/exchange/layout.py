"""The sheets of a workbook, derived from the typed definition itself: whatever a definition may hold has its column.

A field that has no Chinese heading yet goes under its own name, so nothing is ever lost; a test asks for its heading.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.parts import Text
from onewindow.foundation.catalogue.definition.values import VALUES
from onewindow.foundation.catalogue.exchange.headings import COLUMNS, ITEM, KEYS, SHEETS

ENGLISH = "（英文）"


@dataclass(frozen=True)
class Column:
    """One column: its heading, where its value stands in the element, how it is written, and the codes it may hold."""

    heading: str
    path: tuple[str, ...]
    kind: str  # text, name (without blanks), code, integer, flag, mark (yes or nothing), codes (several), when
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def pointer(self) -> str:
        return "/".join(self.path)


@dataclass(frozen=True)
class Table:
    """One sheet: the lists of one name, of all items, a row an element.

    `name` is dotted (``materials.acceptance_points``), `path` where the list stands in its owner. `keys` are the headings of the
    columns that name the owners, the item first. `shape`: list of objects, list of lines, or mapping (by name, of objects or of codes).
    """

    name: str
    path: tuple[str, ...]
    shape: Literal["item", "objects", "lines", "mapping", "lists"]
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    children: tuple[Table, ...] = field(default=())
    needed: bool = False

    @property
    def sheet(self) -> str:
        return SHEETS.get(self.name, self.name.replace(".", "·"))

    @property
    def headings(self) -> tuple[str, ...]:
        return self.keys + tuple(column.heading for column in self.columns)

    def walk(self) -> Iterator[Table]:
        """This sheet and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@cache
def item_table() -> Table:
    """The sheet of items with every sheet below it."""
    columns, children = _parts("", Definition, (), (), (ITEM,))
    return Table("", (), "item", (ITEM,), tuple(columns), tuple(children), True)


def tables() -> tuple[Table, ...]:
    """Every sheet, the items' first."""
    return tuple(item_table().walk())


def _parts(name: str, model: type[BaseModel], path: tuple[str, ...], inner: tuple[str, ...], keys: tuple[str, ...]) -> tuple[list[Column], list[Table]]:
    """The columns and the sheets below of one model; `path` within its row, `inner` the dotted name it adds to sheets below."""
    columns: list[Column] = []
    children: list[Table] = []
    for key, info in model.model_fields.items():
        here, said = (*path, info.alias or key), _bare(info.annotation)
        if said == Literal["onewindow.item/1"] or (not path and key == "code" and name == ""):
            continue  # the one constant, and the item's code: the first column
        origin = get_origin(said)
        if said is Text:
            columns += [_column(name, (*here, "zh"), "text", said), _column(name, (*here, "en"), "text", said)]
        elif isinstance(said, type) and issubclass(said, BaseModel):
            more, below = _parts(name, said, here, (*inner, key), keys)
            columns += more
            children += below
        elif key == "when":
            columns.append(_column(name, here, "when", said))
        elif origin is tuple:
            element = _bare(get_args(said)[0])
            dotted = ".".join(part for part in (name, *inner, key) if part)
            if isinstance(element, type) and issubclass(element, BaseModel):
                children.append(_list(dotted, here, element, keys, _needed(info)))
            elif get_origin(element) is Literal or _is_code(get_args(said)[0]):
                columns.append(_column(name, here, "codes", element, f"{model.__name__}.{key}"))
            else:
                children.append(Table(dotted, here, "lines", keys, (_column(dotted, ("",), "text", element),)))
        elif origin is dict:
            children.append(_mapping(key, here, get_args(said)[1], keys))
        else:
            columns.append(_column(name, here, "name" if said is str and _patterned(info) else _kind(said), said, f"{model.__name__}.{key}"))
    return columns, children


def _list(dotted: str, path: tuple[str, ...], element: type[BaseModel], keys: tuple[str, ...], needed: bool) -> Table:
    columns, children = _parts(dotted, element, (), (), (*keys, KEYS.get(dotted, f"{dotted}/code")))
    return Table(dotted, path, "objects", keys, tuple(columns), tuple(children), needed)


def _mapping(key: str, path: tuple[str, ...], value: Any, keys: tuple[str, ...]) -> Table:
    """A dict by name: of one of several models (their columns put together), or of lists of codes."""
    keyed, said = (*keys, KEYS.get(key, f"{key}/name")), _bare(value)
    if get_origin(said) is tuple:
        return Table(key, path, "lists", keyed, (_column(key, ("",), "codes", str),), needed=True)
    models = get_args(said) if get_origin(said) in (Union, types.UnionType) else (said,)
    found: dict[tuple[str, ...], Column] = {}
    for model in models:
        for column in _parts(key, model, (), (), keyed)[0]:
            known = found.get(column.path)
            found[column.path] = Column(column.heading, column.path, column.kind, (known.codes if known else ()) + column.codes)
    return Table(key, path, "mapping", keyed, tuple(found.values()), needed=True)


def _column(name: str, path: tuple[str, ...], kind: str, said: Any, of: str = "") -> Column:
    dotted, english = ".".join(path), path[-1] == "en" and said is Text
    if said is Text:
        dotted = dotted.rpartition(".")[0]
    heading = COLUMNS.get(name, {}).get(dotted, dotted) + (ENGLISH if english else "")
    words, values = VALUES.get(of, {}), get_args(said) if get_origin(said) is Literal and kind != "mark" else ()
    return Column(heading, path, kind, tuple((value, words[value].zh if value in words else "") for value in values))


def _kind(said: Any) -> str:
    if said is bool:
        return "flag"
    if said is int:
        return "integer"
    if said == Literal[True]:
        return "mark"
    return "code" if get_origin(said) is Literal else "text"


def _bare(said: Any) -> Any:
    """A type without its bounds and without None."""
    while True:
        origin = get_origin(said)
        if origin is Annotated:
            said = get_args(said)[0]
        elif origin in (Union, types.UnionType):
            left = [one for one in get_args(said) if one is not type(None)]
            if len(left) > 1:
                return typing.Union[tuple(left)]  # noqa: UP007  built at run time
            said = left[0]
        else:
            return said


def _is_code(said: Any) -> bool:
    """Whether a text is bound to a pattern without blanks, so that several fit into a cell."""
    return get_origin(said) is Annotated and any(getattr(mark, "pattern", None) for mark in _marks(said))


def _marks(said: Any) -> Iterator[Any]:
    for mark in get_args(said)[1:]:
        yield from (mark.metadata if isinstance(mark, FieldInfo) else (mark,))


def _patterned(info: FieldInfo) -> bool:
    return any(getattr(mark, "pattern", None) for mark in info.metadata) or any(map(_is_code, get_args(info.annotation)))


def _needed(info: FieldInfo) -> bool:
    return info.is_required()
