"""The measures of the centre: what was promised, what is so, and behind each figure the list it was counted from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.desks.doors import in_demonstration_or
from onewindow.foundation.catalogue.register import queries as register
from onewindow.foundation.places.queries import every_hall, former_windows, home_site, sites, windows
from onewindow.kernel.errors import NotFound
from onewindow.oversight.insight.burdens import burdens
from onewindow.oversight.insight.measures import shortened
from onewindow.stages.queueing.policies import WATCH


@in_demonstration_or(WATCH)
def measures(request: HttpRequest) -> HttpResponse:
    """What the district promised its people, in figures; every one opens the items it counts."""
    site = home_site()
    if site is None:
        raise NotFound
    counts = register.counts()
    context = {
        "site": site, "counts": counts, "entry_rate": register.entry_rate(), "online_rate": register.online_rate(),
        "city_wide": register.city_wide_presence(), "shortened": shortened(), "burdens": burdens(),
        "departments": register.departments_counted(),
        "windows": windows(site.code).count(), "former": sum(former_windows(site.code).values()),
        "workstations": sum(hall.workstations for hall in every_hall(site.code)), "communities": sites("community").count(),
    }  # fmt: skip
    return render(request, "manager/measures.html", context)
