"""The virtual printer: a tray, as files in a folder with a small index, outside the database.

It is a device of its own on purpose: what lies in the tray is what came out, not what we believe we printed.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from onewindow.instruments.printing import PrinterDown, PrintJob
from onewindow.kernel import clock

DEEPEST = 200  # papers in the tray; below, the oldest are taken out


@dataclass(frozen=True)
class Printed:
    """One paper as it lies in the tray; `times` is how often the printer was asked for it."""

    n: int
    title: str
    media: str
    copies: int
    at: datetime
    times: int


class VirtualPrinter:
    """The printer of the demonstration and its tray. Safe between processes."""

    name = "virtual"
    deduplicates = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def print(self, job: PrintJob) -> str:
        # A tray that cannot be written is a printer that cannot print, whatever the disk says.
        try:
            self._keep(job)
            with self._open() as db, db:
                (n,) = db.execute(
                    """INSERT INTO job (reference, title, media, copies, at, times) VALUES (?, ?, ?, ?, ?, 1)
                       ON CONFLICT (reference) DO UPDATE SET times = times + 1 RETURNING n""",
                    (job.reference, job.title, job.media, job.copies, clock.now().isoformat()),
                ).fetchone()
                old = db.execute("DELETE FROM job WHERE n <= ? RETURNING reference", (n - DEEPEST,)).fetchall()
            for (reference,) in old:
                self._file(reference).unlink(missing_ok=True)
        except (OSError, sqlite3.Error):
            raise PrinterDown("tray-unwritable") from None
        return str(n)

    def tray(self, most: int = 12) -> list[Printed]:
        """What lies in the tray, the latest on top."""
        with self._open() as db:
            rows = db.execute("SELECT n, title, media, copies, at, times FROM job ORDER BY n DESC LIMIT ?", (most,)).fetchall()
        return [Printed(n, title, media, copies, datetime.fromisoformat(at), times) for n, title, media, copies, at, times in rows]

    def paper(self, n: int) -> bytes | None:
        """One paper of the tray."""
        with self._open() as db:
            row = db.execute("SELECT reference FROM job WHERE n = ?", (n,)).fetchone()
        path = self._file(row[0]) if row else None
        return path.read_bytes() if path is not None and path.exists() else None

    def _keep(self, job: PrintJob) -> None:
        """The pages, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        scratch = self.folder / f".{secrets.token_hex(6)}"
        try:
            with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(job.pdf)
            scratch.replace(self._file(job.reference))
        finally:
            scratch.unlink(missing_ok=True)

    def _file(self, reference: str) -> Path:
        return self.folder / f"{sha256(reference.encode()).hexdigest()[:24]}.pdf"

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        index = self.folder / "tray.sqlite"
        index.touch(mode=0o600)
        with closing(sqlite3.connect(index, timeout=10)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute(
                """CREATE TABLE IF NOT EXISTS job (
                       n INTEGER PRIMARY KEY AUTOINCREMENT, reference TEXT NOT NULL UNIQUE, title TEXT NOT NULL, media TEXT NOT NULL,
                       copies INTEGER NOT NULL, at TEXT NOT NULL, times INTEGER NOT NULL)"""
            )
            yield db
