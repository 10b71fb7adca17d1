"""Whom to tell what, when something happens."""

from __future__ import annotations

from onewindow.kernel.permissions import system
from onewindow.kernel.relay.events import Event
from onewindow.kernel.words import Words
from onewindow.law.exclusions import KINDS
from onewindow.law.packs import PERMITS, pack_of
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.queries import case_by_id
from onewindow.stages.notices.actions import write
from onewindow.stages.notices.states import WRITE
from onewindow.stages.notices.templates import TEMPLATES

_NO_WORDS = Words("", "")
_BY = system("notices", [WRITE])
_OF_CASE = {
    "acceptance.case_received": "case-received",
    "acceptance.case_accepted": "case-accepted",
    "acceptance.correction_noticed": "correction",
    "acceptance.case_supplemented": "case-supplemented",
    "acceptance.case_exempted": "case-exempted",
    "acceptance.case_refused": "case-refused",
    "acceptance.acceptance_voided": "acceptance-voided",
    "approval.case_suspended": "case-suspended",
    "approval.case_resumed": "case-resumed",
    "approval.case_granted": "case-granted",
    "approval.case_denied": "case-denied",
}
_OF_TICKET = {
    "queueing.ticket_taken": "ticket-taken",
    "queueing.ticket_called": "ticket-called",
    "queueing.ticket_recalled": "ticket-called",
    "queueing.ticket_missed": "ticket-missed",
}
_OF_PAYMENT = {
    "payment.order_issued": "fee-due", "payment.order_paid": "fee-paid", "payment.refund_made": "fee-refunded",
}  # fmt: skip
_OF_RESULT = {"delivery.result_available": "result-available", "delivery.result_collected": "result-collected"}


def tell_of_case(event: Event) -> None:
    """Tell the agent, or the applicant where there is none, what happened to the case."""
    _tell(event, case_by_id(event.subject_id), _OF_CASE[event.name])


def tell_of_result(event: Event) -> None:
    """Tell them that the result can be collected, or was."""
    _tell(event, case_by_id(event.facts["case"]), _OF_RESULT[event.name])


def tell_of_payment(event: Event) -> None:
    """Tell them what is to be paid, that it has come in, or that it was given back."""
    more = {"sum": _yuan(event.facts.get("due", event.facts.get("amount"))), "by": str(event.facts.get("by", ""))}
    _tell(event, case_by_id(event.facts["case"]), _OF_PAYMENT[event.name], **more)


def tell_of_ticket(event: Event) -> None:
    """Tell the ticket's holder, where one is known, of the number, the call or the miss."""
    holder = event.facts.get("holder")
    if holder is None:
        return
    number = event.facts.get("window_number", "")
    values = {
        "number": event.facts["number"],
        "ahead": str(event.facts.get("ahead", "")),
        "window": f"{number}号窗口",
        "window_en": f"Window {number}",
    }
    template = _OF_TICKET[event.name]
    write(by=_BY, site=event.site, cause=event.entry_id, party_id=holder, template=template, values=values)


def _tell(event: Event, case: Case, template: str, **more: str) -> None:
    kind = KINDS.get(event.facts.get("kind", ""), _NO_WORDS)
    pack = pack_of(case.item.item_type, case.item.name_zh)
    outcome = pack.said.get(template.removeprefix("case-"), _NO_WORDS)
    if pack is not PERMITS:
        template = next((own for own in (f"{template}-act", f"{template}-otherwise") if own in TEMPLATES), template)
    values = {
        "outcome": outcome.zh,
        "outcome_en": outcome.en,
        "item": case.item.name_zh,
        "item_en": case.item.name_en,
        "visit": str(case.visit_id),
        "promised": str(event.facts.get("promised", "")),
        "until": str(event.facts.get("until", "")),
        "procedure": kind.zh,
        "procedure_en": kind.en,
        "count": str(len(event.facts.get("materials", ()))),
    }
    party = case.agent_id or case.applicant_id
    write(by=_BY, site=case.site, cause=event.entry_id, party_id=party, template=template, values=values | more)


def _yuan(sum_in_fen: object) -> str:
    return f"{sum_in_fen // 100}.{sum_in_fen % 100:02d}" if isinstance(sum_in_fen, int) else ""
