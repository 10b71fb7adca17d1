"""`onewindow bench papers`: what is drawn on paper."""

from __future__ import annotations

import json
import os
import platform
from typing import Any

import click


@click.command("papers")
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
