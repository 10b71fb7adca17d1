"""Where somebody's day begins after signing in: at their own desk."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.parametrize(
    ("username", "desk"),
    [("clerk01", "counter"), ("market01", "approver"), ("handover01", "handover"), ("manager01", "today"), ("supervisor01", "today"),
     ("administrator01", "office")],
)  # fmt: skip
def test_everybody_begins_at_their_own_desk(db: None, username: str, desk: str) -> None:
    answer = Client().post(reverse("sign-in"), {"username": username, "password": "onewindow-demo"})
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse(desk))
