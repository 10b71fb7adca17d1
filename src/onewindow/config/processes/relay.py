"""The relay's process: passes on what happened, and seals it, until told to stop."""

from __future__ import annotations

import logging
import signal
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from onewindow.kernel.crypto import SealKey
from onewindow.kernel.errors import AnchorUnreadable
from onewindow.kernel.ledger.sealer import seal_pass
from onewindow.kernel.pulses.beating import Heart
from onewindow.kernel.relay.following import relay_pass

log = logging.getLogger("onewindow.relay")

# How long to rest when nothing happened, in seconds: short enough that a board follows a call at once.
SHORTEST, LONGEST = 0.05, 0.25
SEAL_EVERY_S = 1.0
# How often a damaged anchor is told of in the log: often enough to be seen, not so often that nothing else is.
TELL_EVERY_S = 300.0


def run(stop: threading.Event | None = None) -> None:
    """Follow the ledger until `stop` is set (or SIGTERM). A database that is away is waited for.

    A damaged anchor is told of in the log and stops neither the following nor the sealing.
    """
    stop = stop or _stop_on_signal()
    key, anchor = SealKey.open(Path(settings.SEAL_KEY)), Path(settings.ANCHOR)
    rest, sealed_at, told_at = SHORTEST, 0.0, -TELL_EVERY_S
    heart = Heart("relay")
    while not stop.is_set():
        try:
            passed = relay_pass()
            heart()
            if time.monotonic() - sealed_at >= SEAL_EVERY_S:
                sealed_at = time.monotonic()
                seal_pass(key, anchor)
        except AnchorUnreadable as damaged:
            if time.monotonic() - told_at >= TELL_EVERY_S:
                log.error("%s %s", damaged.message("zh-hans"), damaged.message("en"))
                told_at = time.monotonic()
        except (DatabaseError, InterfaceError, OSError) as error:  # OSError: the anchor's disk is full
            log.warning("database or disk away: %s; trying again", type(error).__name__)
            connection.close()
            passed, rest = 0, LONGEST * 4
        rest = SHORTEST if passed else min(LONGEST, rest * 1.3) if rest <= LONGEST else LONGEST
        stop.wait(rest)
    connection.close()


def _stop_on_signal() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
