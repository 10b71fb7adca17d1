"""The virtual devices of the demonstration: phones with every message that reached them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.desks.doors import public
from onewindow.foundation.people.queries import masked_phone
from onewindow.instruments.gateways.virtual import VirtualPhones
from onewindow.kernel.crypto import sm3
from onewindow.kernel.errors import NotFound


@public
def phones(request: HttpRequest, name: str = "") -> HttpResponse:
    """All virtual phones, and the one chosen (else the latest) with its messages."""
    if not settings.DEMONSTRATION:
        raise NotFound
    device = VirtualPhones(Path(settings.VIRTUAL_PHONES))
    known = [{"name": _name(phone), "masked": masked_phone(phone), "count": n, "phone": phone} for phone, n in device.phones()]
    chosen = next((row for row in known if not name or row["name"] == name), None)
    if name and chosen is None:
        raise NotFound
    context = {"phones": known, "chosen": chosen, "messages": device.inbox(str(chosen["phone"])) if chosen else []}
    return render(request, "devices/phones.html", context)


def _name(phone: str) -> str:
    """A phone's name in addresses: never the number itself."""
    return sm3(b"phone", settings.SECRET_KEY.encode(), phone.encode()).hex()[:12]
