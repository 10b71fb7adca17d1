"""The counter's papers: shown, kept as a file, printed, and given out again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from onewindow.desks import papers
from onewindow.desks.counter.filing import case_of
from onewindow.desks.counter.views import to
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.inputs import nonce
from onewindow.kernel.errors import NotFound
from onewindow.spine.cases.actions import reissue_document
from onewindow.spine.cases.policies import RECEIVE, REISSUE
from onewindow.spine.cases.queries import document

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Document


def _issued(request: StaffRequest, uuid: UUID, kind: str) -> Document:
    """A document of a case this clerk may see."""
    issued = document(case_of(request.actor, uuid), kind)
    if issued is None:
        raise NotFound
    return issued


@staff(RECEIVE)
def paper(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
    """A document of a case, to show, keep, print or give out again."""
    at = {name: reverse(f"counter-paper-{name}", args=[uuid, kind]) for name in ("pdf", "print", "reissue")}
    return papers.shown(request, _issued(request, uuid, kind), back=reverse("counter-case", args=[uuid]), **at)


@staff(RECEIVE)
def paper_pdf(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
    """The same, as a file."""
    return papers.pdf(request, _issued(request, uuid, kind))


@post_only
@staff(RECEIVE)
def paper_print(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
    """The same, from the desk's printer."""
    return papers.printed(request, _issued(request, uuid, kind), reverse("counter-paper", args=[uuid, kind]))


@post_only
@staff(REISSUE)
def paper_reissue(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Give the document out again: counted, in the ledger, marked 补发 when it is printed or kept."""
    again = reissue_document(
        by=request.actor, document=_issued(request, uuid, kind), reason=request.POST.get("reason", ""), once=nonce(request)
    )
    messages.success(request, _("已登记第 %(n)d 次补发，请打印补发件。") % {"n": again.n})
    return to("counter-paper", uuid, kind)
