"""The ground a bench stands on: an installation or a database of its own, thrown away afterwards."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from onewindow.config.processes.installation import Addresses, prepare, reached
from onewindow.kernel.errors import CannotStart

ALONE = {"ONEWINDOW_DEMONSTRATION": "on", "ONEWINDOW_GATEWAY": "virtual", "ONEWINDOW_CLOCK": "machine", "ONEWINDOW_HISTORY": "0"}


@contextmanager
def own_installation(serving: bool = False, **said: str) -> Iterator[Addresses]:
    """An installation in a folder of its own, with Django on it; `said` are its settings. Ends the command where it cannot start."""
    os.environ |= ALONE | said
    with tempfile.TemporaryDirectory() as home:
        os.environ["ONEWINDOW_HOME"] = home
        try:
            with reached() as addresses:
                prepare(addresses, serving=serving)
                addresses.adopt()
                import django

                django.setup()
                yield addresses
        except CannotStart as refusal:
            raise _unable(refusal) from None


@contextmanager
def own_database() -> Iterator[Addresses]:
    """A database of its own in the embedded cluster that there is, whatever this installation is; nothing is sent."""
    os.environ |= ALONE
    try:
        with reached() as home:
            if home.cluster is None:
                raise click.UsageError("the bench needs the embedded database: unset DATABASE_URL")
            name = f"bench_{os.getpid()}"
            home.cluster.create_database(name)
            try:
                addresses = Addresses(home.cluster.dsn("app", name), home.cluster.dsn("owner", name), None)
                prepare(addresses)
                yield addresses
            finally:
                home.cluster.drop_database(name)
    except CannotStart as refusal:
        raise _unable(refusal) from None


def _unable(refusal: CannotStart) -> SystemExit:
    click.echo(refusal.message("en"), err=True)
    return SystemExit(1)


def sizes(connection: Any) -> dict[str, int]:
    tables = {"cases": "cases_case", "ledger_rows": "ledger_entry", "documents": "cases_document", "windows": "places_window"}
    sizes = {name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in tables.items()}
    opened = connection.execute("SELECT sessions FROM pg_stat_database WHERE datname = current_database()").fetchone()[0]
    return sizes | {"database_sessions_opened": opened}


def machine(connection: Any) -> dict[str, Any]:
    def shown(name: str) -> str:
        return str(connection.execute(f"SHOW {name}").fetchone()[0])

    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgres": shown("server_version"),
        "fsync": shown("fsync"),
        "synchronous_commit": shown("synchronous_commit"),
    }
