"""Hands queued messages to the gateway of the settings, and gives up those that will never be sent."""

from __future__ import annotations

from datetime import timedelta

from onewindow.config.notices.gateway import chosen
from onewindow.instruments.gateways import MessageRejected
from onewindow.kernel import clock
from onewindow.kernel.permissions import system
from onewindow.kernel.relay.events import Event
from onewindow.stages.notices.actions import give_up, send
from onewindow.stages.notices.states import SEND

# What is told of a ticket is worth nothing later: nobody is called to a window that has long called others.
PERISHABLE, WORTH = "ticket-", timedelta(hours=1)

# Jobs and marks know this handler as `notices.send_notice` (relay/events names a handler by the folder it lies in).
_BY = system("notices", [SEND])


def send_notice(event: Event) -> None:
    """A message was written: send it. A gateway that is down, or none, leaves it queued and the job is tried again.

    What the gateway rejects, and what comes too late to be of use, is given up.
    """
    gateway = chosen()
    if str(event.facts.get("template", "")).startswith(PERISHABLE) and clock.now() - event.at > WORTH:
        give_up(by=_BY, notice_id=event.subject_id, gateway=gateway.name, why="too-late")
        return
    try:
        send(by=_BY, notice_id=event.subject_id, gateway=gateway)
    except MessageRejected as rejected:
        give_up(by=_BY, notice_id=event.subject_id, gateway=gateway.name, why=rejected.reason)
