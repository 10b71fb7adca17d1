"""Fills an empty installation with the demonstration: the district, then some sixty working days of its past.

Everything goes through the same actions everybody uses, under a clock moved by hand.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from onewindow.config import demonstration_clock
from onewindow.config.district.loading import NEEDED, load
from onewindow.config.town.history import Past, make, working_days_before
from onewindow.foundation.catalogue.definition import demo_folder, load_district
from onewindow.foundation.catalogue.search import shipped
from onewindow.foundation.catalogue.search.actions import remember
from onewindow.foundation.places.queries import sites
from onewindow.kernel import clock
from onewindow.kernel.clock import LOCAL, Hand
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.permissions import system
from onewindow.kernel.relay.following import begin_here

BY = system("demonstration", NEEDED)
_FOUNDED = time(7, 30)


def load_if_empty(folder: Path | None = None) -> bool:
    """Load the demonstration unless it is off or a site exists already; whether it was loaded."""
    if not settings.DEMONSTRATION or sites().exists():
        return False
    district = load_district(folder or demo_folder())
    remember(shipped.read(folder or demo_folder()))  # else the worker computes for half a minute
    if not demonstration_clock.wanted():
        load(district, by=BY)
        return True
    first = working_days_before(demonstration_clock.START.date(), max(days_of_history(), 1))[0]
    with clock.use(Hand(datetime.combine(first, _FOUNDED, LOCAL))):
        load(district, by=BY)
    demonstration_clock.set_to(demonstration_clock.START)
    demonstration_clock.install()
    return True


def days_of_history() -> int:
    """How many working days of past a demonstration gets: `ONEWINDOW_HISTORY`, sixty unless told."""
    return int(os.environ.get("ONEWINDOW_HISTORY", "60"))


def live_through_the_past(say: Callable[[int, int], None]) -> bool:
    """Make the demonstration's past, once, before anybody has come; whether it was made.

    Stopped in the middle, it goes on at the next start; whether it is finished stands beside the clock.
    """
    days = days_of_history()
    if not settings.DEMONSTRATION or not demonstration_clock.wanted() or not days or demonstration_clock.past_is_made():
        return False
    make(sites()[0], Past(demonstration_clock.START, working_days=days), say=say)
    begin_here()  # nobody is texted today about what happened in summer
    demonstration_clock.set_to(demonstration_clock.START, past_is_made=True)
    return True


def go_on() -> None:
    """Set the demonstration's clock to the moment at which it goes on."""
    last = Entry.objects.order_by("-id").values_list("at", flat=True).first()
    if not settings.DEMONSTRATION or not demonstration_clock.wanted():
        return
    if demonstration_clock.standing() is not None and last is not None:
        moment = max(demonstration_clock.resumed(last), demonstration_clock.START)
        demonstration_clock.set_to(moment, past_is_made=demonstration_clock.past_is_made())
        demonstration_clock.install()
