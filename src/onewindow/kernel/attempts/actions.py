"""The only writers of attempts."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from onewindow.kernel import clock
from onewindow.kernel.attempts.limits import Limit
from onewindow.kernel.attempts.models import Attempt
from onewindow.kernel.attempts.queries import key_of

_FORGOTTEN = timedelta(days=1)


def tried(*failures: tuple[Limit, str]) -> None:
    """Count a failure under each of these; a count whose time has run out begins anew."""
    now = clock.now()
    Attempt.objects.filter(since__lt=now - _FORGOTTEN).delete()
    # In the order of the keys, so that two who fail at once never wait for each other in a ring.
    rows = sorted((key_of(limit, value), now, now - limit.within) for limit, value in failures)
    with connection.cursor() as cursor:
        for key, moment, stale in rows:
            cursor.execute(
                """INSERT INTO attempts_attempt AS standing (key, since, count) VALUES (%s, %s, 1)
                   ON CONFLICT (key) DO UPDATE SET
                     count = CASE WHEN standing.since <= %s THEN 1 ELSE standing.count + 1 END,
                     since = CASE WHEN standing.since <= %s THEN excluded.since ELSE standing.since END""",
                [key, moment, stale, stale],
            )


def cleared(limit: Limit, value: str) -> None:
    """Forget the failures under this key: whoever guessed has shown that they know."""
    Attempt.objects.filter(key=key_of(limit, value)).delete()
