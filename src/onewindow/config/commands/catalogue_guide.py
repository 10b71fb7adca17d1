"""``onewindow catalogue guide``: an item's guide as a PDF, whole or for one situation. No database."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import click

from onewindow.config.commands.findings import say, shown
from onewindow.foundation.catalogue.definition import (
    AnswersWrong,
    Definition,
    DefinitionWrong,
    DistrictWrong,
    demo_folder,
    digest,
    load,
    next_question,
    resolve,
)
from onewindow.foundation.catalogue.definition.district.reading import load_places
from onewindow.foundation.catalogue.definition.guides import Edition, Where, mine, whole
from onewindow.foundation.places.rules import WEEKDAYS, Hours, told
from onewindow.kernel.words import Words

SCHEMA = "onewindow.catalogue.guide/1"
_DAYS = dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), WEEKDAYS, strict=True))


@click.command("guide")
@click.argument("item")
@click.option("--situation", multiple=True, metavar="QUESTION=ANSWER[,ANSWER]", help="One answer of the situation; without any, the whole item.")
@click.option("--pdf", "target", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Where to write the PDF.")
@click.option("--district", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None, help="The district's folder (the demonstration's).")
@click.option("--size", type=click.Choice(["a4", "a5"]), default="a4", show_default=True)
@click.option("--elder", is_flag=True, help="Large print, fewer words.")
@click.option("--english", is_flag=True, help="The English edition; the law stays Chinese.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a line.")
def guide_item(
    item: str, situation: tuple[str, ...], target: Path, folder: Path | None, size: str, elder: bool, english: bool, as_json: bool
) -> None:
    """Write ITEM's guide as a PDF: the whole item, or what one situation needs.

    ITEM is the code of an item in the district's folder, or a definition's file. The code to scan on it leads to the live guide
    at ONEWINDOW_PUBLIC_ADDRESS; without that, there is none. Exit codes: 0 written, 1 the item cannot be read, 2 wrong usage.
    """
    district = folder or demo_folder()
    definition = _definition(item, district)
    answers = _answers(situation)
    try:
        where = _where(definition, district)
    except DistrictWrong as wrong:
        say(wrong.findings)
        raise SystemExit(1) from None
    demo = folder is None or (folder / "places.toml").read_text(encoding="utf-8").find("demo = true") >= 0
    mark = digest(definition)[:8]
    edition = Edition(Words(f"内容摘要 {mark}", f"Content {mark}"), datetime.now().astimezone().date(), demo)
    if situation:
        _asked(definition, answers)
        content = mine(definition, resolve(definition, answers), where=where, edition=edition)
    else:
        content = whole(definition, where=where, edition=edition)
    from onewindow.instruments.papers.guides import guide

    made = guide(content, address=_address(definition, answers), size="a5" if size == "a5" else "a4", english=english, elder=elder)
    target.write_bytes(made)
    if as_json:
        report = {"schema": SCHEMA, "item": definition.code, "kind": content["kind"], "answers": answers, "pdf": shown(target), "bytes": len(made)}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        click.echo(f"{shown(target)}  {definition.name.zh}  {len(made)} bytes")


def _definition(item: str, district: Path) -> Definition:
    named = Path(item)
    path = named if named.suffix == ".json" else district / "items" / f"{item}.json"
    if not path.is_file():
        raise click.UsageError(f"没有事项“{item}”。there is no item “{item}”.")
    try:
        return load(path)
    except DefinitionWrong as wrong:
        say(finding.at(shown(path)) for finding in wrong.findings)
        raise SystemExit(1) from None


def _answers(situation: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """``kinds=hot,cold`` names two answers, ``kinds=`` none of them."""
    answers: dict[str, tuple[str, ...]] = {}
    for stated in situation:
        question, found, chosen = stated.partition("=")
        if not found:
            raise click.UsageError(f"情形写成“问题=选项”：{stated}。write a situation as QUESTION=ANSWER: {stated}.")
        answers[question] = tuple(answer for answer in chosen.split(",") if answer)
    return answers


def _asked(definition: Definition, answers: dict[str, tuple[str, ...]]) -> None:
    """Refuse answers that do not fit, and say which question is still open and what can be answered."""
    question = next_question(definition, answers)
    if question is not None:
        choices = "\n".join(f"  {question.code}={answer.code}  {answer.text.zh} {answer.text.en}" for answer in question.answers)
        raise click.UsageError(f"还要回答：{question.text.zh} still to be answered: {question.text.en}\n{choices}")
    try:
        resolve(definition, answers)
    except AnswersWrong as wrong:
        raise click.UsageError("\n".join(f"{finding.zh} {finding.en}" for finding in wrong.findings)) from None


def _where(definition: Definition, district: Path) -> Where:
    file = load_places(district)
    place = file.places[0]
    halls = {hall.code: hall for hall in place.halls}
    hall = halls.get(definition.service.hall)
    week = {_DAYS[day]: Hours(hours.opens, hours.closes) for hours in place.hours for day in hours.days}
    self_service = next((each for each in place.halls if each.workstations), None)
    return Where(
        centre=_words(place.name), hall=_words(hall.name if hall else place.name), address=_words(place.address), hours=told(week),
        self_service=_words(self_service.name) if self_service else None, communities=len(file.communities),
    )  # fmt: skip


def _words(text: object) -> Words:
    return Words(str(getattr(text, "zh", "")), str(getattr(text, "en", "")))


def _address(definition: Definition, answers: dict[str, tuple[str, ...]]) -> str:
    """Where the live guide stands, with the same answers; empty where no public address is set."""
    public = os.environ.get("ONEWINDOW_PUBLIC_ADDRESS", "").rstrip("/")
    if not public:
        return ""
    page = f"{public}/items/{definition.code}/"
    query = urlencode([(f"answers.{code}", value) for code, chosen in answers.items() for value in chosen or ("",)])
    return f"{page}mine/?{query}" if query else page
