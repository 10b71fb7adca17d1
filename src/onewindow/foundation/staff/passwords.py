"""Passwords: which are too weak, and how an initial one is made. None is in a message, a log or the ledger."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.words import Words

SHORTEST, LONGEST = 10, 128  # the sign-in form takes no more
CURRENT, NEW_PASSWORD, AGAIN = Words("现在的密码", "present password"), Words("密码", "password"), Words("再输入一次", "once more")
# Read aloud or copied by hand: no sign that is taken for another.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def initial_password() -> str:
    """A password to be given out once: sixteen signs in groups of four, some 79 bits."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


def checked(username: str, password: str) -> None:
    """Raises `InvalidInput` for a password too weak for this account; it is not repeated."""
    if reason := _weak(username, password):
        raise InvalidInput(field=NEW_PASSWORD, reason_zh=reason.zh, reason_en=reason.en)


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
