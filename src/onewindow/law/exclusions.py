"""Excluded time (行政许可法 art 45): the closed list of procedures whose time is not counted, and how long one is expected to take.

A visit to the premises (现场核查) is not on the list: its days count. Pure.
"""

from __future__ import annotations

from datetime import date

from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.words import Words
from onewindow.law.calendars import Calendar
from onewindow.law.spans import ONE_DAY

KINDS = {
    "hearing": Words("听证", "hearing"),
    "tender": Words("招标", "tender"),
    "auction": Words("拍卖", "auction"),
    "inspection": Words("检验", "inspection"),
    "testing": Words("检测", "testing"),
    "quarantine": Words("检疫", "quarantine"),
    "appraisal": Words("鉴定", "appraisal"),
    "expert-review": Words("专家评审", "expert review"),
}
"""Every kind the article names, in its order; no other may be added here."""

LICENSING_LAW = "行政许可法"
ARTICLE = "第四十五条"
LONGEST = 180
"""Working days: a longer expectation is a slip."""


def expected_last(first: date, days: int, calendar: Calendar) -> date:
    """The last of so many working days, `first` itself counted when it is one. Raises `InvalidInput` outside 1–180."""
    if isinstance(days, bool) or not 1 <= days <= LONGEST:
        raise InvalidInput(
            field=Words("预计需要的工作日", "working days expected"), reason_zh=f"应为 1–{LONGEST} 的整数",
            reason_en=f"it must be a whole number from 1 to {LONGEST}",
        )  # fmt: skip
    return calendar.plus(first - ONE_DAY, days)
