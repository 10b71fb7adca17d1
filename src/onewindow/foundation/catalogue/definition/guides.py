"""The guide on paper (办事指南), composed as plain data (`onewindow.guide/1`): the whole item, or only what one situation needs.

The same text for a web visitor's PDF, the counter's printer and the command line. Sections are a `head` in both languages and `rows`
(a name and what is said of it), a `list`, or a `checklist` of materials. Pure: where and when come in as arguments.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow.foundation.catalogue.definition.guide_sections import (
    Section,
    Where,
    answered,
    at_a_glance,
    basis,
    checklist,
    commissioned,
    complaints,
    limits,
    list_of,
    often_asked,
    place,
    steps,
    where_it_applies,
    words,
)
from onewindow.foundation.catalogue.definition.model import Definition, ResolvedItem
from onewindow.kernel.words import Words

SCHEMA = "onewindow.guide/1"
Guide = dict[str, Any]

__all__ = ["SCHEMA", "Edition", "Guide", "Where", "mine", "whole"]


@dataclass(frozen=True)
class Edition:
    """Which edition of the item this is, in words, and on which day it was printed; `demo` for a demonstration's."""

    version: Words
    printed: date
    demo: bool = False


def whole(definition: Definition, *, where: Where, edition: Edition) -> Guide:
    """The whole item: every material, each with the situations that need it."""
    sections = [
        at_a_glance(definition, definition.fees.items, where),
        checklist(definition, definition.materials, told=True),
        list_of("conditions", Words("办理条件", "Conditions"), (where_it_applies(definition, c.text, c.when) for c in definition.conditions)),
        list_of("barred", Words("不予办理的情形", "When it is refused"), (where_it_applies(definition, c.text, c.when) for c in definition.prohibitions)),
        commissioned(definition),
        place(definition, where),
        steps(definition.steps),
        limits(definition),
        often_asked(definition),
        basis(definition),
        complaints(definition),
    ]
    return _guide(definition, "whole", sections, edition, where)


def mine(definition: Definition, resolved: ResolvedItem, *, where: Where, edition: Edition) -> Guide:
    """One situation: its answers, and only what they need, or why nothing is needed."""
    given = answered(definition, resolved.answers)
    if resolved.not_needed is not None:
        sections = [list_of("not-needed", Words("您不用办这件事", "You need not apply"), [words(resolved.not_needed)]), complaints(definition)]
        return _guide(definition, "mine", sections, edition, where) | {"answers": given}
    sections = [
        at_a_glance(definition, resolved.fees, where),
        checklist(definition, resolved.materials, told=False),
        list_of("conditions", Words("办理条件", "Conditions"), (words(condition.text) for condition in resolved.conditions)),
        commissioned(definition),
        place(definition, where),
        steps(resolved.steps),
        limits(definition),
        basis(definition),
        complaints(definition),
    ]
    return _guide(definition, "mine", sections, edition, where) | {"answers": given}


def _guide(definition: Definition, kind: str, sections: Iterable[Section | None], edition: Edition, where: Where) -> Guide:
    return {
        "schema": SCHEMA, "kind": kind, "title": words(definition.name)._asdict(), "department": words(definition.department.name)._asdict(),
        "centre": where.centre._asdict(), "summary": words(definition.summary)._asdict(), "number": definition.implementation_code,
        "version": edition.version._asdict(), "date": edition.printed.isoformat(), "demo": edition.demo, "answers": [],
        "sections": [section for section in sections if section],
    }  # fmt: skip
