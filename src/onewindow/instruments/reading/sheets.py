"""The cells of a workbook somebody handed in, read in a bounded process; nothing of it is ever computed or followed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

from onewindow.instruments.reading import Unreadable
from onewindow.kernel.words import Words

WALL_S = 180.0
CHILD = (sys.executable, "-I", str(Path(__file__).with_name("sheets_child.py")))
REASONS = {
    "damaged": Words("文件已损坏或者不是 Excel 工作簿（.xlsx），打不开", "the file is damaged or is no Excel workbook (.xlsx)"),
    "old-excel": Words(
        "这是旧式 Excel 文件或者有密码的文件，请另存为不带密码的 .xlsx", "this is an old Excel file or has a password; please save it as .xlsx without one",
    ),
    "encrypted": Words("文件有密码，请去掉密码后重新保存", "the file has a password; please save it without one"),
    "macros": Words("文件带有宏，请另存为不带宏的 .xlsx", "the file holds macros; please save it as .xlsx without them"),
    "external-links": Words("文件引用了别的文件，请断开链接后重新保存", "the file refers to other files; please break the links and save it again"),
    "embedded": Words("文件里嵌入了别的文件，请删除后重新保存", "other files are embedded in it; please remove them and save it again"),
    "doctype": Words("文件里有 DTD 声明，不予读取", "the file holds a DTD and is not read"),
    "bomb": Words("文件展开后太大，已停止读取", "the file unfolds into too much and was stopped"),
    "memory": Words("文件展开后太大，已停止读取", "the file unfolds into too much and was stopped"),
    "time": Words("文件太大或太复杂，没能按时读完，已停止读取", "the file is too large or complicated and was stopped"),
    "too-many-sheets": Words("工作表太多，最多 {most} 张", "there are too many sheets; at most {most}"),
    "too-many-columns": Words("“{sheet}”第 {row} 行的列太多，最多 {most} 列", "sheet “{sheet}”, row {row}: too many columns, at most {most}"),
    "too-many-rows": Words(
        "到“{sheet}”第 {row} 行，全部工作表超过 {most} 行，请分成几个文件", "at row {row} of “{sheet}” there are more than {most} rows in all; please split the file",
    ),
    "too-many-cells": Words(
        "到“{sheet}”第 {row} 行，全部工作表超过 {most} 格，请分成几个文件", "at row {row} of “{sheet}” there are more than {most} cells in all; please split the file",
    ),
    "cell-too-long": Words("“{sheet}”第 {row} 行第 {column} 列的文字超过 {most} 字", "sheet “{sheet}”, row {row}, column {column}: more than {most} characters"),
}  # fmt: skip


class SheetsUnreadable(Unreadable):
    """A workbook that is not taken; `code` is one of `REASONS`, `words` the whole reason, `sheet` and `row` where, if there is a where."""

    def __init__(self, code: str, **where: Any) -> None:
        super().__init__(code)
        self.code, self.sheet, self.row = code, str(where.get("sheet", "")), int(where.get("row", 0))
        self.words = Words(REASONS[code].zh.format_map(where), REASONS[code].en.format_map(where))


class Merged(NamedTuple):
    """A run of cells merged into one: its reference (``A1:B2``)."""

    reference: str


class Empty(NamedTuple):
    """A long run of rows with nothing in them, first and last."""

    first: int
    last: int


class Row(NamedTuple):
    """A row with something in it; a cell is None, a text, or a list of kind (n, b, e, f) and text."""

    number: int
    cells: list[Any]


def rows(data: bytes) -> Iterator[tuple[str, Row | Merged | Empty | None]]:
    """Every row that has content, by sheet in order; first of each sheet its name with None.

    Raises `SheetsUnreadable`, and leaves no process behind.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetsUnreadable("old-excel")
    if not data.startswith(b"PK\x03\x04"):
        raise SheetsUnreadable("damaged")
    with os.fdopen(os.memfd_create("workbook"), "w+b") as file:  # the child seeks in it, and it lies on no disk
        file.write(data)
        file.seek(0)
        process = subprocess.Popen(
            CHILD, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"LC_ALL": "C.UTF-8"}, cwd="/",
            start_new_session=True, close_fds=True,
        )  # fmt: skip
    clock = Timer(WALL_S, _kill, (process,))
    clock.daemon = True
    clock.start()
    try:
        yield from _said(process)
    finally:
        clock.cancel()
        _kill(process)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _said(process: subprocess.Popen[bytes]) -> Iterator[tuple[str, Row | Merged | Empty | None]]:
    assert process.stdout is not None
    sheet, ended = "", False
    for line in process.stdout:
        record = json.loads(line)
        if isinstance(record, list):
            yield sheet, Row(record[0], record[1])
        elif "sheet" in record and "refused" not in record:
            sheet = record["sheet"]
            yield sheet, None
        elif "merged" in record:
            yield sheet, Merged(record["merged"])
        elif "empty" in record:
            yield sheet, Empty(*record["empty"])
        elif "refused" in record:
            raise SheetsUnreadable(record.pop("refused"), **record)
        else:
            ended = True
    if not ended:
        killed = process.wait() in (-signal.SIGKILL, -signal.SIGXCPU)
        raise SheetsUnreadable("time" if killed else "damaged")


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
