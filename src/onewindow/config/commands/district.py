"""`onewindow district`: a centre's own places, departments, staff, authorisations and items, from a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from onewindow.config.commands.database import attached
from onewindow.config.commands.findings import say, shown
from onewindow.config.district.changes import Change
from onewindow.config.district.reading import read_folder
from onewindow.foundation.catalogue.definition import District, DistrictWrong, Finding

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
SIGNS = {"added": "新增 added", "renewed": "更新 renewed", "withdrawn": "收回 withdrawn", "kept": "保留 kept"}


@click.group("district")
def command() -> None:
    """区县数据: check a district's folder, and load it."""


@command.command("check")
@click.argument("folder", type=FOLDER)
@click.option("--demo", is_flag=True, help="It may be marked as a demonstration.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def check(folder: Path, demo: bool, as_json: bool) -> None:
    """Check everything in FOLDER: shapes, rules, quotations, and whether the files agree. No database.

    Exit codes: 0 all sound, 1 something is wrong, 2 wrong usage.
    """
    with _faults_told("onewindow.district.check/1", as_json):
        district = _read(folder, demo)
    if as_json:
        click.echo(json.dumps({"schema": "onewindow.district.check/1", "ok": True, "findings": []}, indent=2))
    else:
        departments, accounts, items, entries = map(len, (district.departments, district.staff, district.items, district.register))
        click.echo(f"{departments} 个部门、{accounts} 个账号、{items} 个事项、目录 {entries} 项，全部通过")
        click.echo(f"{departments} departments, {accounts} accounts, {items} items, {entries} entries in the register, all sound")


@command.command("load")
@click.argument("folder", type=FOLDER)
@click.option("--demo", is_flag=True, help="It may be marked as a demonstration; only into a demonstration.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def load_(folder: Path, demo: bool, dry_run: bool, as_json: bool) -> None:
    """Check FOLDER and load what is new or changed, all or nothing. The same folder again changes nothing.

    A changed item becomes its next version; authorisations that FOLDER no longer has are withdrawn.
    New accounts have no password and cannot sign in before they are given one.
    Exit codes: 0 loaded, 1 something is wrong and nothing was changed, 2 wrong usage.
    """
    if demo and os.environ.get("ONEWINDOW_DEMONSTRATION", "on") == "off":
        raise click.UsageError(
            "演示数据不能装入真实的中心（ONEWINDOW_DEMONSTRATION=off）。 Demonstration data never goes into a real centre."
        )
    with _faults_told("onewindow.district.load/1", as_json):
        district = _read(folder, demo)
        with attached(demonstration=False):
            from onewindow.config.district.loading import NEEDED, load
            from onewindow.kernel.permissions import Actor

            by = Actor("operator", f"uid-{os.getuid()}", frozenset(permission.code for permission in NEEDED))
            changes = load(district, by=by, rehearse=dry_run)
    _print(changes, dry_run, as_json)


@contextmanager
def _faults_told(schema: str, as_json: bool) -> Iterator[None]:
    """Every fault on the screen, and exit 1."""
    try:
        yield
    except DistrictWrong as wrong:
        found = sorted((finding.at(shown(Path(finding.path))) for finding in wrong.findings), key=_order)
        if as_json:
            report = {"schema": schema, "ok": False, "findings": [finding.as_dict() for finding in found]}
            click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            say(found)
            click.echo(f"{len(found)} 处问题，什么也没有改动 · {len(found)} fault(s), nothing was changed")
        raise SystemExit(1) from None


def _read(folder: Path, demo: bool) -> District:
    try:
        return read_folder(folder, demo=demo)
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from None


def _order(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.pointer, finding.rule


def _print(changes: list[Change], dry_run: bool, as_json: bool) -> None:
    done = [change for change in changes if change.kind != "kept"]
    if as_json:
        said = [{"kind": change.kind, "zh": change.words.zh, "en": change.words.en} for change in changes]
        report = {"schema": "onewindow.district.load/1", "ok": True, "rehearsed": dry_run, "changed": len(done), "changes": said}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for change in changes:
        click.echo(f"{SIGNS[change.kind]}  {change.words.zh} · {change.words.en}")
    zh, en = ("将有", "would be made") if dry_run else ("已有", "made")
    click.echo(f"{zh} {len(done)} 处改动 · {len(done)} change(s) {en}" if done else "没有改动 · nothing changed")
    if any(change.words.en.startswith("account ") for change in done):
        click.echo("新账号还没有密码：onewindow accounts password LOGIN")
        click.echo("New accounts have no password yet: onewindow accounts password LOGIN")
