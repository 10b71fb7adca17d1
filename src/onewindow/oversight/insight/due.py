"""What must be decided soon, by department."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from onewindow.kernel import clock
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.law.limits import remaining
from onewindow.spine.cases.models import Case


@dataclass(frozen=True)
class Due:
    """One department's cases that must be decided soon. `days_left` 0 is today, below 0 too late."""

    department: Words
    days_left: int
    n: int
    cases: tuple[Case, ...]


def due_soon(site: str, *, shown: int = 3) -> list[Due]:
    """What is overdue, due today or on the next working day by its promise, the most pressing first.

    `shown` cases of each department and day are named, so that each can be a link.
    """
    today, calendar = clock.today(), packaged()
    horizon = calendar.next_working_day(today + timedelta(days=1))
    waiting = Case.objects.filter(site=site, state="accepted", promised_on__lte=horizon).select_related("department")
    groups: dict[tuple[date, int], list[Case]] = defaultdict(list)
    for case in waiting.defer("form_sealed", "form_key", "answers").order_by("promised_on", "department_id", "id"):
        assert case.promised_on is not None
        groups[case.promised_on, case.department_id].append(case)
    return [
        Due(cases[0].department.words, remaining(today, day, calendar), len(cases), tuple(cases[:shown]))
        for (day, _), cases in groups.items()
    ]
