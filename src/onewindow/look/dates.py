"""Days and moments as people read them: 2026年9月24日（周四）, Thu 24 Sep 2026; times in 24 hours."""

from __future__ import annotations

from datetime import date, datetime

from onewindow.kernel import clock

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Moment = date | datetime | str


def day_of(moment: Moment) -> date:
    """The day, where the centre stands; text is read as ISO 8601."""
    if isinstance(moment, str):
        return date.fromisoformat(moment[:10])
    return clock.local(moment).date() if isinstance(moment, datetime) else moment


def full(moment: Moment, *, english: bool) -> str:
    """2026年9月24日（周四）; Thu 24 Sep 2026."""
    day = day_of(moment)
    if english:
        return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS_ZH[day.weekday()]}）"


def plain(moment: Moment, *, english: bool) -> str:
    """2026年9月24日; 24 Sep 2026."""
    day = day_of(moment)
    if english:
        return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def short(moment: Moment, *, english: bool) -> str:
    """9月24日; 24 Sep: where the year is plain from the place."""
    day = day_of(moment)
    return f"{day.day} {_MONTHS_EN[day.month - 1]}" if english else f"{day.month}月{day.day}日"


def weekday(moment: Moment, *, english: bool) -> str:
    """周四; Thu."""
    place = day_of(moment).weekday()
    return _WEEKDAYS_EN[place] if english else f"周{_WEEKDAYS_ZH[place]}"


def weekday_name(place: int, *, english: bool) -> str:
    """The column head of a calendar, Monday being 1: 一; Mon."""
    return _WEEKDAYS_EN[place - 1] if english else _WEEKDAYS_ZH[place - 1]


def minute(moment: datetime) -> str:
    """14:05 on the centre's wall clock."""
    return f"{clock.local(moment):%H:%M}"
