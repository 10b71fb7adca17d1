"""好差评 at the manager's: the evaluations of the site, and the follow-up of a bad one from the first call to asking again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.onwards import to
from onewindow.desks.paging import page_of
from onewindow.foundation.places.queries import windows
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, ReasonMissing, Refusal
from onewindow.kernel.words import Words
from onewindow.law.calendars import packaged
from onewindow.law.limits import remaining
from onewindow.oversight.evaluation import actions, queries
from onewindow.oversight.evaluation.policies import FOLLOW, READ
from onewindow.oversight.evaluation.rules import LONGEST, sight_of
from onewindow.oversight.evaluation.states import FOLLOW_UP

if TYPE_CHECKING:
    from onewindow.oversight.evaluation.models import Evaluation, FollowUp

_SHOWN = {
    "bad": Words("差评", "Bad"), "open": Words("待办结", "Not closed"), "overdue": Words("已超期", "Overdue"), "all": Words("全部", "All"),
}  # fmt: skip


@staff(READ)
def listed(request: StaffRequest) -> HttpResponse:
    """The evaluations of the site: bad ones, those that wait, those past their day, or all."""
    show = request.GET.get("show", "bad")
    show = show if show in queries.SHOWN else "bad"
    page = page_of(request, queries.evaluations(request.actor, show))
    context = {
        "page": page, "rows": [_row(given) for given in page], "show": show, "filters": _SHOWN, "kept": f"show={show}",
        "figures": queries.satisfaction(request.actor.site, clock.today().replace(day=1)), "windows": windows(request.actor.site),
    }  # fmt: skip
    return render(request, "manager/evaluations.html", context)


def _row(given: Evaluation) -> dict[str, Any]:
    follow_up = getattr(given, "follow_up", None)
    return {"given": given, "follow_up": follow_up, "left": _left(follow_up) if follow_up else None}


def _left(follow_up: FollowUp) -> int | None:
    """Working days left to contact, or to correct by the day that was set; None where no day runs."""
    due = {"open": follow_up.contact_by, "scheduled": follow_up.correct_by}.get(follow_up.state)
    return remaining(clock.today(), due, packaged()) if due is not None else None


@staff(READ)
def one(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One evaluation: what was said, of what, and what was done about it so far."""
    return _page(request, queries.evaluation(request.actor, str(uuid)))


def _page(request: StaffRequest, given: Evaluation, refusal: Refusal | None = None) -> HttpResponse:
    """The page; with a move that was refused as it was typed."""
    follow_up, sight = getattr(given, "follow_up", None), sight_of(request.actor)
    context: dict[str, Any] = {
        "given": given, "follow_up": follow_up, "text": queries.text_of(request.actor, given), "speaker": queries.masked_speaker(given),
        "contact": queries.contact_of(request.actor, given) if sight.contact else None, "may_follow": sight.contact, "longest": LONGEST,
        "today": clock.today(), "refused": request.POST.get("verb", "") if refusal else "", "typed": request.POST if refusal else {},
        "sentence": refusal.message(get_language() or "zh-hans") if refusal else "",
    }  # fmt: skip
    if follow_up is not None:
        moves = FOLLOW_UP.moves
        context["left"] = _left(follow_up)
        context["moves"] = [verb for verb, move in moves.items() if follow_up.state in move.sources] if sight.contact else []
        context["steps"] = [{"words": moves[entry.verb].words, "at": entry.at} for entry in queries.steps_of(follow_up)]
    return render(request, "manager/evaluation.html", context, status=refusal.status if refusal else 200)


@post_only
@staff(FOLLOW)
def move(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One step of the follow-up."""
    if not request.actor.may(READ):  # nobody holds one without the other; the page is read before it is written
        raise NotFound
    given = queries.evaluation(request.actor, str(uuid))
    follow_up = getattr(given, "follow_up", None)
    if follow_up is None:
        raise NotFound
    try:
        _moved(request, follow_up)
    except (InvalidInput, ReasonMissing) as refusal:
        return _page(request, given, refusal)
    messages.success(request, _("已登记。"))
    return to("evaluation", uuid)


def _moved(request: StaffRequest, follow_up: FollowUp) -> None:
    by, words = request.actor, request.POST.get("words", "")
    match request.POST.get("verb", ""):
        case "contact":
            actions.contact(by=by, follow_up_id=follow_up.pk, finding=words)
        case "schedule":
            actions.schedule(by=by, follow_up_id=follow_up.pk, correct_by=_day(request.POST.get("on", "")))
        case "correct":
            actions.correct(by=by, follow_up_id=follow_up.pk, reply=words)
        case "explain":
            actions.explain(by=by, follow_up_id=follow_up.pk, reply=words)
        case "resume":
            actions.resume(by=by, follow_up_id=follow_up.pk, finding=words)
        case "revisit":
            actions.revisit(by=by, follow_up_id=follow_up.pk)
        case _:
            raise InvalidInput(field=Words("操作", "step"), reason_zh="请点一个按钮", reason_en="please press one of the buttons")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(field=Words("整改期限", "day to correct by"), reason_zh="请选择日期", reason_en="please choose a day") from None
