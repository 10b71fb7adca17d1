"""Starting the server, asking whether it answers, stopping it. Called under the start lock.

The rules, each learnt from a way it went wrong: whether a server runs is asked of its socket, never of
a process number; its output goes to a file, since a pipe nobody reads would stop it; it lives in a
session of its own, since Ctrl-C must reach its clients first.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from enum import IntEnum
from pathlib import Path

from onewindow.kernel.cluster import processes, refusals, settings
from onewindow.kernel.cluster.accounts import Account
from onewindow.kernel.cluster.binaries import Binaries, environment
from onewindow.kernel.cluster.places import Place

PAUSE = 0.02  # seconds between two looks
KNOCK = 2  # whole seconds a server has to answer when knocked at
RECOVERY = 900.0  # seconds a server may take to replay its log after a crash, while it says so
GRACE = 2.0  # seconds for a dead server's sessions to end when asked, and for a socket to appear
LOG_LIMIT = 16 * 1024 * 1024  # bytes of log kept twice: now and before

# A server's complaint about the remains of the one before it, which pass.
LINGERING = ("lock file", "pre-existing shared memory block", "Address already in use")

# Servers this process started: kept so that they are reaped when they end, and never warned about.
_children: dict[int, subprocess.Popen[bytes]] = {}


class Answer(IntEnum):
    """What a server says when knocked at; the values are `pg_isready`'s."""

    READY = 0
    NOT_YET = 1  # starting, recovering, or shutting down
    SILENT = 2


def knock(binaries: Binaries, sockets: Path, port: int) -> Answer:
    """Ask the socket. Any reply but a reply is silence."""
    asked = subprocess.run(
        [binaries / "pg_isready", "-q", "-t", str(KNOCK), "-h", str(sockets), "-p", str(port)],
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return Answer(asked.returncode) if asked.returncode in (0, 1) else Answer.SILENT


def launch(
    place: Place, account: Account, binaries: Binaries, port: int, durable: bool, patience: float
) -> None:
    """Start the server unless one answers, and return when it is ready. Raises `CannotStart`.

    `patience` is seconds of silence; a server that says “not yet” (it recovers) gets `RECOVERY`.
    """
    begun = heard = time.monotonic()
    socket = place.sockets / f".s.PGSQL.{port}"
    server: subprocess.Popen[bytes] | None = None
    said = 0
    while (answer := knock(binaries, place.sockets, port)) is not Answer.READY:
        now = time.monotonic()
        heard = now if answer is Answer.NOT_YET else heard
        waited = now - heard
        if server is not None and server.poll() is not None:
            words = _said_since(place.log, said)
            if not any(phrase in words for phrase in LINGERING) or waited > patience:
                raise refusals.from_server_words(words, place.data, place.log)
            server = None  # its predecessor's remains are passing; try again
        elif waited > patience or now - begun > RECOVERY:
            if server is not None:
                _end(server)
            raise refusals.never_ready(now - begun, place.log)
        elif server is None and answer is Answer.SILENT:
            _reap()
            if (living := processes.postmaster(place.data)) is None:
                for number in processes.orphans(place.data):
                    # They can only lose: their server is dead and its log will be replayed.
                    processes.send(number, place.data, signal.SIGTERM if waited < GRACE else signal.SIGKILL)
                processes.forget_strangers(place.data, socket)
                trim(place.log)
                said = place.log.stat().st_size if place.log.exists() else 0
                server = _spawn(place, account, binaries, port, durable)
            elif not socket.exists() and waited > GRACE:
                # Somebody removed the socket of a living server: nobody can reach it any more.
                processes.send(living, place.data, signal.SIGINT)
        time.sleep(PAUSE)


def halt(place: Place, how: signal.Signals, patience: float) -> bool:
    """Stop the living server on `place`, if any; whether there was one. Returns when it is gone.

    A server that does not stop within `patience` seconds is stopped at once (it recovers from its
    log at the next start). Raises `TimeoutError` if even that does not help.
    """
    begun = time.monotonic()
    number = processes.postmaster(place.data)
    if number is None:
        for orphan in processes.orphans(place.data):
            processes.send(orphan, place.data, signal.SIGKILL)
        return False
    processes.send(number, place.data, how)
    urged = False
    while processes.belongs(number, place.data):
        waited = time.monotonic() - begun
        if waited > patience and not urged:
            processes.send(number, place.data, signal.SIGQUIT)
            urged = True
        if waited > patience + 30:
            raise TimeoutError(f"the server {number} does not stop")
        _reap()
        time.sleep(PAUSE)
    _reap()
    return True


def trim(log: Path, limit: int = LOG_LIMIT) -> None:
    """Keep the log within `limit` bytes, and as much again of what came before in `server.log.1`.

    The server appends to the open file, so it is copied and emptied rather than renamed.
    """
    try:
        size = log.stat().st_size
    except FileNotFoundError:
        return
    if size <= limit:
        return
    earlier = log.with_name(log.name + ".1")
    earlier.unlink(missing_ok=True)
    flags = os.O_NOFOLLOW | os.O_CLOEXEC
    with (
        os.fdopen(os.open(log, os.O_RDWR | flags), "rb+") as now,
        os.fdopen(os.open(earlier, os.O_WRONLY | os.O_CREAT | os.O_EXCL | flags, 0o600), "wb") as before,
    ):
        now.seek(-limit, os.SEEK_END)
        before.write(now.read(limit))
        now.truncate(0)


def _spawn(
    place: Place, account: Account, binaries: Binaries, port: int, durable: bool
) -> subprocess.Popen[bytes]:
    handle = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        os.fchown(handle, account.uid, account.gid)
        server = subprocess.Popen(
            [
                binaries / "postgres",
                "-D",
                str(place.data),
                *settings.command_line(place.sockets, port, durable),
            ],
            env=environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=handle,
            start_new_session=True,
            umask=0o077,
            **account.runs_as(),
        )
    finally:
        os.close(handle)
    _children[server.pid] = server
    return server


def _end(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _reap() -> None:
    for number, child in list(_children.items()):
        if child.poll() is not None:
            del _children[number]


def _said_since(log: Path, offset: int) -> str:
    with log.open("rb") as file:
        file.seek(offset)
        return file.read(1 << 20).decode("utf-8", errors="replace")
