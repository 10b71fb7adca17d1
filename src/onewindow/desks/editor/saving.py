"""What is typed goes into the draft: at once while typing, or with the button of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.editor import sent
from onewindow.desks.editor.remarks import link_to
from onewindow.desks.editor.seen import draft_of
from onewindow.desks.editor.views import page
from onewindow.desks.onwards import see_other
from onewindow.foundation.catalogue.definition.addressing import ABSENT, value_at
from onewindow.foundation.catalogue.definition.labels import PARTS
from onewindow.foundation.catalogue.definition.wording import place
from onewindow.foundation.catalogue.drafts import actions, queries
from onewindow.foundation.catalogue.drafts.policies import DRAFT
from onewindow.kernel import clock
from onewindow.kernel.errors import FieldTaken, Refusal

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.drafts.models import DraftEdition



@post_only
@staff(DRAFT)
def save(request: StaffRequest, item: str) -> HttpResponse:
    """Keep what was typed. A script is answered with what changes on its page; a button comes back to the page."""
    by, draft, shown = request.actor, draft_of(request.actor, item), sent.edition(request)
    part, of = request.POST.get("part", ""), request.POST.get("of", "")
    scripted = request.headers.get("X-Editor") == "typing"
    try:
        saved = actions.save(by=by, draft_id=draft.pk, edition=shown, changes=sent.typed(request.POST, queries.body_at(draft, shown)))
    except FieldTaken as taken:
        if not scripted:
            raise
        return JsonResponse(_met(request, item, taken, shown), status=taken.status)
    except Refusal as refusal:
        if not scripted:
            raise
        return JsonResponse({"said": refusal.message(get_language() or "zh-hans")}, status=refusal.status)
    if not scripted:
        messages.success(request, _("已保存。"))
        return see_other(f"{reverse('editor-item', args=[item])}?part={part}&of={of}")
    return JsonResponse(_answer(request, item, part, of, shown, saved.others))


def _answer(request: StaffRequest, item: str, part: str, of: str, shown: int, others: list[DraftEdition]) -> dict[str, Any]:
    """What a page that goes on being typed in has to know."""
    draft = draft_of(request.actor, item)
    context = page(draft, part if part in PARTS else "facts", of)
    beside = {at: render_to_string("editor/remarks.html", {"found": found}) for at, found in context["remarks"].items()}
    now = clock.local(clock.now())
    said = _("已保存 %(time)s") % {"time": f"{now:%H:%M:%S}"}
    if others:
        said += _("，已并入%(who)s同时所作的修改") % {"who": _names(others)}
    return {
        "edition": draft.edition, "said": said, "remarks": beside, "jumps": render_to_string("editor/jumps.html", context, request),
        "values": _values(draft.body, others), "structure": any(_structural(change) for row in others for change in row.changes),
    }  # fmt: skip


def _met(request: StaffRequest, item: str, taken: FieldTaken, shown: int) -> dict[str, Any]:
    """Both wordings, to choose from; nothing of this save was written."""
    draft = draft_of(request.actor, item)
    at = str(taken.details["address"])
    theirs = value_at(draft.body, at)
    others = [row for row in queries.since(draft, shown) if row.by != request.actor.ref]
    said = taken.message(get_language() or "zh-hans")
    gone = theirs is ABSENT or isinstance(theirs, dict | list)
    return {
        "edition": draft.edition, "at": at, "theirs": None if gone else theirs, "values": _values(draft.body, [row for row in others if row]),
        "html": render_to_string("editor/taken.html", {"said": said, "at": at, "gone": gone, "where": place(at, draft.body)}, request),
    }  # fmt: skip


def _values(body: dict[str, Any], others: list[DraftEdition]) -> dict[str, str]:
    """What plain fields that others changed say now."""
    found = {change["at"]: value_at(body, change["at"]) for row in others for change in row.changes}
    return {at: str(value).lower() if isinstance(value, bool) else str(value) for at, value in found.items() if isinstance(value, str | int)}


def _structural(change: dict[str, Any]) -> bool:
    return change["verb"] != "set" or isinstance(change["now"], dict | list)


def _names(others: list[DraftEdition]) -> str:
    language = get_language() or "zh-hans"
    return "、".join(words.read(language) for words in queries.people(row.by for row in others).values())


@post_only
@staff(DRAFT)
def change(request: StaffRequest, item: str) -> HttpResponse:
    """Add, take away or move a part; whatever was typed on the page is kept in the same breath."""
    by, draft, shown = request.actor, draft_of(request.actor, item), sent.edition(request)
    typed = sent.typed(request.POST, queries.body_at(draft, shown))
    saved = actions.save(by=by, draft_id=draft.pk, edition=shown, changes=typed)
    changes, goes_on = sent.operation(request.POST.get("op", ""), saved.body)
    actions.save(by=by, draft_id=draft.pk, edition=saved.edition, changes=changes)
    return see_other(link_to(item, goes_on))


@post_only
@staff(DRAFT)
def undo(request: StaffRequest, item: str) -> HttpResponse:
    """Take back the last change that still stands."""
    draft = draft_of(request.actor, item)
    last = queries.undoable(draft)
    actions.undo(by=request.actor, draft_id=draft.pk, edition=sent.edition(request))
    if last is None:
        messages.success(request, _("没有可以撤销的修改。"))
        return see_other(reverse("editor-item", args=[item]))
    language = get_language() or "zh-hans"
    where = place(last.changes[0]["at"], draft.body).read(language)
    messages.success(request, _("已撤销对“%(where)s”的修改。") % {"where": where})
    return see_other(link_to(item, last.changes[0]["at"]))
