"""The demonstration's visitors: people keep arriving, and the windows nobody at a keyboard has taken serve them."""

from __future__ import annotations

import logging
import os
import signal
import threading

from django.db import DatabaseError, InterfaceError, connection

from onewindow.config import demonstration_clock

log = logging.getLogger("onewindow.visitors")


def visitors_a_day() -> int:
    """How many people come on a day of the demonstration: `ONEWINDOW_VISITORS`, 270 unless told, 0 for none."""
    return int(os.environ.get("ONEWINDOW_VISITORS", "270"))


def visitors_come() -> bool:
    """Whether this installation is a demonstration to which people come."""
    return demonstration_clock.wanted() and visitors_a_day() > 0


def run() -> None:
    """Let people come until SIGTERM. A database that is away is waited for, and everything found there anew."""
    from onewindow.config.town.visitors import Town
    from onewindow.foundation.places.queries import sites
    from onewindow.kernel.pulses.beating import Heart

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    heart = Heart("visitors")

    def waiting(seconds: float) -> bool:
        heart()
        return stop.wait(seconds)

    while not stop.is_set():
        try:
            Town(sites()[0], visitors=visitors_a_day()).run(waiting)
        except (DatabaseError, InterfaceError) as error:
            log.warning("database away: %s; trying again", type(error).__name__)
            connection.close()
            stop.wait(2.0)
