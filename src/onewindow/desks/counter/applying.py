"""Taking an application in: the situation's questions, the form, the materials, and what is kept meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.counter.views import visit_of
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.inputs import answered, named, nonce
from onewindow.desks.onwards import to
from onewindow.errands import sitting
from onewindow.errands.prefill import as_known, shown_of
from onewindow.errands.sitting import Application
from onewindow.foundation.catalogue.definition import AnswersWrong, next_question, resolve
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel import clock
from onewindow.kernel.errors import IdentityUnverified, Refusal
from onewindow.kernel.keys import uuid7
from onewindow.spine.cases.policies import RECEIVE
from onewindow.stages.acceptance import drafts

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.definition import Definition


@staff(RECEIVE)
def apply(request: StaffRequest, item: str) -> HttpResponse:
    """One application: first the situation's questions, then form and materials, then 收件.

    What was filled in before and not sent comes back, unless ``?again`` asks for a fresh start.
    """
    visit, version = visit_of(request), published(item)
    definition = version.definition
    if visit.claim_id is not None:
        messages.error(request, IdentityUnverified().message(get_language() or "zh-hans"), extra_tags=IdentityUnverified.code)
        return to("counter")
    if visit.applicant is None:
        messages.error(request, _("请先登记申请人，再选择事项。"))
        return to("counter")
    sent = request.method == "POST" and "once" in request.POST
    kept = None if sent else drafts.kept(by=request.actor, visit=visit, item=item)
    resumed = kept if request.method != "POST" and "again" not in request.GET and _fits(kept, definition) else None
    answers = resumed.answers if resumed else answered(request)
    once = nonce(request) if sent else resumed.once if resumed else mark_of(request)
    context: dict[str, Any] = {"visit": visit, "item": version, "definition": definition, "answers": answers, "once": once}
    question = next_question(definition, answers)
    if question is not None:
        return render(request, "counter/question.html", context | {"question": question})
    resolved = resolve(definition, answers)
    known = shown_of(visit, resolved.fields)
    context |= {"resolved": resolved, "masked": [code for code, value in known.items() if "*" in value]}
    if not sent:
        # Answering anew leaves what was typed: the form goes on under its own mark.
        mine = kept if kept is not None and kept.once == once else None
        context |= {"values": filled_over(known, mine), "given": mine.given if mine else (), "resumed": resumed, "wrong": None}
        return render(request, "counter/apply.html", context)
    values, given = named(request, "form"), frozenset(request.POST.getlist("given"))
    wanted = Application(item=item, answers=answers, form=as_known(visit, resolved.fields, values), given=given, once=once)
    outcome = sitting.take_in(by=request.actor, visit=visit, applications=[wanted])
    refusal = outcome.refusals.get(item)
    if refusal is not None:
        # Nothing typed is lost: the same page again, with the sentence where it belongs.
        context |= {"values": values, "given": given, "wrong": refusal, "sentence": refusal.message(get_language() or "zh-hans")}
        return render(request, "counter/apply.html", context, status=refusal.status)
    messages.success(request, _("已收件，回执已生成。请核对材料。"))
    return to("counter-case", outcome.cases[0].uuid)


@post_only
@staff(RECEIVE)
def draft(request: StaffRequest, item: str) -> HttpResponse:
    """Keep what is filled in so far; answers the script that asked in one plain sentence."""
    try:
        saved = drafts.keep(
            by=request.actor, visit=visit_of(request), item=published(item).code, once=nonce(request),
            answers=answered(request), form=named(request, "form"), given=request.POST.getlist("given"),
        )  # fmt: skip
    except Refusal as refusal:
        return HttpResponse(refusal.message(get_language() or "zh-hans"), status=refusal.status, content_type="text/plain; charset=utf-8")
    words = _("已自动保存 %(time)s") % {"time": clock.local(saved).strftime("%H:%M")}
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


def _fits(kept: drafts.Kept | None, definition: Definition) -> bool:
    """Whether there is a draft, and its answers are answers to this version of the item."""
    try:
        if kept is None or next_question(definition, kept.answers) is not None:
            return False
        resolve(definition, kept.answers)
    except AnswersWrong:
        return False
    return True


def mark_of(request: StaffRequest) -> UUID:
    """The form's nonce: carried from question to question, so that answering anew stays the same form."""
    sent = request.POST.get("mark") or request.GET.get("again") or ""
    try:
        return UUID(sent)
    except ValueError:
        return uuid7()


def filled_over(known: dict[str, str], kept: drafts.Kept | None) -> dict[str, str]:
    """What is on record, and over it what was typed; a masked value always stands for who is named now."""
    typed = kept.form if kept else {}
    return known | {code: value for code, value in typed.items() if code in known and not ("*" in value and "*" in known[code])}
