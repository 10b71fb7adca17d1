"""The approver's desk: a worklist by deadline, a file beside its form, a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from onewindow.desks import papers
from onewindow.desks.casefile import case_file, picture
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.paging import page_of
from onewindow.errands.decision import decide
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound
from onewindow.law.calendars import packaged
from onewindow.law.limits import remaining
from onewindow.spine.cases.policies import DECIDE
from onewindow.spine.cases.queries import case, cases_to_decide, document

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Document


@staff(DECIDE)
def worklist(request: StaffRequest) -> HttpResponse:
    """The department's accepted cases, the nearest deadline first."""
    today, calendar = clock.today(), packaged()
    page = page_of(request, cases_to_decide(request.actor.department))
    rows = [{"case": c, "left": remaining(today, c.promised_on, calendar)} for c in page]
    return render(request, "approver/worklist.html", {"page": page, "rows": rows})


@staff(DECIDE)
def file(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One case: form, materials, history, deadline day by day, and the decision bar."""
    found = case(str(uuid))
    if found.department.code != request.actor.department:
        raise NotFound
    mine = str(found.accepted_by) == request.actor.id
    return render(request, "approver/file.html", case_file(found) | {"accepted_by_me": mine})


@post_only
@staff(DECIDE)
def decision(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Grant or deny. Somebody else's decision that came first is shown instead."""
    found = case(str(uuid))
    verb = request.POST.get("verb", "")
    decide(by=request.actor, case_id=found.pk, verb=verb, words=request.POST.get("words", ""))
    done = _("已准予许可，结果将自动制证并通知申请人。") if verb == "grant" else _("已作出不予许可决定，理由和救济途径已写入决定书。")
    messages.success(request, done)
    response = HttpResponseRedirect(reverse("approver"))
    response.status_code = 303
    return response


@staff(DECIDE)
def page_picture(request: StaffRequest, uuid: UUID, page: UUID) -> HttpResponse:
    """One page of the materials of a case of this department."""
    found = case(str(uuid))
    if found.department.code != request.actor.department:
        raise NotFound
    return picture(found, page)


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
    found = case(str(uuid))
    issued = document(found, kind)
    if issued is None or found.department.code != request.actor.department:
        raise NotFound
    return issued
