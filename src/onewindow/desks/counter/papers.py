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
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.inputs import nonce
from onewindow.desks.onwards import to
from onewindow.kernel.errors import NotFound
from onewindow.spine.cases.actions import reissue_document
from onewindow.spine.cases.policies import RECEIVE, REISSUE
from onewindow.spine.cases.queries import document

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Document


def _issued(request: StaffRequest, uuid: UUID, kind: str) -> Document | None:
    """A document of a case this clerk may see."""
    return document(case_of(request.actor, uuid), kind)


paper, paper_pdf, paper_print = papers.views(
    "counter", RECEIVE, issued=_issued, back=lambda uuid: reverse("counter-case", args=[uuid]), also=["reissue"]
)


@post_only
@staff(REISSUE)
def paper_reissue(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Give the document out again: counted, in the ledger, marked 补发 when it is printed or kept."""
    issued = _issued(request, uuid, kind)
    if issued is None:
        raise NotFound
    again = reissue_document(by=request.actor, document=issued, reason=request.POST.get("reason", ""), once=nonce(request))
    messages.success(request, _("已登记第 %(n)d 次补发，请打印补发件。") % {"n": again.n})
    return to("counter-paper", uuid, kind)
