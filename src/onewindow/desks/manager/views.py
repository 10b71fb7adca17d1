"""The first screen: the floor as it stands, the three sentences that matter, and every deadline's clock explained."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.desks.casefile import clock_days
from onewindow.desks.doors import in_demonstration_or
from onewindow.foundation.catalogue.register import queries as register
from onewindow.foundation.places.queries import home_site
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound
from onewindow.law.calendars import packaged
from onewindow.law.limits import overdue, remaining
from onewindow.oversight.evaluation.queries import satisfaction
from onewindow.oversight.insight import queries as insight
from onewindow.oversight.insight.due import due_soon
from onewindow.spine.cases.queries import case, procedures_of
from onewindow.stages.acceptance.queries import may_void
from onewindow.stages.queueing.policies import WATCH

if TYPE_CHECKING:
    from onewindow.foundation.staff.models import Staff


@in_demonstration_or(WATCH)
def today(request: HttpRequest) -> HttpResponse:
    """今天的中心: who waits longest, what is due, how evenly the work falls; below them the halls, live."""
    site = home_site()
    if site is None:
        return render(request, "manager/today.html", {"site": None})
    halls = insight.floor(site.code)
    longest = max((hall.longest for hall in halls if hall.longest), key=lambda waiting: waiting.wait, default=None)
    context = {
        "site": site, "halls": halls, "longest": longest, "due": due_soon(site.code), "day": insight.today(site.code),
        "waiting": sum(hall.waiting for hall in halls), "open": sum(hall.open for hall in halls),
        "satisfaction": satisfaction(site.code, clock.today() - timedelta(days=30)), "counts": register.counts(), "entry_rate": register.entry_rate(),
    }  # fmt: skip
    return render(request, "manager/live.html" if request.headers.get("HX-Request") else "manager/today.html", context)


@in_demonstration_or(WATCH)
def clock_of(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One deadline explained day by day: what counts, what does not, and by which article. Nobody is named."""
    found = case(str(uuid))
    if found.accepted_on is None or found.due_on is None or found.promised_on is None:
        raise NotFound
    definition, calendar, procedures = found.version.definition, packaged(), list(procedures_of([found.pk]))
    limits = [
        {"name": name, "limit": limit, "days": clock_days(found, limit, procedures), "due": due,
         "basis": definition.statutes_of(f"/limits/{name}")}
        for name, limit, due in (
            ("promised", definition.limits.promised, found.promised_on), ("statutory", definition.limits.statutory, found.due_on)
        )
    ]  # fmt: skip
    left = remaining(clock.today(), found.promised_on, calendar) if found.state == "accepted" else None
    reader = actor_of(cast("Staff", request.user)) if request.user.is_authenticated else None
    voiding = reader is not None and reader.site == found.site and may_void(found, reader, clock.today())
    shown = [{"procedure": p, "over": p.last is None and overdue(clock.today(), p.expected_last)} for p in procedures]
    return render(request, "manager/clock.html", {"case": found, "limits": limits, "left": left, "procedures": shown, "may_void": voiding})
