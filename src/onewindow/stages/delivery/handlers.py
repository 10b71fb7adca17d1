"""What delivery does when others decide."""

from __future__ import annotations

from onewindow.foundation.places.queries import site
from onewindow.kernel.permissions import system
from onewindow.kernel.relay.events import Event
from onewindow.spine.cases.queries import case_by_id
from onewindow.stages.delivery.actions import make_available
from onewindow.stages.delivery.states import MAKE

_BY = system("delivery", [MAKE])


def make_result(event: Event) -> None:
    """A decision was made: make what it results in."""
    case = case_by_id(event.subject_id)
    make_available(by=_BY, case=case, region=site(case.site).region)
