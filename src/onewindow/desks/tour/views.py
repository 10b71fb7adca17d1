"""The tour: begin, stand before the four stops, do the step that is next."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from onewindow.desks.doors import in_demonstration, post_only
from onewindow.desks.onwards import see_other
from onewindow.desks.tour.scenes import scene
from onewindow.desks.tour.standing import ITEM, tour_of
from onewindow.desks.tour.steps import STEPS, tour_hall
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel.errors import NotFound, StateConflict, WrongState
from onewindow.kernel.keys import uuid7


@in_demonstration
def begin(request: HttpRequest) -> HttpResponse:
    """What the tour is; a button that begins one. Nothing is written before the visitor takes a number."""
    if request.method == "POST":
        return see_other(reverse("tour-walk", args=[uuid7()]))
    return render(request, "tour/begin.html", {"item": published(ITEM), "hall": tour_hall()})


@in_demonstration
def walk(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The four stops side by side, as they stand in the database."""
    tour = tour_of(uuid, request.GET)
    template = "tour/live.html" if request.headers.get("HX-Request") else "tour/walk.html"
    return render(request, template, scene(tour))


@post_only
@in_demonstration
def do(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """Do a step. One that is not (any more) the next changes nothing: the page shows where the tour stands."""
    if step not in STEPS:
        raise NotFound
    tour = tour_of(uuid, request.GET)
    if tour.step != step:
        messages.warning(request, _("这一步不是现在该做的，没有改动任何内容。请看亮着的那一格。"))
        return see_other(tour.address)
    try:
        STEPS[step](tour, request.POST)
    except (StateConflict, WrongState):  # the same press twice, or somebody else's came first
        now = tour_of(uuid, request.GET)
        if now.step == step:
            messages.warning(request, _("刚才没有办成：窗口都有人，或者另一个页面先按了。什么都没有改动，请再按一次。"))
    return see_other(tour_of(uuid, request.GET).address)
