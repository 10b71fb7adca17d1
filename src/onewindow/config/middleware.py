"""Headers every page carries, and refusals turned into pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onewindow.config.failures import as_refusal, refused

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
        if request.user.is_authenticated if hasattr(request, "user") else False:
            response.setdefault("Cache-Control", "no-store")
        return response


class Refusals:
    """Every `Refusal` a view lets through becomes a sentence on the page it came from."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        refusal = as_refusal(exception)
        return None if refusal is None else refused(request, refusal)
