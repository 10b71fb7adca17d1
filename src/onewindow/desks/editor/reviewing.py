"""What differs, side by side, and what is decided about it: submitted, returned, endorsed, approved for a day, taken back, given up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.editor import sent
from onewindow.desks.editor.remarks import jumps, remarks_on
from onewindow.desks.editor.seen import draft_of
from onewindow.desks.inputs import named
from onewindow.desks.onwards import see_other
from onewindow.foundation.catalogue.definition.wording import compared, place, told
from onewindow.foundation.catalogue.drafts import actions, queries, rules
from onewindow.foundation.catalogue.drafts.deciding import actions as deciding
from onewindow.foundation.catalogue.drafts.policies import APPROVE, DRAFT, REVIEW
from onewindow.foundation.catalogue.drafts.states import ITEM_DRAFT
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound


@staff(DRAFT, REVIEW, APPROVE)
def review(request: StaffRequest, item: str) -> HttpResponse:
    """The draft against the version it began from, what is wrong with it, its history, and what this person may do."""
    draft = queries.open_draft_of(item)
    if draft is None:
        return redirect("editor-versions", item)
    draft = draft_of(request.actor, item)
    found, history = remarks_on(draft.body), queries.history_of(draft)
    by = request.actor
    own = by.ref in draft.authors
    context: dict[str, Any] = {
        "draft": draft, "item": item, "groups": compared(queries.base_of(draft), queries.content_of(draft)), "jumps": jumps(item, draft.body, found),
        "faults": sum(remark.grave for remark in found), "outdated": _outdated(draft), "own": own, "tomorrow": clock.today() + timedelta(days=1),
        "today": clock.today(), "history": [(row, ITEM_DRAFT.moves[row.verb].words) for row in history],
        "people": queries.people([*(row.by for row in history), *draft.authors]), "writes": by.may(DRAFT) and by.department == draft.department.code,
        "reviews": by.may(REVIEW) and by.department == draft.department.code and not own, "approves": by.may(APPROVE) and not own and draft.reviewed_by != by.ref,
        "lapsed": bool(history) and history[-1].verb == "lapse", "latest": clock.today() + rules.FARTHEST,
    }  # fmt: skip
    return render(request, "editor/review.html", context)


def _outdated(draft: Any) -> bool:
    try:
        return bool(published(draft.code).pk != draft.based_on_id)
    except NotFound:
        return draft.based_on_id is not None


@post_only
@staff(DRAFT, REVIEW, APPROVE)
def decide(request: StaffRequest, item: str, verb: str) -> HttpResponse:
    """One verb on the draft. Comes back to where the draft is read, or to the list when it is gone."""
    draft, by, reason = draft_of(request.actor, item), request.actor, request.POST.get("reason", "")
    match verb:
        case "submit":
            deciding.submit(by=by, draft_id=draft.pk, edition=sent.edition(request))
        case "return":
            deciding.return_draft(by=by, draft_id=draft.pk, reason=reason)
        case "endorse":
            deciding.endorse(by=by, draft_id=draft.pk)
        case "decline":
            deciding.decline(by=by, draft_id=draft.pk, reason=reason)
        case "approve":
            deciding.approve(by=by, draft_id=draft.pk, effective_on=_day(request.POST.get("effective_on", "")))
        case "take-back":
            deciding.take_back(by=by, draft_id=draft.pk, reason=reason)
        case "abandon":
            actions.abandon(by=by, draft_id=draft.pk)
        case _:
            raise NotFound
    messages.success(request, _said(verb))
    return see_other(reverse("editor" if verb == "abandon" else "editor-review", args=[] if verb == "abandon" else [item]))


def _said(verb: str) -> str:
    sentences = {
        "submit": _("已提交部门审核。"), "return": _("已退回编写。"), "endorse": _("已审核通过，等总编批准。"), "decline": _("已退回编写。"),
        "approve": _("已批准，到日自动发布。"), "take-back": _("已撤回批准，退回编写。"), "abandon": _("已放弃草稿，每次修改都还可以查。"),
    }  # fmt: skip
    return sentences[verb]


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise InvalidInput(field=rules.EFFECTIVE, reason_zh="请选择日期", reason_en="please choose a day") from None


@staff(DRAFT)
def rebase(request: StaffRequest, item: str) -> HttpResponse:
    """A newer version was published since: what it changed goes in, and where both changed the same, one chooses."""
    draft = draft_of(request.actor, item)
    if request.method == "POST":
        actions.rebase(by=request.actor, draft_id=draft.pk, edition=sent.edition(request), choices=named(request, "choice"))
        messages.success(request, _("已并入新版本。"))
        return see_other(reverse("editor-item", args=[item]))
    newer = published(item)
    base, theirs = queries.base_of(draft), queries.body_of_version(newer)
    ways = rules.three_ways(base, theirs, queries.content_of(draft))
    context = {
        "draft": draft, "item": item, "newer": newer, "theirs": [told(difference, base, theirs) for difference in ways.taken],
        "mine": [told(difference, base, draft.body) for difference in ways.mine],
        "both": [
            {"at": each.at, "where": place(each.at, base), "theirs": told(each.theirs, base, theirs), "mine": [told(own, base, draft.body) for own in each.mine]}
            for each in ways.both
        ],
    }  # fmt: skip
    return render(request, "editor/rebase.html", context)
