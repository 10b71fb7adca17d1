"""The demonstration's past: some sixty working days, lived through the real actions under a clock moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

import simpy
from django.db import connection
from django.db.models import Max

from onewindow.config.town.centre import Centre, Story
from onewindow.config.town.plans import Coming, commonest_first, day_plan
from onewindow.config.town.roster import callers
from onewindow.config.town.standing import at_window, resume
from onewindow.foundation.catalogue.queries import published_items
from onewindow.foundation.people.policies import REGISTER
from onewindow.foundation.places.models import Site, Window
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel import clock
from onewindow.kernel.clock import LOCAL
from onewindow.kernel.permissions import Actor, system
from onewindow.law.calendars import packaged
from onewindow.stages.queueing.models import Ticket

BY = system("town", [REGISTER])
SEED = "onewindow"
_FREE_CLERKS = 4


@dataclass(frozen=True)
class Past:
    """How much past to make: so many working days before `until`, so many visitors a day and windows with a clerk.

    The day of `until` itself is as busy as the demonstration's present, which goes on from there.
    """

    until: datetime
    working_days: int = 60
    visitors: int = 20
    windows: Mapping[str, int] = field(default_factory=lambda: {"A": 2, "B": 1})


# How busy the present is, and who comes. demo
VISITORS_TODAY = 270
WINDOWS_TODAY = {"A": 9, "B": 4}
COMPANIES, PERSONS = 60, 40


def working_days_before(day: date, n: int) -> list[date]:
    """The n working days before a day, earliest first."""
    calendar, found = packaged(), list[date]()
    while len(found) < n:
        day -= timedelta(days=1)
        if calendar.is_working(day):
            found.append(day)
    return found[::-1]


def staffed(site: Site, counts: Mapping[str, int]) -> list[tuple[Window, Actor]]:
    """Which clerk sits at which window: the last windows of each hall; the first clerks are left free for people."""
    clerks = list(Staff.objects.filter(site=site.code, roles__contains=["clerk"], state="active").order_by("username"))[_FREE_CLERKS:]
    pairs = []
    for hall, n in counts.items():
        windows = list(Window.objects.filter(site=site.code, hall__code=hall).select_related("hall").order_by("-code")[:n])
        pairs += [(window, actor_of(clerks.pop(0))) for window in reversed(windows) if clerks]
    return pairs


def make(site: Site, past: Past, *, say: Callable[[int, int], None]) -> int:
    """Live through the past up to `past.until`; how many visitors came. `say` hears (days done, days in all).

    A past that was stopped in the middle goes on with the day after the last one that anybody came on.
    """
    until = past.until.astimezone(LOCAL).date()
    days = [*working_days_before(until, past.working_days), until]
    last = Ticket.objects.filter(site=site.code).aggregate(last=Max("local_day"))["last"]
    left = [day for day in days if last is None or day > last] or [until]
    hand = clock.Hand(datetime.combine(left[0], time(8, 20), LOCAL))
    came = 0
    with clock.use(hand), _unhurried():
        env = simpy.Environment()
        people = callers(by=BY, site=site.code, companies=COMPANIES, persons=PERSONS)
        centre = Centre(site, env, hand.moment, people, Random(SEED), makes_results=True, region=site.region)
        resume(centre)
        items = {code: commonest_first(v.code for v in published_items(code)) for code in centre.halls}
        for day in left:
            say(days.index(day), len(days))
            today = day == until
            plan = day_plan(day, seed=SEED, visitors=VISITORS_TODAY if today else past.visitors, items=items)
            env.process(_day(centre, day, plan, staffed(site, WINDOWS_TODAY if today else past.windows)))
            end = min(past.until, datetime.combine(day, time(23), LOCAL))
            came += sum(1 for coming in plan if coming.at <= end)
            _run(env, centre, hand, end)
        say(len(days), len(days))
    return came


@contextmanager
def _unhurried() -> Iterator[None]:
    """Commits that do not wait for the disk: what a crash takes of a past being made is made again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        try:
            yield
        finally:
            cursor.execute("SET synchronous_commit = on")


def _day(centre: Centre, day: date, plan: Sequence[Coming], pairs: list[tuple[Window, Actor]]) -> Story:
    yield centre.until(datetime.combine(day, time(8, 25), LOCAL))
    for window, by in pairs:
        centre.env.process(at_window(centre, window, by))
    for coming in plan:
        centre.env.process(centre.visitor(coming))


def _run(env: simpy.Environment, centre: Centre, hand: clock.Hand, until: datetime) -> None:
    """Let everything up to a moment happen, the clock's hand moved before each step."""
    end = (until - centre.start).total_seconds()
    while env.peek() <= end:
        hand.moment = max(hand.moment, centre.start + timedelta(seconds=env.peek()))
        env.step()
