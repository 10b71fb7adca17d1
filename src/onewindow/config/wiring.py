"""Who hears what. The only place where events meet handlers and live topics."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.config.notices.sending import send_notice
from onewindow.kernel.relay.events import WIRING, Event
from onewindow.stages.acceptance import handlers as acceptance
from onewindow.stages.delivery import handlers as delivery
from onewindow.stages.notices import handlers as notices
from onewindow.stages.payment import handlers as payment
from onewindow.stages.publication import handlers as publication


def wire() -> None:
    """Bind everything once a process."""
    if WIRING.handlers:
        return
    for event in ("ticket_taken", "ticket_called", "ticket_recalled", "ticket_missed"):
        WIRING.on(f"queueing.{event}", notices.tell_of_ticket)
    for event in (
        "case_received", "case_accepted", "acceptance_voided", "correction_noticed", "case_supplemented", "case_exempted", "case_refused",
    ):  # fmt: skip
        WIRING.on(f"acceptance.{event}", notices.tell_of_case)
    WIRING.on("approval.case_granted", delivery.make_result, notices.tell_of_case)
    WIRING.on("approval.case_denied", delivery.make_result, notices.tell_of_case)
    WIRING.on("approval.case_suspended", notices.tell_of_case)
    WIRING.on("approval.case_resumed", notices.tell_of_case)
    WIRING.on("delivery.result_available", notices.tell_of_result, acceptance.bring_results)
    WIRING.on("delivery.result_collected", notices.tell_of_result)
    WIRING.on("notices.written", send_notice)
    WIRING.on("acceptance.case_accepted", payment.charge_at_acceptance)
    WIRING.on("approval.case_granted", payment.charge_when_granted)
    for event in ("order_issued", "order_waived", "order_replaced", "order_cancelled", "order_expired"):
        WIRING.on(f"payment.{event}", payment.tell_platform)
    WIRING.on("payment.refund_approved", payment.make_refund)
    for event in ("order_issued", "order_paid", "refund_made"):
        WIRING.on(f"payment.{event}", notices.tell_of_payment)
    WIRING.on("delivery.result_available", publication.publish_result)
    WIRING.tell(_topics)


def _topics(event: Event) -> Iterable[str]:
    """Which live topics an event touches: a hall's board and counters, a department's worklist, a site's shelf."""
    match event.subject_kind:
        case "ticket":
            yield f"hall/{event.site}/{event.facts['hall']}"
        case "case":
            yield f"cases/{event.site}"
        case "payment-order":
            yield f"cases/{event.site}"
            yield f"shelf/{event.site}"
        case "result":
            yield f"shelf/{event.site}"
        case "outage":
            for hall in event.facts["halls"]:
                yield f"hall/{event.site}/{hall}"
        case "holiday-notice":
            yield f"calendar/{event.site}"
        case "notice":
            yield "phones"
