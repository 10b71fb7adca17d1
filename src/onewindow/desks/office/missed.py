"""没搜到的说法: what people looked for in vain, so that whoever keeps the catalogue gives the items the words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.onwards import to
from onewindow.desks.paging import page_of
from onewindow.foundation.catalogue.search import actions
from onewindow.foundation.catalogue.search.policies import KEEP_WORDS
from onewindow.foundation.catalogue.search.queries import called, first_by_letters, missed_queries, settled_queries
from onewindow.kernel.errors import InvalidInput
from onewindow.look.templatetags.look import words


@staff(KEEP_WORDS)
def missed(request: StaffRequest) -> HttpResponse:
    """What nobody has settled, the most asked first; with ``?settled`` what was, the newest first."""
    return _listed(request)


def _listed(request: StaffRequest, refused: InvalidInput | None = None) -> HttpResponse:
    settled = "settled" in request.GET
    context: dict[str, object] = {"tab": "missed", "settled": settled, "waiting": missed_queries().count(), "done": settled_queries().count()}
    if settled:
        page = page_of(request, settled_queries())
        names = called(each.item for each in page if each.item)
        context |= {"page": page, "kept": "settled", "rows": [{"query": each, "found": names.get(each.item)} for each in page]}
    else:
        waiting = page_of(request, missed_queries())
        found = first_by_letters(each.text for each in waiting)  # thirty meanings would be half a second
        context |= {"page": waiting, "rows": [{"query": each, "found": found[each.text]} for each in waiting]}
        context |= {"wrong": refused.message(get_language() or "zh-hans"), "wrong_text": request.POST.get("text", "")} if refused else {}
    return render(request, "office/missed.html", context, status=refused.status if refused else 200)


@post_only
@staff(KEEP_WORDS)
def settle(request: StaffRequest) -> HttpResponse:
    """It is found by now, or it is no matter of the centre's."""
    ours = request.POST.get("ours", "") == "yes"
    try:
        done = actions.settle(by=request.actor, site=request.actor.site, text=request.POST.get("text", ""), ours=ours)
    except InvalidInput as refusal:
        return _listed(request, refusal)
    if ours:
        messages.success(request, _("“%(text)s”现在能搜到“%(item)s”，已从列表中去掉。") % {"text": done.text, "item": words(called([done.item])[done.item])})
    else:
        messages.success(request, _("“%(text)s”不归中心办，已从列表中去掉，以后不再计数。") % {"text": done.text})
    return to("office-missed")
