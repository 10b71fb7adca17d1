"""What acceptance does when a result exists: it goes to the cases of the same filing that were waiting for it."""

from __future__ import annotations

from onewindow.kernel.permissions import system
from onewindow.kernel.relay.events import Event
from onewindow.spine.cases.policies import BRING, RECEIVE
from onewindow.spine.cases.queries import case_by_id, document
from onewindow.spine.together.queries import given_by
from onewindow.stages.acceptance.actions import take_arrival

_BY = system("acceptance", [BRING, RECEIVE])


def bring_results(event: Event) -> None:
    """A licence was made: give it to whichever case of the same filing (一件事) needs it. A denial gives nothing."""
    wanted = given_by(event.facts["case"])
    if not wanted:
        return
    giver = case_by_id(event.facts["case"])
    licence = document(giver, "licence")
    if licence is None or giver.decided_on is None:
        return
    for giving in wanted:
        take_arrival(by=_BY, giving=giving, document=licence, decided_on=giver.decided_on)
