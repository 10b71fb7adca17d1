"""The only writers of departments, staff and authorisations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction

from onewindow.foundation.staff.models import Authorisation, Department, Staff
from onewindow.foundation.staff.passwords import CURRENT, NEW_PASSWORD, checked
from onewindow.foundation.staff.roles import ROLES
from onewindow.foundation.staff.rules import POSTS, check_office, check_posts, known_reason
from onewindow.foundation.staff.states import REINSTATED_BECAUSE, SUSPENDED_BECAUSE
from onewindow.kernel.errors import InvalidInput, LastAdministrator, OwnAccount
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words


def enter_department(
    *, by: Actor, site: str, code: str, name: Words, credit_code: str, section: Words, seal: str
) -> Department:
    """A department's section enters the centre."""
    return begin(
        Department, "enter", by=by, site=site, facts={"code": code, "credit_code": credit_code}, code=code,
        name_zh=name.zh, name_en=name.en, credit_code=credit_code, section_zh=section.zh, section_en=section.en, seal=seal,
    )  # fmt: skip


def appoint(
    *, by: Actor, site: str, username: str, name: Words, roles: list[str], department: Department | None, password_hash: str,
    password_is_initial: bool = False,
) -> Staff:  # fmt: skip
    """Open an account with posts. Takes the password's hash (`make_password`); the ledger sees the posts only.

    Raises `InvalidInput` for posts that do not go together, or that need a department.
    """
    unknown = set(roles) - ROLES.keys()
    if unknown or not roles:
        raise ValueError(f"unknown posts {sorted(unknown)}" if unknown else "an account needs a post")
    check_posts(roles)
    check_office(roles, department)
    return begin(
        Staff, "appoint", by=by, site=site, facts={"roles": sorted(roles)}, username=username, name_zh=name.zh,
        name_en=name.en, roles=sorted(roles), department=department, password=password_hash,
        password_is_initial=password_is_initial,
    )  # fmt: skip


def reassign(*, by: Actor, staff_id: int, roles: list[str], department: Department | None) -> None:
    """Give an account other posts, or another department; the next press is already judged by them.

    Nothing is written when nothing would change. Raises `OwnAccount`, `LastAdministrator`, and `InvalidInput` for posts that
    are unknown, none, do not go together, or need a department.
    """
    wanted = sorted(set(roles))
    with _accounts_locked(), moving(Staff, staff_id, "reassign", by=by) as motion:
        standing = motion.subject
        if _own(by, staff_id):
            raise OwnAccount(verb=motion.move.words)
        if not wanted or set(wanted) - ROLES.keys():
            raise InvalidInput(field=POSTS, reason_zh="请至少选一个岗位", reason_en="choose at least one post")
        check_posts(wanted)
        check_office(wanted, department)
        if "administrator" not in wanted:
            _not_the_last(standing)
        motion.record(roles=wanted, before=list(standing.roles), department=department.code if department else None)
        motion.set(roles=wanted, department=department)


@transaction.atomic
def reset_password(*, by: Actor, staff_id: int, password: str, initial: bool) -> None:
    """Give an account another password; whoever is signed in to it must sign in again. `initial`: it is changed before anything else.

    Raises `OwnAccount` and `InvalidInput`; the password is in no message and not in the ledger.
    """
    with moving(Staff, staff_id, "reset-password", by=by) as motion:
        if _own(by, staff_id):
            raise OwnAccount(verb=motion.move.words)
        checked(motion.subject.username, password)
        motion.set(password=make_password(password), password_is_initial=initial, era=motion.subject.era + 1)
        motion.record(initial=initial)


@transaction.atomic
def change_password(*, by: Actor, staff_id: int, current: str, new: str) -> None:
    """Change the own password, knowing the present one. Raises `InvalidInput`, `OwnAccount` for another's account."""
    with moving(Staff, staff_id, "change-password", by=by) as motion:
        if not _own(by, staff_id):
            raise OwnAccount(verb=motion.move.words)
        account = motion.subject
        if not check_password(current, account.password):
            raise InvalidInput(field=CURRENT, reason_zh="和现在的密码不一致", reason_en="it is not the present password")
        checked(account.username, new)
        if check_password(new, account.password):
            raise InvalidInput(field=NEW_PASSWORD, reason_zh="和现在的密码一样", reason_en="it is the present one")
        motion.set(password=make_password(new), password_is_initial=False)


@transaction.atomic
def sign_in(*, by: Actor, staff_id: int) -> None:
    """Somebody who knows the password is in."""
    with moving(Staff, staff_id, "sign-in", by=by) as motion:
        motion.set(signed_in_at=motion.at)


def suspend(*, by: Actor, staff_id: int, reason: str) -> None:
    """Close an account to signing in, and end every session it has; everything it did stays. `reason`: of `SUSPENDED_BECAUSE`.

    Raises `OwnAccount`, `LastAdministrator`, `InvalidInput`.
    """
    with _accounts_locked(), moving(Staff, staff_id, "suspend", by=by) as motion:
        if _own(by, staff_id):
            raise OwnAccount(verb=motion.move.words)
        _not_the_last(motion.subject)
        motion.set(reason=known_reason(reason, SUSPENDED_BECAUSE), era=motion.subject.era + 1)
        motion.record(reason=reason)


@transaction.atomic
def reinstate(*, by: Actor, staff_id: int, reason: str) -> None:
    """Open a suspended account to signing in again, with the posts it had. `reason`: of `REINSTATED_BECAUSE`."""
    with moving(Staff, staff_id, "reinstate", by=by) as motion:
        motion.set(reason=known_reason(reason, REINSTATED_BECAUSE))
        motion.record(roles=motion.subject.roles, reason=reason)


@contextmanager
def _accounts_locked() -> Iterator[None]:
    """One such change at a time: of two administrators who suspend each other, the second is the last."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('onewindow.accounts'))")
        yield


def _not_the_last(account: Staff) -> None:
    others = Staff.objects.filter(state="active", roles__contains=["administrator"]).exclude(pk=account.pk)
    if "administrator" in account.roles and not others.exists():
        raise LastAdministrator


def _own(by: Actor, staff_id: int) -> bool:
    return by.kind == "staff" and by.id == str(staff_id)


def authorise(
    *, by: Actor, site: str, department: Department, items: list[str], clerks: list[str], scopes: list[str], valid_from: date,
    valid_until: date, seal: str,
) -> Authorisation:  # fmt: skip
    """Record that a department lets the centre's clerks act in its name."""
    facts = {
        "department": department.code, "items": items, "clerks": clerks, "scopes": scopes,
        "from": valid_from.isoformat(), "until": valid_until.isoformat(),
    }  # fmt: skip
    return begin(
        Authorisation, "authorise", by=by, site=site, facts=facts, department=department, items=items, clerks=clerks,
        scopes=scopes,
        valid_from=valid_from, valid_until=valid_until, seal=seal,
    )  # fmt: skip


def withdraw_authorisation(*, by: Actor, authorisation_id: int) -> None:
    """From now on nothing can be received or accepted under this record."""
    with moving(Authorisation, authorisation_id, "withdraw", by=by):
        pass
