"""The district's places: its centre with the halls, its streets' and towns' centres, and what the centre was before."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.config.district.changes import Change
from onewindow.foundation.catalogue.definition import District
from onewindow.foundation.catalogue.definition.district import Place
from onewindow.foundation.catalogue.definition.parts import Text
from onewindow.foundation.places.actions import HallPlan, amend_site, establish_site, record_former_windows, set_hours
from onewindow.foundation.places.models import Site
from onewindow.foundation.places.queries import former_windows, site, sites, stated_hours
from onewindow.foundation.places.rules import Hours
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words

_UNSTATED = Words("", "")


def places(district: District, by: Actor) -> Iterator[Change]:
    """Set up what is new, centres first; rename or readdress what is called otherwise."""
    known = {standing.code: standing for standing in sites()}
    for place in district.places:
        name, address = _words(place.name), _words(place.address)
        if standing := known.get(place.code):
            yield from _amended(standing, name, address, by)
            continue
        establish_site(by=by, code=place.code, name=name, region=place.region, address=address, halls=_halls(place))
        yield Change("added", Words(f"中心 {place.code}", f"site {place.code}"))
    for community in district.communities:
        name = _words(community.name)
        if standing := known.get(community.code):
            yield from _amended(standing, name, Words(standing.address_zh, standing.address_en), by)
            continue
        establish_site(by=by, code=community.code, name=name, region=community.code[:6], address=_UNSTATED, halls=(), kind="community")
        yield Change("added", Words(f"中心 {community.code}", f"site {community.code}"))


_WEEKDAYS = {name: n for n, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1)}


def opening(district: District, by: Actor) -> Iterator[Change]:
    """The hours of a place that has stated none yet; what the IT office changed since stays."""
    for place in district.places:
        if not stated_hours(place.code).get(""):
            week = {_WEEKDAYS[day]: Hours(each.opens, each.closes) for each in place.hours for day in each.days}
            set_hours(by=by, site_id=site(place.code).pk, hall="", week=week)
            yield Change("added", Words(f"中心 {place.code} 开放时间", f"site {place.code}: its opening hours"))


def history(district: District, by: Actor) -> Iterator[Change]:
    """The windows that departments had of their own, where the folder tells of them."""
    for place in district.places:
        if place.former_windows and former_windows(place.code) != place.former_windows:
            record_former_windows(by=by, site_id=site(place.code).pk, windows=place.former_windows)
            yield Change("renewed", Words(f"中心 {place.code} 原部门专窗", f"site {place.code}: its former windows"))


def _amended(standing: Site, name: Words, address: Words, by: Actor) -> Iterator[Change]:
    if (standing.words, Words(standing.address_zh, standing.address_en)) != (name, address):
        amend_site(by=by, site_id=standing.pk, name=name, address=address)
        yield Change("renewed", Words(f"中心 {standing.code}", f"site {standing.code}"))


def _halls(place: Place) -> list[HallPlan]:
    return [
        HallPlan(
            hall.code, _words(hall.name), [(code, n) for n, code in enumerate(hall.window_codes, 1)], hall.purpose, hall.workstations or 0
        )
        for hall in place.halls
    ]


def _words(text: Text) -> Words:
    return Words(text.zh, text.en)
