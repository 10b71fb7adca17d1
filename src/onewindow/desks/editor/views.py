"""The items of a department with their drafts, and the page on which one is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.editor.fields import addresses, controls_of
from onewindow.desks.editor.naming import called
from onewindow.desks.editor.previewing import readable
from onewindow.desks.editor.remarks import LISTED, beside, jumps, remarks_on
from onewindow.desks.editor.seen import draft_of, sees, waits_for
from onewindow.desks.onwards import see_other
from onewindow.foundation.catalogue.definition.addressing import ABSENT, value_at
from onewindow.foundation.catalogue.definition.labels import FIELDS_OF_PART, PARTS
from onewindow.foundation.catalogue.definition.saying import name_of
from onewindow.foundation.catalogue.definition.tree import tree_of
from onewindow.foundation.catalogue.definition.wording import part_of, place
from onewindow.foundation.catalogue.drafts import actions, queries
from onewindow.foundation.catalogue.drafts.beginning.queries import withdrawn_items
from onewindow.foundation.catalogue.drafts.policies import APPROVE, DRAFT, REVIEW
from onewindow.foundation.catalogue.queries import published_items
from onewindow.kernel.errors import NotFound

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.drafts.models import ItemDraft


@staff(DRAFT, REVIEW, APPROVE)
def front(request: StaffRequest) -> HttpResponse:
    """The items of my department, of every one for the chief editor: what is published, what is being written, what waits for me."""
    by = request.actor
    drafts = {draft.code: draft for draft in queries.open_drafts() if sees(by, draft.department.code)}
    items = [version for version in published_items() if sees(by, version.department.code)]
    items += [version for version in withdrawn_items() if sees(by, version.department.code)]
    rows = [{"version": version, "draft": drafts.pop(version.code, None)} for version in items]
    rows += [{"version": None, "draft": draft} for draft in drafts.values()]
    for row in rows:
        row["waits"] = row["draft"] is not None and waits_for(by, row["draft"])
        row["faults"] = sum(remark.grave for remark in remarks_on(row["draft"].body)) if row["draft"] is not None and row["draft"].state == "drafting" else 0
    rows.sort(key=lambda row: (not row["waits"], row["draft"] is None))
    return render(request, "editor/front.html", {"rows": rows, "writes": by.may(DRAFT), "waiting": sum(bool(row["waits"]) for row in rows)})


@post_only
@staff(DRAFT)
def begin(request: StaffRequest, item: str) -> HttpResponse:
    """Begin a draft, or go on with the one there is."""
    actions.open_draft(by=request.actor, item=item)
    return see_other(reverse("editor-item", args=[item]))


@staff(DRAFT, REVIEW, APPROVE)
def item(request: StaffRequest, item: str) -> HttpResponse:
    """One part of an item, field by field, with what people will see beside it. Whoever does not write, or cannot now, reads what differs."""
    draft = queries.open_draft_of(item)
    if draft is None:
        return redirect("editor-versions", item)
    if not sees(request.actor, draft.department.code):
        raise NotFound
    if draft.state != "drafting" or not request.actor.may(DRAFT):
        return redirect("editor-review", item)
    part = request.GET.get("part", "")
    return render(request, "editor/item.html", page(draft, part if part in PARTS else "facts", request.GET.get("of", "")))


def page(draft: ItemDraft, part: str, of: str) -> dict[str, Any]:
    """What the page of one part shows."""
    found = remarks_on(draft.body)
    controls, elements = controls_of(part, draft.body, of)
    if elements and not any(element.inner for element in elements):  # nothing chosen, or what was chosen is gone
        of = elements[0].code
        controls, elements = controls_of(part, draft.body, of)
    definition = readable(draft.body) if part == "questions" else None
    counts = dict.fromkeys(FIELDS_OF_PART, 0)
    for remark in found:
        counts[part_of(remark.address)] += remark.grave
    return {
        "draft": draft, "item": draft.code, "part": part, "of": of, "controls": controls, "elements": elements, "listed": LISTED.get(part, ""),
        "chosen": next((element for element in elements if element.code == of), None), "remarks": beside(found, addresses(controls, elements)),
        "jumps": jumps(draft.code, draft.body, found), "faults": sum(remark.grave for remark in found),
        "parts": [(name, words, counts[name]) for name, words in PARTS.items()], "tree": tree_of(definition) if definition else None,
        "undo": draft.edition > 0,
    }  # fmt: skip


@staff(DRAFT)
def condition(request: StaffRequest, item: str) -> HttpResponse:
    """When a part applies: the answers to tick, group by group, one empty group more. Fetched when it is opened."""
    draft, at = draft_of(request.actor, item), request.GET.get("at", "")
    value = value_at(draft.body, at)
    groups = list(value) if isinstance(value, list) else []
    names = at.split("/")
    questions = draft.body.get("questions", [])
    if names[1:2] == ["questions"] and len(names) > 2:  # a question hangs on earlier ones only
        codes = [question["code"] for question in questions]
        questions = questions[: codes.index(names[2])] if names[2] in codes else questions
    shown = [
        {"n": n, "questions": [
            {"code": question["code"], "words": name_of(question, question["code"]), "answers": [
                (answer["code"], name_of(answer, answer["code"]), answer["code"] in (group.get(question["code"]) or ()))
                for answer in question.get("answers", [])
            ]} for question in questions
        ]} for n, group in enumerate([*groups, {}])
    ]  # fmt: skip
    return render(request, "editor/condition.html", {"at": at, "groups": shown, "item": item})


@staff(DRAFT)
def rests_on(request: StaffRequest, item: str) -> HttpResponse:
    """What a fact rests on: the citations to tick, and which of them hold for it now. Fetched when it is opened."""
    draft, at = draft_of(request.actor, item), request.GET.get("at", "")
    own = value_at(draft.body, f"/sources{at}")
    held = own if own is not ABSENT else []
    citations = draft.body.get("citations", {})
    context = {
        "at": at, "item": item, "where": place(at, draft.body), "own": own is not ABSENT,
        "citations": [(name, called(draft.body, name), name in held) for name in citations],
    }  # fmt: skip
    return render(request, "editor/rests_on.html", context)
