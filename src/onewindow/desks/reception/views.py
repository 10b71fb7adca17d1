"""The ticket printer: choose a hall, take a number, follow it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from onewindow.desks.doors import public
from onewindow.desks.inputs import nonce
from onewindow.foundation.people.queries import party_by_number
from onewindow.foundation.places.queries import hall, halls, sites
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound
from onewindow.kernel.identifiers import Kind, check
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.stages.queueing.actions import take_ticket
from onewindow.stages.queueing.policies import TAKE
from onewindow.stages.queueing.queries import ahead_of, called_tickets, ticket, waiting_tickets

# The printer itself acts: nobody signs in to take a number.
PRINTER = Actor("device", "ticket-printer", frozenset({TAKE.code}))


@public
def printer(request: HttpRequest) -> HttpResponse:
    """Choose a hall; the identity number is optional and brings messages to the phone on record."""
    site = sites().first()
    if site is None:
        raise NotFound
    wrong = None
    if request.method == "POST":
        try:
            taken = take_ticket(
                by=PRINTER, hall=hall(site.code, request.POST.get("hall", "")), once=nonce(request),
                holder_id=_holder(request.POST.get("number", "")),
            )  # fmt: skip
            response = HttpResponseRedirect(reverse("ticket", args=[taken.uuid]))
            response.status_code = 303
            return response
        except InvalidInput as refusal:
            wrong = refusal
    rows = [{"hall": h, "waiting": waiting_tickets(h.pk).count()} for h in halls(site.code)]
    context = {"site": site, "rows": rows, "once": uuid7(), "wrong": wrong, "typed": request.POST.get("number", "")}
    return render(request, "reception/printer.html", context, status=422 if wrong else 200)


def _holder(number: str) -> int | None:
    """The party of an identity number; nobody when none was given or none is on record."""
    if not number.strip():
        return None
    verdict = check(Kind.RESIDENT_ID, number, on=clock.today())
    if verdict.reason is not None:
        raise InvalidInput(field=Words("身份证号", "identity number"), reason_zh=verdict.reason.zh, reason_en=verdict.reason.en)
    party = party_by_number("person", number)
    return party.pk if party else None


@public
def follow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The ticket on the phone: the number, how many are before it, the window when it is called."""
    taken = ticket(str(uuid))
    context = {"ticket": taken, "ahead": ahead_of(taken), "called": called_tickets(taken.hall_id)[:5]}
    return render(request, "reception/ticket.html", context)
