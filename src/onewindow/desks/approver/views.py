"""The approver's desk: a worklist by deadline, a file with form and pages beside each other, a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.casefile import case_file, filed_pages, picture
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.onwards import to
from onewindow.desks.paging import page_of
from onewindow.errands.decision import decide
from onewindow.foundation.catalogue.definition import resolve
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import Actor
from onewindow.law.calendars import packaged
from onewindow.law.exclusions import KINDS, LONGEST
from onewindow.law.limits import remaining
from onewindow.law.packs import PERMIT
from onewindow.spine.cases.policies import DECIDE
from onewindow.spine.cases.progress import running_of
from onewindow.spine.cases.queries import case, cases_to_decide, neighbours, next_to_decide
from onewindow.spine.cases.rules import pack_for
from onewindow.stages.approval.rules import bases, denying_phrases, granting_phrases
from onewindow.stages.publication.queries import requests_of

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Case


def case_of(actor: Actor, uuid: UUID) -> Case:
    """A case of the approver's own department; another's is as if it were not there."""
    found = case(str(uuid))
    if found.department.code != actor.department:
        raise NotFound
    return found


@staff(DECIDE)
def worklist(request: StaffRequest) -> HttpResponse:
    """The department's accepted cases, the nearest deadline first."""
    today, calendar = clock.today(), packaged()
    page = page_of(request, cases_to_decide(request.actor.department))
    running = running_of(list(page))
    rows = [{"case": c, "left": remaining(today, c.promised_on, calendar), "running": running.get(c.pk, ())} for c in page if c.promised_on]
    return render(request, "approver/worklist.html", {"page": page, "rows": rows})


@staff(DECIDE)
def file(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One case: form and pages, history, deadline day by day, and the decision bar. ``page`` chooses the page that lies open."""
    found = case_of(request.actor, uuid)
    context = case_file(found)
    before, after = neighbours(found)
    context |= {
        "accepted_by_me": str(found.accepted_by) == request.actor.id,
        "before": before, "after": after,
        "open": _open_page(context, request.GET.get("page", "")),
        "verbs": {verb: found.verb_words(verb) for verb in ("grant", "deny")},
    }  # fmt: skip
    if found.item.item_type == PERMIT:
        labels = {field.code: field.label for field in found.version.definition.fields}
        context["secrecy"] = [{"asked": each, "labels": [labels[code] for code in each.fields if code in labels]} for each in requests_of(found.pk)]
    if found.state == "accepted":
        definition = found.version.definition
        conditions = resolve(definition, found.answers).conditions
        context |= {
            "phrases": {"grant": granting_phrases(definition, conditions), "deny": denying_phrases(conditions)},
            "excludes_time": pack_for(definition).excludes_time,
            "kinds": KINDS, "bases": bases(definition), "longest": LONGEST, "today": clock.today(), "once": uuid7(),
        }  # fmt: skip
    return render(request, "approver/file.html", context)


@staff(DECIDE)
def viewer(request: StaffRequest, uuid: UUID, page: UUID) -> HttpResponse:
    """One page of the materials, large, with the way to the ones beside it: what changes when another is chosen."""
    found = case_of(request.actor, uuid)
    opened = _open_page(filed_pages(found), str(page))
    if opened is None or opened["sheet"].page.uuid != page:
        raise NotFound
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(f"{reverse('approver-file', args=[uuid])}?page={page}#viewer")
    return render(request, "approver/viewer.html", {"case": found, "open": opened})


@post_only
@staff(DECIDE)
def decision(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Grant or deny, then the next case that can be decided. Somebody else's decision that came first is shown instead."""
    found = case(str(uuid))
    verb = request.POST.get("verb", "")
    decide(by=request.actor, case_id=found.pk, verb=verb, words=request.POST.get("words", ""))
    said = found.verb_words(verb).read(get_language() or "zh-hans")
    done = (
        _("已作出决定：%(verb)s。结果将自动制证并通知申请人。") if verb == "grant" else _("已作出决定：%(verb)s。理由和救济途径已写入决定书。")
    )
    after = next_to_decide(found, but_of=int(request.actor.id))
    onward = _("下面是下一件。") if after else ""
    messages.success(request, done % {"verb": said} + onward)
    return to("approver-file", after.uuid) if after else to("approver")


@staff(DECIDE)
def page_picture(request: StaffRequest, uuid: UUID, page: UUID) -> HttpResponse:
    """One page of the materials of a case of this department."""
    return picture(case_of(request.actor, uuid), page)


def _open_page(filed: Mapping[str, Any], chosen: str) -> dict[str, Any] | None:
    """The page that lies open with its neighbours: the one chosen, else the first; None when nothing is filed."""
    every = list(_in_order(filed))
    if not every:
        return None
    place = next((n for n, row in enumerate(every) if str(row["sheet"].page.uuid) == chosen), 0)
    before, after = every[place - 1] if place else None, every[place + 1] if place + 1 < len(every) else None
    return every[place] | {"n": place + 1, "all": len(every), "before": before, "after": after}


def _in_order(filed: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    for row in filed["materials"]:
        for sheet in row["sheets"]:
            yield {"spec": row["spec"], "sheet": sheet}
    for sheet in filed["unsorted"]:
        yield {"spec": None, "sheet": sheet}
