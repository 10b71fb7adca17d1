"""The hall's board: who is called where."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.desks.doors import public
from onewindow.foundation.places.queries import hall
from onewindow.stages.outage.queries import standing_outage
from onewindow.stages.queueing.queries import called_tickets, waiting_tickets


@public
def board(request: HttpRequest, site: str, code: str) -> HttpResponse:
    """The latest calls, large; how many wait; who is next."""
    here = hall(site, code)
    waiting = waiting_tickets(here.pk)
    # Whoever is still awaited stands before those already sitting, the latest call first.
    called = sorted(called_tickets(here.pk), key=lambda ticket: ticket.state != "called")[:8]
    context = {"hall": here, "called": called, "waiting": waiting.count(), "next": waiting[:6], "outage": standing_outage(site)}
    template = "board/rows.html" if request.headers.get("HX-Request") else "board/board.html"
    return render(request, template, context)
