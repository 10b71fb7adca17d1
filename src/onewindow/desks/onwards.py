"""After a button: see a page next, so that going back or reloading presses nothing twice."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse


def see_other(address: str) -> HttpResponse:
    """Go on to this address (303: whatever was posted is not posted again)."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def to(name: str, *args: object) -> HttpResponse:
    """Go on to the page of this name."""
    return see_other(reverse(name, args=args))
