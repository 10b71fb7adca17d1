"""How commands say what is wrong with a file: for people, both languages, the file as they would type it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from onewindow.foundation.catalogue.definition import Finding


def say(findings: Iterable[Finding]) -> None:
    """Each fault on three lines: where and which rule, then the sentence twice."""
    for finding in findings:
        click.echo(f"{finding.path}  {finding.pointer}  [{finding.rule}]")
        click.echo(f"    {finding.zh}")
        click.echo(f"    {finding.en}")


def shown(path: Path) -> str:
    """The path as the reader would type it: relative to where they stand, when it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
