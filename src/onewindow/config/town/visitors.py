"""The demonstration's present: visitors keep arriving, clerks, approvers and the delivery window keep working.

Nothing is remembered between starts but the database: whoever waits, sits or has something decided or to
collect is found there, and their story goes on from where it stands.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random

import simpy
from django.db import close_old_connections

from onewindow.config.town.centre import Bringing, Centre, Story, step
from onewindow.config.town.history import BY, COMPANIES, PERSONS, SEED, VISITORS_TODAY, WINDOWS_TODAY, staffed
from onewindow.config.town.plans import day_plan
from onewindow.config.town.roster import callers
from onewindow.errands import sitting
from onewindow.foundation.catalogue.queries import published_items
from onewindow.foundation.places.models import Site, Window
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel import clock
from onewindow.kernel.clock import LOCAL
from onewindow.kernel.permissions import Actor
from onewindow.law.calendars import packaged
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.queries import open_visit_at
from onewindow.stages.delivery.models import Result
from onewindow.stages.queueing.actions import miss
from onewindow.stages.queueing.models import Ticket
from onewindow.stages.queueing.queries import ticket_at

_log = logging.getLogger(__name__)
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
        self._resume()
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

    # What stands already

    def _resume(self) -> None:
        for ticket in Ticket.objects.filter(site=self.centre.site.code, local_day=clock.today(), state="waiting").select_related("hall"):
            self.centre.waiting[ticket.hall.code].put(ticket.pk)
        for case in Case.objects.filter(site=self.centre.site.code, state="accepted").order_by("id"):
            if self._ours(case):
                self.env.process(self.centre.decision(case))
        for case in Case.objects.filter(site=self.centre.site.code, state="correcting").order_by("id"):
            caller = next((c for c in self.centre.callers if c.person.pk == (case.agent_id or case.applicant_id)), None)
            if caller is not None:
                self.env.process(self.centre.returns(case, caller))
        for result in Result.objects.filter(site=self.centre.site.code, state="available").select_related("case").order_by("id"):
            if self._ours(result.case):
                self.env.process(self.centre.collection(result.case_id))

    def _ours(self, case: Case) -> bool:
        """Whether the case is of an invented caller; what a person at the keyboard began is theirs to finish."""
        return any(c.person.pk == (case.agent_id or case.applicant_id) for c in self.centre.callers)

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
        items = {code: [version.code for version in published_items(code)] for code in self.centre.halls}
        for coming in day_plan(day, seed=SEED, visitors=self.visitors, items=items):
            if not from_now or coming.at > self.centre.now:
                self.env.process(self.centre.visitor(coming))
        for window, by in staffed(self.centre.site, WINDOWS_TODAY):
            self.env.process(self._at(window, by))

    def _at(self, window: Window, by: Actor) -> Story:
        """Sit down unless a person does; finish whoever is there already, then go on as every day."""
        standing = Window.objects.select_related("hall", "clerk").get(pk=window.pk)
        if standing.clerk is not None and str(standing.clerk.pk) != by.id:
            return
        if standing.clerk is not None:
            yield from self._finish(standing, actor_of(standing.clerk))
        yield from self.centre.clerk(window, by, self.centre.now.astimezone(LOCAL).date())

    def _finish(self, window: Window, by: Actor) -> Story:
        """Whoever was called or sat here when the system stopped is served to the end."""
        ticket = ticket_at(window.pk)
        if ticket is None:
            return
        bringing = self.centre.improvised(ticket)
        visit = open_visit_at(window.pk)
        if visit is None and ticket.state == "called" and bringing.patience:
            yield self.centre.minutes(0.2, 0.6)
            with step():
                visit = sitting.sit_down(by=by)
        if visit is None:
            with step():
                miss(by=by, ticket_id=ticket.pk)
            return
        yield from self.centre.sitting_of(by, visit, Bringing(bringing.caller, bringing.wants))
