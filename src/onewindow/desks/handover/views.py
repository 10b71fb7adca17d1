"""The delivery window: everything ready for one person, whichever departments made it, handed over at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from onewindow.desks import papers
from onewindow.desks.casefile import first_of_number
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.onwards import to
from onewindow.desks.paging import page_of
from onewindow.desks.paying import missing, notices_of
from onewindow.errands.collection import collect
from onewindow.foundation.people.queries import party_by_id, party_by_number, party_by_uuid
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, Refusal, WrongState
from onewindow.kernel.identifiers import Kind, check
from onewindow.spine.cases.policies import HAND_OVER
from onewindow.spine.cases.queries import case, document
from onewindow.stages.delivery.queries import available_results, results_collected, results_for

if TYPE_CHECKING:
    from onewindow.spine.cases.models import Document
    from onewindow.stages.delivery.models import Result

_PARTY = "handover.party"
_DONE = "handover.done"  # the cases just handed over, so that their records can be printed
_LEAVES_HERE = frozenset({"licence", "grant", "denial", "pickup-slip"})


@staff(HAND_OVER)
def shelf(request: StaffRequest) -> HttpResponse:
    """Everything ready to collect; a person's number shows what is theirs.

    The number is sent by POST and not kept; the session remembers whose record it was while they stand here.
    """
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            found = party_by_number(*_number(request.POST.get("number", "")))
            request.session[_PARTY] = found.pk if found else 0
        except InvalidInput as refusal:
            wrong, request.session[_PARTY] = refusal, None
    elif "all" in request.GET:
        request.session[_PARTY] = None
    key = request.session.get(_PARTY)
    party = party_by_id(key) if key else None
    mine = list(results_for(party.pk).filter(site=request.actor.site)) if party else []
    context = {
        "page": page_of(request, available_results(request.actor.site)),
        "asked": key is not None,
        "party": party,
        "number": first_of_number(party) if party else "",
        "results": mine,
        "fees": notices_of(request, [result.case for result in mine]),
        "unissued": [result for result in mine if result.case.state == "granted" and missing(result.case)],
        "done": [] if party else request.session.get(_DONE, []),
        "wrong": wrong,
        "typed": request.POST.get("number", "") if wrong else "",
    }
    return render(request, "handover/shelf.html", context, status=422 if wrong else 200)


def _number(number: str) -> tuple[str, str]:
    """(kind, number) of a person or a company; the reason why not otherwise."""
    for kind, identifier in (("person", Kind.RESIDENT_ID), ("company", Kind.CREDIT_CODE)):
        if check(identifier, number, on=clock.today()).reason is None:
            return kind, number
    if party_by_number("person", number) is not None:  # on record with another document
        return "person", number
    verdict = check(Kind.RESIDENT_ID, number, on=clock.today())
    assert verdict.reason is not None
    raise InvalidInput(field=_("证件号码"), reason_zh=verdict.reason.zh, reason_en=verdict.reason.en)


@post_only
@staff(HAND_OVER)
def hand_over(request: StaffRequest) -> HttpResponse:
    """Hand over the results ticked, after comparing the last four of the collector's number.

    The form names the collector (`party`), so that two tabs never mix two people up. The same form sent again
    hands nothing over again: it is told when these were handed over.
    """
    party = party_by_uuid(request.POST.get("party", ""))
    if party is None:
        raise InvalidInput(field=_("领取人"), reason_zh="请先核验领取人证件", reason_en="check the collector's document first")
    ticked = request.POST.getlist("result")
    chosen = list(results_for(party.pk).filter(site=request.actor.site, uuid__in=ticked))
    gone = results_collected(party.pk, request.actor.site, ticked)
    try:
        if not chosen and not gone:
            raise InvalidInput(field=_("领取结果"), reason_zh="请至少勾选一项", reason_en="tick at least one")
        if gone:
            messages.success(request, _already(gone))
        if chosen:
            collect(by=request.actor, results=chosen, collector=party, tail=request.POST.get("tail", ""))
            messages.success(request, _("已发放 %(n)d 份结果，领取登记已生成。") % {"n": len(chosen)})
            request.session[_DONE] = [[str(result.case.uuid), result.case.number] for result in chosen]
    except WrongState:  # the same form twice at once: the other one won
        gone = results_collected(party.pk, request.actor.site, ticked)
        if len(gone) < len(set(ticked)):
            raise
        messages.success(request, _already(gone))
    request.session[_PARTY] = None
    return to("handover")


def _issued(request: StaffRequest, uuid: UUID, kind: str) -> Document | None:
    """A paper that leaves from this site, the licence or decision and the record of its delivery; no other is this desk's."""
    found = case(str(uuid))
    return document(found, kind) if kind in _LEAVES_HERE and found.site == request.actor.site else None


paper, paper_pdf, paper_print = papers.views("handover", HAND_OVER, issued=_issued, back=lambda _: reverse("handover"))


def _already(gone: Sequence[Result]) -> str:
    """What was handed over before, and when."""
    moments = sorted({clock.local(result.collected_at).strftime("%Y-%m-%d %H:%M") for result in gone if result.collected_at})
    return _("%(n)d 份已在 %(time)s 发放过，没有重复发放。") % {"n": len(gone), "time": ", ".join(moments)}
