"""Which days are worked, and why. This file is the public face."""

from onewindow.law.calendars.calendar import LAST_DAY, Calendar, Change, packaged
from onewindow.law.calendars.days import Day, Reason, holiday_name_en, weekday_en, weekday_zh
from onewindow.law.calendars.notices import DeclaredDay, Notice

__all__ = [
    "LAST_DAY",
    "Calendar",
    "Change",
    "Day",
    "DeclaredDay",
    "Notice",
    "Reason",
    "holiday_name_en",
    "packaged",
    "weekday_en",
    "weekday_zh",
]
