"""`onewindow bench`: figures, measured."""

from __future__ import annotations

import click

from onewindow.config.commands.bench.catalogue import catalogue
from onewindow.config.commands.bench.imports import imports
from onewindow.config.commands.bench.mainline import mainline
from onewindow.config.commands.bench.papers import papers
from onewindow.config.commands.bench.screens import screens


@click.group("bench")
def command() -> None:
    """Measure; every bench uses a database of its own, with fsync on."""


for each in (catalogue, imports, mainline, papers, screens):
    command.add_command(each)
