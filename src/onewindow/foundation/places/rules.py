"""Pure rules of places: when they are open, and why a window is out of service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.words import Words

WEEKDAYS = {
    1: Words("星期一", "Monday"), 2: Words("星期二", "Tuesday"), 3: Words("星期三", "Wednesday"), 4: Words("星期四", "Thursday"),
    5: Words("星期五", "Friday"), 6: Words("星期六", "Saturday"), 7: Words("星期日", "Sunday"),
}  # fmt: skip
NUMBER, NAME, REASON = Words("窗口号", "window number"), Words("名称", "name"), Words("原因", "reason")
FOR_TODAY = "today"
OUT_BECAUSE = {
    FOR_TODAY: Words("今天不开", "closed for today"), "repair": Words("设备报修", "under repair"), "works": Words("施工", "building works"),
    "spare": Words("备用，不安排人", "spare, not staffed"),
}  # fmt: skip
HIGHEST_NUMBER = 99


@dataclass(frozen=True)
class Hours:
    """When a place is open on one day, by its own clock."""

    opens: time
    closes: time

    @classmethod
    def read(cls, text: str) -> Hours:
        """``08:30-16:30``."""
        opens, closes = text.split("-")
        return cls(time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip()))

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


Week = Mapping[int, Hours]
"""The days a place is open, Monday 1 to Sunday 7; a day that is not there is closed."""

USUAL: Week = dict.fromkeys(range(1, 6), Hours(time(8, 30), time(16, 30)))
"""What is taken for a place that has stated none."""


def on_day(week: Week, weekday: int, *, worked: bool) -> Hours | None:
    """The hours of one day; None when closed. A rest day worked in exchange (调休) has the week's first hours, unless it has its own."""
    if not worked:
        return None
    return week.get(weekday) or (week[min(week)] if week else None)


def read_week(typed: Mapping[int, tuple[str, str]]) -> Week:
    """A week as a form sends it; a day left blank is closed. Raises `InvalidInput` naming the day."""
    week = {}
    for day, (opens, closes) in sorted(typed.items()):
        if opens.strip() or closes.strip():
            try:
                hours = Hours(time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip()))
            except ValueError:
                raise InvalidInput(field=WEEKDAYS[day], reason_zh="开门和关门时间都要填，不开的两格都留空", reason_en="enter both times, or leave both blank") from None
            if hours.opens >= hours.closes:
                raise InvalidInput(field=WEEKDAYS[day], reason_zh="关门要晚于开门", reason_en="it closes before it opens")
            week[day] = hours
    return week


def told(week: Week) -> list[Words]:
    """A week in words, days on end with the same hours together: 星期一至星期五 08:30–16:30. An empty week is one that is closed."""
    runs: list[tuple[int, int, Hours]] = []
    for day, hours in sorted(week.items()):
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], day, hours)
        else:
            runs.append((day, day, hours))
    lines = []
    for first, last, hours in runs:
        one, other = WEEKDAYS[first], WEEKDAYS[last]
        days = one if first == last else Words(f"{one.zh}至{other.zh}", f"{one.en} to {other.en}")
        lines.append(Words(f"{days.zh} {hours}", f"{days.en} {hours}"))
    return lines
