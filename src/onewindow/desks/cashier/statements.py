"""Reading a platform's statement of a day: CSV, one movement a line."""

from __future__ import annotations

import csv
import io
import re

from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.words import Words
from onewindow.stages.payment.rules import Booked
from onewindow.stages.payment.sums import fen

HEAD = ["类型", "缴款码", "流水号", "金额"]
MOST = 100_000
_KINDS = {"收": "payment", "退": "refund"}
_FIELD = Words("对账单", "statement")


def read(data: bytes) -> list[Booked]:
    """The movements of a statement: header 类型,缴款码,流水号,金额; 收 or 退; yuan with two decimals. Raises `InvalidInput` naming the line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise _wrong("不是文本文件", "it is no text file") from None
    try:
        rows = [row for row in csv.reader(io.StringIO(text), strict=True) if row]
    except csv.Error:
        raise _wrong("不是有效的 CSV 文件", "it is no sound CSV file") from None
    if not rows or [cell.strip() for cell in rows[0]] != HEAD or len(rows) > MOST:
        raise _wrong(f"第一行应为：{','.join(HEAD)}", f"the first line should be: {','.join(HEAD)}")
    return [_movement(n, [cell.strip() for cell in row]) for n, row in enumerate(rows[1:], 2)]


def _movement(n: int, row: list[str]) -> Booked:
    try:
        kind, code, number, amount = row
        if kind not in _KINDS or not re.fullmatch("[0-9A-Za-z-]{1,40}", code) or not re.fullmatch("[0-9A-Za-z-]{1,64}", number):
            raise ValueError
        return Booked(_KINDS[kind], code, number, fen(amount))
    except ValueError:
        raise _wrong(f"第 {n} 行不能识别", f"line {n} cannot be read") from None


def _wrong(zh: str, en: str) -> InvalidInput:
    return InvalidInput(field=_FIELD, reason_zh=zh, reason_en=en)
