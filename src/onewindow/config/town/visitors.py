"""The demonstration's present: visitors keep arriving, clerks, approvers and the delivery window keep working.

Nothing is remembered between starts but the database: whoever waits, sits or has something decided or to
collect is found there, and their story goes on from where it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random

import simpy
from django.db import close_old_connections

from onewindow.config.town.centre import Centre, Story
from onewindow.config.town.history import BY, COMPANIES, PERSONS, SEED, VISITORS_TODAY, WINDOWS_TODAY, staffed
from onewindow.config.town.plans import commonest_first, day_plan
from onewindow.config.town.roster import callers
from onewindow.config.town.standing import at_window, resume
from onewindow.foundation.catalogue.queries import published_items
from onewindow.foundation.places.models import Site
from onewindow.kernel import clock
from onewindow.kernel.clock import LOCAL
from onewindow.law.calendars import packaged

_OPENS = time(8, 25)


class Town:
    """The centre's people from now on. `run` lets them act until told to stop."""

    def __init__(self, site: Site, *, visitors: int = VISITORS_TODAY) -> None:
        self.env = simpy.Environment()
        people = callers(by=BY, site=site.code, companies=COMPANIES, persons=PERSONS)
        self.centre = Centre(
            site, self.env, clock.now(), people, Random(f"{SEED}/{clock.now().isoformat()}"), makes_results=False, region=site.region
        )
        self.visitors = visitors
        resume(self.centre)
        self.env.process(self._days())

    def run(self, stop: Callable[[float], bool]) -> None:
        """Act out what stands on the agenda, each step at its moment; `stop(seconds)` waits, and says when to end."""
        while True:
            moment = self.centre.start + timedelta(seconds=self.env.peek())
            left = (moment - clock.now()).total_seconds()
            if stop(min(max(left, 0.0), 1.0)):
                return
            if left > 1.0:
                continue
            close_old_connections()
            self.env.step()

    # From day to day

    def _days(self) -> Story:
        today = clock.today()
        if packaged().is_working(today):
            yield from self._day(from_now=True)
        while True:
            today = packaged().next_working_day(self.centre.now.astimezone(LOCAL).date() + timedelta(days=1))
            yield self.centre.until(datetime.combine(today, _OPENS, LOCAL))
            yield from self._day(from_now=False)

    def _day(self, *, from_now: bool) -> Story:
        day = self.centre.now.astimezone(LOCAL).date()
        yield self.centre.until(datetime.combine(day, _OPENS, LOCAL))
        items = {code: commonest_first(version.code for version in published_items(code)) for code in self.centre.halls}
        for coming in day_plan(day, seed=SEED, visitors=self.visitors, items=items):
            if not from_now or coming.at > self.centre.now:
                self.env.process(self.centre.visitor(coming))
        for window, by in staffed(self.centre.site, WINDOWS_TODAY):
            self.env.process(at_window(self.centre, window, by))
