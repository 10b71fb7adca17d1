"""Whether one more try is allowed."""

from __future__ import annotations

import math

from onewindow.kernel import clock
from onewindow.kernel.attempts.limits import Limit
from onewindow.kernel.attempts.models import Attempt
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import TooManyAttempts


def key_of(limit: Limit, value: str) -> bytes:
    """Under which key failures are counted; nothing about the value can be read from it."""
    return vault().blind(f"attempts.{limit.name}", value)


def allowed(*wanted: tuple[Limit, str]) -> None:
    """Raise `TooManyAttempts`, with the minutes left, while any of these limits is reached."""
    keys = {key_of(limit, value): limit for limit, value in wanted}
    now, wait = clock.now(), 0.0
    for row in Attempt.objects.filter(key__in=list(keys)):
        limit = keys[bytes(row.key)]
        if row.count >= limit.most:
            wait = max(wait, (row.since + limit.within - now).total_seconds())
    if wait > 0:
        raise TooManyAttempts(minutes=math.ceil(wait / 60))
