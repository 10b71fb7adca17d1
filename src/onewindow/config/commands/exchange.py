"""`onewindow catalogue import` and `export`: the whole catalogue from a file and into one."""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import click

from onewindow.config.commands.database import attached
from onewindow.kernel.errors import Refusal

SCHEMA = "onewindow.catalogue.import/1"
FORMATS = ("json", "xlsx", "national", "national-csv")
_SHOWN = 200  # rows that are told on a screen; --json has them all
_PHASES = {"read": "读取 reading", "check": "检查 checking", "write": "写入 writing"}


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--departments", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A CSV file, a line a department: its code in FILE, its code here.")
@click.option("--serves", type=click.Choice(["person", "company"]), default=None, help="Whom an entry serves whose row does not say it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def import_(file: Path, dry_run: bool, departments: Path | None, serves: str | None, as_json: bool) -> None:
    """Bring FILE into the catalogue, all of it or nothing: a workbook, our own JSON, a list of items, or the national tables.

    Every row is told: created, changed, unchanged, or refused and why. Progress goes to standard error.
    Exit codes: 0 done (or good, in a dry run), 1 something is refused and nothing was written, 2 wrong usage.
    """
    known = _table(departments) if departments else {}
    data = file.read_bytes()
    with attached(demonstration=False):
        from onewindow.foundation.catalogue.definition import read_statutes, statutes_folder
        from onewindow.foundation.catalogue.exchange.actions import bring_in
        from onewindow.foundation.catalogue.exchange.bringing import Brought
        from onewindow.foundation.catalogue.exchange.outcomes import Wishes
        from onewindow.foundation.catalogue.exchange.planning import plan
        from onewindow.foundation.catalogue.exchange.queries import standing
        from onewindow.foundation.places.queries import home_site

        home, progress = home_site(), Progress()
        if home is None:
            raise click.UsageError("还没有中心：请先 onewindow district load。There is no centre yet: onewindow district load.")
        before = standing()
        made = plan(Brought(data, read_statutes(statutes_folder()), progress), before, Wishes(known, serves or ""))
        done, refused = None, ""
        if made.good and not dry_run:
            try:
                done = bring_in(by=_operator(), site=home.code, plan=made, told=progress)
            except Refusal as refusal:
                refused = refusal.message("zh-hans") + " " + refusal.message("en")
        progress.end()
    report: dict[str, Any] = {"schema": SCHEMA, "ok": made.good and not refused, "rehearsed": dry_run, "written": done._asdict() if done else None}
    report |= made.as_dict()
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _print(report, refused)
    if not report["ok"]:
        raise SystemExit(1)


@click.command("export")
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True, help="JSON, workbook, or the national tables as JSON or zipped CSV.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Where to write; standard output without it.")
def export(form: str, output: Path | None) -> None:
    """Write the catalogue: every item in force and the register. The same catalogue always gives the same JSON, byte for byte."""
    with attached(demonstration=False):
        from onewindow.foundation.catalogue.exchange.exporting import exported

        pieces = exported(form)
        if output is None:
            out = sys.stdout.buffer
            for piece in pieces:
                out.write(piece)
            out.flush()
            return
        beside = output.with_name(output.name + ".part")
        with beside.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        beside.replace(output)


class Progress:
    """How far it is, on standard error: on a terminal one line that changes, else a line every few seconds."""

    def __init__(self) -> None:
        self.told_at, self.terminal, self.phase = time.monotonic(), sys.stderr.isatty(), ""

    def __call__(self, phase: str, n: int, of: int) -> None:
        now = time.monotonic()
        if phase == self.phase and now - self.told_at < (0.2 if self.terminal else 2.0) and n != of:
            return
        self.told_at, self.phase = now, phase
        said = f"{_PHASES[phase]} {n:,}" + (f" / {of:,}" if of else "")
        click.echo(f"\r{said}\033[K" if self.terminal else said, err=True, nl=not self.terminal)

    def end(self) -> None:
        if self.terminal and self.phase:
            click.echo("", err=True)


def _table(path: Path) -> dict[str, str]:
    """Which department here is meant by which code there."""
    try:
        rows = [row for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()) if row and not row[0].startswith("#")]
    except (UnicodeDecodeError, csv.Error) as error:
        raise click.UsageError(f"{path}: {error}") from None
    if wrong := next((row for row in rows if len(row) < 2), None):
        raise click.UsageError(f"{path}: 每行应有两列：文件中的编码,本系统的部门代码 · two columns a line: {','.join(wrong)}")
    return {row[0].strip(): row[1].strip() for row in rows}


def _operator() -> Any:
    from onewindow.foundation.catalogue.policies import IMPORT, KEEP_REGISTER, PUBLISH
    from onewindow.kernel.permissions import Actor

    return Actor("operator", f"uid-{os.getuid()}", frozenset(permission.code for permission in (IMPORT, PUBLISH, KEEP_REGISTER)))


def _print(report: dict[str, Any], refused: str) -> None:
    for problem in (*report["problems"], *report["notes"]):
        _say("", problem)
    told = [row for row in report["rows"] if row["problems"] or row["notes"]]
    for row in told[:_SHOWN]:
        for problem in (*row["problems"], *row["notes"]):
            _say(row["code"], problem)
    if len(told) > _SHOWN:
        click.echo(f"…另有 {len(told) - _SHOWN} 行，--json 可以看到全部 · {len(told) - _SHOWN} more rows, all of them with --json")
    counts = report["counts"]
    click.echo(f"新增 {counts['created']}，变更 {counts['changed']}，不变 {counts['unchanged']}，不予导入 {counts['refused']}")
    click.echo(f"{counts['created']} created, {counts['changed']} changed, {counts['unchanged']} unchanged, {counts['refused']} refused")
    if refused:
        click.echo(refused)
    elif not report["ok"]:
        click.echo("什么也没有写入 · nothing was written")
    elif report["rehearsed"]:
        click.echo("这是预演，什么也没有写入 · this was a dry run, nothing was written")
    else:
        click.echo("已全部写入 · all of it was written")


def _say(code: str, problem: dict[str, Any]) -> None:
    place = " ".join(part for part in (problem["sheet"], f"第 {problem['row']} 行" if problem["row"] else "", problem["column"]) if part)
    click.echo(f"{place or '—'}  {code}  [{problem['rule']}]  {problem['value']}".rstrip())
    click.echo(f"    {problem['zh']}。{problem['do_zh']}。")
    click.echo(f"    {problem['en']}. {problem['do_en']}.")
