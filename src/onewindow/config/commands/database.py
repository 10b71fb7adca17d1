"""`onewindow database`, and the way every command that needs the database attaches to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from onewindow.config.processes.installation import Addresses, prepare, reach, reached
from onewindow.kernel.errors import CannotStart


@contextmanager
def attached(*, demonstration: bool = True) -> Iterator[Addresses]:
    """Attach to the running database or start it, migrate, fill an empty one, and set Django up.

    An embedded database started for this is stopped again when nobody else uses it. A refusal ends the
    command with exit 1.
    """
    try:
        with reached() as addresses:
            prepare(addresses, demonstration=demonstration)
            addresses.adopt()
            import django

            django.setup()
            yield addresses
    except CannotStart as refusal:
        _give_up(refusal)


def _give_up(refusal: CannotStart) -> None:
    click.echo(refusal.message("zh-hans"), err=True)
    click.echo(refusal.message("en"), err=True)
    raise SystemExit(1) from None


@click.group("database")
def command() -> None:
    """The database: start, stop, address."""


@command.command("start")
def start() -> None:
    """Start the embedded database (or check the one `DATABASE_URL` names), migrate, fill it if empty."""
    addresses = reach()
    prepare(addresses)
    click.echo(addresses.app)


@command.command("stop")
def stop() -> None:
    """Stop the embedded database; clients are disconnected, data is safe."""
    from onewindow.config import places_on_disk
    from onewindow.kernel.cluster import Cluster

    stopped = Cluster(places_on_disk.home() / "database").stop()
    click.echo("已停止 · stopped" if stopped else "没有在运行 · was not running")


@command.command("address")
def address() -> None:
    """Print the running role's address, for psql and for `DATABASE_URL`."""
    click.echo(reach().app)
