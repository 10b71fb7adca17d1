"""停机补录: at the counter, after the outage, from the papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.onwards import to
from onewindow.errands.backentry import open_back_entry, queue_paper_ticket
from onewindow.foundation.places.queries import halls, window_of
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, OutsideHours, Refusal, SerialUnknown, SerialUsed
from onewindow.kernel.words import Words
from onewindow.stages.outage.policies import ENTER
from onewindow.stages.outage.queries import standing_outage
from onewindow.stages.outage.rules import RECEIVED, TAKEN, moment
from onewindow.stages.queueing.policies import TAKE

# Which of a form's fields a refusal speaks of, by what the refusal calls it.
_FIELDS = {RECEIVED.zh: "on", TAKEN.zh: "on", "受理日期": "accepted"}


@staff(ENTER, TAKE)
def enter(request: StaffRequest) -> HttpResponse:
    """The number and the true time of a hand-written receipt; what it says goes on in a sitting of its own."""
    if request.method != "POST":
        return _page(request)
    sent = request.POST
    try:
        visit = open_back_entry(
            by=request.actor, typed=sent.get("number", ""), at=moment(sent.get("on", ""), sent.get("at", ""), RECEIVED),
            accepted_on=_day(sent.get("accepted", "")), confirmed=sent.get("confirmed") == "yes",
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, "receipt", refusal)
    messages.success(request, _("正在补录 %(number)s。请照着纸质凭证登记申请人、事项和材料。") % {"number": visit.ticket_number})
    return to("counter")


@post_only
@staff(TAKE)
def tickets(request: StaffRequest) -> HttpResponse:
    """A number given out by hand joins the queue, where it would have stood."""
    sent = request.POST
    here = halls(request.actor.site).select_related("place")
    meant = here.filter(code=sent.get("hall", "")).first() or here.first()
    if meant is None:
        raise NotFound
    try:
        taken = queue_paper_ticket(
            by=request.actor, hall=meant, typed=sent.get("number", ""), at=moment(sent.get("on", ""), sent.get("at", ""), TAKEN),
            confirmed=sent.get("confirmed") == "yes",
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, "ticket", refusal)
    told = {"number": taken.number, "time": f"{clock.local(taken.effective_at):%H:%M}"}
    messages.success(request, _("%(number)s 已排进队，按 %(time)s 的先后叫号。") % told)
    return to("outage-enter")


def _page(request: StaffRequest, form: str = "", refusal: Refusal | None = None) -> HttpResponse:
    """Both forms; one that was refused as it was sent, with the sentence where it belongs."""
    actor, now = request.actor, clock.local(clock.now())
    context: dict[str, Any] = {
        "may_enter": actor.may(ENTER), "may_take": actor.may(TAKE), "window": window_of(int(actor.id)), "halls": halls(actor.site),
        "standing": standing_outage(actor.site), "now": now, "refused": form, "typed": request.POST if form else {},
        "field": _field(refusal), "sentence": refusal.message(get_language() or "zh-hans") if refusal else "",
        "unusual": isinstance(refusal, OutsideHours) or request.POST.get("confirmed") == "yes",
    }  # fmt: skip
    return render(request, "outage/enter.html", context, status=refusal.status if refusal else 200)


def _field(refusal: Refusal | None) -> str:
    if isinstance(refusal, SerialUnknown | SerialUsed):
        return "number"
    if isinstance(refusal, OutsideHours):
        return "on"
    return _FIELDS.get(str(refusal.details.get("field")), "") if isinstance(refusal, InvalidInput) else ""


def _day(text: str) -> date | None:
    """The day of an acceptance on paper; none was given when it is empty."""
    try:
        return date.fromisoformat(text) if text.strip() else None
    except ValueError:
        raise InvalidInput(field=Words("受理日期", "day of acceptance"), reason_zh="请填写日期", reason_en="please enter a day") from None
