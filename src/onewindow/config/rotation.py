"""Rewraps the record keys of every kind of record after a rotation."""

from __future__ import annotations

from django.db import connection, transaction

from onewindow.kernel.crypto.installed import vault

# Every column that holds a wrapped record key. A test finds any that is missing here.
WRAPPED = (
    ("people_party", "record_key"), ("cases_case", "form_key"), ("visits_visit", "query_key"), ("acceptance_draft", "draft_key"),
    ("evaluation_evaluation", "text_key"),
)  # fmt: skip
BATCH = 500


def rewrap_everything() -> int:
    """Rewrap what is not yet under the current wrap key, in short transactions; how many records.

    A record changed meanwhile by somebody else is locked for its turn only. Keys are no facts: the
    ledger does not record them, and no state changes.
    """
    return sum(_rewrap(table, column) for table, column in WRAPPED)


def _rewrap(table: str, column: str) -> int:
    done, after = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {column} FROM {table} WHERE id > %s AND length({column}) > 0 ORDER BY id LIMIT %s FOR UPDATE",
                [after, BATCH],
            )
            rows = [(pk, bytes(key)) for pk, key in cursor.fetchall()]
            if not rows:
                return done
            after = rows[-1][0]
            stale = [(vault().rewrap(key), pk) for pk, key in rows if not vault().is_current(key)]
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE id = %s", stale)
            done += len(stale)
