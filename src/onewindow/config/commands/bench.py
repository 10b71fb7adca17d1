"""`onewindow bench`: figures, measured."""

from __future__ import annotations

import json
import os
import platform
import socket
import tempfile
from typing import Any

import click

from onewindow.config.commands.bench_import import import_
from onewindow.config.processes.installation import Addresses, prepare, reached
from onewindow.kernel.errors import CannotStart


@click.group("bench")
def command() -> None:
    """Measure; every bench uses a database of its own, with fsync on."""


command.add_command(import_)


@command.command("mainline")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--full", is_flag=True, help="The large size: 60 s each instead of 10 s.")
@click.option("--lanes", default=2, show_default=True, help="Processes in the in-process run.")
@click.option("--http-lanes", default=4, show_default=True, help="Clerks at once in the run over HTTP.")
def mainline(as_json: bool, full: bool, lanes: int, http_lanes: int) -> None:
    """The main line: lifecycles and moves a second in process and over HTTP."""
    import psycopg

    from onewindow.bench.mainline import run

    # The bench brings its own district and sends nothing, whatever this installation is.
    os.environ |= {"ONEWINDOW_DEMONSTRATION": "on", "ONEWINDOW_GATEWAY": "virtual", "ONEWINDOW_CLOCK": "machine"}
    try:
        with reached() as home:
            if home.cluster is None:
                raise click.UsageError("the bench needs the embedded database: unset DATABASE_URL")
            name = f"bench_{os.getpid()}"
            home.cluster.create_database(name)
            try:
                addresses = Addresses(home.cluster.dsn("app", name), home.cluster.dsn("owner", name), None)
                prepare(addresses)
                report = run(
                    addresses.environment(), seconds=60.0 if full else 10.0, lanes=lanes, http_lanes=http_lanes, port=_port()
                )
                with psycopg.connect(addresses.app) as connection:
                    report["sizes"] = _sizes(connection)
                    report["machine"] = _machine(connection)
            finally:
                home.cluster.drop_database(name)
    except CannotStart as refusal:
        click.echo(refusal.message("en"), err=True)
        raise SystemExit(1) from None
    report = {"schema": "onewindow.bench.mainline/1", "full": full} | report
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    results: Any = report["results"]
    for result in results:
        click.echo(f"{result['name']}: {result['lifecycles_per_s']} lifecycles/s, {result['moves_per_s']} moves/s, {result['lanes']} lanes")
        for step, taken in result["steps"].items():
            click.echo(f"  {step:<18} p50 {taken['p50_ms']} ms  p95 {taken['p95_ms']} ms  p99 {taken['p99_ms']} ms")


@command.command("papers")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--full", is_flag=True, help="The large size: 2,000 of each instead of 200.")
def papers(as_json: bool, full: bool) -> None:
    """A page of A4, an 80 mm slip, a ticket: milliseconds each. No database."""
    from onewindow.bench.papers import run

    report: dict[str, Any] = {"schema": "onewindow.bench.papers/1", "full": full} | run(n=2_000 if full else 200)
    report["machine"] = {"cores": os.cpu_count(), "python": platform.python_version()}
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    click.echo(f"first of a process: {report['first_ms']} ms")
    for result in report["results"]:
        click.echo(f"{result['name']:<8} p50 {result['p50_ms']} ms  p95 {result['p95_ms']} ms  p99 {result['p99_ms']} ms  {result['bytes']} bytes")


@command.command("catalogue")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--full", is_flag=True, help="Five times as many rounds.")
def catalogue(as_json: bool, full: bool) -> None:
    """The catalogue on one core: searching two thousand things, and what a publication costs."""
    os.environ |= {"ONEWINDOW_DEMONSTRATION": "on", "ONEWINDOW_GATEWAY": "virtual", "ONEWINDOW_CLOCK": "machine"}
    with tempfile.TemporaryDirectory() as home:
        os.environ["ONEWINDOW_HOME"] = home
        try:
            with reached() as addresses:
                prepare(addresses)
                addresses.adopt()
                import django

                django.setup()
                from onewindow.bench.catalogue import run

                report: dict[str, Any] = {"schema": "onewindow.bench.catalogue/1", "full": full} | run(full=full)
                import psycopg

                with psycopg.connect(addresses.app) as connection:
                    report["machine"] = _machine(connection)
        except CannotStart as refusal:
            click.echo(refusal.message("en"), err=True)
            raise SystemExit(1) from None
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for result in report["search"]["results"]:
        click.echo(f"{result['name']:<14} p50 {result['p50_ms']} ms  p95 {result['p95_ms']} ms  over {report['search']['things']} things")


def _sizes(connection: Any) -> dict[str, int]:
    tables = {"cases": "cases_case", "ledger_rows": "ledger_entry", "documents": "cases_document", "windows": "places_window"}
    sizes = {name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in tables.items()}
    opened = connection.execute("SELECT sessions FROM pg_stat_database WHERE datname = current_database()").fetchone()[0]
    return sizes | {"database_sessions_opened": opened}


def _machine(connection: Any) -> dict[str, Any]:
    def shown(name: str) -> str:
        return str(connection.execute(f"SHOW {name}").fetchone()[0])

    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgres": shown("server_version"),
        "fsync": shown("fsync"),
        "synchronous_commit": shown("synchronous_commit"),
    }


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@command.command("screens")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--full", is_flag=True, help="The whole past of sixty working days instead of five.")
@click.option("--rounds", default=60, show_default=True, help="How often each page is opened.")
def screens(as_json: bool, full: bool, rounds: int) -> None:
    """Every page: p50, p95, queries and bytes, with the demonstration's past loaded."""
    os.environ |= {
        "ONEWINDOW_DEMONSTRATION": "on", "ONEWINDOW_GATEWAY": "virtual", "ONEWINDOW_CLOCK": "demo", "ONEWINDOW_HISTORY": "60" if full else "5",
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as home:
        os.environ["ONEWINDOW_HOME"] = home
        try:
            with reached() as addresses:
                prepare(addresses, serving=True)
                addresses.adopt()
                import django

                django.setup()
                from onewindow.bench.screens import run

                report: dict[str, Any] = {"schema": "onewindow.bench.screens/1", "full": full, "results": run(rounds=rounds)}
                import psycopg

                with psycopg.connect(addresses.app) as connection:
                    report |= {"sizes": _sizes(connection), "machine": _machine(connection)}
        except CannotStart as refusal:
            click.echo(refusal.message("en"), err=True)
            raise SystemExit(1) from None
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for row in report["results"]:
        click.echo(f"{row['name']:<24} {row['status']}  p50 {row['p50_ms']:>7} ms  p95 {row['p95_ms']:>7} ms  {row['queries']:>3} queries  {row['bytes']:>7} bytes")
