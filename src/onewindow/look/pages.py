"""Which page a reader stands on."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

FRONT = "/"


def page_of(request: HttpRequest) -> str:
    """The address to come back to: the page itself; for a button's answer the page the button stood on, the front page if unknown."""
    if request.method != "POST":
        return request.get_full_path()
    referer, here = request.headers.get("Referer", ""), f"{request.scheme}://{request.get_host()}"
    page = referer.removeprefix(here)
    return page if referer.startswith(here + "/") and _can_be_opened(page) else FRONT


def _can_be_opened(page: str) -> bool:
    try:
        return not getattr(resolve(urlsplit(page).path).func, "only_pressed", False)
    except Resolver404:
        return False
