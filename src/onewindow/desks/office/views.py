"""信息科: the front of the IT office's desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from onewindow.desks.doors import StaffRequest, staff
from onewindow.foundation.staff.policies import APPOINT
from onewindow.foundation.staff.queries import counted


@staff(APPOINT)
def front(request: StaffRequest) -> HttpResponse:
    """What the IT office looks after, and what of it wants attention."""
    return render(request, "office/front.html", {"accounts": counted(request.actor.site), "tab": "front"})
