"""How many working days a limit gives on average: so that limits counted in different units can be compared, and only for that.

No deadline rests on it; each is counted day by day from its own start.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from onewindow.law.calendars import Calendar
from onewindow.law.limits.deadlines import Unit, deadline


@lru_cache(maxsize=256)
def mean_working_days(n: int, unit: Unit, calendar: Calendar, year: int) -> Decimal:
    """The mean number of working days in a limit that begins on a working day of that year, to a tenth; n for working days, 0 for n = 0.

    Raises `InvalidInput` where the calendar does not reach.
    """
    if n == 0 or unit is Unit.WORKING_DAYS:
        return Decimal(n)
    starts = [on for place in range(366) if (on := date(year, 1, 1) + timedelta(place)).year == year and calendar.is_working(on)]
    given = sum(calendar.working_days_after(start, deadline(start, n, unit, calendar).due) for start in starts)
    return (Decimal(given) / len(starts)).quantize(Decimal("0.1"), ROUND_HALF_UP)
