"""Every version of an item and every edition of a draft: looked at, compared, and restored."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.editor import sent
from onewindow.desks.editor.seen import draft_of, sees
from onewindow.desks.onwards import see_other
from onewindow.foundation.catalogue.definition.wording import compared, place
from onewindow.foundation.catalogue.drafts import actions, queries
from onewindow.foundation.catalogue.drafts.deciding import actions as deciding
from onewindow.foundation.catalogue.drafts.policies import APPROVE, DRAFT, REVIEW
from onewindow.foundation.catalogue.policies import WITHDRAW
from onewindow.kernel.errors import NotFound

_ROWS = 30


@staff(DRAFT, REVIEW, APPROVE)
def versions(request: StaffRequest, item: str) -> HttpResponse:
    """The versions of an item, and what differs between two of them in plain words."""
    found = list(queries.versions_of(item))
    draft = queries.open_draft_of(item)
    department = found[0].department if found else draft.department if draft else None
    if department is None or not sees(request.actor, department.code):
        raise NotFound
    numbers = [version.version for version in found]
    newer = _number(request, "to", numbers, 0)
    older = _number(request, "from", numbers, 1)
    groups = None
    if newer and older and newer != older:
        before, after = (queries.body_of_version(queries.version_numbered(item, number)) for number in (older, newer))
        groups = compared(before, after)
    context: dict[str, Any] = {
        "item": item, "versions": found, "draft": draft, "groups": groups, "older": older, "newer": newer,
        "writes": request.actor.may(DRAFT) and request.actor.department == department.code,
        "withdraws": request.actor.may(WITHDRAW) and any(version.state == "published" for version in found),
    }  # fmt: skip
    return render(request, "editor/versions.html", context)


@post_only
@staff(WITHDRAW)
def withdraw(request: StaffRequest, item: str) -> HttpResponse:
    """Let nothing new be received under the item until another version is published."""
    deciding.withdraw_item(by=request.actor, item=item, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤下。已经收下的件照原来的版本办完；再发布一版就恢复。"))
    return see_other(reverse("editor-versions", args=[item]))


def _number(request: HttpRequest, name: str, numbers: list[int], place_: int) -> int | None:
    """The version asked for; without one the newest, or the one before it. Raises `NotFound` for one that never was."""
    typed = request.GET.get(name, "")
    if not typed:
        return numbers[place_] if len(numbers) > place_ else None
    if not typed.isascii() or not typed.isdigit() or int(typed[:9]) not in numbers:
        raise NotFound
    return int(typed[:9])


@staff(DRAFT, REVIEW, APPROVE)
def editions(request: StaffRequest, item: str) -> HttpResponse:
    """Every change of a draft, the newest first; one of them looked at: what it changed."""
    draft = draft_of(request.actor, item)
    rows = Paginator(queries.editions_of(draft), _ROWS).get_page(request.GET.get("page"))
    people = queries.people(row.by for row in rows)
    wanted = request.GET.get("n", "")
    groups = None
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= draft.edition:
        groups = compared(queries.body_at(draft, int(wanted) - 1), queries.body_at(draft, int(wanted)))
    context = {
        "draft": draft, "item": item, "page": rows, "groups": groups, "wanted": wanted, "kept": "",
        "rows": [
            {"row": row, "by": people[row.by], "places": [place(change["at"], draft.body) for change in row.changes[:3]], "more": len(row.changes) - 3}
            for row in rows
        ],
        "writes": request.actor.may(DRAFT) and draft.state == "drafting",
    }  # fmt: skip
    return render(request, "editor/editions.html", context)


@post_only
@staff(DRAFT)
def restore(request: StaffRequest, item: str, n: int) -> HttpResponse:
    """Let the draft say again what it said then."""
    draft = draft_of(request.actor, item)
    actions.restore(by=request.actor, draft_id=draft.pk, edition=sent.edition(request), to=n)
    messages.success(request, _("已恢复到第 %(n)s 次修改后的样子。") % {"n": n})
    return see_other(reverse("editor-item", args=[item]))
