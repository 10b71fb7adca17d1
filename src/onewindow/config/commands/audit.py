"""`onewindow audit`: the ledger checked against itself, its seals, its anchor, its papers and its guards."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from onewindow.config import places_on_disk
from onewindow.config.commands.database import attached
from onewindow.config.processes.installation import reached
from onewindow.kernel.cluster import endpoints
from onewindow.kernel.errors import CannotStart, Refusal


@click.group("audit")
def command() -> None:
    """Verify the ledger, and seal what is at rest."""


@command.command("verify")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def verify_(as_json: bool) -> None:
    """Recompute every chain, seal and document digest, and look at the guards. Changes nothing.

    Exit 0 good, 1 with the places that do not agree. A wrong clock is told of and does not hinder.
    """
    with _told(), _looking():
        from django.conf import settings

        from onewindow.kernel.crypto import SealKey
        from onewindow.kernel.ledger.verify import verify

        report = verify(SealKey.standing(Path(settings.SEAL_KEY)), Path(settings.ANCHOR))
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(
            f"{report.subjects} 条业务链、{report.rows} 条记录、{report.seals} 个封存，未封存 {report.unsealed_rows} 条；"
            f"{report.documents} 份文书、{report.guards} 个守护触发器"
        )
        click.echo(
            f"{report.subjects} chains, {report.rows} rows, {report.seals} seals, {report.unsealed_rows} rows unsealed; "
            f"{report.documents} documents, {report.guards} guards"
        )
        for finding in report.findings:
            click.echo(f"  {finding.rule} {finding.place}: {finding.zh} · {finding.en}")
        for warning in report.warnings:
            click.echo(f"  注意 Note: {warning.zh} · {warning.en}")
    raise SystemExit(1 if report.findings else 0)


@command.command("seal")
def seal() -> None:
    """Seal everything at rest now (the relay does so each second)."""
    with _told(), attached():
        from django.conf import settings

        from onewindow.kernel.crypto import SealKey
        from onewindow.kernel.ledger.sealer import seal_pass

        total = 0
        while rows := seal_pass(SealKey.open(Path(settings.SEAL_KEY)), Path(settings.ANCHOR)):
            total += rows
    click.echo(f"已封存 {total} 条 · sealed {total} rows")


@contextmanager
def _looking() -> Iterator[None]:
    """The database as it stands, and Django set up: nothing is made, migrated or filled, and the clock is not asked.

    `attached` would put the guards back in place before they were looked at. Raises `CannotStart` where there
    is nothing to look at.
    """
    if endpoints(os.environ) is None and not (places_on_disk.home() / "database").is_dir():
        raise CannotStart(
            what_zh=f"{places_on_disk.home()} 里还没有数据库", do_zh="请先用 onewindow up 启动一次，或用 ONEWINDOW_HOME 指明位置",
            what_en=f"There is no database in {places_on_disk.home()} yet", do_en="Start once with onewindow up, or say with ONEWINDOW_HOME where it is",
        )  # fmt: skip
    with reached() as addresses:
        addresses.adopt()
        import django

        django.setup()
        from onewindow.kernel.ledger.checks import check_tables

        check_tables()
        yield


@contextmanager
def _told() -> Iterator[None]:
    """A refusal ends the command with exit 1, in both languages."""
    try:
        yield
    except Refusal as refusal:
        click.echo(refusal.message("zh-hans"), err=True)
        click.echo(refusal.message("en"), err=True)
        raise SystemExit(1) from None
