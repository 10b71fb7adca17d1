"""Pure composition of legal documents: plain, versioned data in the words the law asks for.

A paper is a dictionary with `schema`, `title`, `case`, `item`, `date`, `seal`, and `blocks` (and `demo` when issued by a demonstration); a block is a
paragraph ``{"zh", "en"}`` or a list ``{"list": [...]}``. It is frozen when issued; screens and the
printer only show it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from onewindow.foundation.catalogue.definition import Definition
from onewindow.kernel.words import Words
from onewindow.law.packs import of_law

SCHEMA = "onewindow.paper/1"
# Stands for the query code in what is stored; filled in only when the paper is shown.
QUERY_CODE = "{query-code}"
Paper = dict[str, Any]
Block = dict[str, Any]


def paper(
    title: Words, *, case: str, definition: Definition, addressee: str, on: date, seal: str, blocks: Iterable[Block]
) -> Paper:
    """One document. `addressee` is how the applicant is named on paper; `seal` the department's special seal."""
    return {
        "schema": SCHEMA,
        "title": title._asdict(),
        "case": case,
        "item": {"zh": definition.name.zh, "en": definition.name.en},
        "department": {"zh": definition.department.name.zh, "en": definition.department.name.en},
        "addressee": addressee,
        "date": on.isoformat(),
        "seal": seal,
        "blocks": list(blocks),
    }


def governed(definition: Definition, words: Words) -> Block:
    """A sentence of the item's pack of rules, its own law named."""
    laws = definition.basis
    said = of_law(words, laws[0].law if laws else "")
    return paragraph(said.zh, said.en)


def paragraph(zh: str, en: str) -> Block:
    return {"zh": zh, "en": en}


def listing(lines: Iterable[tuple[str, str]]) -> Block:
    return {"list": [{"zh": zh, "en": en} for zh, en in lines]}


def chinese_date(day: date) -> str:
    """2026年9月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


def english_date(day: date) -> str:
    """24 September 2026."""
    return f"{day.day} {day:%B} {day.year}"


def provisional() -> Block:
    """What a paper adds to dates that reach beyond the published calendar."""
    return paragraph(
        "以上日期涉及尚未公布放假安排的年度，为暂定日期，以公布后的安排为准。",
        "These dates reach into a year whose holidays are not yet published; they are provisional until then.",
    )


def remedies(definition: Definition) -> Block:
    """To which agency and court, and until when, to turn against a decision (reconsideration law art 20, litigation law art 46)."""
    again, court = definition.remedies.reconsideration, definition.remedies.lawsuit
    return listing(
        [
            (f"向{again.body.zh}申请行政复议：{again.text.zh}", f"Reconsideration, by the {again.body.en}: {again.text.en}"),
            (f"向{court.body.zh}提起行政诉讼：{court.text.zh}", f"Lawsuit, at the {court.body.en}: {court.text.en}"),
        ]
    )


def with_query_code(content: Paper, code: str) -> Paper:
    """The paper as it is shown: the query code in its place."""
    shown = [
        {key: text.replace(QUERY_CODE, code) for key, text in block.items()} if "list" not in block else block
        for block in content["blocks"]
    ]
    return content | {"blocks": shown}
