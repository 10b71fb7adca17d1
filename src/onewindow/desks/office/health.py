"""运行状况: one calm page of how the installation is, and the same for a monitor."""

from __future__ import annotations

from django.contrib import messages
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff, with_token_or
from onewindow.desks.onwards import to
from onewindow.oversight.health import queries
from onewindow.oversight.health.actions import retry_job
from onewindow.oversight.health.policies import LOOK, RETRY
from onewindow.oversight.health.rules import DOWN, STATES, TONES, worst


@staff(LOOK)
def health(request: StaffRequest) -> HttpResponse:
    """Every part, its state in a word, what it means and what to do."""
    found = queries.standing()
    whole = worst(found)
    context = {"checks": found, "whole": STATES[whole], "tone": TONES[whole], "failed": queries.failed_jobs(), "tab": "health"}
    return render(request, "office/health.html", context)


@with_token_or(LOOK)
def health_json(request: HttpRequest) -> HttpResponse:
    """The same for a monitor: 200, or 503 when a part is down. Counts and ages only."""
    try:
        found = queries.standing()
    except (DatabaseError, InterfaceError):
        return JsonResponse({"schema": "onewindow.health/1", "state": DOWN, "checks": [{"code": "database", "state": DOWN, "value": "away"}]}, status=503)
    state = worst(found)
    body = {
        "schema": "onewindow.health/1", "state": state,
        "checks": [{"code": each.code, "state": each.state, "value": each.value.en} for each in found],
    }  # fmt: skip
    return JsonResponse(body, status=503 if state == DOWN else 200)


@post_only
@staff(RETRY)
def retry(request: StaffRequest, n: int) -> HttpResponse:
    """Let a failed job run once more."""
    retry_job(by=request.actor, job_id=n)
    messages.success(request, _("任务 %(n)s 已放回队列，马上重试。") % {"n": n})
    return to("office-health")
