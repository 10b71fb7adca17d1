"""Passwords: given from outside, never shown, never weak; whoever was signed in must sign in again."""

from __future__ import annotations

import logging

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from onewindow.config.accounts import has_password, set_password
from onewindow.config.standing import standing
from onewindow.errands.tests.scene import everything, refused
from onewindow.foundation.staff.models import Staff
from onewindow.kernel.errors import InvalidInput, NotFound

pytestmark = pytest.mark.django_db
GOOD = "三十六 Windows!"


def test_a_password_lets_in_and_ends_what_was_signed_in(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.force_login(Staff.objects.get(username="clerk01"))
    assert client.get("/counter/").status_code == 200
    set_password("clerk01", GOOD)
    assert client.get("/counter/").status_code == 302
    assert authenticate(None, username="clerk01", password=GOOD) is not None
    assert authenticate(None, username="clerk01", password="onewindow-demo") is None
    assert GOOD not in caplog.text


@pytest.mark.parametrize(
    "weak", ["", "short", "x" * 129, "1234567890123", "aaaaaaaaaaaaaa", "my-Clerk01-word", "password123", "abababababab"]
)
def test_a_weak_password_is_refused_and_not_repeated(weak: str) -> None:
    before = everything()
    with refused(InvalidInput) as no:
        set_password("clerk01", weak)
    assert len(weak) < 2 or weak not in no.value.message("zh-hans") + no.value.message("en")
    assert everything() == before


def test_nobody_of_that_name() -> None:
    with refused(NotFound):
        set_password("nobody", GOOD)


@pytest.mark.parametrize("stored", ["", "!", "!x"])
def test_an_account_without_a_password_is_counted_and_stays_outside(stored: str) -> None:
    Staff.objects.filter(username="clerk01").update(password=stored)
    account = Staff.objects.get(username="clerk01")
    assert not has_password(account)
    assert authenticate(None, username="clerk01", password=stored) is None
    assert standing() == {"halls": ["demo-centre/A", "demo-centre/B"], "without_password": 1}
