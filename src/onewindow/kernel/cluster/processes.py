"""Which operating-system processes belong to a data folder.

A process number proves nothing by itself: after a crash the number in `postmaster.pid` may belong to
anybody. A process is this cluster's only if it is a `postgres` whose working folder is the data folder.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

PROC = Path("/proc")


def belongs(pid: int, data: Path) -> bool:
    """Whether the process is a living PostgreSQL on `data`. A zombie is not: it has no folder any more."""
    try:
        folder = os.readlink(PROC / str(pid) / "cwd")
        program = os.path.basename(os.readlink(PROC / str(pid) / "exe"))
    except OSError:
        return False
    # An upgrade replaces the program under a running server: its name then ends in “ (deleted)”.
    return folder == os.path.realpath(data) and program.startswith("postgres")


def postmaster(data: Path) -> int | None:
    """The number of the living server on `data`, or None. Needs to be root or the server's user."""
    number = _first_line(data / "postmaster.pid")
    return number if number is not None and belongs(number, data) else None


def orphans(data: Path) -> list[int]:
    """Sessions a dead server left behind; they hold its shared memory until they notice."""
    leader = postmaster(data)
    if leader is not None:
        return []
    numbers = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())
    return [number for number in numbers if belongs(number, data)]


def send(number: int, data: Path, what: signal.Signals) -> None:
    """Signal a process of this cluster; one that is gone, or was replaced by a stranger, is left alone."""
    try:
        handle = os.pidfd_open(number)
    except ProcessLookupError:
        return
    try:
        # The handle pins the process: from here on its number cannot come to mean another.
        if belongs(number, data):
            signal.pidfd_send_signal(handle, what)
    except ProcessLookupError:
        pass
    finally:
        os.close(handle)


def forget_strangers(data: Path, socket: Path) -> None:
    """Remove a dead server's lock files when their process number now belongs to a stranger.

    PostgreSQL would believe the number and refuse to start for ever. Where the number belongs to
    nobody, it finds that out by itself, and where a server lives the files stay.
    """
    if postmaster(data) is not None:
        return
    for lock in (data / "postmaster.pid", socket.with_name(socket.name + ".lock")):
        number = _first_line(lock)
        if number is not None and not belongs(number, data) and (PROC / str(number)).exists():
            lock.unlink(missing_ok=True)


def _first_line(lock: Path) -> int | None:
    try:
        # A single-user server writes its number negative.
        return abs(int(lock.read_text(encoding="ascii", errors="replace").split("\n", 1)[0]))
    except (OSError, ValueError):
        return None
