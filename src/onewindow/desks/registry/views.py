"""办事人登记: the administrator finds two records of one person or company, sees both masked side by side, and merges them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.onwards import to
from onewindow.errands import merging
from onewindow.errands.sitting import register_party
from onewindow.foundation.people import queries as people
from onewindow.foundation.people.policies import MERGE
from onewindow.foundation.people.rules import DOCUMENTS, LONGEST_REASON
from onewindow.kernel.errors import CannotMerge, InvalidInput, NotFound, ReasonMissing, Refusal
from onewindow.kernel.words import Words
from onewindow.spine.cases.queries import cases_of, open_cases_of
from onewindow.spine.visits.queries import visits_of

if TYPE_CHECKING:
    from onewindow.foundation.people.models import Party

_SHOWN = 10


@staff(MERGE)
def search(request: StaffRequest) -> HttpResponse:
    """Find a record by its exact number or a part of its name; with one chosen already, the other one to compare it with.

    The number is sent by POST and not kept.
    """
    chosen = people.record_by_uuid(request.GET["with"]) if request.GET.get("with") else None
    return _search(request, chosen)


def _search(request: StaffRequest, chosen: Party | None = None, refusal: Refusal | None = None) -> HttpResponse:
    typed = "" if refusal else request.POST.get("q", "").strip()
    found = [party for party in people.parties_like(typed) if chosen is None or party.pk != chosen.pk] if typed else []
    context = {
        "asked": request.method == "POST" and not refusal, "typed": typed, "rows": [_line(party) for party in found], "chosen": chosen,
        "documents": [(kind, code, words) for kind, documents in DOCUMENTS.items() for code, words in documents.items()],
        "sent": request.POST if refusal else {}, "sentence": _sentence(refusal),
    }  # fmt: skip
    return render(request, "registry/search.html", context, status=refusal.status if refusal else 200)


def _line(party: Party) -> dict[str, Any]:
    """A record as lists show it: number and phone masked."""
    phone = people.phone_in(party)
    return {
        "party": party, "document": DOCUMENTS[party.kind][party.document], "number": people.masked_number(party),
        "phone": people.masked_phone(phone) if phone else "—",
    }  # fmt: skip


@post_only
@staff(MERGE)
def register(request: StaffRequest) -> HttpResponse:
    """Put somebody on record with whatever document they have."""
    sent = request.POST
    kind, _dot, document = sent.get("document", "").partition(".")
    try:
        made = register_party(
            by=request.actor, site=request.actor.site, kind=kind, name=sent.get("name", ""), number=sent.get("number", ""),
            phone=sent.get("phone", ""), document=document,
        )  # fmt: skip
    except InvalidInput as refusal:
        return _search(request, refusal=refusal)
    messages.success(request, _("已登记在册。"))
    return to("registry-record", made.uuid)


@staff(MERGE)
def record(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One record: what is on it, and what was merged into it."""
    party = people.record_by_uuid(str(uuid))
    context = _column(party) | {"merged": [_line(each) for each in people.merged_of(party)]}
    return render(request, "registry/record.html", context)


def _column(party: Party) -> dict[str, Any]:
    """A record with what was filed with it, as both pages show it."""
    cases = open_cases_of(party.pk)[: _SHOWN + 1]
    return _line(party) | {
        "cases": cases[:_SHOWN], "more": len(cases) > _SHOWN, "all_cases": cases_of(party.pk).count(), "visits": visits_of(party.pk).count(),
    }  # fmt: skip


@staff(MERGE)
def beside(request: StaffRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Two records side by side."""
    return _beside(request, uuid, other)


def _beside(request: StaffRequest, uuid: UUID, other: UUID, refusal: Refusal | None = None) -> HttpResponse:
    one, two = people.record_by_uuid(str(uuid)), people.record_by_uuid(str(other))
    if one.pk == two.pk:
        raise NotFound
    context = {
        "columns": [_column(one), _column(two)], "one": one, "two": two, "possible": one.state == two.state == "known", "longest": LONGEST_REASON,
        "sent": request.POST if refusal else {}, "sentence": _sentence(refusal),
    }  # fmt: skip
    return render(request, "registry/beside.html", context, status=refusal.status if refusal else 200)


@post_only
@staff(MERGE)
def merge(request: StaffRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """The one that was chosen remains, the other points to it from now on."""
    both = {str(each): people.record_by_uuid(str(each)) for each in (uuid, other)}
    try:
        remaining = both.get(request.POST.get("remains", ""))
        if remaining is None:
            raise InvalidInput(field=Words("保留哪一份", "which one remains"), reason_zh="请选择一份", reason_en="please choose one")
        duplicate = next((party for party in both.values() if party.pk != remaining.pk), remaining)
        merging.merge(by=request.actor, duplicate=duplicate, remaining=remaining, reason=request.POST.get("reason", ""))
    except (InvalidInput, ReasonMissing, CannotMerge) as refusal:
        return _beside(request, uuid, other, refusal)
    messages.success(request, _("已合并。原来的号码现在都找到保留的这一份。"))
    return to("registry-record", remaining.uuid)


@post_only
@staff(MERGE)
def split(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Undo a merge, while nothing was filed since."""
    party = people.record_by_uuid(str(uuid))
    merging.split(by=request.actor, party=party)
    messages.success(request, _("已分开，两份记录各归各的。"))
    return to("registry-record", party.uuid)


def _sentence(refusal: Refusal | None) -> str:
    return refusal.message(get_language() or "zh-hans") if refusal else ""
