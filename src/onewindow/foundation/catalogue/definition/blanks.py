"""The blank application form (空白申请表), composed as plain data (`onewindow.form/1`): every field of an item, or of one situation, to be filled in by hand.

What a field looks like on paper follows from its kind: single boxes for numbers of a known length, year, month and day for a date,
boxes to tick for choices, ruled lines for everything else. Nothing of anybody is on it. Pure: where and when come in as arguments.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onewindow.foundation.catalogue.definition.guide_sections import Where, answered, words
from onewindow.foundation.catalogue.definition.guides import Edition
from onewindow.foundation.catalogue.definition.model import Definition, FormField, FormSection, ResolvedItem
from onewindow.foundation.catalogue.definition.told import only_when
from onewindow.kernel.words import Words

SCHEMA = "onewindow.form/1"
BOXES = {"id-number": 18, "credit-code": 18}  # GB 11643, GB 32100
ON_A_LINE = 30  # characters that somebody writes on one line of A4
MOST_LINES = 5
_NOTHING = Words("", "")


def form_of(definition: Definition, *, where: Where, edition: Edition) -> dict[str, Any]:
    """Every field of the item; one that only some situations ask for says which."""
    return _form(definition, "whole", definition.form, where, edition, told=True)


def form_of_mine(definition: Definition, resolved: ResolvedItem, *, where: Where, edition: Edition) -> dict[str, Any]:
    """The fields of one situation, and its answers."""
    return _form(definition, "mine", resolved.form, where, edition, told=False) | {"answers": answered(definition, resolved.answers)}


def _form(definition: Definition, kind: str, sections: Iterable[FormSection], where: Where, edition: Edition, *, told: bool) -> dict[str, Any]:
    return {
        "schema": SCHEMA, "kind": kind, "title": words(definition.name)._asdict(), "department": words(definition.department.name)._asdict(),
        "centre": where.centre._asdict(), "number": definition.implementation_code, "version": edition.version._asdict(),
        "date": edition.printed.isoformat(), "demo": edition.demo, "answers": [],
        "sections": [
            {"title": words(section.title)._asdict(), "fields": [_field(definition, field, told=told) for field in section.fields]} for section in sections
        ],
    }  # fmt: skip


def _field(definition: Definition, field: FormField, *, told: bool) -> dict[str, Any]:
    said = [words(part) for part in (field.help, field.check.message if field.check is not None else None) if part is not None]
    hint = Words(" ".join(each.zh for each in said), " ".join(each.en for each in said))
    asked = only_when(definition, field.when) if told and field.when else _NOTHING
    shape = "boxes" if field.kind in BOXES else "date" if field.kind == "date" else "ticks" if field.choices else "lines"
    return {
        "label": words(field.label)._asdict(), "required": field.required, "shape": shape, "boxes": BOXES.get(field.kind, 0),
        "choices": [words(choice.text)._asdict() for choice in field.choices], "when": asked._asdict(), "hint": hint._asdict(),
        "lines": 1 if field.kind in ("number", "phone") else min(MOST_LINES, max(1, -(-field.max_length // ON_A_LINE) // 2)),
    }  # fmt: skip
