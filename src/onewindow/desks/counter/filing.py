"""The counter's work on a visit: who it is for, taking applications in, checking, accepting, correcting, refusing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.casefile import case_file
from onewindow.desks.counter.views import to
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.inputs import answered, named, nonce, same
from onewindow.errands import sitting
from onewindow.errands.sitting import Application, my_window
from onewindow.foundation.catalogue.definition import next_question, resolve
from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.people.queries import principals_of
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, StateConflict
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import Actor
from onewindow.spine.cases.policies import ACCEPT, CHECK, CORRECT, RECEIVE, REFUSE
from onewindow.spine.cases.queries import case, document
from onewindow.spine.visits.queries import open_visit_at
from onewindow.stages.acceptance import actions as acceptance
from onewindow.stages.acceptance.rules import GROUNDS

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Case
    from onewindow.spine.visits.models import Visit


def _visit(request: StaffRequest) -> Visit:
    """The sitting at the clerk's window, which must be the one the form was shown for."""
    visit = open_visit_at(my_window(request.actor).pk)
    if visit is None:
        raise StateConflict
    same(request, "visit", visit.uuid)
    return visit


def _case(actor: Actor, uuid: UUID) -> Case:
    """A case of the clerk's own site; another site's is as if it were not there."""
    found = case(str(uuid))
    if found.site != actor.site:
        raise NotFound
    return found


@post_only
@staff(RECEIVE)
def parties(request: StaffRequest) -> HttpResponse:
    """Say for whom this visit is: an applicant the agent acts for, themselves, or somebody new."""
    visit, actor, sent = _visit(request), request.actor, request.POST
    chosen = sent.get("choice", "")
    who = {"name": sent.get("name", ""), "number": sent.get("number", ""), "phone": sent.get("phone", "")}
    if chosen == "new":
        sitting.introduce(by=actor, visit=visit, kind=sent.get("kind", "company"), **who)
        return to("counter")
    if chosen == "agent":
        sitting.introduce_agent(by=actor, visit=visit, **who)
        return to("counter")
    if chosen == "self" and visit.agent is not None:
        applicant, agent = visit.agent, None
    else:
        found = principals_of(visit.agent_id or 0, clock.today()).filter(principal__uuid=_uuid(chosen)).first()
        if found is None:
            raise InvalidInput(field=_("申请人"), reason_zh="请选择或登记申请人", reason_en="choose or register an applicant")
        applicant, agent = found.principal, visit.agent
    sitting.name_parties(by=actor, visit=visit, applicant=applicant, agent=agent)
    return to("counter")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@staff(RECEIVE)
def apply(request: StaffRequest, item: str) -> HttpResponse:
    """One application: first the situation's questions, then form and materials, then 收件."""
    visit, version = _visit(request), published(item)
    definition, answers = version.definition, answered(request)
    context: dict[str, Any] = {"visit": visit, "item": version, "definition": definition, "answers": answers}
    if visit.applicant is None:
        messages.error(request, _("请先登记申请人，再选择事项。"))
        return to("counter")
    question = next_question(definition, answers)
    if question is not None:
        return render(request, "counter/question.html", context | {"question": question})
    resolved = resolve(definition, answers)
    context |= {"resolved": resolved, "values": _prefilled(resolved, visit), "given": [], "once": uuid7(), "wrong": None}
    if request.method != "POST" or "once" not in request.POST:
        return render(request, "counter/apply.html", context)
    values, given = named(request, "form"), frozenset(request.POST.getlist("given"))
    wanted = Application(item=item, answers=answers, form=values, given=given, once=nonce(request))
    outcome = sitting.take_in(by=request.actor, visit=visit, applications=[wanted])
    refusal = outcome.refusals.get(item)
    if refusal is not None:
        # Nothing typed is lost: the same page again, with the sentence where it belongs.
        sentence = refusal.message(get_language() or "zh-hans")
        context |= {"values": values, "given": given, "wrong": refusal, "sentence": sentence, "once": nonce(request)}
        return render(request, "counter/apply.html", context, status=refusal.status)
    messages.success(request, _("已收件，回执已生成。请核对材料。"))
    return to("counter-case", outcome.cases[0].uuid)


def _prefilled(resolved: Any, visit: Visit) -> dict[str, str]:
    """What the centre already knows is not asked again."""
    known = sitting.known_of(visit)
    return {field.code: known.get(field.prefill or "", "") for field in resolved.fields}


@staff(RECEIVE, ACCEPT)
def file(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One case: its materials to check, and what can be done now."""
    found = _case(request.actor, uuid)
    return render(request, "counter/case.html", case_file(found) | {"grounds": GROUNDS.values()})


@post_only
@staff(CHECK)
def check(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Save how the materials stand; with ``verb`` also go on and accept or give the notice."""
    found = _case(request.actor, uuid)
    notes, standings = named(request, "note"), named(request, "standing")
    wanted = {code: (standing, notes.get(code, "") if standing == "deficient" else "") for code, standing in standings.items()}
    verb = request.POST.get("verb", "save")
    sitting.check_and(by=request.actor, case_id=found.pk, standings=wanted, verb=verb)
    done = {
        "accept": _("已受理，受理通知书已生成，期限从明天起算。"),
        "correct": _("一次性告知书已生成，并已通知申请人。"),
    }
    messages.success(request, done.get(verb, _("核对情况已保存。")))
    return to("counter-case", uuid)


@post_only
@staff(ACCEPT)
def accept_all(request: StaffRequest) -> HttpResponse:
    """Accept everything in this sitting that is ready; say what is not, and why."""
    outcome = sitting.accept_all(by=request.actor, visit=_visit(request))
    if outcome.cases:
        messages.success(request, _("已受理 %(n)d 件。") % {"n": len(outcome.cases)})
    for refusal in outcome.refusals.values():
        messages.error(request, refusal.message(get_language() or "zh-hans"))
    return to("counter")


@post_only
@staff(RECEIVE, CORRECT)
def supplement(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The corrections were brought."""
    acceptance.take_supplement(by=request.actor, case_id=_case(request.actor, uuid).pk, given=set(request.POST.getlist("given")))
    messages.success(request, _("补正材料已收，请核对。"))
    return to("counter-case", uuid)


@post_only
@staff(REFUSE)
def refuse(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """不受理 or 不予受理, with ground and reason."""
    found = _case(request.actor, uuid)
    ground, reason = request.POST.get("ground", ""), request.POST.get("reason", "")
    acceptance.refuse(by=request.actor, case_id=found.pk, ground=ground, reason=reason)
    messages.success(request, _("决定书已生成，理由和救济途径已写入。"))
    return to("counter-case", uuid)


@staff(RECEIVE)
def paper(request: StaffRequest, uuid: UUID, kind: str) -> HttpResponse:
    """A document of a case, to show or print."""
    issued = document(_case(request.actor, uuid), kind)
    if issued is None:
        raise NotFound
    return render(request, "look/paper.html", {"document": issued, "back": reverse("counter-case", args=[uuid])})

