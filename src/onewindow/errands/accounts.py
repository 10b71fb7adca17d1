"""Accounts come and go while the centre works: nobody is sent away under the hands of a visitor."""

from __future__ import annotations

from django.db import transaction

from onewindow.foundation.places.actions import vacate_window
from onewindow.foundation.places.queries import sites, window_where
from onewindow.foundation.staff.actions import appoint, suspend
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.policies import APPOINT
from onewindow.foundation.staff.queries import department_or_none, name_taken, staff_by_id
from onewindow.foundation.staff.roles import ROLES
from onewindow.foundation.staff.rules import ACCOUNT, POSTS, SITE, account_name, person_name
from onewindow.kernel.errors import AtWork, InvalidInput, NotFound
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.visits.queries import open_visit_at
from onewindow.stages.queueing.queries import standing_ticket


def open_account(
    *, by: Actor, site: str, username: str, name: str, name_en: str, roles: list[str], department: str, password_hash: str
) -> Staff:
    """Open an account as an administrator typed it; its password is a first one. Raises `InvalidInput` naming the field."""
    by.require(APPOINT)
    username, name = account_name(username), person_name(name)
    if name_taken(username):
        raise InvalidInput(field=ACCOUNT, reason_zh="这个账号已经有了", reason_en="there is such an account already")
    if not sites().filter(code=site).exists():
        raise InvalidInput(field=SITE, reason_zh="请选择一个中心", reason_en="please choose a site")
    if not roles or set(roles) - ROLES.keys():
        raise InvalidInput(field=POSTS, reason_zh="请至少选一个岗位", reason_en="choose at least one post")
    office = department_or_none(department)
    return appoint(
        by=by, site=site, username=username, name=Words(name, person_name(name_en) if name_en.strip() else name), roles=sorted(set(roles)),
        department=office, password_hash=password_hash, password_is_initial=True,
    )  # fmt: skip


@transaction.atomic
def suspend_account(*, by: Actor, staff_id: int, reason: str) -> None:
    """Close an account, end its sessions and clear its window. `AtWork` while somebody is called to the window or sits there.

    Raises what `foundation.staff.actions.suspend` raises.
    """
    by.require(APPOINT)
    person = staff_by_id([staff_id]).get(staff_id)
    if person is None:
        raise NotFound
    window = window_where(staff_id)
    if window is not None:
        ticket, sitting = standing_ticket(window.pk), open_visit_at(window.pk)
        if ticket is not None or sitting is not None:
            number = ticket.number if ticket is not None else sitting.ticket_number if sitting is not None else ""
            raise AtWork(person=person.words, window=window.words, ticket=number)
    suspend(by=by, staff_id=staff_id, reason=reason)
    if window is not None:
        vacate_window(by=by, window_id=window.pk)
