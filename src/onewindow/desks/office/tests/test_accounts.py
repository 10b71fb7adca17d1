"""The IT office's accounts: opened, changed, closed and opened again on the screen; first passwords are changed before anything else."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.errands import sitting
from onewindow.errands.accounts import suspend_account
from onewindow.errands.tests.scene import (
    SITE,
    agent,
    at_window,
    newest,
    refused,
    rows_written,
    seated,
    signed_in,
    staff,
    ticket,
    verbs,
)
from onewindow.foundation.places.models import Window
from onewindow.foundation.staff.actions import appoint, change_password, reassign, reset_password, suspend
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.queries import department
from onewindow.kernel import clock
from onewindow.kernel.errors import AtWork, InvalidInput, LastAdministrator, NotPermitted, OwnAccount
from onewindow.kernel.words import Words

GOOD = "三十六 Windows!"


@pytest.fixture
def office(morning: clock.Hand) -> Client:
    return signed_in("administrator01")


def second_administrator() -> Staff:
    return appoint(
        by=staff("administrator01"), site=SITE, username="administrator02", name=Words("信息管理员二（演示）", "Administrator two (demo)"),
        roles=["administrator"], department=None, password_hash="!",
    )  # fmt: skip


def new(client: Client, **fields: object) -> object:
    sent = {"username": "clerk77", "name": "综窗七十七（演示）", "name_en": "", "site": SITE, "roles": ["clerk"], "department": ""} | fields
    return client.post(reverse("office-account-new"), sent)


def test_a_new_account_changes_its_first_password_before_anything_else(office: Client) -> None:
    with rows_written() as rows:
        answer = new(office)
    account = Staff.objects.get(username="clerk77")
    password = re.search(r'translate="no">([a-z0-9-]{19})<', answer.content.decode())[1]  # type: ignore[attr-defined,index]
    assert (rows, account.password_is_initial, account.roles, newest(account).facts) == (["staff.appoint"], True, ["clerk"], {"roles": ["clerk"]})
    assert password not in office.get(reverse("office-account", args=[account.uuid])).content.decode()
    person = Client()
    entered = person.post(reverse("sign-in"), {"username": "clerk77", "password": password, "next": "/counter/"})
    assert (entered.status_code, entered.headers["Location"]) == (303, reverse("own-password"))
    assert person.get("/counter/").headers["Location"] == reverse("own-password")
    wrong = person.post(reverse("own-password"), {"current_password": password, "new_password": "short", "again_password": "short"})
    assert wrong.status_code == 422 and 'id="password-new_password-wrong"' in wrong.content.decode() and "short" not in wrong.content.decode()
    done = person.post(reverse("own-password"), {"current_password": password, "new_password": GOOD, "again_password": GOOD})
    assert done.status_code == 303 and person.get("/counter/").status_code == 200, "still signed in, and let through"
    account.refresh_from_db()
    assert (account.password_is_initial, verbs(account)) == (False, ["appoint", "sign-in", "change-password"])
    assert account.signed_in_at is not None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"username": "Клерк"}, "username"), ({"username": "clerk01"}, "username"), ({"username": ""}, "username"), ({"name": "  "}, "name"),
        ({"roles": []}, "roles"), ({"roles": ["king"]}, "roles"), ({"roles": ["administrator", "supervisor"]}, "roles"),
        ({"roles": ["approver"]}, "department"), ({"department": "nowhere"}, "department"), ({"site": "elsewhere"}, "site"),
    ],
)  # fmt: skip
def test_bad_input_stays_in_the_form_with_the_sentence_at_its_field(office: Client, fields: dict[str, object], field: str) -> None:
    with rows_written() as rows:
        answer = new(office, name_en="Kept as typed", **fields)
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert (answer.status_code, rows) == (422, [])  # type: ignore[attr-defined]
    assert f'id="create-{field}-wrong"' in page and 'value="Kept as typed"' in page


def test_posts_are_changed_and_count_at_the_next_press(office: Client) -> None:
    clerk = Staff.objects.get(username="clerk01")
    working = Client()
    working.force_login(clerk)
    assert working.get("/counter/").status_code == 200
    with rows_written() as rows:
        sent = office.post(reverse("office-account-posts", args=[clerk.uuid]), {"roles": ["approver"], "department": "market"})
    clerk.refresh_from_db()
    assert (sent.status_code, rows, clerk.roles, clerk.department) == (303, ["staff.reassign"], ["approver"], department("market"))
    assert newest(clerk).facts == {"roles": ["approver"], "before": ["clerk"], "department": "market"}
    assert working.get("/counter/").status_code == 403


def test_nobody_changes_their_own_posts_and_the_last_administrator_stays(morning: clock.Hand) -> None:
    me = Staff.objects.get(username="administrator01")
    with refused(OwnAccount):
        reassign(by=staff("administrator01"), staff_id=me.pk, roles=["administrator", "clerk"], department=None)
    with refused(OwnAccount):
        suspend(by=staff("administrator01"), staff_id=me.pk, reason="left")
    with refused(OwnAccount):
        reset_password(by=staff("administrator01"), staff_id=me.pk, password=GOOD, initial=True)
    second = second_administrator()
    suspend(by=staff("administrator01"), staff_id=second.pk, reason="left")
    from onewindow.config.accounts import operator

    with refused(LastAdministrator):
        suspend(by=operator(), staff_id=me.pk, reason="left")
    with refused(LastAdministrator):
        reassign(by=operator(), staff_id=me.pk, roles=["clerk"], department=None)
    with refused(InvalidInput):
        reassign(by=operator(), staff_id=me.pk, roles=["administrator", "supervisor"], department=None)


def test_suspending_ends_every_session_for_good(office: Client) -> None:
    clerk = Staff.objects.get(username="clerk01")
    working = Client()
    working.force_login(clerk)
    assert office.post(reverse("office-account-suspend", args=[clerk.uuid]), {"reason": ""}).status_code == 422
    with rows_written() as rows:
        assert office.post(reverse("office-account-suspend", args=[clerk.uuid]), {"reason": "leave"}).status_code == 303
    assert (rows, newest(clerk).facts) == (["staff.suspend"], {"reason": "leave"})
    assert working.get("/counter/").status_code == 302
    assert office.post(reverse("office-account-reinstate", args=[clerk.uuid]), {"reason": "back"}).status_code == 303
    assert working.get("/counter/").status_code == 302, "a session of before does not come to life again"


def test_nobody_is_sent_away_under_the_hands_of_a_visitor(office: Client) -> None:
    clerk, visit = seated()
    account = Staff.objects.get(pk=int(clerk.id))
    answer = office.post(reverse("office-account-suspend", args=[account.uuid]), {"reason": "security"})
    assert answer.status_code == 409 and visit.ticket_number in answer.content.decode()
    with refused(AtWork) as no:
        suspend_account(by=staff("administrator01"), staff_id=account.pk, reason="security")
    assert no.value.details["ticket"] == visit.ticket_number
    sitting.end_sitting(by=clerk, visit=visit)
    with rows_written() as rows:
        suspend_account(by=staff("administrator01"), staff_id=account.pk, reason="security")
    assert rows == ["staff.suspend", "window.vacate"]
    window = Window.objects.get(pk=visit.window_id)
    assert (window.state, window.clerk_id) == ("closed", None)


def test_who_was_called_counts_as_a_visitor(morning: clock.Hand) -> None:
    clerk, _ = at_window()
    ticket(agent())
    called = sitting.call_next(by=clerk)
    with refused(AtWork) as no:
        suspend_account(by=staff("administrator01"), staff_id=int(clerk.id), reason="security")
    assert no.value.details["ticket"] == called.number


def test_a_reset_password_is_shown_once_and_is_a_first_one(office: Client) -> None:
    clerk = Staff.objects.get(username="clerk01")
    working = Client()
    working.force_login(clerk)
    answer = office.post(reverse("office-account-password", args=[clerk.uuid]))
    password = re.search(r'translate="no">([a-z0-9-]{19})<', answer.content.decode())[1]  # type: ignore[index]
    clerk.refresh_from_db()
    assert clerk.check_password(password) and clerk.password_is_initial and working.get("/counter/").status_code == 302
    assert (verbs(clerk)[-1], newest(clerk).facts) == ("reset-password", {"initial": True})


def test_the_own_password_needs_the_present_one(morning: clock.Hand) -> None:
    me = staff("clerk01")
    for current, new in (("wrong", GOOD), ("onewindow-demo", "onewindow-demo"), ("onewindow-demo", "clerk01-clerk01")):
        with refused(InvalidInput):
            change_password(by=me, staff_id=int(me.id), current=current, new=new)
    with refused(OwnAccount):
        change_password(by=me, staff_id=Staff.objects.get(username="clerk02").pk, current="onewindow-demo", new=GOOD)
    change_password(by=me, staff_id=int(me.id), current="onewindow-demo", new=GOOD)
    assert Staff.objects.get(pk=int(me.id)).check_password(GOOD)


def test_only_who_appoints_comes_in(morning: clock.Hand) -> None:
    for username in ("clerk01", "supervisor01", "manager01"):
        with refused(NotPermitted):
            reassign(by=staff(username), staff_id=Staff.objects.get(username="clerk02").pk, roles=["manager"], department=None)


def test_the_list_is_searched_by_account_name_department_post_and_state(office: Client) -> None:
    def shown(**asked: str) -> list[str]:
        page = office.get(reverse("office-accounts"), asked).content.decode()
        return re.findall(r'class="row-link" data-row href="[^"]+">([^<]+)<', page)

    assert shown(words="clerk01") == ["clerk01"]
    assert shown(words="nothing of the kind") == []
    assert shown(post="administrator") == ["administrator01"] and shown(state="suspended") == []
    assert len(shown()) == 30 and len(shown(page="2")) > 0
