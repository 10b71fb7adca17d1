"""The virtual printer of the demonstration: its tray, with every paper that came out of it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.desks.doors import public
from onewindow.desks.papers import as_file
from onewindow.foundation.places.queries import halls, sites
from onewindow.instruments.papers.pictures import picture
from onewindow.instruments.printing.virtual import VirtualPrinter
from onewindow.kernel.errors import NotFound
from onewindow.look.templatetags.look import live_url


@public
def tray(request: HttpRequest) -> HttpResponse:
    """The latest papers, as they lie there. The page looks anew whenever a ticket is taken or a case moves."""
    device = _device()
    site = sites().first()
    topics = [f"hall/{site.code}/{hall.code}" for hall in halls(site.code)] + [f"cases/{site.code}"] if site else []
    return render(request, "devices/printer.html", {"papers": device.tray(), "live": live_url(*topics)})


@public
def tray_picture(request: HttpRequest, n: int) -> HttpResponse:
    """How the first page of a paper looks."""
    return HttpResponse(picture(_paper(n)), content_type="image/png")


@public
def tray_paper(request: HttpRequest, n: int) -> HttpResponse:
    """A paper of the tray, to keep."""
    return as_file(_paper(n), f"{n}.pdf")


def _device() -> VirtualPrinter:
    if not settings.DEMONSTRATION:
        raise NotFound
    return VirtualPrinter(Path(settings.TRAY))


def _paper(n: int) -> bytes:
    found = _device().paper(n)
    if found is None:
        raise NotFound
    return found
