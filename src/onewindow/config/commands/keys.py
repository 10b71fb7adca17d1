"""`onewindow keys`: the keys of personal data."""

from __future__ import annotations

import click

from onewindow.config import places_on_disk
from onewindow.config.commands.database import attached


@click.group("keys")
def command() -> None:
    """The keys that personal data is sealed under."""


@command.command("rotate")
def rotate() -> None:
    """Make a new wrap key and rewrap every record key under it; values are not touched, nothing stops meanwhile."""
    from onewindow.kernel.crypto import Keyring

    with attached():
        path = places_on_disk.field_keys()
        ring = Keyring.open(path)
        name = ring.rotate()
        ring.save(path)
        from onewindow.config.rotation import rewrap_everything

        done = rewrap_everything()
    click.echo(f"新密钥 {name}，已重新加密 {done} 个记录密钥 · new key {name}, {done} record keys rewrapped")
