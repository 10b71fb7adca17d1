"""``onewindow catalogue``: are the item definitions whole, sourced and exactly quoted? Without a database, but for import and export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from onewindow.config.commands import catalogue_search, exchange
from onewindow.config.commands.catalogue_guide import guide_item
from onewindow.config.commands.catalogue_lint import lint_items
from onewindow.config.commands.findings import say, shown
from onewindow.foundation.catalogue.definition import (
    DefinitionWrong,
    DistrictWrong,
    Finding,
    Statute,
    demo_folder,
    examine,
    load,
    load_district,
    read_statutes,
    statutes_folder,
)
from onewindow.foundation.catalogue.definition.bundles import examine_bundle
from onewindow.foundation.catalogue.definition.writing import written

SCHEMA = "onewindow.catalogue.check/1"


@click.group("catalogue")
def command() -> None:
    """事项清单: check the definitions of service items."""


command.add_command(catalogue_search.search)
command.add_command(catalogue_search.vectors)
command.add_command(lint_items)
command.add_command(guide_item)


@command.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@click.pass_context
def check_items(context: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Check item definitions: shape, rules, sources, and every quotation against the statute texts.

    PATH is a definition or a folder of them; without one, the demonstration items, the bundles
    of them and the district around. Exit codes: 0 all sound, 1 something is wrong, 2 wrong usage.
    """
    try:
        files = list(_definitions(paths or (demo_folder() / "items",)))
        texts = read_statutes(statutes_folder())
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from None
    if not files:
        raise click.UsageError("没有找到事项定义（*.json）。no item definition (*.json) was found.")
    findings = [finding.at(shown(path)) for path in files for finding in examine(path, texts)]
    if not paths:
        findings += _bundle_findings(files, texts)
        findings += _district_findings(already={finding.path for finding in findings})
    if as_json:
        click.echo(json.dumps(_report(files, findings), ensure_ascii=False, indent=2))
    else:
        _print(files, findings)
    context.exit(1 if findings else 0)


@command.command("format")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def format_items(paths: tuple[Path, ...], as_json: bool) -> None:
    """Lay item definitions out anew, always alike; what they say stays as it is. Without a PATH, the demonstration's."""
    changed = []
    for path in _definitions(paths or (demo_folder() / "items",)):
        text = path.read_text(encoding="utf-8")
        try:
            anew = written(json.loads(text))
        except json.JSONDecodeError as error:
            raise click.ClickException(f"{shown(path)}: {error}") from None
        if anew != text:
            path.write_text(anew, encoding="utf-8")
            changed.append(shown(path))
    if as_json:
        click.echo(json.dumps({"schema": "onewindow.catalogue.format/1", "changed": changed}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([*changed, f"{len(changed)} 个文件已重排 file(s) laid out anew"]))


command.add_command(exchange.import_)
command.add_command(exchange.export)


def _definitions(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.json")) if path.is_dir() else (path,)


def _bundle_findings(files: list[Path], texts: dict[str, Statute]) -> list[Finding]:
    """What is wrong with the bundles of these items; an item at fault has been told of, and its bundles wait for it."""
    try:
        items = {item.code: item for item in map(load, files)}
    except DefinitionWrong:
        return []
    bundles = sorted((demo_folder() / "bundles").glob("*.json"))
    return [finding.at(shown(path)) for path in bundles for finding in examine_bundle(path, items, texts)]


def _district_findings(already: set[str]) -> list[Finding]:
    """What is wrong around the items; the items' own faults have been told."""
    try:
        load_district(demo_folder())
    except DistrictWrong as wrong:
        found = (finding.at(shown(Path(finding.path))) for finding in wrong.findings)
        return [finding for finding in found if finding.path not in already]
    return []


def _report(files: list[Path], findings: list[Finding]) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "ok": not findings,
        "checked": [shown(path) for path in files],
        "findings": [finding.as_dict() for finding in findings],
    }


def _print(files: list[Path], findings: list[Finding]) -> None:
    say(findings)
    verdict = f"{len(findings)} 处问题 fault(s)" if findings else "全部通过 all sound"
    click.echo(f"{len(files)} 个事项定义 definition(s)，{verdict}")
