"""The doors of the desks: every view names who may come in.

A view without a door cannot be reached (a test walks all URLs). The door puts `request.actor` there,
so that no view has to ask again who acts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound, SessionExpired
from onewindow.kernel.permissions import Actor, Permission
from onewindow.look.pages import page_of
from onewindow.stages.acceptance.drafts import kept_at

if TYPE_CHECKING:
    from onewindow.foundation.staff.models import Staff

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request that came through a staff door."""

    actor: Actor
    user: Staff


def public(view: View) -> View:
    """Anybody may come in; nothing personal is shown without a code."""
    view.policy = "public"  # type: ignore[attr-defined]
    return require_http_methods(["GET", "POST", "HEAD"])(view)


def staff(*permissions: Permission) -> Callable[[View], View]:
    """Signed-in staff who hold one of the permissions. Others are asked to sign in, or told what they lack."""

    def door(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            if request.user.password_is_initial and not getattr(view, "takes_initial_password", False):
                return HttpResponseRedirect(reverse("own-password"))
            actor = actor_of(cast("Staff", request.user))
            if not any(actor.may(permission) for permission in permissions):
                actor.require(permissions[0])
            request.actor = actor  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        inside.policy = "|".join(p.code for p in permissions)  # type: ignore[attr-defined]
        return require_http_methods(["GET", "POST", "HEAD"])(inside)

    return door


def in_demonstration_or(*permissions: Permission) -> Callable[[View], View]:
    """Staff who hold one of the permissions; in a demonstration anybody, for there everything shown is invented."""

    def door(view: View) -> View:
        guarded = staff(*permissions)(view)

        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs) if settings.DEMONSTRATION else guarded(request, *args, **kwargs)

        inside.policy = "|".join(p.code for p in permissions)  # type: ignore[attr-defined]
        return require_http_methods(["GET", "POST", "HEAD"])(inside)

    return door


def with_token_or(*permissions: Permission) -> Callable[[View], View]:
    """A monitor that knows the installation's token (`HEALTH_TOKEN`), or staff who hold one of the permissions."""

    def door(view: View) -> View:
        guarded = staff(*permissions)(view)

        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            kind, _, token = request.headers.get("Authorization", "").partition(" ")
            known = settings.HEALTH_TOKEN and kind == "Bearer" and constant_time_compare(token, settings.HEALTH_TOKEN)
            return view(request, *args, **kwargs) if known else guarded(request, *args, **kwargs)

        inside.policy = "|".join(p.code for p in permissions)  # type: ignore[attr-defined]
        return require_http_methods(["GET", "HEAD"])(inside)

    return door


def in_demonstration(view: View) -> View:
    """Anybody, in a demonstration; in a real centre there is no such place."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise NotFound
        return view(request, *args, **kwargs)

    return public(inside)


def post_only(view: View) -> View:
    """A button: POST and nothing else; nobody comes back to it as a page (`look.pages`)."""
    button = require_http_methods(["POST"])(view)
    button.only_pressed = True  # type: ignore[attr-defined]
    return button


def takes_initial_password(view: View) -> View:
    """The one page open to who signed in with the password an administrator gave out: where it is changed."""
    view.takes_initial_password = True  # type: ignore[attr-defined]
    return view


def takes_files(view: View) -> View:
    """A form with files in it: more may be sent to it than to others (`config/uploads`)."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Sign in, then come back. Whoever was signed in, or pressed a button, is told that nothing of it was done."""
    response = HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(page_of(request))}")
    ended = settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.session_key is None
    if ended or request.method == "POST":
        messages.error(request, SessionExpired().message(get_language() or "zh-hans"), extra_tags=SessionExpired.code)
        response["X-Refusal"] = SessionExpired.code
        _tell_what_is_kept(request)
    return response


def _tell_what_is_kept(request: HttpRequest) -> None:
    """Whoever pressed a button of a form that keeps drafts is told what of it is kept, and where."""
    try:
        saved = kept_at(UUID(request.POST.get("once", "")))
    except ValueError:
        return
    if saved is not None:
        words = _("您填的申请表没有丢：已自动保存到 %(time)s，存在本窗口的这次办理里。登录后回到这张表接着填。")
        messages.success(request, words % {"time": clock.local(saved).strftime("%H:%M")})


def address_of(request: HttpRequest) -> str:
    """From which machine a request comes. Behind the proxy that ends TLS, as this proxy says: it writes the last entry."""
    if settings.TLS:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
