"""The ticket printer: choose a hall, take a number, follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from onewindow.desks import papers
from onewindow.desks.doors import post_only, public
from onewindow.desks.inputs import nonce
from onewindow.desks.onwards import to
from onewindow.foundation.people.queries import party_by_number
from onewindow.foundation.places.queries import hall, halls, sites
from onewindow.instruments.papers import Ticket as Ticket80
from onewindow.instruments.papers import ticket as draw
from onewindow.instruments.printing import ROLL, PrinterDown, PrintJob
from onewindow.instruments.printing.installed import roll_printer
from onewindow.kernel import clock
from onewindow.kernel.attempts.actions import tried
from onewindow.kernel.attempts.limits import TICKET_SLIP
from onewindow.kernel.attempts.queries import allowed
from onewindow.kernel.errors import InvalidInput, NotFound, TooManyAttempts
from onewindow.kernel.identifiers import Kind, check
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.look.templatetags.look import words
from onewindow.stages.queueing.actions import take_ticket
from onewindow.stages.queueing.policies import TAKE
from onewindow.stages.queueing.queries import ahead_of, called_tickets, ticket, waiting_tickets

if TYPE_CHECKING:
    from onewindow.stages.queueing.models import Ticket

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
            _print_slip(request, taken)
            return to("ticket", taken.uuid)
        except InvalidInput as refusal:
            wrong = refusal
    rows = [{"hall": h, "waiting": waiting_tickets(h.pk).count()} for h in halls(site.code)]
    context = {"site": site, "rows": rows, "once": uuid7(), "wrong": wrong, "typed": request.POST.get("number", "")}
    return render(request, "reception/printer.html", context, status=422 if wrong else 200)


def _holder(number: str) -> int | None:
    """The party of an identity number; nobody when none was given or none is on record."""
    if not number.strip():
        return None
    party = party_by_number("person", number)
    if party is not None:  # on record, with whatever document
        return party.pk
    verdict = check(Kind.RESIDENT_ID, number, on=clock.today())
    if verdict.reason is not None:
        raise InvalidInput(field=Words("身份证号", "identity number"), reason_zh=verdict.reason.zh, reason_en=verdict.reason.en)
    return None


@public
def follow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The ticket on the phone: the number, how many are before it, the window when it is called."""
    taken = ticket(str(uuid))
    if taken.local_day != clock.today() and taken.state != "served":
        return render(request, "reception/ticket_of_another_day.html", {"ticket": taken}, status=410)
    context = {"ticket": taken, "ahead": ahead_of(taken), "called": called_tickets(taken.hall_id)[:5]}
    return render(request, "reception/ticket.html", context | {"once": uuid7(), "printer": roll_printer().name != "none"})


@public
def slip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The ticket as the 80 mm slip, to keep."""
    taken = ticket(str(uuid))
    return papers.as_file(_drawn(request, taken), f"{taken.number}.pdf")


@post_only
@public
def print_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The slip once more, while the ticket is good for something; anybody may press this, so only a few times."""
    taken = ticket(str(uuid))
    if taken.local_day != clock.today():
        return to("ticket", taken.uuid)
    often = (TICKET_SLIP, str(uuid))
    try:
        allowed(often)
    except TooManyAttempts:
        messages.warning(request, _("这张号票已经打印过几次了。您的号码是 %(number)s，请记住号码，不用再打印。") % {"number": taken.number})
        return to("ticket", taken.uuid)
    tried(often)
    _print_slip(request, taken, again=str(nonce(request)))
    return to("ticket", taken.uuid)


def _print_slip(request: HttpRequest, taken: Ticket, again: str = "") -> None:
    """Send the slip to the printer, where there is one. Whatever becomes of it, the ticket is taken and the number good."""
    device = roll_printer()
    if device.name == "none":
        return
    job = PrintJob(again or f"ticket/{taken.uuid}", f"号票 {taken.number}", _drawn(request, taken), media=ROLL)
    try:
        device.print(job)
        messages.success(request, _("号票正在打印，请取走。"))
    except PrinterDown as down:
        told = {"why": words(papers.why(down)), "number": taken.number}
        messages.warning(request, _("号票没有打印出来：%(why)s。号已经取好，您的号码是 %(number)s，请记住号码，不用再取。") % told)


def _drawn(request: HttpRequest, taken: Ticket) -> bytes:
    """How many wait is told as of now; the page behind the code tells it anew."""
    place = taken.hall.place
    address = papers.public_address(request, reverse("ticket", args=[taken.uuid]))
    of = Ticket80(
        centre=place.words, hall=taken.hall.words, number=taken.number, ahead=ahead_of(taken), taken=clock.local(taken.began_at),
        address=address, demo=settings.DEMONSTRATION,
    )  # fmt: skip
    return draw(of)
