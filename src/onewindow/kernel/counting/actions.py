"""Numbers that never repeat: the counter's row is locked until the transaction that took the number ends."""

from __future__ import annotations

from django.db import connection, transaction


@transaction.atomic(savepoint=False)
def next_number(name: str) -> int:
    """The next number under `name`, from 1. A transaction that fails gives its number back: no gaps, no repeats."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO counting_counter (name, value) VALUES (%s, 1)
               ON CONFLICT (name) DO UPDATE SET value = counting_counter.value + 1 RETURNING value""",
            [name],
        )
        return int(cursor.fetchone()[0])
