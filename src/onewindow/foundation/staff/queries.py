"""What can be asked about staff and authorisations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from onewindow.foundation.staff.models import Department, Staff
from onewindow.foundation.staff.roles import ROLES, permissions_of
from onewindow.kernel.errors import NotAuthorised, NotFound
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words

SCOPES = {"receive": Words("收件", "receive"), "accept": Words("受理", "accept")}


class Authority(NamedTuple):
    """The authorisation record under which an act is done: its key, and the special seal the voucher bears."""

    pk: int
    seal: str


def actor_of(staff: Staff) -> Actor:
    """The actor a signed-in member of staff acts as."""
    department = department_by_id(staff.department_id).code if staff.department_id else ""
    return Actor("staff", str(staff.pk), permissions_of(staff.roles), staff.site, department, staff.username)


def holders_of(post: str, site: str, department_id: int | None = None) -> QuerySet[Staff]:
    """Everybody active who holds a post at a site, or in one department there, in the order of their accounts."""
    found = Staff.objects.filter(site=site, roles__contains=[post], state="active").order_by("username")
    return found if department_id is None else found.filter(department_id=department_id)


def staff_by_id(keys: Iterable[int]) -> dict[int, Staff]:
    """Members of staff by their keys."""
    return Staff.objects.in_bulk(list(keys))


@lru_cache(maxsize=256)
def department_by_id(pk: int) -> Department:
    """A department by its key. Nothing about a department changes after it entered, so each is read once a process."""
    return Department.objects.get(pk=pk)


def departments() -> QuerySet[Department]:
    """Every department, in the order of the district's list."""
    return Department.objects.order_by("id")


def department(code: str) -> Department:
    try:
        return Department.objects.get(code=code)
    except Department.DoesNotExist:
        raise NotFound from None


def authorisation_for(by: Actor, department_id: int, item: str, item_name: Words, scope: str, on: date) -> Authority:
    """The record under which this clerk may do `scope` for `item`; `NotAuthorised` if there is none on that day."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, seal FROM staff_authorisation
               WHERE department_id = %s AND state = 'valid' AND %s BETWEEN valid_from AND valid_until AND %s = ANY(scopes)
                 AND (items = '{}' OR %s = ANY(items)) AND (clerks = '{}' OR %s = ANY(clerks))
               ORDER BY id LIMIT 1""",
            [department_id, on, scope, item, by.account],
        )
        row = cursor.fetchone()
    if row is not None:
        return Authority(*row)
    raise NotAuthorised(department=department_by_id(department_id).words, item=item_name, scope=SCOPES[scope])


def role_words(staff: Staff) -> list[Words]:
    return [ROLES[role].words for role in staff.roles]
