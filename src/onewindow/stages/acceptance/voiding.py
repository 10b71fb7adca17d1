"""Pure: until when a wrong acceptance can be taken back."""

from __future__ import annotations

from datetime import date

from onewindow.kernel.words import Words
from onewindow.spine.cases.papers import chinese_date, english_date


def stands_because(*, procedures: bool, notice_due_on: date, today: date) -> Words | None:
    """Why an acceptance can no longer be taken back; None while it can.

    When the days for the one-time notice have passed, an application without one is accepted by the law itself (art 32(1)(4)).
    """
    if procedures:
        return Words("已经开始过特别程序，并书面告知了申请人", "a special procedure was begun and the applicant told of it in writing")
    if today > notice_due_on:
        return Words(
            f"一次性告知的期限已于{chinese_date(notice_due_on)}届满，不能再回到收件", f"the days for the one-time notice ended on {english_date(notice_due_on)}"
        )
    return None
