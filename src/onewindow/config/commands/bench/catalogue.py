"""`onewindow bench catalogue`: what the catalogue costs whoever searches, reads, prints or brings it."""

from __future__ import annotations

import json
from typing import Any

import click

from onewindow.bench.sections import SECTIONS
from onewindow.config.commands.bench.ground import machine, own_installation


@click.command("catalogue")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--full", is_flag=True, help="Five times as many rounds.")
@click.option("--only", multiple=True, type=click.Choice(SECTIONS), help="These sections instead of all.")
def catalogue(as_json: bool, full: bool, only: tuple[str, ...]) -> None:
    """Searching two thousand things on one core, guides as pages and as PDF, a workbook of ten thousand items."""
    wanted = [name for name in SECTIONS if not only or name in only]
    with own_installation() as addresses:
        import psycopg

        from onewindow.bench.catalogue import run

        report: dict[str, Any] = {"schema": "onewindow.bench.catalogue/2", "full": full} | run(full=full, sections=wanted)
        with psycopg.connect(addresses.app) as connection:
            report["machine"] = machine(connection)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for name in wanted:
        for result in report[name].get("results", ()):
            click.echo(f"{name:<8} {result['name']:<18} p50 {result['p50_ms']} ms  p95 {result['p95_ms']} ms")
    if "import" in report:
        brought = report["import"]
        click.echo(f"import   {brought['items']} items, {brought['workbook_mb']} MB: {brought['seconds']} s, {brought['peak_rss_mb']} MB at most")
