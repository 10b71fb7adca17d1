"""The bounded process that reads the cells of one workbook (.xlsx): the file on standard input (seekable), a line of JSON a row out.

Run as a plain script, so that nothing of the product is imported. It bounds itself before it reads a byte; its parent minds the
clock. The parser resolves nothing and fetches nothing. Lines: ``{"sheet": name}``, then ``[row, [cell, ...]]`` for each row with
something in it, ``{"merged": "A1:B2"}``, ``{"empty": [first, last]}`` for long runs of rows with nothing in them; last
``{"end": true}`` or ``{"refused": code}``. A cell is null, a text, or ``[kind, text]`` with kind n (number), b (true or false),
e (error), f (formula).
"""

from __future__ import annotations

import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

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
SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/content-types", "http://schemas.openxmlformats.org/package/2006/relationships",
)  # fmt: skip
RELATION = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)  # fmt: skip
_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)")
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
            if (low.endswith(".bin") and "vba" in low) or "/macrosheets/" in low or "/activex/" in low:
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

    def elements(self, name: str, wanted: frozenset[str]) -> Iterator[tuple[str, Any]]:
        """The elements of a part by their plain names as they end, those that are wanted; each is dropped once the next is asked for."""
        names = {f"{{{space}}}{one}": one for space in SPACES for one in wanted}
        parser = etree.XMLPullParser(
            ("end",), tag=tuple(names), resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        before = b""
        try:
            for chunk in self.chunks(name):
                if not before and (chunk[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in chunk[:64] or not _in_utf8(chunk[:200])):
                    raise Refused("damaged")
                if b"<!DOCTYPE" in before + chunk[:16] or b"<!DOCTYPE" in chunk:  # nowhere else may this stand in a well-formed part
                    raise Refused("doctype")
                before = chunk[-16:]
                parser.feed(chunk)
                yield from _ended(parser, names)
            parser.close()
            yield from _ended(parser, names)
        except etree.XMLSyntaxError as fault:
            raise Refused("memory" if fault.code == etree.ErrorTypes.ERR_NO_MEMORY else "damaged") from None


def _ended(parser: Any, names: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """What ended since it was last asked; what was seen is let go, and what stood before it."""
    for _, element in parser.read_events():
        yield names[element.tag], element
        element.clear()
        above = element.getparent()
        while above is not None and element.getprevious() is not None:
            del above[0]


def _in_utf8(head: bytes) -> bool:
    declared = _ENCODING.search(head)
    return declared is None or declared[1].lower() in (b"utf-8", b"us-ascii")


def unescaped(text: str) -> str:
    """``_x000D_`` and its like, as Excel writes what XML cannot hold."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def sheets(package: Package) -> list[tuple[str, str]]:
    """Name and part of every sheet, in order."""
    for _, one in package.elements("[Content_Types].xml", frozenset({"Override", "Default"})):
        if "macroEnabled" in one.get("ContentType", ""):
            raise Refused("macros")
    named = [
        (one.get("name", ""), next((one.attrib[key] for key in RELATION if key in one.attrib), ""))
        for _, one in package.elements("xl/workbook.xml", frozenset({"sheet"}))
    ]
    targets: dict[str, str] = {}
    for _, one in package.elements("xl/_rels/workbook.xml.rels", frozenset({"Relationship"})):
        if "externalLink" in one.get("Type", ""):
            raise Refused("external-links")
        targets[one.get("Id", "")] = one.get("Target", "")
    if len(named) > SHEETS:
        raise Refused("too-many-sheets", most=SHEETS)
    found = []
    for name, key in named:
        target = targets.get(key, "")
        found.append((name, target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
    return found


def shared(package: Package) -> list[str]:
    """The texts that cells share; what is said of their sound is no part of them."""
    texts: list[str] = []
    if "xl/sharedStrings.xml" in package.parts:
        for _, one in package.elements("xl/sharedStrings.xml", frozenset({"si"})):
            texts.append(unescaped(_said(one)))
    return texts


def _said(element: Any) -> str:
    """The text of a string, in one piece or in runs of different looks."""
    parts = []
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [run.text or "" for run in child if run.tag.endswith("}t")]
    return "".join(parts)


class Sheet:
    """Says one sheet's rows; counts over all sheets are kept in `totals`."""

    def __init__(self, name: str, texts: list[str], totals: dict[str, int], say: Callable[[Any], None]) -> None:
        self.name, self.texts, self.totals, self.say = name, texts, totals, say
        self.row = self.last_full = 0
        self.places: dict[str, int] = {}

    def read(self, package: Package, part: str) -> None:
        for name, element in package.elements(part, frozenset({"row", "mergeCell", "sheetData"})):
            if name == "row":
                self._row(element)
            elif name == "mergeCell":
                self.say({"merged": element.get("ref", "")})
            else:
                self._gap(self.row + 1)

    def _row(self, element: Any) -> None:
        number = element.get("r", "")
        self.row = int(number) if number.isdigit() and len(number) < 9 else self.row + 1
        cells: list[Any] = []
        column = filled = 0
        digits = -len(number) if number else None  # what a reference ends with, where it tells the truth
        places = self.places
        for one in element:
            if not len(one):
                column = self._column(one.get("r"), column)
                continue
            reference = one.get("r")
            column = (places.get(reference[:digits]) if reference else 0) or self._column(reference, column)
            first, value = one[0], None
            if len(first) == 1 and one.get("t") == "inlineStr":  # what most cells are: one plain text
                value = first[0].text
                if value and "_x" in value:
                    value = unescaped(value)
            if not value:
                value = self._value(one)
                if not value:
                    continue
            if not 0 < column <= COLUMNS:
                raise Refused("too-many-columns", most=COLUMNS, sheet=self.name, row=self.row)
            if len(value if isinstance(value, str) else value[1]) > CHARACTERS:
                raise Refused("cell-too-long", most=CHARACTERS, column=column, sheet=self.name, row=self.row)
            filled += 1
            if len(cells) < column:
                cells.extend([None] * (column - len(cells)))
            cells[column - 1] = value
        if not cells:
            return
        self.totals["rows"] += 1
        self.totals["cells"] += filled
        if self.totals["cells"] > CELLS:
            raise Refused("too-many-cells", most=CELLS, sheet=self.name, row=self.row)
        if self.totals["rows"] > ROWS:
            raise Refused("too-many-rows", most=ROWS, sheet=self.name, row=self.row)
        self._gap(self.row)
        self.last_full = self.row
        self.say([self.row, cells])

    def _value(self, cell: Any) -> Any:
        kind, said = cell.get("t", "n"), None
        for child in cell:
            tag = child.tag
            if tag.endswith("}f"):
                return ["f", "=" + (child.text or "")]
            if tag.endswith("}is"):
                return unescaped(_said(child))
            if tag.endswith("}v"):
                said = child.text
        if not said:
            return None
        if kind == "s":
            try:
                return self.texts[int(said)]
            except (ValueError, IndexError):
                raise Refused("damaged") from None
        if kind == "str":
            return unescaped(said)
        return ["b" if kind == "b" else "e" if kind == "e" else "n", said]

    def _column(self, reference: str | None, before: int) -> int:
        """Which column a cell stands in: its reference says so, or it follows the one before."""
        if not reference:
            return before + 1
        letters = reference.rstrip("0123456789")
        return self.places.get(letters) or self._place(letters)

    def _place(self, letters: str) -> int:
        place = 0
        for letter in letters[:4]:
            place = 26 * place + ord(letter) - 64
        self.places[letters] = place
        return place

    def _gap(self, row: int) -> None:
        if row - self.last_full > EMPTY_RUN:
            self.say({"empty": [self.last_full + 1, row - 1]})
            self.last_full = row - 1


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
            Sheet(name, texts, totals, say).read(package, part)
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
