"""Passwords of accounts, given by whoever runs the installation. They are no facts: the ledger does not record them."""

from __future__ import annotations

import logging

from django.contrib.auth.hashers import is_password_usable, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from onewindow.foundation.staff.models import Staff
from onewindow.kernel.errors import InvalidInput, NotFound
from onewindow.kernel.words import Words

log = logging.getLogger("onewindow.accounts")
SHORTEST, LONGEST = 10, 128  # the sign-in form takes no more


def has_password(account: Staff) -> bool:
    """Whether it can sign in at all."""
    return bool(account.password) and is_password_usable(account.password)


def set_password(username: str, password: str) -> None:
    """Give an account a password; whoever is signed in to it must sign in again.

    Raises `NotFound` and `InvalidInput`; the password is in no message.
    """
    account = Staff.objects.filter(username=username).first()
    if account is None:
        raise NotFound
    if reason := _weak(username, password):
        raise InvalidInput(field=Words("密码", "password"), reason_zh=reason.zh, reason_en=reason.en)
    Staff.objects.filter(pk=account.pk).update(password=make_password(password))
    log.info("password of %s set", username)


def _weak(username: str, password: str) -> Words | None:
    if not SHORTEST <= len(password) <= LONGEST:
        return Words(f"应为 {SHORTEST} 至 {LONGEST} 个字符", f"it has {SHORTEST} to {LONGEST} characters")
    if username.lower() in password.lower():
        return Words("不能包含账号", "it must not contain the account's name")
    if len(set(password)) < 5 or password.isdigit():
        return Words("太简单，请混用字母、数字和符号", "it is too simple; mix letters, digits and signs")
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return Words("是常见密码", "it is among the commonest there are")
    return None
