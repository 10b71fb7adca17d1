"""``onewindow catalogue lint``: what is wrong, doubtful or could be better in the item definitions. No database."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from onewindow.config.commands.findings import shown
from onewindow.foundation.catalogue.definition import DefinitionWrong, demo_folder, read, read_statutes, statutes_folder
from onewindow.foundation.catalogue.definition.lint import BOOK, SEVERITIES, Remark, Severity, lint_together, misshapen, worst

SCHEMA = "onewindow.catalogue.lint/1"


@click.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--item", "items", multiple=True, metavar="CODE", help="Only this item; it is still compared with all.")
@click.option("--rule", "rules", multiple=True, metavar="OW-LNNN", help="Only this rule.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@click.pass_context
def lint_items(
    context: click.Context, paths: tuple[Path, ...], items: tuple[str, ...], rules: tuple[str, ...], strict: bool, as_json: bool
) -> None:
    """Look over item definitions as an experienced editor would: errors, warnings and advice, each with its place and fix.

    PATH is a definition or a folder of them; without one, the demonstration items. docs/lint.md lists the rules. Exit codes:
    0 no errors, 1 errors (with --strict warnings too), 2 wrong usage.
    """
    if strange := sorted(set(rules) - BOOK.keys()):
        raise click.UsageError(f"没有规则 {', '.join(strange)}。there is no rule {', '.join(strange)}.")
    try:
        files = _files(paths or (demo_folder() / "items",))
        texts = read_statutes(statutes_folder())
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from None
    if not files:
        raise click.UsageError("没有找到事项定义（*.json）。no item definition (*.json) was found.")
    definitions, remarks, where = [], list[Remark](), dict[str, str]()
    for path in files:
        try:
            definition = read(path)
        except DefinitionWrong as wrong:
            where[path.stem] = shown(path)
            remarks += misshapen(path.stem, wrong)
        else:
            where[definition.code] = shown(path)
            definitions.append(definition)
    if strange := sorted(set(items) - where.keys()):
        raise click.UsageError(f"没有事项 {', '.join(strange)}。there is no item {', '.join(strange)}.")
    remarks += lint_together(definitions, texts)
    kept = sorted(said for said in remarks if (not items or said.item in items) and (not rules or said.code in rules))
    if as_json:
        click.echo(json.dumps(_report(kept, where, items), ensure_ascii=False, indent=2))
    else:
        _print(kept, where, len(items) or len(files))
    context.exit(1 if worst(kept) in (("error", "warning") if strict else ("error",)) else 0)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else (path,))]


def _counts(remarks: list[Remark]) -> dict[Severity, int]:
    """How many of each severity, those with none included."""
    found = Counter(said.rule.severity for said in remarks)
    return {severity: found[severity] for severity in SEVERITIES}


def _report(remarks: list[Remark], where: dict[str, str], items: tuple[str, ...]) -> dict[str, object]:
    counts = _counts(remarks)
    return {
        "schema": SCHEMA,
        "ok": not counts["error"],
        "checked": [path for code, path in where.items() if not items or code in items],
        "counts": counts,
        "by_rule": dict(sorted(Counter(said.code for said in remarks).items())),
        "remarks": [{"path": where[said.item], **said.as_dict()} for said in remarks],
    }


def _print(remarks: list[Remark], where: dict[str, str], n: int) -> None:
    """Each remark: where and which rule, the sentence twice, what to do, and the article that asks for it."""
    for said in remarks:
        severity = SEVERITIES[said.rule.severity]
        click.echo(f"{where[said.item]}  {said.address}  [{said.code} {severity.zh} {severity.en}]")
        click.echo(f"    {said.zh}\n    {said.en}\n    → {said.rule.fix.zh} {said.rule.fix.en}")
        for source in said.rule.basis:
            click.echo(f"    《{source.name}》{source.article}：{source.quote}")
    for code, many in sorted(Counter(said.code for said in remarks).items()):
        click.echo(f"{code}  {many:>4}  {BOOK[code].title.zh} {BOOK[code].title.en}")
    counts = "，".join(f"{SEVERITIES[severity].zh} {severity} {many}" for severity, many in _counts(remarks).items())
    click.echo(f"{n} 个事项定义 definition(s)：{counts}")
