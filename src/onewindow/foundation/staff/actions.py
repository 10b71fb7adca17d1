"""The only writers of departments, staff and authorisations."""

from __future__ import annotations

from datetime import date

from onewindow.foundation.staff.models import Authorisation, Department, Staff
from onewindow.foundation.staff.roles import ROLES
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
    *, by: Actor, site: str, username: str, name: Words, roles: list[str], department: Department | None, password_hash: str
) -> Staff:
    """Open an account with posts. Takes the password's hash (`make_password`); the ledger sees the posts only."""
    unknown = set(roles) - ROLES.keys()
    if unknown or not roles:
        raise ValueError(f"unknown posts {sorted(unknown)}" if unknown else "an account needs a post")
    return begin(
        Staff, "appoint", by=by, site=site, facts={"roles": sorted(roles)}, username=username, name_zh=name.zh,
        name_en=name.en, roles=sorted(roles), department=department, password=password_hash,
    )  # fmt: skip


def suspend(*, by: Actor, staff_id: int) -> None:
    """Close an account to signing in; everything it did stays."""
    with moving(Staff, staff_id, "suspend", by=by):
        pass


def reinstate(*, by: Actor, staff_id: int) -> None:
    """Open a suspended account to signing in again, with the posts it had."""
    with moving(Staff, staff_id, "reinstate", by=by) as motion:
        motion.record(roles=motion.subject.roles)


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
