"""场所: the site's halls and windows, and when they are open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.office.forms import Refused, as_sent
from onewindow.desks.onwards import to
from onewindow.foundation.places import actions, queries
from onewindow.foundation.places.policies import ESTABLISH
from onewindow.foundation.places.rules import NAME, NUMBER, OUT_BECAUSE, REASON, WEEKDAYS, read_week
from onewindow.kernel.errors import NotFound, Refusal
from onewindow.kernel.words import Words

_SITE_NAME, _SITE_ADDRESS = Words("中心名称", "name of the site"), Words("中心地址", "address of the site")
_FIELDS = {"number": NUMBER, "name": NAME, "reason": REASON, "site-name": _SITE_NAME, "address": _SITE_ADDRESS, **{f"day-{n}": w for n, w in WEEKDAYS.items()}}


@staff(ESTABLISH)
def places(request: StaffRequest) -> HttpResponse:
    """Every hall with its windows, the hours, and the streets' and towns' centres."""
    return _places(request)


def _places(request: StaffRequest, refused: Refused | None = None) -> HttpResponse:
    here = queries.site(request.actor.site)
    windows: dict[int, list[Any]] = {}
    for window in queries.windows(here.code):
        windows.setdefault(window.hall_id, []).append(window)
    stated = queries.stated_hours(here.code)
    halls = [{"hall": hall, "windows": windows.get(hall.pk, []), "own": stated.get(hall.code)} for hall in queries.every_hall(here.code)]
    context = {
        "site": here, "halls": halls, "week": _lines(queries.week_of(here.code)), "communities": queries.sites("community"),
        "reasons": list(OUT_BECAUSE.items()), "refused": refused, "tab": "places",
    }  # fmt: skip
    return render(request, "office/places.html", context, status=refused["status"] if refused else 200)


def _lines(week: Any) -> list[tuple[Words, Any]]:
    return [(words, week.get(day)) for day, words in WEEKDAYS.items()]


def _pressed(request: StaffRequest, form: str, act: Callable[[], object], told: str) -> HttpResponse:
    """Do what a form of the page asks; refused, the page comes back with the form as it was sent."""
    try:
        act()
    except NotFound:  # there is no such form
        raise
    except Refusal as refusal:
        return _places(request, as_sent(request, form, refusal, _FIELDS))
    return _done(request, told)


def _words(request: StaffRequest, name: str) -> Words:
    return Words(request.POST.get(f"{name}_zh", ""), request.POST.get(f"{name}_en", ""))


@post_only
@staff(ESTABLISH)
def rename(request: StaffRequest) -> HttpResponse:
    """What the site is called, and where it says it stands."""
    here = queries.site(request.actor.site)
    act = partial(actions.amend_site, by=request.actor, site_id=here.pk, name=_words(request, "name"), address=_words(request, "address"))
    return _pressed(request, "site", act, _("中心的名称和地址已保存。"))


@post_only
@staff(ESTABLISH)
def rename_hall(request: StaffRequest, code: str) -> HttpResponse:
    """What a hall is called; its letter stays."""
    here = queries.site(request.actor.site)
    act = partial(actions.rename_hall, by=request.actor, site_id=here.pk, hall=code, name=_words(request, "name"))
    return _pressed(request, f"hall-{code}", act, _("%(code)s 厅的名称已保存。") % {"code": code})


@post_only
@staff(ESTABLISH)
def install(request: StaffRequest, code: str) -> HttpResponse:
    """One more window in a hall."""
    hall, typed = queries.hall(request.actor.site, code), request.POST.get("number", "").strip()
    try:
        made = actions.install_window(by=request.actor, hall=hall, number=int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0)
    except Refusal as refusal:
        return _places(request, as_sent(request, f"new-{code}", refusal, _FIELDS))
    return _done(request, _("已增设 %(code)s 窗口，窗口人员现在就能登录。") % {"code": made.code})


@post_only
@staff(ESTABLISH)
def pause(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Out of service: for today, or until it is put back."""
    window = queries.window(request.actor.site, uuid)
    act = partial(actions.pause_window, by=request.actor, window_id=window.pk, reason=request.POST.get("reason", ""))
    return _pressed(request, f"window-{window.code}", act, _("%(code)s 窗口已暂停。") % {"code": window.code})


@post_only
@staff(ESTABLISH)
def resume(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Back into service."""
    window = queries.window(request.actor.site, uuid)
    actions.resume_window(by=request.actor, window_id=window.pk)
    return _done(request, _("%(code)s 窗口已恢复。") % {"code": window.code})


@staff(ESTABLISH)
def site_hours(request: StaffRequest) -> HttpResponse:
    """The site's hours, weekday by weekday."""
    return _hours(request, "")


@staff(ESTABLISH)
def hall_hours(request: StaffRequest, code: str) -> HttpResponse:
    """The hours of a hall where they are others than the site's."""
    if not queries.every_hall(request.actor.site).filter(code=code).exists():
        raise NotFound
    return _hours(request, code)


def _hours(request: StaffRequest, code: str) -> HttpResponse:
    here, refused = queries.site(request.actor.site), None
    typed = {day: (request.POST.get(f"day-{day}-opens", ""), request.POST.get(f"day-{day}-closes", "")) for day in WEEKDAYS}
    if request.method == "POST":
        try:
            actions.set_hours(by=request.actor, site_id=here.pk, hall=code, week=read_week(typed))
        except Refusal as refusal:
            refused = as_sent(request, "hours", refusal, _FIELDS)
        else:
            return _done(request, _("开放时间已保存，马上生效。"))
    else:
        stated = queries.stated_hours(here.code).get(code, {}) if code else queries.week_of(here.code)
        typed = {day: (f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}") if (hours := stated.get(day)) else ("", "") for day in WEEKDAYS}
    hall = queries.every_hall(here.code).filter(code=code).first() if code else None
    context = {
        "site": here, "hall": hall, "days": [(f"day-{day}", WEEKDAYS[day], *typed[day]) for day in WEEKDAYS], "refused": refused, "tab": "places",
    }  # fmt: skip
    return render(request, "office/hours.html", context, status=refused["status"] if refused else 200)


def _done(request: StaffRequest, told: str) -> HttpResponse:
    messages.success(request, told)
    return to("office-places")
