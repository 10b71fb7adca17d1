"""How a ledger row becomes bytes, and bytes a digest: the per-subject SM3 chain."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

from onewindow.kernel.crypto import sm3


def canonical(value: object) -> bytes:
    """The one JSON form of a value: sorted keys, no blanks, UTF-8. Floats have no single form and are refused."""
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def genesis(kind: str, uuid: UUID) -> bytes:
    """What the first row of a subject is chained to."""
    return sm3(b"onewindow.genesis\x00", kind.encode(), b"\x00", uuid.bytes)


def link(
    previous: bytes, *, n: int, was: str, now: str, verb: str, by: str, at: datetime, site: str, year: int, facts: object
) -> bytes:
    """The digest of a row, chained to the digest of the subject's previous row."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return sm3(previous, canonical([n, was, now, verb, by, moment, site, year, facts]))


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("ledger facts hold no floats: write an integer of a smaller unit, or text")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError("ledger facts have text keys")
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
