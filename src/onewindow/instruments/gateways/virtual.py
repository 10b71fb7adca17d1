"""The virtual phone: a gateway and its phones in one small file, outside the database.

It is a device of its own on purpose: what a phone shows is what arrived, not what we believe we sent.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Arrived:
    """One message as the phone shows it; `times` is how often the gateway was asked to deliver it."""

    text: str
    at: datetime
    reference: str
    times: int


class VirtualPhones:
    """Every phone of the demonstration. Safe between processes."""

    name = "virtual"
    deduplicates = True

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, *, reference: str, phone: str, text: str) -> None:
        with self._open() as db, db:
            db.execute(
                """INSERT INTO message (reference, phone, text, at, times) VALUES (?, ?, ?, ?, 1)
                   ON CONFLICT (reference) DO UPDATE SET times = times + 1""",
                (reference, phone, text, datetime.now(UTC).isoformat()),
            )

    def inbox(self, phone: str) -> list[Arrived]:
        """What this phone shows, newest first."""
        with self._open() as db:
            rows = db.execute(
                "SELECT text, at, reference, times FROM message WHERE phone = ? ORDER BY rowid DESC", (phone,)
            ).fetchall()
        return [Arrived(text, datetime.fromisoformat(at), reference, times) for text, at, reference, times in rows]

    def phones(self) -> list[tuple[str, int]]:
        """Every phone that has messages, with how many."""
        with self._open() as db:
            return db.execute("SELECT phone, count(*) FROM message GROUP BY phone ORDER BY max(rowid) DESC").fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path.touch(mode=0o600)
        with closing(sqlite3.connect(self.path, timeout=10)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute(
                """CREATE TABLE IF NOT EXISTS message (
                       reference TEXT PRIMARY KEY, phone TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL,
                       times INTEGER NOT NULL)"""
            )
            yield db
