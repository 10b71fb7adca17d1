"""What people will see of a draft: the guide, the questions one can answer, and the form."""

from __future__ import annotations

import copy
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onewindow.desks.doors import StaffRequest, staff
from onewindow.desks.editor.seen import draft_of
from onewindow.desks.inputs import prefixed
from onewindow.foundation.catalogue.definition import AnswersWrong, DefinitionWrong, next_question, read, resolve
from onewindow.foundation.catalogue.definition.addressing import ABSENT, Body, Change, NoSuchPlace, applied, parts, value_at
from onewindow.foundation.catalogue.definition.fields import field_at
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.drafts import queries
from onewindow.foundation.catalogue.drafts.policies import APPROVE, DRAFT, REVIEW

SHOWN = ("guide", "mine", "form")
_UNSAID = "……"
_PATIENCE = 4


def readable(body: Body, base: Body | None = None) -> Definition | None:
    """A definition to look at, even of a draft with gaps: an empty text is dotted, anything else of a wrong shape is as it was in `base`.

    None when it still cannot be read; nothing of this is ever published.
    """
    patched: dict[str, Any] = copy.deepcopy(dict(body))
    for _ in range(_PATIENCE):
        try:
            return read(patched)
        except DefinitionWrong as wrong:
            for finding in wrong.findings:
                patched = _mended(patched, finding.pointer, base or {})
    return None


def _mended(body: dict[str, Any], at: str, base: Body) -> dict[str, Any]:
    field, standing, before = field_at(at), value_at(body, at), value_at(base, at)
    try:
        if field is not None and field.kind in ("text", "line") and standing in ("", ABSENT) and (field.kind == "line" or parts(at)[-1] in ("zh", "en")):
            return applied(body, Change("set", at, _UNSAID))[0]
        if before is not ABSENT and before != standing:
            return applied(body, Change("set", at, before))[0]
        return applied(body, Change("remove", at))[0] if standing is not ABSENT else body
    except NoSuchPlace:
        return body


@staff(DRAFT, REVIEW, APPROVE)
def preview(request: StaffRequest, item: str) -> HttpResponse:
    """The guide, one question at a time with its answers kept in the address, or the form of this situation."""
    draft = draft_of(request.actor, item)
    definition = readable(draft.body, queries.base_of(draft))
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "guide"
    answers = {code: [value for value in request.GET.getlist(f"answers.{code}") if value] for code in prefixed(request.GET, "answers")}
    here = reverse("editor-preview", args=[item])
    context: dict[str, Any] = {"definition": definition, "draft": draft, "show": show, "here": here, "values": {}, "masked": (), "answers": answers}
    if definition is not None and show != "guide":
        try:
            context["question"] = next_question(definition, answers)
            context["resolved"] = None if context["question"] else resolve(definition, answers)
        except AnswersWrong:  # the questions changed meanwhile: asked anew
            context |= {"answers": {}, "question": next_question(definition, {}), "resolved": None}
            if context["question"] is None:
                context["resolved"] = resolve(definition, {})
    sent = [("show", show), *((f"answers.{code}", value) for code, chosen in context["answers"].items() for value in chosen or [""])]
    return render(request, "editor/preview.html", context | {"again": f"{here}?{urlencode(sent)}"})
