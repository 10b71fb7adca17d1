"""File locks between processes: the kernel lets go of them when their holder dies, however it dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from onewindow.kernel.cluster import refusals

PAUSE = 0.02  # seconds between two tries


@contextlib.contextmanager
def held(path: Path, patience: float) -> Iterator[int]:
    """Hold the lock alone; yields its handle. Raises `CannotStart` after `patience` seconds of waiting."""
    begun = time.monotonic()
    while (handle := _taken(path)) is None:
        if time.monotonic() - begun > patience:
            raise refusals.lock_busy(path, patience)
        time.sleep(PAUSE)
    try:
        yield handle
    finally:
        os.close(handle)


def share(path: Path) -> int:
    """Hold the lock together with others; returns its handle."""
    handle = _open(path)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def give_up(handle: int) -> bool:
    """Give up one's share; whether nobody else holds one."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def _taken(path: Path) -> int | None:
    handle = _open(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever removed the cluster meanwhile removed the file: a lock on it locks nothing.
        if os.fstat(handle).st_ino == os.stat(path).st_ino:
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _open(path: Path) -> int:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        if os.geteuid() == 0:
            # Root passing through somebody's home leaves nothing there that its owner cannot open.
            owner = path.parent.stat()
            os.fchown(handle, owner.st_uid, owner.st_gid)
    except OSError as error:
        raise refusals.from_os_error(error, path.parent) from error
    return handle
