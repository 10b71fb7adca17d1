"""Vectors that come with a district, so that nobody waits for them at its first start: a file of digests and vectors, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from onewindow.foundation.catalogue.search.meaning import DIMENSIONS

NAME = "vectors.bin"
_DIGEST = 16
_RECORD = _DIGEST + DIMENSIONS


def read(folder: Path) -> Iterator[tuple[bytes, bytes]]:
    """What a district's folder brings; nothing where there is no such file, or where it is damaged."""
    path = folder / NAME
    data = path.read_bytes() if path.exists() else b""
    for start in range(0, len(data) - len(data) % _RECORD, _RECORD):
        yield data[start : start + _DIGEST], data[start + _DIGEST : start + _RECORD]


def write(folder: Path, vectors: Iterable[tuple[bytes, bytes]]) -> int:
    """Write the file anew, in the order of the digests; how many."""
    rows = sorted(vectors)
    (folder / NAME).write_bytes(b"".join(digest + vector for digest, vector in rows))
    return len(rows)
