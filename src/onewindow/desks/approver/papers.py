"""The approver's papers: those of a case of their department, shown, kept as a file, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from onewindow.desks import papers
from onewindow.desks.approver.views import case_of
from onewindow.desks.doors import StaffRequest
from onewindow.spine.cases.policies import DECIDE
from onewindow.spine.cases.queries import document

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Document


def _issued(request: StaffRequest, uuid: UUID, kind: str) -> Document | None:
    return document(case_of(request.actor, uuid), kind)


paper, paper_pdf, paper_print = papers.views("approver", DECIDE, issued=_issued, back=lambda uuid: reverse("approver-file", args=[uuid]))
