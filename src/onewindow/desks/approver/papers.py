"""The approver's papers: shown, kept as a file, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from onewindow.desks import papers
from onewindow.desks.approver.views import case_of
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.kernel.errors import NotFound
from onewindow.spine.cases.policies import DECIDE
from onewindow.spine.cases.queries import document

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Document


@staff(DECIDE)
def paper(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
    """A document of a case of this department."""
    at = {name: reverse(f"approver-paper-{name}", args=[uuid, kind]) for name in ("pdf", "print")}
    return papers.shown(request, _issued(request, uuid, kind), back=reverse("approver-file", args=[uuid]), **at)


@staff(DECIDE)
def paper_pdf(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
    """The same, as a file."""
    return papers.pdf(request, _issued(request, uuid, kind))


@post_only
@staff(DECIDE)
def paper_print(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
    """The same, from the desk's printer."""
    return papers.printed(request, _issued(request, uuid, kind), reverse("approver-paper", args=[uuid, kind]))


def _issued(request: StaffRequest, uuid: UUID, kind: str) -> Document:
    issued = document(case_of(request.actor, uuid), kind)
    if issued is None:
        raise NotFound
    return issued
