"""Lists as CSV files: read in the encodings they come in, and written so that no program takes a text for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from onewindow.foundation.catalogue.exchange.cells import disarmed, rearmed
from onewindow.foundation.catalogue.exchange.listing import Heads, Line, line_of
from onewindow.foundation.catalogue.exchange.problems import Place, Problems
from onewindow.kernel.words import Words

MOST = 200_000  # lines
_UTF8 = Words("请另存为 UTF-8 或者 GB18030 编码的 CSV，再重新导入", "please save it as CSV in UTF-8 or GB18030 and import again")


def read_csv(data: bytes, problems: Problems) -> list[Line]:
    """The list in a CSV file: UTF-8 with or without a mark, or GB18030. Anything else is a fault with its line and byte."""
    text = decoded(data, problems)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[Line] = []
    heads: Heads | None = None
    before = 0
    try:
        for row in reader:
            place, before = Place("", before + 1), reader.line_num
            if not row or (heads is None and row[0].startswith("#")):
                continue
            if heads is None:
                heads = Heads.of(row, place, problems)
                if problems.faults:
                    return []
            elif len(row) > heads.width:
                zh, en = f"有 {len(row)} 列，表头只有 {heads.width} 列", f"has {len(row)} cells under {heads.width} headings"
                problems.wrong(place, "too-many-columns", zh, en)
            elif len(lines) >= MOST:
                problems.wrong(place, "too-many-rows", f"超过 {MOST} 行，请分成几个文件", f"there are more than {MOST} lines; please split the file")
                break
            elif (line := line_of(heads, [rearmed(cell) for cell in row], place)) is not None:
                lines.append(line)
    except csv.Error as error:
        zh, en = f"第 {before + 1} 行起不是有效的 CSV（{error}）", f"from line {before + 1} it is not valid CSV ({error})"
        problems.wrong(Place("", before + 1), "csv-invalid", zh, en)
    return lines


def decoded(data: bytes, problems: Problems) -> str | None:
    """The text of a file in UTF-8 or GB18030; None, and the fault, for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4_000]:
        problems.wrong(Place("", 1), "encoding", "文件是 UTF-16 编码的文本或者不是文本", "the file is UTF-16 or no text at all", _UTF8)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as first:
        utf8 = first
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as second:
        # where it stops being either: the later of the two is the one byte that no reading of the file explains
        error = max(utf8, second, key=lambda one: one.start)
    line = data.count(b"\n", 0, error.start) + 1
    within = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
    byte = f"0x{data[error.start]:02X}"
    problems.wrong(
        Place("", line), "encoding", f"第 {line} 行第 {within} 个字节 {byte} 既不是 UTF-8 也不是 GB18030",
        f"line {line}, byte {within} ({byte}) is neither UTF-8 nor GB18030", _UTF8, byte,
    )  # fmt: skip
    return None


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV (RFC 4180), every text disarmed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if cell is None else disarmed(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()
