"""A case as every staff desk shows it: form, materials with their acceptance points, clock, history, papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from onewindow.foundation.catalogue.definition import resolve
from onewindow.foundation.catalogue.definition.parts import Text
from onewindow.foundation.people.queries import masked_number
from onewindow.kernel import clock
from onewindow.kernel.crypto import Erased
from onewindow.kernel.errors import NotFound
from onewindow.kernel.identifiers import mask
from onewindow.law.calendars import packaged
from onewindow.law.limits import Cause, explain, overdue, remaining
from onewindow.spine.attachments.queries import Sheet, attachment_of, file_of, picture_of, sheets_of
from onewindow.spine.cases.history import histories_of
from onewindow.spine.cases.queries import documents_of, form_of, procedures_of
from onewindow.spine.cases.rules import ends
from onewindow.stages.payment.queries import orders_of

if TYPE_CHECKING:
    from uuid import UUID

    from onewindow.foundation.catalogue.definition.model import Limit
    from onewindow.foundation.people.models import Party
    from onewindow.law.limits import Explained
    from onewindow.spine.cases.models import Case, SpecialProcedure


def case_file(case: Case) -> dict[str, Any]:
    """The context of a case page."""
    definition = case.item.definition
    resolved = resolve(definition, case.answers)
    values = form_of(case)
    standings = {material.code: material for material in case.materials.all()}
    sheets = _by_material(sheets_of(case))
    procedures = list(procedures_of([case.pk]))
    return {
        "case": case,
        "definition": definition,
        "form": [
            {"title": section.title, "rows": [
                {"label": f.label, "value": _shown(f, values.get(f.code, "")), "typed": f.kind in ("text", "address")} for f in section.fields
            ]}
            for section in resolved.form
        ],
        "answers": [
            {"text": q.text, "answer": _read_all(a.text for a in q.answers if a.code in case.answers[q.code])}
            for q in definition.questions
            if case.answers.get(q.code)
        ],
        "materials": [
            {"spec": spec, "row": standings[spec.code], "sheets": sheets.get(spec.code, []), "newer": _since(case, sheets.get(spec.code, []))}
            for spec in resolved.materials
            if spec.code in standings
        ],
        "unsorted": sheets.get("", []),
        "steps": resolved.steps,
        "fees": resolved.fees,
        "orders": orders_of([case]).get(case.pk, []),
        "timeline": [{"entry": step, "words": step.words} for step in histories_of([case]).get(case.pk, [])],
        "documents": list(documents_of([case.pk])),
        "procedures": [{"procedure": p, "over": p.last is None and overdue(clock.today(), p.expected_last)} for p in procedures],
        "left": remaining(clock.today(), case.promised_on, packaged()) if case.promised_on and case.state == "accepted" else None,
        "days": clock_days(case, definition.limits.promised, procedures),
        "applicant_number": masked_number(case.applicant),
        "agent_number": masked_number(case.agent) if case.agent else "",
    }


def clock_days(case: Case, limit: Limit, procedures: Iterable[SpecialProcedure]) -> Sequence[Explained]:
    """A limit of an accepted case day by day, with what took the days that are not counted; nothing before acceptance."""
    if case.accepted_on is None:
        return ()
    causes = [Cause(procedure.span, procedure.words) for procedure in procedures]
    found = ends(limit, case.accepted_on, packaged(), tuple(cause.span for cause in causes))
    return explain(found, packaged(), causes=causes)


def filed_pages(case: Case) -> dict[str, Any]:
    """The pages of a case under the materials they belong to, first those that belong to none yet; and those taken out."""
    every = sheets_of(case)
    sheets = _by_material(every)
    wanted = resolve(case.item.definition, case.answers).materials
    return {
        "materials": [{"spec": spec, "sheets": sheets.get(spec.code, [])} for spec in wanted],
        "unsorted": sheets.get("", []),
        "removed": [sheet for sheet in every if sheet.page.state == "removed"],
    }


def picture(case: Case, page: UUID) -> HttpResponse:
    """The picture of a page: for this reader now, and kept by nobody on the way."""
    response = HttpResponse(picture_of(case, page), content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    return response


def original(case: Case, page: UUID) -> HttpResponse:
    """The file a page came from, exactly as it was handed in: to keep, never to open here."""
    attachment = attachment_of(case, page)
    try:
        data = file_of(attachment)
    except Erased:
        raise NotFound from None
    response = HttpResponse(data, content_type="application/octet-stream")
    name = f"{attachment.number}.{attachment.kind}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "sandbox"
    return response


def _by_material(sheets: Iterable[Sheet]) -> dict[str, list[Sheet]]:
    """What is attached, by material, in its order."""
    found: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        if sheet.page.state == "attached":
            found.setdefault(sheet.page.material, []).append(sheet)
    return found


def _since(case: Case, sheets: Iterable[Sheet]) -> bool:
    """Whether a page was attached since the applicant was told what to correct."""
    return case.state == "correcting" and any(sheet.page.attachment.taken_at >= case.moved_at for sheet in sheets)


def first_of_number(party: Party) -> str:
    """A number without its last four: for a clerk who is about to compare just these with the document."""
    return masked_number(party)[:-4] + "****"


def _read_all(texts: Iterable[Text]) -> str:
    """Several answers in the reader's language."""
    english = (get_language() or "").startswith("en")
    return ", ".join(t.en for t in texts) if english else "、".join(t.zh for t in texts)


def _shown(field: Any, value: str) -> str:
    """A form value as a screen shows it: the choice's words, personal numbers masked."""
    if field.kind == "choice":
        return _read_all(c.text for c in field.choices if c.code == value) or value
    if field.kind == "id-number":
        return mask(value)
    if field.kind == "phone" and len(value) >= 8:
        return f"{value[:3]}****{value[-4:]}"
    return value
