"""信息科: the front of the IT office's desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from onewindow.desks.doors import StaffRequest, staff
from onewindow.foundation.places.queries import week_of, windows
from onewindow.foundation.staff.policies import APPOINT
from onewindow.foundation.staff.queries import counted
from onewindow.kernel import clock
from onewindow.law.calendars import packaged
from onewindow.oversight.health import queries as health
from onewindow.oversight.health.rules import GOOD, STATES, TONES, worst
from onewindow.spine.holidays.queries import notices


@staff(APPOINT)
def front(request: StaffRequest) -> HttpResponse:
    """What the IT office looks after, and what of it wants attention."""
    site, checks, calendar = request.actor.site, health.standing(), packaged()
    shown = list(windows(site))
    newest, whole = notices().first(), worst(checks)
    context = {
        "tab": "front", "accounts": counted(site), "windows": len(shown), "open": sum(window.state == "open" for window in shown),
        "out": [window for window in shown if window.out_still], "hours": week_of(site).get(clock.today().isoweekday()),
        "worked": calendar.is_working(clock.today()), "until": calendar.published_years[-1], "notice": newest,
        "troubles": [check for check in checks if check.state != GOOD], "whole": STATES[whole], "tone": TONES[whole],
        "missing": next((check for check in checks if check.code == "calendar" and check.state != GOOD), None),
    }  # fmt: skip
    return render(request, "office/front.html", context)
