"""``onewindow catalogue search`` and ``vectors``: what the search finds, and the meanings that come with the demonstration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from onewindow.config.commands.database import attached
from onewindow.foundation.catalogue.definition import demo_folder, load_district
from onewindow.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.search.queries import Hit

SCHEMA = "onewindow.catalogue.search/1"


@click.command("search")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 200), help="How many at most.")
@click.pass_context
def search(context: click.Context, text: str, as_json: bool, limit: int) -> None:
    """Find items by TEXT, in everyday words, first letters or English, as the guide does. Nothing is counted.

    Each result says how it was met (exact, prefix, inside, initials, around, event, meaning) and by which of its texts.
    Exit codes: 0 something was found, 1 nothing was, 2 wrong usage.
    """
    with attached():
        from onewindow.foundation.catalogue.search import queries

        try:
            found = queries.search(text)
        except InvalidInput as refusal:
            raise click.UsageError(refusal.message("zh-hans")) from None
    if as_json:
        report = {
            "schema": SCHEMA, "ok": bool(found.hits), "query": found.query, "n": len(found.hits),
            "results": [_told(hit) for hit in found.hits[:limit]], "near": [_told(hit) for hit in found.near],
        }  # fmt: skip
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        click.echo(f"{len(found.hits)} 件事 · item(s): {found.query}")
        for hit in found.hits[:limit]:
            click.echo(f"  {hit.row.words.zh}  {hit.row.code}  ({hit.how}: {hit.by})")
        for hit in found.near:
            click.echo(f"  也许 · perhaps: {hit.row.words.zh}  {hit.row.code}")
    context.exit(0 if found.hits else 1)


def _told(hit: Hit) -> dict[str, object]:
    row = hit.row
    told: dict[str, object] = {"code": row.code, "name": {"zh": row.words.zh, "en": row.words.en}, "complete": row.complete, "how": hit.how, "by": hit.by}
    return told if hit.likeness is None else told | {"likeness": round(hit.likeness, 3)}


@click.command("vectors")
def vectors() -> None:
    """Compute the meanings that come with the demonstration (demo/vectors.bin) anew, as its items and its register stand. No database."""
    from onewindow.foundation.catalogue.search import meaning, shipped
    from onewindow.foundation.catalogue.search.rules import said

    district = load_district(demo_folder())
    items = {item.code: item for item in district.items}
    texts = dict.fromkeys(
        text for item in items.values() for text in said((item.name.zh, item.name.en), item.aliases)
    ) | dict.fromkeys(text for line in district.register for text in said((line.name,), ()))  # fmt: skip
    standing = dict(shipped.read(demo_folder()))
    wanted = {meaning.digest(text): text for text in texts}
    missing = [digest for digest in wanted if digest not in standing]
    fresh = dict(zip(missing, meaning.vectors(wanted[digest] for digest in missing), strict=True))
    n = shipped.write(demo_folder(), {digest: (standing | fresh)[digest] for digest in wanted}.items())
    click.echo(f"{n} 个向量，新算 {len(fresh)} 个 · {n} vectors, {len(fresh)} of them new")
