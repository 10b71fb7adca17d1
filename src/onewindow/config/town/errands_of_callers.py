"""What callers bring: an application filled in for an item, complete or with something lacking."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from onewindow.config.town.plans import Want
from onewindow.errands.sitting import Application
from onewindow.foundation.catalogue.definition import next_question, resolve
from onewindow.foundation.catalogue.definition.model import FormField
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7
from onewindow.stages.acceptance.rules import NECESSARY

_SAMPLES = {
    "text": "演示", "number": "12", "id-number": "11010519491231002X", "credit-code": "91110000600037341L",
    "phone": "12000000001", "address": "示范路 1 号（演示）",
}  # fmt: skip
_TEXTS = (  # a name, a place, a certificate's number, an account, a telephone, a site: whatever a field's pattern may ask for
    "演示", "演示商贸有限公司", "A1", "200", "A120000001", "120000000001", "演示事务所（普通合伙）", "12000000001", "yanshi.example",
)  # fmt: skip


def first_answers(item: str) -> dict[str, list[str]]:
    """The first answer to every question that does not end the matter."""
    definition, answers = published(item).definition, dict[str, list[str]]()
    while (question := next_question(definition, answers)) is not None:
        answers[question.code] = [next(a.code for a in question.answers if a.not_needed is None)]
    return answers


def brought(want: Want, known: Mapping[str, str]) -> Application:
    """The application for what is wanted; `known` is what the centre knows of the parties, by the names of `Prefill`."""
    answers = first_answers(want.item)
    resolved = resolve(published(want.item).definition, answers)
    form = {field.code: known.get(field.prefill or "") or _born(field, known) or _filled_in(field) for field in resolved.fields}
    given = [material.code for material in resolved.materials]
    if want.flaw == "lacking":
        necessary = [m.code for m in resolved.materials if m.need == NECESSARY]
        given = [code for code in given if code not in necessary[-1:]]
    return Application(want.item, answers, form, frozenset(given), uuid7())


def _born(field: FormField, known: Mapping[str, str]) -> str:
    """The applicant's day of birth as their identity number tells it; empty for any other field."""
    number = known.get("applicant.id-number", "")
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}" if field.code == "born" and len(number) == 18 else ""


def _filled_in(field: FormField) -> str:
    """A value the field's own rule accepts."""
    bound = field.check.value if field.check is not None else None
    rule = field.check.rule if field.check is not None else ""
    match field.kind:
        case "choice":
            return field.choices[0].code
        case "date":
            return (clock.today() + timedelta(days=30 if rule == "future" else -200)).isoformat()
        case "number" if rule in ("minimum", "maximum") and bound is not None:
            return bound
        case "text" if rule == "pattern" and bound is not None:
            return next(text for text in _TEXTS if re.fullmatch(bound, text))
    return _SAMPLES[field.kind]
