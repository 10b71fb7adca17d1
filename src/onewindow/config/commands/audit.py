"""`onewindow audit`: the ledger checked against itself, its seals and its anchor."""

from __future__ import annotations

import json
from pathlib import Path

import click

from onewindow.config.commands.database import attached


@click.group("audit")
def command() -> None:
    """Verify the ledger, and seal what is at rest."""


@command.command("verify")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def verify_(as_json: bool) -> None:
    """Recompute every chain and seal. Exit 0 good, 1 with the places that do not agree."""
    with attached():
        from django.conf import settings

        from onewindow.kernel.crypto import SealKey
        from onewindow.kernel.ledger.verify import verify

        report = verify(SealKey.open(Path(settings.SEAL_KEY)), Path(settings.ANCHOR))
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(f"{report.subjects} 条业务链、{report.rows} 条记录、{report.seals} 个封存，未封存 {report.unsealed_rows} 条")
        click.echo(f"{report.subjects} chains, {report.rows} rows, {report.seals} seals, {report.unsealed_rows} rows unsealed")
        for finding in report.findings:
            click.echo(f"  {finding.rule} {finding.place}: {finding.zh} · {finding.en}")
    raise SystemExit(1 if report.findings else 0)


@command.command("seal")
def seal() -> None:
    """Seal everything at rest now (the relay does so each second)."""
    with attached():
        from django.conf import settings

        from onewindow.kernel.crypto import SealKey
        from onewindow.kernel.ledger.sealer import seal_pass

        total = 0
        while rows := seal_pass(SealKey.open(Path(settings.SEAL_KEY)), Path(settings.ANCHOR)):
            total += rows
    click.echo(f"已封存 {total} 条 · sealed {total} rows")
