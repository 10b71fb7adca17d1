"""Headers every page carries, and refusals turned into pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onewindow.config.failures import as_refusal, refusal_page, refused, unfit
from onewindow.kernel.errors import NotFound

GetResponse = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """A content security policy that lets nothing leave the machine: our own files and our streams only."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            f"connect-src 'self' {settings.STREAMS_ORIGIN}; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; "
            "frame-src 'self'; manifest-src 'self'"
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", self.policy)
        response.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=()")
        # Every page is made for one reader (even the front names who is signed in), and the next person at the same
        # machine must not find it behind the back button. Static files are answered before they come here.
        response.setdefault("Cache-Control", "no-store")
        return response


class Refusals:
    """Every `Refusal` a view lets through becomes a sentence on the page it came from."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405:  # a button's address opened as a page: say so instead of showing nothing
            page = refusal_page(request, NotFound())
            page.status_code, page["Allow"] = 405, response["Allow"]
            return page
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Nobody can type a NUL, and PostgreSQL cannot store one: turned away before anything is looked up."""
        if any("\0" in value for _, values in request.POST.lists() for value in values):
            return refused(request, unfit("含有无法保存的字符", "it holds a character that cannot be stored"))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        refusal = as_refusal(exception)
        return None if refusal is None else refused(request, refusal)
