"""Beats beside a process's own work: from its loop where it has one, else from a thread."""

from __future__ import annotations

import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, connection

from onewindow.kernel.pulses.actions import beat

EVERY_S = 5.0
log = logging.getLogger("onewindow.pulses")


class Heart:
    """Beats at most once in `EVERY_S`, called from a loop. A database that is away is the loop's own trouble to tell of."""

    def __init__(self, process: str) -> None:
        self.process, self.last = process, float("-inf")

    def __call__(self) -> None:
        if time.monotonic() - self.last >= EVERY_S:
            self.last = time.monotonic()
            try:
                beat(self.process)
            except (DatabaseError, InterfaceError):
                connection.close()


def in_a_thread(process: str, stop: threading.Event | None = None) -> threading.Thread:
    """Beat until `stop` is set or the process ends: for a process without a loop of its own."""
    stop = stop or threading.Event()

    def run() -> None:
        heart = Heart(process)
        while not stop.wait(EVERY_S):
            heart()
            connection.close()  # a pool's connection is nobody's for long

    thread = threading.Thread(target=run, name=f"pulse-{process}", daemon=True)
    thread.start()
    return thread
