"""What publication does when a result is made."""

from __future__ import annotations

from onewindow.kernel.permissions import system
from onewindow.kernel.relay.events import Event
from onewindow.stages.publication.actions import publish
from onewindow.stages.publication.policies import PUBLISH

BY = system("publication", [PUBLISH])


def publish_result(event: Event) -> None:
    """A licence was made: the permit stands in the public list at once, well within its seven working days."""
    publish(by=BY, case_id=event.facts["case"])
