"""一件事 at the counter: one questionnaire, one form, every paper once, one press; and the one receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks import papers
from onewindow.desks.counter.applying import filled_over, mark_of
from onewindow.desks.counter.views import visit_of
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.inputs import answered, named, nonce
from onewindow.desks.onwards import to
from onewindow.desks.together import shown
from onewindow.errands.prefill import as_known, shown_of
from onewindow.errands.together import JointApplication, file_bundle
from onewindow.foundation.catalogue.bundles.queries import offer
from onewindow.foundation.catalogue.definition import AnswersWrong
from onewindow.foundation.catalogue.definition.bundles import Merged, merge
from onewindow.kernel import clock
from onewindow.kernel.errors import IdentityUnverified, NotFound, Refusal
from onewindow.spine.cases.policies import RECEIVE
from onewindow.spine.together.queries import receipt_of, together
from onewindow.stages.acceptance import drafts

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.bundles.queries import Offer
    from onewindow.spine.together.models import TogetherReceipt


@staff(RECEIVE)
def apply(request: StaffRequest, bundle: str) -> HttpResponse:
    """One bundle: the merged questions, then the merged form and papers, then one 收件 for all. Drafts are kept as for one item."""
    visit, offered = visit_of(request), offer(bundle)
    if visit.claim_id is not None:
        messages.error(request, IdentityUnverified().message(get_language() or "zh-hans"), extra_tags=IdentityUnverified.code)
        return to("counter")
    if visit.applicant is None:
        messages.error(request, _("请先登记申请人，再选择事项。"))
        return to("counter")
    sent = request.method == "POST" and "once" in request.POST
    kept = None if sent else drafts.kept(by=request.actor, visit=visit, item=_draft_of(bundle))
    resumed = kept if request.method != "POST" and "again" not in request.GET and _fits(kept, offered) else None
    answers = resumed.answers if resumed else answered(request)
    once = nonce(request) if sent else resumed.once if resumed else mark_of(request)
    try:
        merged = _merged(offered, answers)
    except AnswersWrong:  # the bundle or an item was published anew meanwhile: ask again
        answers = {}
        merged, sent = _merged(offered, answers), False
    context: dict[str, Any] = shown(offered, merged) | {"visit": visit, "answers": answers, "once": once}
    if merged.next is not None:
        asker = offered.members[merged.next.item] if merged.next.item else None
        return render(request, "counter/together_question.html", context | {"asked": merged.next, "question": merged.next.question, "asker": asker})
    known = shown_of(visit, merged.form_fields)
    context |= {"masked": [code for code, value in known.items() if "*" in value]}
    if not sent:
        mine = kept if kept is not None and kept.once == once else None
        context |= {"values": filled_over(known, mine), "given": mine.given if mine else (), "resumed": resumed, "wrong": None}
        return render(request, "counter/together.html", context)
    values, given = named(request, "form"), frozenset(request.POST.getlist("given"))
    wanted = JointApplication(bundle, merged.answers, as_known(visit, merged.form_fields, values), given, once)
    try:
        filed = file_bundle(by=request.actor, visit=visit, wanted=wanted)
    except Refusal as refusal:
        # All or nothing, and nothing typed is lost: the same page again, with the sentence where it belongs.
        context |= {"values": values, "given": given, "wrong": refusal, "sentence": refusal.message(get_language() or "zh-hans")}
        return render(request, "counter/together.html", context, status=refusal.status)
    messages.success(request, _("已一并收件 %(n)d 件，综合收件凭证已生成。请逐件核对材料。") % {"n": filed.members.count()})
    return to("counter")


@post_only
@staff(RECEIVE)
def draft(request: StaffRequest, bundle: str) -> HttpResponse:
    """Keep what is filled in so far; answers the script that asked in one plain sentence."""
    try:
        saved = drafts.keep(
            by=request.actor, visit=visit_of(request), item=_draft_of(offer(bundle).version.code), once=nonce(request),
            answers=answered(request), form=named(request, "form"), given=request.POST.getlist("given"),
        )  # fmt: skip
    except Refusal as refusal:
        return HttpResponse(refusal.message(get_language() or "zh-hans"), status=refusal.status, content_type="text/plain; charset=utf-8")
    words = _("已自动保存 %(time)s") % {"time": clock.local(saved).strftime("%H:%M")}
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


def _draft_of(bundle: str) -> str:
    """Under what a draft of a bundle is kept, beside those of items."""
    return f"together.{bundle}"


def _merged(offered: Offer, answers: dict[str, list[str]]) -> Merged:
    return merge(offered.bundle, offered.definitions, {code: tuple(chosen) for code, chosen in answers.items()})


def _fits(kept: drafts.Kept | None, offered: Offer) -> bool:
    """Whether there is a draft, and its answers are whole answers to what is published now."""
    try:
        return kept is not None and _merged(offered, kept.answers).next is None
    except AnswersWrong:
        return False


def _receipt(request: StaffRequest, uuid: UUID) -> TogetherReceipt:
    """The one receipt of a filing at the clerk's own site; another site's is as if it were not there."""
    filed = together(str(uuid))
    if filed.site != request.actor.site:
        raise NotFound
    return receipt_of(filed)


@staff(RECEIVE)
def receipt(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The one receipt, to show, keep or print."""
    at = {name: reverse(f"counter-together-receipt-{name}", args=[uuid]) for name in ("pdf", "print")}
    return papers.shown(request, _receipt(request, uuid), back=reverse("counter"), **at)


@staff(RECEIVE)
def receipt_pdf(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The same, as a file."""
    return papers.pdf(request, _receipt(request, uuid))


@post_only
@staff(RECEIVE)
def receipt_print(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The same, from the desk's printer."""
    return papers.printed(request, _receipt(request, uuid), reverse("counter-together-receipt", args=[uuid]))
