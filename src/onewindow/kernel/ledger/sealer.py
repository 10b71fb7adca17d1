"""The sealer: signs what has come to rest.

Each pass covers the rows written by transactions below the `pg_snapshot_xmin` horizon: no transaction
that could still write a row with a smaller number is under way, so nothing can slip in under a seal.
The seal is committed first and then appended to the anchor file, which lies outside the database;
a pass that dies in between is made good by the next one.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, transaction

from onewindow.kernel import clock
from onewindow.kernel.crypto import SealKey, merkle_root, sm3
from onewindow.kernel.errors import AnchorUnreadable
from onewindow.kernel.ledger.models import Seal

# One pass seals at most this many rows, so that its memory is bounded after a long pause.
BATCH = 20_000
_LOCK = 0x0E1ED6E2  # advisory lock: one sealer at a time


@dataclass(frozen=True)
class Row:
    """What a seal covers of a ledger row."""

    id: int
    xid: int
    subject_kind: str
    subject_id: int
    digest: bytes

    def leaf(self) -> bytes:
        place = f"{self.xid}:{self.id}:{self.subject_kind}:{self.subject_id}:"
        return place.encode() + self.digest


def seal_body(*, n: int, first: int, rows: int, last_xid: int, last_id: int, root: bytes, previous: bytes) -> bytes:
    """What is signed and what the next seal chains to."""
    return json.dumps(["onewindow.seal/1", n, first, rows, last_xid, last_id, root.hex(), previous.hex()]).encode()


def seal_pass(key: SealKey, anchor: Path) -> int:
    """Seal everything at rest; the number of rows sealed (0 when there is nothing, or another sealer works).

    Raises `AnchorUnreadable` when the anchor's last line is damaged: the seal then stands in the database, and
    on the anchor as soon as somebody has seen to it, for nothing may be written after what cannot be read.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        last = Seal.objects.order_by("-n").first()
        rows = _rows_at_rest((last.last_xid, last.last_id) if last else (0, 0))
        if rows:
            last = _make_seal(last, rows, key)
    if last is not None:
        _catch_up(anchor, last.n)
    return len(rows)


def _rows_at_rest(after: tuple[int, int]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, xid::text AS shown, subject_kind, subject_id, digest FROM ledger_entry
               WHERE (xid, id) > (%s::xid8, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot())
               ORDER BY ledger_entry.xid, ledger_entry.id LIMIT %s""",
            [str(after[0]), after[1], BATCH],
        )
        return [Row(i, int(x), kind, subject, bytes(d)) for i, x, kind, subject, d in cursor.fetchall()]


def _make_seal(last: Seal | None, rows: list[Row], key: SealKey) -> Seal:
    content = {
        "n": last.n + 1 if last else 1,
        "first": last.first + last.rows if last else 1,
        "rows": len(rows),
        "last_xid": rows[-1].xid,
        "last_id": rows[-1].id,
        "root": merkle_root([row.leaf() for row in rows]),
        "previous": bytes(last.digest) if last else sm3(b"onewindow.first-seal"),
    }
    body = seal_body(**content)  # type: ignore[arg-type]
    return Seal.objects.create(
        **content, digest=sm3(body), signature=key.sign(body), key_id=key.id, sealed_at=clock.now()
    )


def anchor_line(seal: Seal) -> str:
    """The line of the anchor file that stands for a seal."""
    return json.dumps(
        {
            "n": seal.n,
            "rows": seal.first + seal.rows - 1,
            "digest": bytes(seal.digest).hex(),
            "signature": bytes(seal.signature).hex(),
            "key": seal.key_id,
        }
    )


def read_anchor(anchor: Path) -> list[dict[str, Any]]:
    """All complete lines of the anchor file; a half-written last line (a crash) is left out.

    Raises `AnchorUnreadable` for the first line that is none of ours.
    """
    if not anchor.exists():
        return []
    text = anchor.read_bytes()
    whole = text[: text.rfind(b"\n") + 1].splitlines()
    return [_parsed(line, anchor, number) for number, line in enumerate(whole, 1)]


def _parsed(line: bytes, anchor: Path, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:  # no JSON, or no UTF-8
        found = None
    if not isinstance(found, dict) or type(found.get("n")) is not int or not isinstance(found.get("digest"), str):
        raise AnchorUnreadable(file=anchor, line=number)
    return found


def _catch_up(anchor: Path, upto: int) -> None:
    anchor.parent.mkdir(parents=True, exist_ok=True)
    with open(anchor, "a+b") as stream:
        known, whole = _last_line(stream, anchor)
        if known >= upto:
            return
        stream.truncate(whole)  # drops the half line a crash may have left
        for seal in Seal.objects.filter(n__gt=known, n__lte=upto).order_by("n").iterator():
            stream.write((anchor_line(seal) + "\n").encode())
        stream.flush()
        os.fsync(stream.fileno())


def _last_line(stream: BinaryIO, anchor: Path) -> tuple[int, int]:
    """The number of the last complete line's seal, and where the complete lines end.

    Raises `AnchorUnreadable` when that line is none of ours, or when the end of the file is no line at all.
    """
    end = stream.seek(0, os.SEEK_END)
    start = max(0, end - 4096)  # a line is about 300 bytes
    stream.seek(start)
    tail = stream.read()
    cut = tail.rfind(b"\n") + 1
    if cut == 0 and start == 0:
        return 0, 0
    try:
        return int(_parsed(tail[:cut].splitlines()[-1] if cut else b"", anchor, 0)["n"]), start + cut
    except AnchorUnreadable:
        stream.seek(0)
        complete = sum(part.count(b"\n") for part in iter(lambda: stream.read(1 << 20), b""))
        raise AnchorUnreadable(file=anchor, line=max(1, complete if cut else complete + 1)) from None
