"""What can be asked about places."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from onewindow.foundation.places.models import FormerWindows, Hall, OpeningHours, Site, Window
from onewindow.foundation.places.rules import USUAL, Hours, Week
from onewindow.kernel.errors import NotFound
from onewindow.kernel.ledger.rows import found


def site(code: str) -> Site:
    try:
        return Site.objects.get(code=code)
    except Site.DoesNotExist:
        raise NotFound from None


def sites(kind: str = "") -> QuerySet[Site]:
    """Every site, or every one of a kind: centres first, each kind in the order it was set up. The first is the home site."""
    ordered = Site.objects.order_by("kind", "id")  # "centre" comes before "community"
    return ordered.filter(kind=kind) if kind else ordered


def home_site() -> Site | None:
    """The centre that this installation is: its first; None as long as there is none. A street's centre is never it."""
    return sites("centre").first()


def hall(site_code: str, hall_code: str) -> Hall:
    """A hall of windows, where a number is called. `NotFound` for any other: nobody queues there."""
    try:
        return Hall.objects.select_related("place").get(place__code=site_code, code=hall_code, purpose="windows")
    except Hall.DoesNotExist:
        raise NotFound from None


def halls(site_code: str) -> QuerySet[Hall]:
    """The halls of a site in which one takes a number and is called to a window."""
    return every_hall(site_code).filter(purpose="windows")


def every_hall(site_code: str) -> QuerySet[Hall]:
    """All halls of a site by their letters, those without windows too."""
    return Hall.objects.filter(place__code=site_code).order_by("code")


def former_windows(site_code: str) -> dict[str, int]:
    """How many windows of its own each department, by its code, had at a site before any window took any item."""
    return dict(FormerWindows.objects.filter(place__code=site_code).order_by("department__code").values_list("department__code", "windows"))


def windows(site_code: str, hall_code: str = "") -> QuerySet[Window]:
    """Windows of a site, or of one of its halls, by code, with hall and clerk."""
    listed = Window.objects.filter(site=site_code).select_related("hall", "clerk").order_by("code")
    return listed.filter(hall__code=hall_code) if hall_code else listed


def week_of(site_code: str, hall_code: str = "") -> Week:
    """When a site is open, or a hall, which has the site's hours unless it states its own; the usual week where nothing is stated."""
    rows = OpeningHours.objects.filter(place__code=site_code).select_related("hall")
    own: dict[int, Hours] = {}
    shared: dict[int, Hours] = {}
    for row in rows:
        if row.hall is None:
            shared[row.weekday] = row.hours
        elif row.hall.code == hall_code:
            own[row.weekday] = row.hours
    return own or shared or USUAL


def stated_hours(site_code: str) -> dict[str, dict[int, Hours]]:
    """The weeks that are stated at a site: the site's own under "", and those of halls whose hours are others, by their letters."""
    found: dict[str, dict[int, Hours]] = {}
    for row in OpeningHours.objects.filter(place__code=site_code).select_related("hall").order_by("weekday"):
        found.setdefault(row.hall.code if row.hall else "", {})[row.weekday] = row.hours
    return found


def window(site_code: str, uuid: UUID) -> Window:
    """A window of a site by the identifier in its address."""
    try:
        return Window.objects.select_related("hall", "clerk").get(site=site_code, uuid=uuid)
    except Window.DoesNotExist:
        raise NotFound from None


class Label(NamedTuple):
    """What a window is called, for ever: its code and its number."""

    code: str
    number: int


@lru_cache(maxsize=1024)
def label_of(window_id: int) -> Label:
    """What a window is called, read once a process: a window is renamed by closing it and installing another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, number FROM places_window WHERE id = %s", [window_id])
        return Label(*cursor.fetchone())


def window_by_uuid(uuid: UUID) -> Window:
    """The window of an identifier in an address, with its hall."""
    try:
        return Window.objects.select_related("hall").get(uuid=uuid)
    except Window.DoesNotExist:
        raise NotFound from None


def window_where(staff_id: int) -> Window | None:
    """The window this clerk is logged on to, by itself: for what a press needs, not for a screen."""
    return found(Window, "clerk_id = %s", [staff_id])


def window_of(staff_id: int) -> Window | None:
    """The window this clerk is logged on to."""
    return Window.objects.select_related("hall").filter(clerk_id=staff_id).first()
