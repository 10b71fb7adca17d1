"""The approver decides whether what the applicant asked to keep secret is published."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from onewindow.desks.approver.views import case_of
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.onwards import to
from onewindow.stages.publication.policies import DECIDE
from onewindow.stages.publication.queries import request_of
from onewindow.stages.publication.secrecy import allow_secrecy, decline_secrecy


@post_only
@staff(DECIDE)
def decide(request: StaffRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Allow it, or decline it with the reason."""
    found = case_of(request.actor, uuid)
    asked, note = request_of(found.pk, str(other)), request.POST.get("note", "")
    if request.POST.get("verb") == "allow":
        allow_secrecy(by=request.actor, request_id=asked.pk, note=note)
        messages.success(request, _("已同意，这些内容不公示。"))
    else:
        decline_secrecy(by=request.actor, request_id=asked.pk, note=note)
        messages.success(request, _("已决定予以公开，理由会告知申请人。"))
    return to("approver-file", found.uuid)
