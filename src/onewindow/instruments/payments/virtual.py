"""The virtual treasury: a payment platform in one small file, outside the database. demo

It is a platform of its own on purpose: what it says was paid is what somebody paid there, not what we believe.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from onewindow.instruments.payments import Paid, PaymentRejected


@dataclass(frozen=True)
class Bill:
    """One code as the platform has it; `state` is ``open``, ``paid`` or ``closed``."""

    code: str
    amount: int
    due_by: date
    state: str
    transaction: str


class VirtualTreasury:
    """The demonstration's platform. Safe between processes."""

    name = "virtual"

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self, *, code: str, amount: int, due_by: date) -> None:
        with self._open() as db, db:
            db.execute("INSERT INTO bill (code, amount, due_by) VALUES (?, ?, ?) ON CONFLICT (code) DO NOTHING", (code, amount, due_by.isoformat()))
            (known,) = db.execute("SELECT amount FROM bill WHERE code = ?", (code,)).fetchone()
        if known != amount:
            raise PaymentRejected("amount-differs")

    def close(self, *, code: str) -> None:
        with self._open() as db, db:
            db.execute("UPDATE bill SET state = 'closed' WHERE code = ? AND state = 'open'", (code,))

    def query(self, *, code: str) -> Paid | None:
        with self._open() as db:
            row = db.execute('SELECT "transaction", amount, at FROM bill WHERE code = ? AND state = \'paid\'', (code,)).fetchone()
        return None if row is None else Paid(row[0], code, row[1], datetime.fromisoformat(row[2]))

    def refund(self, *, reference: str, transaction: str, amount: int) -> None:
        with self._open() as db, db:
            if db.execute("SELECT 1 FROM back WHERE reference = ?", (reference,)).fetchone():
                return
            bill = db.execute('SELECT amount FROM bill WHERE "transaction" = ?', (transaction,)).fetchone()
            (gone,) = db.execute('SELECT coalesce(sum(amount), 0) FROM back WHERE "transaction" = ?', (transaction,)).fetchone()
            if bill is None or gone + amount > bill[0]:
                raise PaymentRejected("unknown-transaction" if bill is None else "too-much")
            db.execute(
                'INSERT INTO back (reference, "transaction", amount, at) VALUES (?, ?, ?, ?)', (reference, transaction, amount, datetime.now(UTC).isoformat())
            )

    # What somebody does there, and what it says of a day

    def bill(self, code: str) -> Bill | None:
        with self._open() as db:
            row = db.execute('SELECT code, amount, due_by, state, coalesce("transaction", \'\') FROM bill WHERE code = ?', (code,)).fetchone()
        return None if row is None else Bill(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4])

    def pay(self, code: str, *, at: datetime) -> Paid | None:
        """Somebody pays a code, once; what was paid, at whatever time it was. None for one that cannot be paid."""
        with self._open() as db, db:
            db.execute(
                "UPDATE bill SET state = 'paid', \"transaction\" = ?, at = ? WHERE code = ? AND state = 'open'",
                (f"V{at:%Y%m%d}{secrets.token_hex(8)}", at.isoformat(), code),
            )
        return self.query(code=code)

    def refunds(self) -> list[tuple[str, str, int]]:
        """What was given back: (reference, transaction, fen), oldest first."""
        with self._open() as db:
            return db.execute('SELECT reference, "transaction", amount FROM back ORDER BY rowid').fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path.touch(mode=0o600)
        with closing(sqlite3.connect(self.path, timeout=10)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute(
                """CREATE TABLE IF NOT EXISTS bill (
                       code TEXT PRIMARY KEY, amount INTEGER NOT NULL, due_by TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open',
                       "transaction" TEXT UNIQUE, at TEXT)"""
            )
            db.execute('CREATE TABLE IF NOT EXISTS back (reference TEXT PRIMARY KEY, "transaction" TEXT NOT NULL, amount INTEGER NOT NULL, at TEXT NOT NULL)')
            yield db
