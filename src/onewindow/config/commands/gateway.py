"""`onewindow gateway`: does what we have to say reach people's phones?"""

from __future__ import annotations

import json
from uuid import uuid4

import click

from onewindow.config.commands.database import attached

SCHEMA = "onewindow.gateway.status/1"


@click.group("gateway")
def command() -> None:
    """短信网关: how many messages wait, and a trial message."""


@command.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def status(as_json: bool) -> None:
    """Count the messages that wait. Exit 1 when the oldest has waited for more than fifteen minutes."""
    with attached(demonstration=False):
        from onewindow.config.notices.waiting import waiting

        found = waiting()
    since = found.since.isoformat() if found.since else None
    if as_json:
        report = {
            "schema": SCHEMA, "ok": not found.too_long, "gateway": found.gateway, "queued": found.queued, "since": since,
            "given_up": found.given_up,
        }  # fmt: skip
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        click.echo(f"网关 {found.gateway}：{found.queued} 条待发送，{found.given_up} 条已放弃" + (f"，最早 {since}" if since else ""))
        click.echo(f"gateway {found.gateway}: {found.queued} queued, {found.given_up} given up" + (f", oldest {since}" if since else ""))
    raise SystemExit(1 if found.too_long else 0)


@command.command("try")
def try_() -> None:
    """Send one trial message to a number typed here (asked for, so that it stands in no history). No database."""
    import os

    import django

    from onewindow.config.processes.installation import SETTINGS
    from onewindow.instruments.gateways import GatewayDown, MessageRejected
    from onewindow.kernel.errors import CannotStart

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    from onewindow.config.notices.gateway import chosen

    try:
        gateway = chosen()
        phone = click.prompt("手机号 · phone number", hide_input=True, err=True).strip()
        gateway.send(reference=str(uuid4()), phone=phone, text="【一窗】这是一条测试短信。 A trial message.")
    except CannotStart as refusal:
        click.echo(refusal.message("zh-hans"), err=True)
        click.echo(refusal.message("en"), err=True)
        raise SystemExit(1) from None
    except MessageRejected as rejected:
        click.echo(f"网关拒绝：{rejected.reason} · rejected: {rejected.reason}")
        raise SystemExit(1) from None
    except GatewayDown as down:
        click.echo(f"没有发出：{down} · not sent: {down}")
        raise SystemExit(1) from None
    click.echo(f"网关 {gateway.name} 已接收 · taken by {gateway.name}")
