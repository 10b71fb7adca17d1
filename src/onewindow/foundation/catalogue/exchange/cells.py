"""What one cell says: from its text to a value of the definition, and back. Lossless both ways; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from onewindow.foundation.catalogue.exchange.layout import Column

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--|<[A-Za-z]+\s")
_FLAGS = {"是": True, "否": False, "1": True, "0": False, "true": True, "false": False, "TRUE": True, "FALSE": False, "Y": True, "N": False}
_SEPARATORS = re.compile(r"[\s,，、;；]+")
_MAP = re.compile(r"\s*(?:\||或)\s*")
_TERM = re.compile(r"\s*(?:&|且)\s*")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class Misread(ValueError):
    """A cell that does not say what its column asks for: rule, Chinese, English."""

    def __init__(self, rule: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.rule, self.zh, self.en = rule, zh, en


def value_of(column: Column, cell: Any) -> Any:
    """The value a cell stands for, shape only. Raises `Misread`."""
    if type(cell) is list:
        cell = _plain(column, cell)
    kind = column.kind
    if kind == "text":
        if "<" in cell and _TAG.search(cell):
            raise Misread("html", "含有 HTML 标记；这里只收文字", "holds HTML; only text is taken here")
        return cell
    said = cell.strip()
    if kind == "name":
        return said
    if kind == "code":
        return _code(column, said)
    if kind in ("flag", "mark"):
        if (flag := _FLAGS.get(said)) is None:
            raise Misread("flag", "应填“是”或“否”", "must be 是 (yes) or 否 (no)")
        return flag or (None if kind == "mark" else flag)
    if kind == "integer":
        digits = said.removesuffix(".0")
        if not re.fullmatch(r"-?[0-9]{1,9}", digits):
            raise Misread("integer", "应填整数", "must be a whole number")
        return int(digits)
    if kind == "codes":
        return [_code(column, part) for part in _SEPARATORS.split(said) if part]
    return _when(said)


def written(column: Column, value: Any) -> str | int | None:
    """The cell that `value_of` reads as this value; None for no value."""
    if value is None:
        return None
    match column.kind:
        case "flag" | "mark":
            return "是" if value else "否"
        case "codes":
            return " ".join(value) or None
        case "when":
            return " | ".join(" & ".join(f"{name}={','.join(answers)}" for name, answers in one.items()) or "*" for one in value)
        case _:
            return value


def disarmed(text: str) -> str:
    """A text as a CSV file may hold it, so that no program takes it for a formula; `rearmed` gives it back."""
    return "'" + text if text.lstrip("'").startswith(DANGEROUS) else text


def rearmed(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(DANGEROUS) else text


def _plain(column: Column, cell: list[str]) -> str:
    kind, text = cell
    if kind == "f":
        raise Misread("formula", "是公式；请改成它的值（复制后选“粘贴为值”）", "is a formula; put its value there (copy, then paste as value)")
    if kind == "e":
        raise Misread("cell-error", "是错误值", "is an error value")
    if kind == "b":
        return "是" if text == "1" else "否"
    return text.removesuffix(".0")


def _code(column: Column, said: str) -> str:
    for value, words in column.codes:
        if said == value or (words and (said == words or said == f"{value} {words}")):
            return value
    if column.codes and said.isdigit():  # a table program takes the noughts off
        for value, _ in column.codes:
            if value.isdigit() and int(value) == int(said):
                return value
    return said


def _when(said: str) -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = []
    for one in _MAP.split(said):
        terms: dict[str, list[str]] = {}
        for term in _TERM.split(one) if one != "*" else ():
            name, equals, answers = term.partition("=")
            listed = [part for part in _SEPARATORS.split(answers) if part]
            if not equals or not name.strip() or not listed or name.strip() in terms:
                raise Misread("when", "适用情形应写成“情形=答案,答案 & 情形=答案 | …”", "must be written “question=answer,answer & question=answer | …”")
            terms[name.strip()] = listed
        found.append(terms)
    return found


def put(into: dict[str, Any], path: Iterable[str], value: Any) -> None:
    """Set a value at a path, making what is on the way."""
    *way, last = path
    for name in way:
        into = into.setdefault(name, {})
    into[last] = value


def got(node: Mapping[str, Any] | None, path: Iterable[str]) -> Any:
    """What stands at a path; None where nothing does."""
    here: Any = node
    for name in path:
        if here is None:
            return None
        here = here.get(name)
    return here
