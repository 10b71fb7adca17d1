"""账号: who can sign in here, as what, and since when; and everybody's own password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff, takes_initial_password
from onewindow.desks.office.forms import Refused, as_sent
from onewindow.desks.onwards import to
from onewindow.desks.paging import page_of
from onewindow.errands.accounts import open_account, suspend_account
from onewindow.foundation.places.queries import sites
from onewindow.foundation.staff import actions, queries, rules
from onewindow.foundation.staff.passwords import AGAIN, CURRENT, NEW_PASSWORD, initial_password
from onewindow.foundation.staff.policies import APPOINT, OWN_PASSWORD
from onewindow.foundation.staff.roles import ROLES
from onewindow.foundation.staff.states import REINSTATED_BECAUSE, SUSPENDED_BECAUSE
from onewindow.kernel.attempts.actions import cleared, tried
from onewindow.kernel.attempts.limits import SIGN_IN_ACCOUNT
from onewindow.kernel.attempts.queries import allowed
from onewindow.kernel.errors import InvalidInput, Refusal
from onewindow.kernel.words import Words

if TYPE_CHECKING:
    from onewindow.foundation.staff.models import Staff

_FIELDS = {
    "username": rules.ACCOUNT, "name": rules.NAME, "roles": rules.POSTS, "department": rules.DEPARTMENT, "site": rules.SITE, "reason": rules.REASON,
}  # fmt: skip
_PASSWORD_FIELDS = {"current_password": CURRENT, "new_password": NEW_PASSWORD, "again_password": AGAIN}


@staff(APPOINT)
def accounts(request: StaffRequest) -> HttpResponse:
    """Everybody who can sign in at this centre, thirty a page, and a form for one more."""
    return _listed(request)


def _listed(request: StaffRequest, refused: Refused | None = None) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("words", "state", "post")}
    found = queries.accounts(request.actor.site, words=asked["words"], state=asked["state"], post=asked["post"])
    page = page_of(request, found)
    context: dict[str, Any] = {
        "page": page, "rows": [{"account": each, "posts": queries.role_words(each), "reason": reason_of(each.reason)} for each in page],
        "asked": asked, "kept": "&".join(f"{name}={value}" for name, value in asked.items() if value), "tab": "accounts",
        "posts": list(ROLES.values()), "departments": queries.departments(), "sites": sites(), "here": request.actor.site, "refused": refused,
    }  # fmt: skip
    return render(request, "office/accounts.html", context, status=refused["status"] if refused else 200)


@post_only
@staff(APPOINT)
def create(request: StaffRequest) -> HttpResponse:
    """Open an account. Its first password is on the answer to this press, and nowhere else."""
    sent, password = request.POST, initial_password()
    try:
        made = open_account(
            by=request.actor, site=sent.get("site", ""), username=sent.get("username", ""), name=sent.get("name", ""), name_en=sent.get("name_en", ""),
            roles=sent.getlist("roles"), department=sent.get("department", ""), password_hash=make_password(password),
        )  # fmt: skip
    except Refusal as refusal:
        return _listed(request, as_sent(request, "create", refusal, _FIELDS))
    return render(request, "office/password_once.html", {"account": made, "password": password, "made": True, "tab": "accounts"})


@staff(APPOINT)
def account(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One account: its posts, and what can be done about it."""
    return _one(request, uuid)


def _one(request: StaffRequest, uuid: UUID, refused: Refused | None = None) -> HttpResponse:
    found = queries.account(request.actor.site, uuid)
    context = {
        "account": found, "posts": list(ROLES.values()), "held": refused["chosen"] if refused and refused["form"] == "reassign" else found.roles,
        "departments": queries.departments(), "refused": refused, "own": str(found.pk) == request.actor.id, "reason": reason_of(found.reason),
        "role_words": queries.role_words(found), "history": queries.history_of(found)[:20], "tab": "accounts",
        "department": refused["typed"].get("department") if refused and refused["form"] == "reassign" else found.department and found.department.code,
        "reasons": [(code, words) for code, words in (SUSPENDED_BECAUSE if found.state == "active" else REINSTATED_BECAUSE).items()],
    }  # fmt: skip
    return render(request, "office/account.html", context, status=refused["status"] if refused else 200)


def _pressed(request: StaffRequest, found: Staff, form: str, act: Callable[[], object], told: str) -> HttpResponse:
    """Do what a form of the account's page asks; refused, the page comes back with the form as it was sent."""
    try:
        act()
    except Refusal as refusal:
        return _one(request, found.uuid, as_sent(request, form, refusal, _FIELDS))
    messages.success(request, told % {"name": found.username})
    return to("office-account", found.uuid)


@post_only
@staff(APPOINT)
def reassign(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Other posts, another department."""
    found, roles = queries.account(request.actor.site, uuid), request.POST.getlist("roles")

    def act() -> None:
        office = queries.department_or_none(request.POST.get("department", ""))
        actions.reassign(by=request.actor, staff_id=found.pk, roles=roles, department=office)

    return _pressed(request, found, "reassign", act, _("已调整 %(name)s 的岗位，下一次操作起生效。"))


@post_only
@staff(APPOINT)
def suspend(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Close an account: from this moment nobody is signed in to it."""
    found, reason = queries.account(request.actor.site, uuid), request.POST.get("reason", "")
    act = partial(suspend_account, by=request.actor, staff_id=found.pk, reason=reason)
    return _pressed(request, found, "suspend", act, _("已停用 %(name)s，正在登录的也已退出。"))


@post_only
@staff(APPOINT)
def reinstate(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Open a suspended account again."""
    found, reason = queries.account(request.actor.site, uuid), request.POST.get("reason", "")
    act = partial(actions.reinstate, by=request.actor, staff_id=found.pk, reason=reason)
    return _pressed(request, found, "reinstate", act, _("已恢复 %(name)s，岗位和密码照旧。"))


@post_only
@staff(APPOINT)
def reset(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """A new first password, shown once on the answer to this press."""
    found, password = queries.account(request.actor.site, uuid), initial_password()
    try:
        actions.reset_password(by=request.actor, staff_id=found.pk, password=password, initial=True)
    except Refusal as refusal:
        return _one(request, uuid, as_sent(request, "reset", refusal, _FIELDS))
    return render(request, "office/password_once.html", {"account": found, "password": password, "made": False, "tab": "accounts"})


@staff(OWN_PASSWORD)
@takes_initial_password
def own_password(request: StaffRequest) -> HttpResponse:
    """Everybody changes their own password here; whoever came with a first password comes here before anything else."""
    refused: Refused | None = None
    if request.method == "POST":
        guessing = (SIGN_IN_ACCOUNT, request.actor.account)
        try:
            allowed(guessing)
            if request.POST.get("new_password", "") != request.POST.get("again_password", ""):
                raise InvalidInput(field=AGAIN, reason_zh="两次输入的不一样", reason_en="the two are not the same")
            actions.change_password(
                by=request.actor, staff_id=int(request.actor.id), current=request.POST.get("current_password", ""), new=request.POST.get("new_password", "")
            )
        except Refusal as refusal:
            refused = as_sent(request, "password", refusal, _PASSWORD_FIELDS)
            if refused["field"] == "current_password":
                tried(guessing)
        else:
            cleared(*guessing)
            request.user.refresh_from_db()
            update_session_auth_hash(request, request.user)
            messages.success(request, _("密码已修改，下次登录请用新密码。"))
            return to("front")
    context = {"refused": refused, "initial": request.user.password_is_initial}
    return render(request, "office/own_password.html", context, status=refused["status"] if refused else 200)


def reason_of(code: str) -> Words | None:
    """The words of why an account was suspended or reinstated last."""
    return (SUSPENDED_BECAUSE | REINSTATED_BECAUSE).get(code)
