"""The catalogue as one JSON file, ``onewindow.catalogue/1``: always the same bytes for the same content, an item a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from onewindow.foundation.catalogue.definition import Definition, canonical
from onewindow.foundation.catalogue.exchange.listing import Entry
from onewindow.foundation.catalogue.exchange.problems import Place, Problems
from onewindow.kernel.words import Words

SCHEMA = "onewindow.catalogue/1"
_AGAIN = Words("请重新导出或者改正文件后再导入", "please export it again, or correct the file and import again")


def bundle(definitions: Iterable[Definition], entries: Iterable[Entry] = ()) -> Iterator[bytes]:
    """The file, piece by piece; items and entries in the order given, which is by code."""
    yield f'{{"schema":"{SCHEMA}",\n"items":['.encode()
    yield from _lines(canonical(definition) for definition in definitions)
    yield b'],\n"register":['
    yield from _lines(_encoded(entry._asdict()) for entry in entries)
    yield b"]}\n"


def parsed(data: bytes, problems: Problems) -> Any:
    """The JSON of a file; None, and the fault with line and column, where it is none."""
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        zh, en = f"第 {line} 行的字节 0x{data[error.start]:02X} 不是 UTF-8", f"line {line}: the byte 0x{data[error.start]:02X} is not UTF-8"
        problems.wrong(Place("", line), "encoding", zh, en, _AGAIN)
    except json.JSONDecodeError as error:
        zh, en = f"第 {error.lineno} 行第 {error.colno} 列起不是有效的 JSON", f"from line {error.lineno}, column {error.colno}, it is not valid JSON"
        problems.wrong(Place("", error.lineno), "json-invalid", zh, en, _AGAIN)
    except _Twice as twice:
        zh, en = f"“{twice}”在同一个对象里出现了两次", f"“{twice}” stands twice in one object"
        problems.wrong(Place(), "name-twice", zh, en, _AGAIN)
    except (ValueError, RecursionError):
        problems.wrong(Place(), "json-invalid", "不是有效的 JSON", "it is not valid JSON", _AGAIN)
    return None


class _Twice(ValueError):
    """A name that stands twice in one object, of which a reader would keep the last without a word."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _lines(parts: Iterable[bytes]) -> Iterator[bytes]:
    first = True
    for part in parts:
        yield (b"\n" if first else b",\n") + part
        first = False
    if not first:
        yield b"\n"


def _encoded(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
