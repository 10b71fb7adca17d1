"""Whoever holds the query code asks that trade secrets of a permit are not published (行政许可法 art 5)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from onewindow.desks.doors import public
from onewindow.desks.inputs import nonce
from onewindow.desks.onwards import see_other
from onewindow.desks.portal.views import private, visit_behind
from onewindow.foundation.catalogue.definition import resolve
from onewindow.kernel.errors import InvalidInput, NotFound
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import Actor
from onewindow.law.packs import PERMIT
from onewindow.spine.cases.queries import cases_of_visit
from onewindow.stages.publication.policies import ASK
from onewindow.stages.publication.queries import requests_of
from onewindow.stages.publication.rules import open_fields
from onewindow.stages.publication.secrecy import ask_secrecy

# The page itself acts: who holds the query code speaks for the applicant.
PAGE = Actor("device", "progress-page", frozenset({ASK.code}))


@public
def secrecy(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    """Which values of the form are not to be published, and why; and what came of it."""
    visit = visit_behind(request, code)
    case = cases_of_visit(visit.pk).filter(uuid=uuid).first()
    if case is None or case.version.item_type != PERMIT or case.state in ("denied", "refused", "exempted"):
        raise NotFound
    wrong, status = "", 200
    if request.method == "POST":
        try:
            ask_secrecy(by=PAGE, case_id=case.pk, fields=request.POST.getlist("field"), reason=request.POST.get("reason", ""), once=nonce(request))
            return see_other(request.path)
        except InvalidInput as refusal:
            wrong, status = refusal.message(get_language() or "zh-hans"), refusal.status
    definition = case.version.definition
    shown = open_fields(definition, "company" if case.applicant.kind == "company" else "person")
    asked = requests_of(case.pk)
    context = {
        "case": case, "code": code, "asked": asked, "standing": next((each for each in asked if each.state == "asked"), None), "wrong": wrong,
        "fields": [field for field in resolve(definition, case.answers).fields if field.code in shown],
        "labels": {field.code: field.label for field in definition.fields}, "once": uuid7(), "typed": request.POST.get("reason", ""),
        "ticked": request.POST.getlist("field"), "back": reverse("progress", args=[code]),
    }  # fmt: skip
    return private(render(request, "portal/secrecy.html", context, status=status))
