"""The bounded process that reads the cells of one workbook (.xlsx): the file on standard input (seekable), a line of JSON a row out.

Run as a plain script, so that nothing of the product is imported. It bounds itself before it reads a byte; its parent minds the
clock. Lines: ``{"sheet": name}``, then ``[row, [cell, ...]]`` for each row with something in it, ``{"merged": "A1:B2"}``,
``{"empty": [first, last]}`` for long runs of rows with nothing in them; last ``{"end": true}`` or ``{"refused": code}``.
A cell is null, a text, or ``[kind, text]`` with kind n (number), b (true or false), e (error), f (formula).
"""

from __future__ import annotations

import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

MEMORY = 768 * 1024**2
PROCESSOR_S = 120
UNFOLDED = 700_000_000  # bytes of XML in the whole file
FOLDED_TIMES = 400  # XML of one part against its packed size, once it is large
LARGE = 20_000_000
PARTS = 400
SHEETS = 60
ROWS = 1_200_000  # rows with something in them, over all sheets
CELLS = 6_000_000
COLUMNS = 200
CHARACTERS = 32_767  # of one cell, as Excel has it
EMPTY_RUN = 1_000  # rows without content that are worth a word
_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main ", "http://purl.oclc.org/ooxml/spreadsheetml/main ")
_RELATION = ("http://schemas.openxmlformats.org/officeDocument/2006/relationships id", "http://purl.oclc.org/ooxml/officeDocument/relationships id")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Refused(Exception):
    """Why the file is not taken: a code, and where."""

    def __init__(self, code: str, **where: Any) -> None:
        super().__init__(code)
        self.said = {"refused": code} | where


def bound() -> None:
    """Nothing the parser does may cost more than this; no file is written and no image of the memory is left behind."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, PROCESSOR_S), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):  # fmt: skip
        resource.setrlimit(limit, (most, most))


class Package:
    """The zip file, looked over before anything in it is read; its parts as chunks, counted as they unfold."""

    def __init__(self, file: Any) -> None:
        try:
            self.zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError):
            raise Refused("damaged") from None
        self.parts = {info.filename.lstrip("/"): info for info in self.zip.infolist()}
        if len(self.zip.infolist()) > PARTS:
            raise Refused("bomb")
        for name, info in self.parts.items():
            low = name.lower()
            if info.flag_bits & 1:
                raise Refused("encrypted")
            if low.endswith(".bin") and "vba" in low or "/macrosheets/" in low or "/activex/" in low:
                raise Refused("macros")
            if "/externallinks/" in low:
                raise Refused("external-links")
            if "/embeddings/" in low:
                raise Refused("embedded")
            if info.file_size > LARGE and info.file_size > FOLDED_TIMES * max(info.compress_size, 1):
                raise Refused("bomb")
        if sum(info.file_size for info in self.parts.values()) > UNFOLDED:
            raise Refused("bomb")
        self.left = UNFOLDED

    def chunks(self, name: str) -> Iterator[bytes]:
        info = self.parts.get(name)
        if info is None:
            raise Refused("damaged")
        try:
            with self.zip.open(info) as part:
                while chunk := part.read(1 << 18):
                    self.left -= len(chunk)
                    if self.left < 0:
                        raise Refused("bomb")
                    yield chunk
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
            raise Refused("damaged") from None
        except Exception as error:  # zlib.error, lzma errors: whatever the packing throws
            if isinstance(error, Refused):
                raise
            raise Refused("damaged") from None

    def parse(self, name: str, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None], text: Callable[[str], None]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
        parser.StartDoctypeDeclHandler = _no_doctype
        try:
            for chunk in self.chunks(name):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise Refused("damaged") from None


def _no_doctype(*_: Any) -> None:
    raise Refused("doctype")


def _ignore(*_: Any) -> None:
    return None


def plain(name: str) -> str:
    """An element's name without the namespace of spreadsheets."""
    return name.rpartition(" ")[2]


def unescaped(text: str) -> str:
    """``_x000D_`` and its like, as Excel writes what XML cannot hold."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def sheets(package: Package) -> list[tuple[str, str]]:
    """Name and part of every sheet, in order."""
    named: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if plain(name) == "sheet":
            named.append((attributes.get("name", ""), next((attributes[key] for key in _RELATION if key in attributes), "")))

    def relation(name: str, attributes: dict[str, str]) -> None:
        if plain(name) == "Relationship":
            if attributes.get("TargetMode") == "External" and "externalLink" in attributes.get("Type", ""):
                raise Refused("external-links")
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def kind(name: str, attributes: dict[str, str]) -> None:
        if "macroEnabled" in attributes.get("ContentType", ""):
            raise Refused("macros")

    package.parse("[Content_Types].xml", kind, _ignore, _ignore)
    package.parse("xl/workbook.xml", sheet, _ignore, _ignore)
    package.parse("xl/_rels/workbook.xml.rels", relation, _ignore, _ignore)
    if len(named) > SHEETS:
        raise Refused("too-many-sheets", most=SHEETS)
    found = []
    for name, key in named:
        target = targets.get(key, "")
        found.append((name, target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
    return found


def shared(package: Package) -> list[str]:
    """The texts that cells share; furigana is no part of them."""
    texts: list[str] = []
    parts: list[str] = []
    inside = phonetic = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, phonetic
        name = plain(name)
        if name == "si":
            parts.clear()
        elif name == "t" and not phonetic:
            inside = 1
        elif name == "rPh":
            phonetic = 1

    def end(name: str) -> None:
        nonlocal inside, phonetic
        name = plain(name)
        if name == "si":
            texts.append(unescaped("".join(parts)))
        elif name == "t":
            inside = 0
        elif name == "rPh":
            phonetic = 0

    def text(data: str) -> None:
        if inside:
            parts.append(data)

    if "xl/sharedStrings.xml" in package.parts:
        package.parse("xl/sharedStrings.xml", start, end, text)
    return texts


class Sheet:
    """Reads one sheet's rows and says them; counts over all sheets are kept in `totals`."""

    def __init__(self, name: str, texts: list[str], totals: dict[str, int], say: Callable[[Any], None]) -> None:
        self.name, self.texts, self.totals, self.say = name, texts, totals, say
        self.row, self.column, self.last_full = 0, 0, 0
        self.cells: list[Any] = []
        self.kind, self.formula = "", False
        self.parts: list[str] = []
        self.inside = self.phonetic = False
        self.value = ""
        self.letters: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.startswith(_MAIN):
            name = name.rpartition(" ")[2]
        if name == "c":
            reference = attributes.get("r")
            self.column = self._place(reference) if reference else self.column + 1
            self.kind, self.formula, self.value = attributes.get("t", "n"), False, ""
            self.parts.clear()
        elif name == "v" or (name == "t" and not self.phonetic):
            self.inside = True
        elif name == "f":
            self.formula = self.inside = True
        elif name == "row":
            self.row = int(attributes["r"]) if attributes.get("r", "").isdigit() else self.row + 1
            self.column, self.cells = 0, []
        elif name == "rPh":
            self.phonetic = True
        elif name == "mergeCell":
            self.say({"merged": attributes.get("ref", "")})

    def text(self, data: str) -> None:
        if self.inside:
            self.parts.append(data)

    def end(self, name: str) -> None:
        if name.startswith(_MAIN):
            name = name.rpartition(" ")[2]
        if name == "v" or name == "t":
            self.inside = False
        elif name == "c":
            self._cell()
        elif name == "row":
            self._row()
        elif name == "f":
            self.inside, self.value = False, "".join(self.parts)
            self.parts.clear()
        elif name == "rPh":
            self.phonetic = False
        elif name == "sheetData":
            self._gap(self.row + 1)

    def _place(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        place = self.letters.get(letters)
        if place is None:
            place = 0
            for letter in letters:
                place = 26 * place + ord(letter) - 64
            self.letters[letters] = place
        return place

    def _cell(self) -> None:
        said = "".join(self.parts)
        value: Any
        if self.formula:
            value = ["f", "=" + self.value]
        elif not said:
            return
        elif self.kind == "s":
            try:
                value = self.texts[int(said)]
            except (ValueError, IndexError):
                raise Refused("damaged") from None
        elif self.kind in ("inlineStr", "str"):
            value = unescaped(said)
        else:
            value = [{"b": "b", "e": "e"}.get(self.kind, "n"), said]
        if value == "" or value is None:
            return
        where = {"sheet": self.name, "row": self.row}
        if not 0 < self.column <= COLUMNS:
            raise Refused("too-many-columns", most=COLUMNS, **where)
        if len(value if isinstance(value, str) else value[1]) > CHARACTERS:
            raise Refused("cell-too-long", most=CHARACTERS, column=self.column, **where)
        self.totals["cells"] += 1
        if self.totals["cells"] > CELLS:
            raise Refused("too-many-cells", most=CELLS, **where)
        if len(self.cells) < self.column:
            self.cells.extend([None] * (self.column - len(self.cells)))
        self.cells[self.column - 1] = value

    def _row(self) -> None:
        if not self.cells:
            return
        self.totals["rows"] += 1
        if self.totals["rows"] > ROWS:
            raise Refused("too-many-rows", most=ROWS, sheet=self.name, row=self.row)
        self._gap(self.row)
        self.last_full = self.row
        self.say([self.row, self.cells])

    def _gap(self, row: int) -> None:
        if row - self.last_full > EMPTY_RUN:
            self.say({"empty": [self.last_full + 1, row - 1]})


def main() -> None:
    bound()
    out = sys.stdout
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
    held: list[str] = []

    def say(record: Any) -> None:
        held.append(encode(record))
        if len(held) >= 2_000:
            flush()

    def flush() -> None:
        if held:
            out.write("\n".join(held) + "\n")
            held.clear()

    try:
        package = Package(open(0, "rb", closefd=False))  # noqa: SIM115  the file is our standard input
        found = sheets(package)
        texts = shared(package)
        totals = {"rows": 0, "cells": 0}
        for name, part in found:
            say({"sheet": name})
            if "worksheets/" not in part:
                continue  # a chart
            sheet = Sheet(name, texts, totals, say)
            package.parse(part, sheet.start, sheet.end, sheet.text)
        say({"end": True})
    except Refused as refused:
        say(refused.said)
    except MemoryError:
        held.clear()
        say({"refused": "memory"})
    flush()
    out.flush()


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    main()
