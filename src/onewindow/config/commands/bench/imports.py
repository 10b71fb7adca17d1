"""`onewindow bench import`: a workbook of ten thousand items, from the file to published versions."""

from __future__ import annotations

import json
import os
import platform

import click

from onewindow.config.commands.bench.ground import own_database


@click.command("import")
@click.option("--items", default=10_000, show_default=True, help="How many items the workbook has.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def imports(items: int, as_json: bool) -> None:
    """Importing a workbook: seconds of each part and the most memory, with fsync on."""
    from onewindow.bench.importing import made, measured

    data = made(items)
    with own_database() as addresses:
        addresses.adopt()
        import django

        django.setup()
        from django.db import connections

        from onewindow.foundation.places.queries import home_site

        site = home_site()
        assert site is not None  # the demonstration has one
        report = measured(data, site=site.code)
        connections.close_all()
    said = {"schema": "onewindow.bench.import/1"} | report | {"machine": {"cores": os.cpu_count(), "python": platform.python_version()}}
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    parts = f"read {report['read_s']}, check {report['check_s']}, write {report['write_s']}"
    click.echo(f"{report['items']} items, {report['workbook_mb']} MB: {report['seconds']} s ({parts})")
    click.echo(f"most memory: {report['peak_rss_mb']} MB, and {report['child_peak_rss_mb']} MB in the process that reads the cells")
