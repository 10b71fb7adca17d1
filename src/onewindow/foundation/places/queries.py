"""What can be asked about places."""

from __future__ import annotations

from django.db.models import QuerySet

from onewindow.foundation.places.models import Hall, Site, Window
from onewindow.kernel.errors import NotFound


def site(code: str) -> Site:
    try:
        return Site.objects.get(code=code)
    except Site.DoesNotExist:
        raise NotFound from None


def sites() -> QuerySet[Site]:
    return Site.objects.order_by("id")


def hall(site_code: str, hall_code: str) -> Hall:
    try:
        return Hall.objects.select_related("place").get(place__code=site_code, code=hall_code)
    except Hall.DoesNotExist:
        raise NotFound from None


def halls(site_code: str) -> QuerySet[Hall]:
    return Hall.objects.filter(place__code=site_code).order_by("code")


def windows(site_code: str, hall_code: str = "") -> QuerySet[Window]:
    """Windows of a site, or of one of its halls, by code, with hall and clerk."""
    found = Window.objects.filter(site=site_code).select_related("hall", "clerk").order_by("code")
    return found.filter(hall__code=hall_code) if hall_code else found


def window_of(staff_id: int) -> Window | None:
    """The window this clerk is logged on to."""
    return Window.objects.select_related("hall").filter(clerk_id=staff_id).first()
