"""What stands already: every story is told by the database alone, so that people go on after a restart as before it."""

from __future__ import annotations

from onewindow.config.town import evaluating
from onewindow.config.town.centre import Bringing, Centre, Story, step
from onewindow.errands import sitting
from onewindow.foundation.places.models import Window
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel import clock
from onewindow.kernel.clock import LOCAL
from onewindow.kernel.permissions import Actor
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.queries import open_visit_at
from onewindow.stages.delivery.models import Result
from onewindow.stages.queueing.actions import miss
from onewindow.stages.queueing.models import Ticket
from onewindow.stages.queueing.queries import ticket_at


def resume(centre: Centre) -> None:
    """Put on the agenda whoever waits, has something to correct, decided or to collect.

    Only the invented callers: what a person at a keyboard began is theirs to finish.
    """
    ours = {caller.person.pk: caller for caller in centre.callers}
    site = centre.site.code
    for ticket in Ticket.objects.filter(site=site, local_day=clock.today(), state="waiting").select_related("hall").order_by("id"):
        centre.waiting[ticket.hall.code].put(ticket.pk)
    for case in Case.objects.filter(site=site, state__in=["accepted", "correcting"]).select_related("item").order_by("id"):
        caller = ours.get(case.agent_id or case.applicant_id)
        if caller is not None:
            centre.env.process(centre.decision(case) if case.state == "accepted" else centre.returns(case, caller))
    for result in Result.objects.filter(site=site, state="available").select_related("case").order_by("id"):
        if (result.case.agent_id or result.case.applicant_id) in ours:
            centre.env.process(centre.collection(result.case_id))
    evaluating.resume(centre)


def at_window(centre: Centre, window: Window, by: Actor) -> Story:
    """A clerk's day at a window: sit down unless a person sits there, finish whoever is there already, then as every day."""
    standing = Window.objects.select_related("hall", "clerk").get(pk=window.pk)
    if standing.clerk is not None and str(standing.clerk.pk) != by.id:
        return
    if standing.clerk is not None:
        yield from _finish(centre, standing, actor_of(standing.clerk))
    else:
        with step():
            sitting.take_window(by=by, window=standing)
    yield from centre.clerk(standing, by, centre.now.astimezone(LOCAL).date())


def _finish(centre: Centre, window: Window, by: Actor) -> Story:
    """Whoever was called or sat here when everything stopped is served to the end."""
    ticket = ticket_at(window.pk)
    if ticket is None:
        return
    bringing = centre.improvised(ticket)
    visit = open_visit_at(window.pk)
    if visit is None and ticket.state == "called" and bringing.patience:
        yield centre.minutes(0.2, 0.6)
        with step():
            visit = sitting.sit_down(by=by)
    if visit is None:
        with step():
            miss(by=by, ticket_id=ticket.pk)
        return
    yield from centre.sitting_of(by, visit, Bringing(bringing.caller, bringing.wants))
