"""Who works here, with which posts, and for whom they may act."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from onewindow.errands.tests.scene import FOOD, SITE, newest, refused, rows_written, staff, verbs
from onewindow.foundation.staff.actions import (
    appoint,
    authorise,
    enter_department,
    reassign,
    reinstate,
    suspend,
    withdraw_authorisation,
)
from onewindow.foundation.staff.models import Authorisation, Staff
from onewindow.foundation.staff.queries import actor_of, authorisation_for, department, role_words
from onewindow.foundation.staff.roles import ROLES, permissions_of
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotAuthorised, NotFound, NotPermitted, WrongState
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words


def appointed(roles: list[str], username: str = "new", by: Actor | None = None, office: str = "") -> Staff:
    return appoint(
        by=by or staff("administrator01"), site=SITE, username=username, name=Words("新人（演示）", "New (demo)"), roles=roles,
        department=department(office) if office else None, password_hash=make_password(None),
    )  # fmt: skip


def test_an_account_carries_its_posts_and_the_ledger_sees_nothing_else(morning: clock.Hand) -> None:
    with rows_written() as rows:
        new = appointed(["handover", "clerk"], office="market")
    assert (rows, newest(new).facts, new.roles) == (["staff.appoint"], {"roles": ["clerk", "handover"]}, ["clerk", "handover"])
    actor = actor_of(new)
    assert (actor.ref, actor.site, actor.department) == (f"staff:{new.pk}", SITE, "market")
    assert actor.permissions == ROLES["clerk"].permissions | ROLES["handover"].permissions
    assert role_words(new) == [ROLES["clerk"].words, ROLES["handover"].words]
    assert new.is_active


@pytest.mark.parametrize(("roles", "said"), [([], "needs a post"), (["king"], r"unknown posts \['king'\]"), (["clerk", "king"], "king")])
def test_an_account_without_a_known_post_is_refused(morning: clock.Hand, roles: list[str], said: str) -> None:
    before = Staff.objects.count()
    with pytest.raises(ValueError, match=said):
        appointed(roles)
    assert Staff.objects.count() == before


def test_a_suspended_account_signs_in_no_more(morning: clock.Hand) -> None:
    new = appointed(["clerk"])
    suspend(by=staff("administrator01"), staff_id=new.pk, reason="left")
    new.refresh_from_db()
    assert (new.state, new.is_active, verbs(new)) == ("suspended", False, ["appoint", "suspend"])
    with refused(WrongState):
        suspend(by=staff("administrator01"), staff_id=new.pk, reason="left")


def test_a_suspended_account_comes_back_with_the_posts_it_had(morning: clock.Hand) -> None:
    new = appointed(["handover", "clerk"])
    with refused(WrongState):
        reinstate(by=staff("administrator01"), staff_id=new.pk, reason="back")
    suspend(by=staff("administrator01"), staff_id=new.pk, reason="left")
    for username in ("clerk01", "manager01"):
        with refused(NotPermitted):
            reinstate(by=staff(username), staff_id=new.pk, reason="back")
    with rows_written() as rows:
        reinstate(by=staff("administrator01"), staff_id=new.pk, reason="back")
    new.refresh_from_db()
    assert (rows, new.is_active, new.roles) == (["staff.reinstate"], True, ["clerk", "handover"])
    assert newest(new).facts == {"roles": ["clerk", "handover"], "reason": "back"}


def test_only_the_administrator_appoints_suspends_and_authorises(morning: clock.Hand) -> None:
    record = Authorisation.objects.earliest("id")
    for username in ("clerk01", "market01", "manager01", "supervisor01", "handover01", "specialist01"):
        actor = staff(username)
        with refused(NotPermitted):
            appointed(["clerk"], by=actor)
        with refused(NotPermitted):
            suspend(by=actor, staff_id=int(actor.id), reason="left")
        with refused(NotPermitted):
            withdraw_authorisation(by=actor, authorisation_id=record.pk)
        with refused(NotPermitted):
            enter_department(by=actor, site=SITE, code="x", name=Words("x", "x"), credit_code="x", section=Words("x", "x"), seal="x")
        with refused(NotPermitted):
            authorise(
                by=actor, site=SITE, department=department("market"), items=[], clerks=[], scopes=["accept"],
                valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 2), seal="x",
            )  # fmt: skip


def test_the_first_record_that_covers_is_taken(morning: clock.Hand) -> None:
    found = authorisation_for(staff("clerk01"), department("market").pk, FOOD, "食品", "accept", date(2026, 9, 24))
    assert (found.pk, found.seal) == (Authorisation.objects.filter(department__code="market").earliest("id").pk, "示范区市场监督管理局受理专用章")
    for on in (date(2025, 12, 31), date(2029, 1, 1)):
        with pytest.raises(NotAuthorised):
            authorisation_for(staff("clerk01"), department("market").pk, FOOD, "食品", "accept", on)


def test_a_withdrawn_record_covers_nothing_and_cannot_be_withdrawn_again(morning: clock.Hand) -> None:
    record = Authorisation.objects.filter(department__code="market").earliest("id")
    withdraw_authorisation(by=staff("administrator01"), authorisation_id=record.pk)
    assert verbs(record) == ["authorise", "withdraw"]
    with refused(NotAuthorised):
        authorisation_for(staff("clerk01"), record.department_id, FOOD, "食品", "receive", date(2026, 9, 24))
    with refused(WrongState):
        withdraw_authorisation(by=staff("administrator01"), authorisation_id=record.pk)


def test_a_record_that_ends_before_it_begins_is_refused_by_the_database(morning: clock.Hand) -> None:
    with pytest.raises(IntegrityError, match="staff_authorisation_span"), transaction.atomic():
        authorise(
            by=staff("administrator01"), site=SITE, department=department("market"), items=[], clerks=[], scopes=["accept"],
            valid_from=date(2026, 1, 2), valid_until=date(2026, 1, 1), seal="x",
        )  # fmt: skip


def test_no_post_may_do_everything() -> None:
    every = permissions_of(list(ROLES))
    assert all(role.permissions < every for role in ROLES.values())
    assert permissions_of([]) == frozenset()


def test_a_department_that_is_not_there(db: None) -> None:
    with pytest.raises(NotFound):
        department("nowhere")


def test_an_approver_belongs_to_a_department_whoever_appoints_or_reassigns(morning: clock.Hand) -> None:
    with refused(InvalidInput):
        appointed(["approver"])
    with refused(InvalidInput):
        reassign(by=staff("administrator01"), staff_id=Staff.objects.get(username="market01").pk, roles=["approver", "clerk"], department=None)
    with pytest.raises(IntegrityError, match="staff_approver_has_department"), transaction.atomic():
        Staff.objects.filter(username="market01").update(department=None)
