"""`onewindow bench mainline`: from the ticket to the hand, in process and over HTTP."""

from __future__ import annotations

import json
import socket
from typing import Any

import click

from onewindow.config.commands.bench.ground import machine, own_database, sizes


@click.command("mainline")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--full", is_flag=True, help="The large size: 60 s each instead of 10 s.")
@click.option("--lanes", default=2, show_default=True, help="Processes in the in-process run.")
@click.option("--http-lanes", default=4, show_default=True, help="Clerks at once in the run over HTTP.")
def mainline(as_json: bool, full: bool, lanes: int, http_lanes: int) -> None:
    """The main line: lifecycles and moves a second in process and over HTTP."""
    import psycopg

    from onewindow.bench.mainline import run

    with own_database() as addresses:
        report = run(addresses.environment(), seconds=60.0 if full else 10.0, lanes=lanes, http_lanes=http_lanes, port=_port())
        with psycopg.connect(addresses.app) as connection:
            report |= {"sizes": sizes(connection), "machine": machine(connection)}
    report = {"schema": "onewindow.bench.mainline/1", "full": full} | report
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    results: Any = report["results"]
    for result in results:
        click.echo(f"{result['name']}: {result['lifecycles_per_s']} lifecycles/s, {result['moves_per_s']} moves/s, {result['lanes']} lanes")
        for step, taken in result["steps"].items():
            click.echo(f"  {step:<18} p50 {taken['p50_ms']} ms  p95 {taken['p95_ms']} ms  p99 {taken['p99_ms']} ms")


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
