"""停机备用: the manager declares an outage, prints reserve booklets beforehand, and confirms what was entered afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks import papers
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.inputs import nonce
from onewindow.desks.onwards import to
from onewindow.foundation.places.queries import hall, halls, site
from onewindow.instruments.papers import Reserve, reserve
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound, Refusal
from onewindow.kernel.keys import uuid7
from onewindow.kernel.words import Words
from onewindow.stages.outage import actions, queries
from onewindow.stages.outage.policies import CONFIRM, DECLARE, PRINT
from onewindow.stages.outage.rules import MOST, moment


@staff(DECLARE, PRINT, CONFIRM)
def office(request: StaffRequest) -> HttpResponse:
    """The manager's one page of outages: what stands, what is in reserve, what was entered and is to be confirmed."""
    return _office(request)


def _office(request: StaffRequest, form: str = "", refusal: Refusal | None = None) -> HttpResponse:
    """The page, with a form that was refused as it was sent."""
    code = request.actor.site
    known, now = queries.outages(code), clock.local(clock.now())
    context: dict[str, Any] = {
        "standing": next((each for each in known if each.state == "declared"), None), "outages": [each for each in known if each.state == "ended"][:5],
        "booklets": queries.booklets(code), "halls": halls(code), "once": uuid7(), "most": MOST, "now": now,
        "entries": [{"entry": each, "outage": queries.outage_at(known, each.received_at)} for each in queries.entries(code)],
        "refused": form, "typed": request.POST if form else {}, "sentence": refusal.message(get_language() or "zh-hans") if refusal else "",
    }  # fmt: skip
    return render(request, "outage/office.html", context, status=refusal.status if refusal else 200)


@post_only
@staff(DECLARE)
def declare(request: StaffRequest) -> HttpResponse:
    """The system is away, or was."""
    try:
        started = moment(request.POST.get("on", ""), request.POST.get("at", ""), Words("停机时间", "start of the outage"))
        actions.declare(by=request.actor, started_at=started, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        return _office(request, "declare", refusal)
    messages.success(request, _("已登记停机，叫号屏会写明凭纸号等候。"))
    return to("outage")


@post_only
@staff(DECLARE)
def end(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The system is back."""
    try:
        ended = moment(request.POST.get("on", ""), request.POST.get("at", ""), Words("恢复时间", "end of the outage"))
        standing = queries.standing_outage(request.actor.site)
        if standing is None or standing.uuid != uuid:
            raise NotFound
        actions.end(by=request.actor, outage_id=standing.pk, ended_at=ended)
    except Refusal as refusal:
        return _office(request, "end", refusal)
    messages.success(request, _("停机已结束。请把纸号排进队，把手写凭证补录进来。"))
    return to("outage")


@post_only
@staff(PRINT)
def booklets(request: StaffRequest) -> HttpResponse:
    """Set a range of numbers aside; the booklet is then there to be printed."""
    count = request.POST.get("count", "")
    try:
        here = hall(request.actor.site, request.POST.get("hall", ""))
        made = actions.print_booklet(by=request.actor, hall=here, count=int(count) if count.isascii() and count.isdigit() else 0, once=nonce(request))
    except Refusal as refusal:
        return _office(request, "booklet", refusal)
    told = {"first": made.tickets[0], "last": made.tickets[-1]}
    messages.success(request, _("已编好 %(first)s 到 %(last)s，请下载并打印，交给大厅保管。") % told)
    return to("outage")


@staff(PRINT)
def booklet_pdf(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The booklet as a file: tickets to cut, then receipts in two copies."""
    found = queries.booklet(uuid)
    if found.site != request.actor.site:
        raise NotFound
    place = site(found.site)
    made = reserve(
        Reserve(
            centre=place.words, hall=found.hall.words, address=Words(place.address_zh, place.address_en), tickets=found.tickets,
            receipts=found.receipts, printed=clock.local(found.began_at), ask=papers.public_address(request, reverse("ask")),
            demo=settings.DEMONSTRATION,
        )
    )  # fmt: skip
    return papers.as_file(made, f"停机备用-{found.tickets[0]}-{found.tickets[-1]}.pdf")


@post_only
@staff(CONFIRM)
def confirm(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """A second person compared it with the paper."""
    found = queries.entry(uuid)
    if found.site != request.actor.site:
        raise NotFound
    actions.confirm(by=request.actor, entry_id=found.pk)
    messages.success(request, _("已核对 %(number)s。") % {"number": found.number})
    return to("outage")
