"""What can be asked about staff and authorisations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from onewindow.foundation.staff.models import Department, Staff
from onewindow.foundation.staff.roles import ROLES, permissions_of
from onewindow.foundation.staff.rules import DEPARTMENT
from onewindow.kernel.errors import InvalidInput, NotAuthorised, NotFound
from onewindow.kernel.ledger.models import Entry
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


def accounts(site: str, *, words: str = "", state: str = "", post: str = "") -> QuerySet[Staff]:
    """The accounts of a site by name: all, or those whose account, name or department holds each word typed."""
    found = Staff.objects.filter(site=site).select_related("department").order_by("username")
    for word in words.split():
        found = found.filter(
            Q(username__icontains=word) | Q(name_zh__icontains=word) | Q(name_en__icontains=word) | Q(department__name_zh__icontains=word)
            | Q(department__name_en__icontains=word) | Q(department__code__iexact=word)
        )  # fmt: skip
    if state:
        found = found.filter(state=state)
    return found.filter(roles__contains=[post]) if post in ROLES else found


def account(site: str, uuid: UUID) -> Staff:
    """An account of a site by the identifier in its address."""
    try:
        return Staff.objects.select_related("department").get(site=site, uuid=uuid)
    except Staff.DoesNotExist:
        raise NotFound from None


def name_taken(username: str) -> bool:
    return Staff.objects.filter(username=username).exists()


def department_or_none(code: str) -> Department | None:
    """The department of a code, None for no code. Raises `InvalidInput` for one that is not there."""
    found = Department.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise InvalidInput(field=DEPARTMENT, reason_zh="没有这个部门", reason_en="there is no such department")
    return found


class Change(NamedTuple):
    """One change of an account: when, what, by whom."""

    at: datetime
    what: Words
    by: Words


def history_of(account: Staff) -> list[Change]:
    """What was done to an account, the newest first; signing in is no change."""
    rows = list(Entry.objects.filter(subject_kind="staff", subject_id=account.pk).exclude(verb="sign-in").order_by("-n")[:50])
    names = staff_by_id(int(row.by.partition(":")[2]) for row in rows if row.by.startswith("staff:"))
    moves = account.machine.moves
    return [Change(row.at, moves[row.verb].words, _named(row.by, names)) for row in rows]


def _named(ref: str, names: dict[int, Staff]) -> Words:
    kind, _, pk = ref.partition(":")
    if kind == "staff" and int(pk) in names:
        return names[int(pk)].words
    return Words("安装和运行系统的人", "whoever runs the installation") if kind == "operator" else Words("系统", "the system")


def counted(site: str) -> dict[str, int]:
    """How many accounts of a site are active, suspended, still with a first password; and how many administrators are active."""
    active = Q(state="active")
    return Staff.objects.filter(site=site).aggregate(
        active=Count("pk", filter=active), suspended=Count("pk", filter=Q(state="suspended")),
        initial=Count("pk", filter=active & Q(password_is_initial=True)), administrators=Count("pk", filter=active & Q(roles__contains=["administrator"])),
    )  # fmt: skip


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
