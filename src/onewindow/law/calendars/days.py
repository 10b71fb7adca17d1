"""One day and the reason it is worked, rested, counted or not: a closed set, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from onewindow.law.articles import HOLIDAYS_2, WORKING_HOURS_7, Article, notice_of


class Reason(StrEnum):
    """Why a day is as it is. The first seven describe a calendar day, the rest a day's place in a period."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str, en: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh = zh
        member.en = en
        return member

    WORKDAY = ("workday", "工作日", "working day")
    ADJUSTED_WORKDAY = ("adjusted-workday", "{name}调休，照常上班", "worked in exchange for {name_en}")
    WEEKEND = ("weekend", "周末休息", "weekend")
    HOLIDAY = ("holiday", "{name}放假", "{name_en} holiday")
    PRESUMED_WORKDAY = (
        "presumed-workday",
        "推定为工作日（该年放假安排尚未公布）",
        "presumed a working day (the year's holiday notice is not yet published)",
    )
    PRESUMED_WEEKEND = (
        "presumed-weekend",
        "推定为周末休息（该年放假安排尚未公布）",
        "presumed a weekend (the year's holiday notice is not yet published)",
    )
    PRESUMED_HOLIDAY = (
        "presumed-holiday",
        "{name}，固定日期的法定节日（该年放假安排尚未公布）",
        "{name_en}, a holiday of fixed date (the year's holiday notice is not yet published)",
    )
    START_DAY = ("start-day", "开始的当日，不计入", "the day the period begins is not counted")
    EXCLUDED = ("excluded", "依法扣除的时间，不计入", "excluded by law, not counted")
    NATURAL_DAY = ("natural-day", "按自然日计入", "counted as a natural day")
    EXTENDED = (
        "extended",
        "末日为休息日，顺延",
        "the last day fell on a rest day, so the period runs on",
    )


PRESUMED = frozenset({Reason.PRESUMED_WORKDAY, Reason.PRESUMED_WEEKEND, Reason.PRESUMED_HOLIDAY})
"""The reasons that a later notice may overturn."""

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_HOLIDAYS_EN = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Qingming",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "抗日战争暨世界反法西斯战争胜利70周年纪念日": "70th Victory Day",
}


def weekday_zh(day: date) -> str:
    """周一 … 周日."""
    return "周" + _WEEKDAYS_ZH[day.weekday()]


def weekday_en(day: date) -> str:
    """Mon … Sun."""
    return _WEEKDAYS_EN[day.weekday()]


def holiday_name_en(name: str) -> str:
    """A holiday's English name; “国庆节、中秋节” gives both; an unknown name stays Chinese."""
    return " and ".join(_HOLIDAYS_EN.get(part, part) for part in name.split("、"))


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day: worked or not, and why; the holiday behind it and the year of the notice, if any."""

    date: date
    working: bool
    reason: Reason
    name: str | None = None
    notice_year: int | None = None

    @property
    def presumed(self) -> bool:
        """Whether a notice still to come may change this day."""
        return self.reason in PRESUMED

    @property
    def zh(self) -> str:
        return self.reason.zh.format(name=self.name)

    @property
    def en(self) -> str:
        return self.reason.en.format(name_en=holiday_name_en(self.name or ""))

    @property
    def article(self) -> Article:
        """What makes this day worked or rested."""
        if self.notice_year is not None:
            return notice_of(self.notice_year)
        return HOLIDAYS_2 if self.reason is Reason.PRESUMED_HOLIDAY else WORKING_HOURS_7
