"""`onewindow accounts`: who can sign in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from onewindow.config.commands.database import attached
from onewindow.kernel.errors import Refusal


@click.group("accounts")
def command() -> None:
    """账号: list them, give one a password, close one, open it again."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def list_(as_json: bool) -> None:
    """Every account with its posts, and whether it has a password."""
    with attached(demonstration=False):
        from onewindow.config.accounts import has_password
        from onewindow.foundation.staff.models import Staff
        from onewindow.foundation.staff.queries import role_words

        found = [
            {
                "login": account.username, "state": account.state, "roles": account.roles, "password": has_password(account),
                "zh": "、".join(words.zh for words in role_words(account)), "en": ", ".join(words.en for words in role_words(account)),
            }
            for account in Staff.objects.order_by("username")
        ]  # fmt: skip
    if as_json:
        click.echo(json.dumps({"schema": "onewindow.accounts.list/1", "accounts": found}, ensure_ascii=False, indent=2))
        return
    for one in found:
        state = "" if one["state"] == "active" else "  停用 suspended"
        word = "" if one["password"] else "  没有密码 no password"
        click.echo(f"{one['login']:<20} {one['zh']} · {one['en']}{state}{word}")
    if not found:
        click.echo("还没有账号 · no accounts yet")


@command.command("password")
@click.argument("login")
def password(login: str) -> None:
    """Give the account LOGIN a password: asked for twice, or the first line of what is piped in.

    Whoever is signed in to the account must sign in again.
    """
    if sys.stdin.isatty():
        typed = click.prompt("新密码 · new password", hide_input=True, confirmation_prompt="再输入一次 · once more", err=True)
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    with attached(demonstration=False), _refusal_told():
        from onewindow.config.accounts import set_password

        set_password(login, typed)
    click.echo(f"已设置 {login} 的密码 · the password of {login} is set")


@command.command("suspend")
@click.argument("login")
@click.option("--reason", type=click.Choice(["left", "moved", "leave", "security", "discipline"]), default="security", show_default=True)
def suspend_(login: str, reason: str) -> None:
    """Close the account LOGIN to signing in; everything it did stays."""
    with attached(demonstration=False), _refusal_told():
        from onewindow.config.accounts import account_called, operator
        from onewindow.errands.accounts import suspend_account

        suspend_account(by=operator(), staff_id=account_called(login), reason=reason)
    click.echo(f"已停用 {login} · {login} is suspended")


@command.command("reinstate")
@click.argument("login")
@click.option("--reason", type=click.Choice(["back", "cleared", "mistake"]), default="cleared", show_default=True)
def reinstate_(login: str, reason: str) -> None:
    """Open the suspended account LOGIN to signing in again, with the posts and the password it had."""
    with attached(demonstration=False), _refusal_told():
        from onewindow.config.accounts import account_called, operator
        from onewindow.foundation.staff.actions import reinstate

        reinstate(by=operator(), staff_id=account_called(login), reason=reason)
    click.echo(f"已恢复 {login} · {login} is reinstated")


@contextmanager
def _refusal_told() -> Iterator[None]:
    """A refusal ends the command with exit 1, in both languages."""
    try:
        yield
    except Refusal as refusal:
        click.echo(refusal.message("zh-hans"), err=True)
        click.echo(refusal.message("en"), err=True)
        raise SystemExit(1) from None
