"""`onewindow bench screens`: every page, with a past behind it."""

from __future__ import annotations

import json
from typing import Any

import click

from onewindow.config.commands.bench.ground import machine, own_installation, sizes


@click.command("screens")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--full", is_flag=True, help="The whole past of sixty working days instead of five.")
@click.option("--rounds", default=60, show_default=True, help="How often each page is opened.")
def screens(as_json: bool, full: bool, rounds: int) -> None:
    """Every page: p50, p95, queries and bytes, with the demonstration's past loaded."""
    with own_installation(serving=True, ONEWINDOW_CLOCK="demo", ONEWINDOW_HISTORY="60" if full else "5") as addresses:
        import psycopg

        from onewindow.bench.screens import run

        report: dict[str, Any] = {"schema": "onewindow.bench.screens/1", "full": full, "results": run(rounds=rounds)}
        with psycopg.connect(addresses.app) as connection:
            report |= {"sizes": sizes(connection), "machine": machine(connection)}
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for row in report["results"]:
        click.echo(f"{row['name']:<24} {row['status']}  p50 {row['p50_ms']:>7} ms  p95 {row['p95_ms']:>7} ms  {row['queries']:>3} queries  {row['bytes']:>7} bytes")
