"""The counter's work on cases: checking, accepting, correcting, refusing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.casefile import case_file
from onewindow.desks.counter.views import visit_of
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.inputs import named
from onewindow.desks.onwards import to
from onewindow.errands import sitting
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound
from onewindow.kernel.permissions import Actor
from onewindow.spine.cases.policies import ACCEPT, CHECK, CORRECT, RECEIVE, REFUSE, VOID
from onewindow.spine.cases.queries import case
from onewindow.spine.together.queries import coming_to
from onewindow.stages.acceptance import actions as acceptance
from onewindow.stages.acceptance.queries import deemed, may_void
from onewindow.stages.acceptance.rules import NOT_REQUIRED, grounds_for

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Case


def case_of(actor: Actor, uuid: UUID) -> Case:
    """A case of the clerk's own site; another site's is as if it were not there."""
    found = case(str(uuid))
    if found.site != actor.site:
        raise NotFound
    return found


@staff(RECEIVE, ACCEPT)
def file(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One case: its materials to check, and what can be done now."""
    found = case_of(request.actor, uuid)
    today = clock.today()
    context = {
        "grounds": grounds_for(
            state=found.state, noticed_on=found.noticed_on, supplement_due_on=found.supplement_due_on, today=today
        ),
        "coming": coming_to(found),
        "may_void": may_void(found, request.actor, today),
        "deemed": found.state == "received" and deemed(found, today),
    }
    return render(request, "counter/case.html", case_file(found) | context)


@post_only
@staff(CHECK)
def check(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Save how the materials stand; with ``verb`` also go on and accept or give the notice."""
    found = case_of(request.actor, uuid)
    notes, standings = named(request, "note"), named(request, "standing")
    wanted = {code: (standing, notes.get(code, "") if standing == "deficient" else "") for code, standing in standings.items()}
    verb = request.POST.get("verb", "save")
    sitting.check_and(by=request.actor, case_id=found.pk, standings=wanted, verb=verb)
    done = {
        "accept": _("已受理，受理通知书已生成，写明了期限。"),
        "correct": _("一次性告知书已生成，并已通知申请人。"),
    }
    messages.success(request, done.get(verb, _("核对情况已保存。")))
    return to("counter-case", uuid)


@post_only
@staff(ACCEPT)
def accept_all(request: StaffRequest) -> HttpResponse:
    """Accept everything in this sitting that is ready; say what is not, and why."""
    outcome = sitting.accept_all(by=request.actor, visit=visit_of(request))
    if outcome.cases:
        messages.success(request, _("已受理 %(n)d 件。") % {"n": len(outcome.cases)})
    for refusal in outcome.refusals.values():
        messages.error(request, refusal.message(get_language() or "zh-hans"))
    return to("counter")


@post_only
@staff(RECEIVE, CORRECT)
def supplement(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The corrections were brought."""
    acceptance.take_supplement(by=request.actor, case_id=case_of(request.actor, uuid).pk, given=set(request.POST.getlist("given")))
    messages.success(request, _("补正材料已收，请核对。"))
    return to("counter-case", uuid)


@post_only
@staff(REFUSE)
def refuse(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """不受理 or 不予受理, with ground and reason."""
    found, actor, sent = case_of(request.actor, uuid), request.actor, request.POST
    ground, reason = sent.get("ground", ""), sent.get("reason", "")
    if ground == NOT_REQUIRED.code:
        acceptance.exempt(by=actor, case_id=found.pk, reason=reason)
    else:
        acceptance.refuse(by=actor, case_id=found.pk, ground=ground, reason=reason, agency=sent.get("agency", ""))
    messages.success(request, _("文书已生成，理由和救济途径已写入。"))
    return to("counter-case", uuid)


@post_only
@staff(VOID)
def void(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """撤回误受理: by whoever accepted, here; by a supervisor, from the page of the case's clock."""
    found = case_of(request.actor, uuid)
    acceptance.void_acceptance(by=request.actor, case_id=found.pk, reason=request.POST.get("reason", ""))
    messages.success(request, _("受理已撤回，受理通知书已作废；告知书已生成，并已通知申请人。"))
    return to("counter-case", uuid) if request.actor.may(RECEIVE) else to("today")
