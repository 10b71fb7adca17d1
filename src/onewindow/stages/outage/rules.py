"""Pure rules of an outage: how reserve numbers are written and read, and which true times can be entered."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from onewindow.foundation.places.rules import Hours, Week, on_day
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, OutsideHours
from onewindow.kernel.words import Words
from onewindow.law.calendars import Calendar

OLDEST_DAYS = 30
MOST = 60  # numbers a booklet: a stack that can be stapled
LONGEST_REASON = 200
RECEIVED, TAKEN = Words("收件时间", "time of receipt"), Words("取号时间", "time on the ticket")
_TYPED = re.compile(r"([A-Z]{0,4})(备?)(收?)0*(\d{1,5})")


def ticket_number(hall: str, n: int) -> str:
    """A-备003: what stands on a reserve ticket. A number of an ordinary day ("A003") never has 备 in it."""
    return f"{hall}-备{n:03d}"


def receipt_number(hall: str, n: int) -> str:
    """A-备收003: what stands on a reserve receipt."""
    return f"{hall}-备收{n:03d}"


def read_number(typed: str, *, receipt: bool, hall: str) -> tuple[str, int] | None:
    """Hall and number of what was typed from a paper; the hall's letter may be left out, and blanks and dashes do not matter.

    None for what is no reserve number, or one of the other kind: a ticket's is not a receipt's.
    """
    found = _TYPED.fullmatch(re.sub(r"[\s\-－—–]", "", typed).upper())
    if found is None or (found[2] and bool(found[3]) is not receipt) or (found[3] and not receipt):
        return None
    return found[1] or hall, int(found[4])


def moment(day: str, at: str, field: Words) -> datetime:
    """Day and time as a form sends them, at the centre. Raises `InvalidInput`."""
    try:
        return datetime.combine(date.fromisoformat(day.strip()), time.fromisoformat(at.strip()), clock.LOCAL).replace(second=0, microsecond=0)
    except ValueError:
        raise InvalidInput(field=field, reason_zh="请填写日期和时间", reason_en="please enter the day and the time") from None


def check_time(at: datetime, *, now: datetime, printed: datetime, field: Words) -> None:
    """Refuse a true time that cannot be: to come, before the booklet was printed, or older than thirty days. To the minute."""
    present, earliest = clock.local(now), clock.local(printed).replace(second=0, microsecond=0)
    if at > present:
        raise InvalidInput(field=field, reason_zh="这个时间还没有到，请照纸上写的填", reason_en="lies in the future; please enter what the paper says")
    if present.date() - clock.local(at).date() > timedelta(days=OLDEST_DAYS):
        raise InvalidInput(
            field=field, reason_zh=f"已超过 {OLDEST_DAYS} 天，不能在窗口补录，请找大厅经理", reason_en=f"is more than {OLDEST_DAYS} days ago; please ask the hall manager"
        )
    if at < earliest:
        raise InvalidInput(
            field=field, reason_zh=f"早于这本备用凭证的印制时间（{earliest:%Y-%m-%d %H:%M}），请核对编号和时间",
            reason_en=f"is before this booklet was printed ({earliest:%Y-%m-%d %H:%M}); please check number and time",
        )  # fmt: skip


def check_hours(at: datetime, *, week: Week, calendar: Calendar, confirmed: bool) -> None:
    """Ask about a time at which the place is closed. Raises `OutsideHours` until somebody says that it is right."""
    here = clock.local(at)
    hours = on_day(week, here.isoweekday(), worked=calendar.is_working(here.date()))
    if not confirmed and not (hours is not None and hours.opens <= here.time() <= hours.closes):
        raise OutsideHours(at=Words(f"{here:%Y年%m月%d日 %H:%M}", f"{here:%Y-%m-%d %H:%M}"), hours=_told(hours, week))


def _told(hours: Hours | None, week: Week) -> str:
    """The hours of that day, or on a day of rest those of the week's first."""
    return str(hours or (week[min(week)] if week else "—"))


def check_accepted(on: date | None, *, received: date, today: date) -> None:
    """A day of acceptance on paper lies between receipt and today. Raises `InvalidInput`."""
    if on is not None and not received <= on <= today:
        raise InvalidInput(
            field=Words("受理日期", "day of acceptance"), reason_zh="不能早于收件日，也不能晚于今天", reason_en="cannot be before the receipt or after today"
        )
