"""What a reader sees when something cannot be done: one page for every refusal, and for what we did not foresee."""

from __future__ import annotations

import errno
import logging
import sqlite3
import sys

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import (
    DisallowedHost,
    ImproperlyConfigured,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
    ValidationError,
)
from django.db import DatabaseError, DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from onewindow.desks.onwards import see_other
from onewindow.foundation.catalogue.definition import AnswersWrong
from onewindow.kernel.errors import (
    DatabaseAway,
    InvalidInput,
    NotFound,
    Refusal,
    SessionExpired,
    StateConflict,
    StorageFull,
)

log = logging.getLogger("onewindow.failures")

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_DISK_FULL, _LOCK_NOT_AVAILABLE, _DEADLOCK, _SERIALIZATION = "53100", "55P03", "40P01", "40001"


def as_refusal(error: BaseException) -> Refusal | None:
    """The refusal an exception stands for; None for a defect of ours."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, ValidationError):  # an identifier that is none, which no page of ours sends
        return NotFound()
    if isinstance(error, AnswersWrong):  # answers that do not belong together: an old page, or a forged one
        return unfit(error.findings[0].zh.rstrip("。"), error.findings[0].en.rstrip("."))
    if isinstance(error, sqlite3.OperationalError):  # the virtual phones lie in a file of their own
        return StorageFull() if "full" in str(error) else DatabaseAway()
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return StorageFull()
    if isinstance(error, DataError):
        return unfit("含有无法保存的字符，或者太长", "it holds characters that cannot be stored, or is too long")
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    state = getattr(error.__cause__, "sqlstate", None) or ""
    if state == _DISK_FULL or "No space left" in str(error):
        return StorageFull()
    if state in (_LOCK_NOT_AVAILABLE, _DEADLOCK, _SERIALIZATION):
        return StateConflict()
    # Class 57P: the server is going down or was killed; 08: the connection broke; none: it never stood.
    if state[:3] == "57P" or state[:2] == "08" or (not state and isinstance(error, OperationalError | InterfaceError)):
        return DatabaseAway()
    return None


def unfit(reason_zh: str, reason_en: str) -> InvalidInput:
    """A value no form of ours would send, told without naming it."""
    field = "What you entered" if (get_language() or "").startswith("en") else "填写的内容"
    return InvalidInput(field=field, reason_zh=reason_zh, reason_en=reason_en)


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as a page of its own, with the way back."""
    context = {
        "message": refusal.message(get_language() or "zh-hans"),
        "code": refusal.code,
        "back": back_address(request),
    }
    # The page's own frame reads the session; without a database it goes without, and the reader does not wait for it.
    try:
        return render(None if isinstance(refusal, DatabaseAway) else request, "look/refusal.html", context, status=refusal.status)
    except (DatabaseError, InterfaceError, ImproperlyConfigured):
        return render(None, "look/refusal.html", context, status=refusal.status)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A pressed button that was refused leads back to where it stands, with the sentence on top."""
    back = back_address(request)
    if request.method == "POST" and back and refusal.status < 500 and not isinstance(refusal, NotFound | SessionExpired):
        messages.error(request, refusal.message(get_language() or "zh-hans"), extra_tags=refusal.code)
        response = see_other(back)
        response["X-Refusal"] = refusal.code
        return response
    return refusal_page(request, refusal)


def back_address(request: HttpRequest) -> str:
    """The page the reader came from, if it is ours."""
    referer = request.headers.get("Referer", "")
    try:
        here = request.get_host()
    except DisallowedHost:
        return ""
    return referer if url_has_allowed_host_and_scheme(referer, allowed_hosts={here}) else ""


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a session that ended: sign in again, nothing submitted was lost. Whoever never signed in just tries again."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return refusal_page(request, SessionExpired())
    page = refusal_page(request, Refusal())
    page.status_code = 403
    return page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django itself turns away: too much at once, a session that ended meanwhile, another machine's name."""
    if isinstance(exception, SessionInterrupted):
        return refusal_page(request, SessionExpired())
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return refusal_page(request, unfit("一次提交的内容太多", "too much was sent at once"))
    return refusal_page(request, Refusal())


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_page(request, NotFound())


def server_error(request: HttpRequest) -> HttpResponse:
    """What no view caught. A database that is away or full is said so; anything else is our defect."""
    error = sys.exc_info()[1]
    refusal = as_refusal(error) if error is not None else None
    if refusal is None:
        place = request.resolver_match.route if request.resolver_match else "?"  # never the path: it may hold a query code
        log.error("unforeseen %s at %s", type(error).__name__, place)
        refusal = Refusal()
        refusal.status = 500  # type: ignore[misc]
    return refusal_page(request, refusal)
