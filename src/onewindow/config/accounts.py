"""Accounts as whoever runs the installation sees them: the same actions as on the screen of the IT office."""

from __future__ import annotations

import logging
import os

from django.contrib.auth.hashers import is_password_usable

from onewindow.foundation.places.policies import ESTABLISH
from onewindow.foundation.staff.actions import reset_password
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.policies import APPOINT
from onewindow.kernel.errors import NotFound
from onewindow.kernel.permissions import Actor

log = logging.getLogger("onewindow.accounts")


def operator() -> Actor:
    """Who sits at the machine itself."""
    return Actor("operator", f"uid-{os.getuid()}", frozenset({APPOINT.code, ESTABLISH.code}))


def has_password(account: Staff) -> bool:
    """Whether it can sign in at all."""
    return bool(account.password) and is_password_usable(account.password)


def account_called(username: str) -> int:
    """The key of an account. Raises `NotFound`."""
    found = Staff.objects.filter(username=username).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def set_password(username: str, password: str) -> None:
    """Give an account a password; whoever is signed in to it must sign in again.

    Raises `NotFound` and `InvalidInput`; the password is in no message.
    """
    reset_password(by=operator(), staff_id=account_called(username), password=password, initial=False)
    log.info("password of %s set", username)
