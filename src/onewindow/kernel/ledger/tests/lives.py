"""Lives to test the ledger with: applicants who are registered and amended, and rows of a second connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from onewindow.foundation.people.models import Party
from onewindow.foundation.people.policies import ERASE, REGISTER
from onewindow.kernel.crypto import SealKey
from onewindow.kernel.ledger.findings import Report
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.ledger.sealer import seal_pass
from onewindow.kernel.ledger.verify import verify
from onewindow.kernel.permissions import Actor

CLERK = Actor("staff", "1", frozenset({REGISTER.code}))
ERASER = Actor("staff", "2", frozenset({ERASE.code}))

_ROW = """INSERT INTO ledger_entry (subject_kind, subject_id, n, was, now, verb, by, at, site, year, facts, digest)
          VALUES ('party', %s, 1, '', 'known', 'register', 'staff:1', now(), 'demo-centre', 2026, '{}', '\\x00')"""


def party(moves: int = 1) -> Party:
    """A new applicant with that many ledger rows."""
    born = begin(
        Party, "register", by=CLERK, site="demo-centre", facts={"kind": "person"}, kind="person", name="演示", sort_key="", document="resident-id",
        record_key=b"k", number_sealed=b"n", number_blind=None, tail_sealed=b"t",
    )  # fmt: skip
    amend(born, moves - 1)
    return born


def amend(subject: Party, times: int = 1) -> None:
    for _ in range(times):
        with moving(Party, subject.pk, "amend", by=CLERK) as motion:
            motion.record(changed=["name"])


def key() -> SealKey:
    return SealKey.open(Path(settings.SEAL_KEY))


def anchor() -> Path:
    return Path(settings.ANCHOR)


def seal() -> int:
    return seal_pass(key(), anchor())


def audit() -> Report:
    return verify(key(), anchor())


def findings() -> list[tuple[str, str]]:
    """What the auditor finds, as (rule, place)."""
    return [(finding.rule, finding.place) for finding in audit().findings]


def total() -> int:
    return Entry.objects.count()


@contextmanager
def elsewhere() -> Iterator[BaseDatabaseWrapper]:
    """A second connection in a transaction of its own that has begun to write; rolled back unless committed."""
    other = connection.copy("elsewhere")
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        yield other
    finally:
        other.rollback()
        other.close()


def write_row(on: BaseDatabaseWrapper, subject_id: int) -> None:
    """Append a bare ledger row, as a transaction under way would."""
    with on.cursor() as cursor:
        cursor.execute(_ROW, [subject_id])
