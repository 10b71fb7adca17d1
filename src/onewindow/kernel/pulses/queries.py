"""Which processes live."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection


class Living(NamedTuple):
    """The processes of one kind: how many beat within the last half minute, and how many seconds ago the newest beat."""

    process: str
    alive: int
    seconds: float


def living() -> dict[str, Living]:
    """What beat within the last hour, by kind; the worker's is the one it writes for its jobs."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT process, count(*) FILTER (WHERE at > now() - interval '30 seconds'), extract(epoch FROM now() - max(at))::float
               FROM pulses_pulse GROUP BY process
               UNION ALL
               SELECT 'worker', count(*) FILTER (WHERE last_heartbeat > now() - interval '30 seconds'),
                      extract(epoch FROM now() - max(last_heartbeat))::float
               FROM procrastinate_workers HAVING count(*) > 0"""
        )
        return {process: Living(process, alive, seconds) for process, alive, seconds in cursor.fetchall()}
