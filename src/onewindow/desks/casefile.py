"""A case as every staff desk shows it: form, materials with their acceptance points, clock, history, papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onewindow.foundation.catalogue.definition import resolve
from onewindow.foundation.people.queries import masked_number
from onewindow.kernel import clock
from onewindow.kernel.identifiers import mask
from onewindow.law.calendars import packaged
from onewindow.law.limits import explain, remaining
from onewindow.spine.cases.queries import form_of, timeline
from onewindow.spine.cases.rules import answer_texts, ends

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Case


def case_file(case: Case) -> dict[str, Any]:
    """The context of a case page."""
    definition = case.item.definition
    resolved = resolve(definition, case.answers)
    values = form_of(case)
    standings = {material.code: material for material in case.materials.all()}
    promised = ends(definition.limits.promised, case.accepted_on, packaged()) if case.accepted_on else None
    return {
        "case": case,
        "definition": definition,
        "form": [
            {"title": section.title, "rows": [{"label": f.label, "value": _shown(f, values.get(f.code, ""))} for f in section.fields]}
            for section in resolved.form
        ],
        "answers": [
            {"text": q.text, "answer": text}
            for q in definition.questions
            if (text := answer_texts(definition, case.answers).get(q.code))
        ],
        "materials": [{"spec": spec, "row": standings[spec.code]} for spec in resolved.materials if spec.code in standings],
        "steps": resolved.steps,
        "timeline": [{"entry": e, "words": case.machine.moves[e.verb].words} for e in timeline([case.pk])],
        "documents": list(case.documents.order_by("id")),
        "left": remaining(clock.today(), case.promised_on, packaged()) if case.promised_on and case.state == "accepted" else None,
        "days": explain(promised, packaged()) if promised else (),
        "applicant_number": masked_number(case.applicant),
        "agent_number": masked_number(case.agent) if case.agent else "",
    }


def _shown(field: Any, value: str) -> str:
    """A form value as a screen shows it: the choice's words, personal numbers masked."""
    if field.kind == "choice":
        return next((c.text.zh for c in field.choices if c.code == value), value)
    if field.kind == "id-number":
        return mask(value)
    if field.kind == "phone" and len(value) >= 8:
        return f"{value[:3]}****{value[-4:]}"
    return value
