"""Which days are worked, and why. This file is the public face."""

from onewindow.law.calendars.calendar import FIXED_HOLIDAYS, LAST_DAY, Calendar, Change, install, packaged, shipped
from onewindow.law.calendars.days import Day, Reason, holiday_name_en, weekday_en, weekday_zh
from onewindow.law.calendars.notices import DeclaredDay, Notice

__all__ = [
    "FIXED_HOLIDAYS",
    "LAST_DAY",
    "Calendar",
    "Change",
    "Day",
    "DeclaredDay",
    "Notice",
    "Reason",
    "holiday_name_en",
    "install",
    "packaged",
    "shipped",
    "weekday_en",
    "weekday_zh",
]
