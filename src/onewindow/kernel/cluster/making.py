"""Making a cluster on the disk, and telling what is found there from one. Called under the start lock.

A cluster appears whole or not at all: initdb works in a temporary folder that is renamed at the end,
and whatever an interrupted start left is swept away by the next.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from onewindow.kernel.cluster import places, refusals, settings
from onewindow.kernel.cluster.accounts import Account
from onewindow.kernel.cluster.binaries import Binaries, environment
from onewindow.kernel.cluster.places import Place

ROOM_FOR_A_CLUSTER = 200 * 1024 * 1024  # bytes free before a new cluster is begun (it takes about 60 MB)


def inspect(place: Place, binaries: Binaries) -> bool:
    """Whether `place` holds a cluster these programs can open; False when there is none yet.

    Raises `CannotStart` for anything else that is found there.
    """
    data = place.data
    if not data.is_dir():
        if data.exists() or data.is_symlink():
            raise refusals.not_a_folder(data)
        return False
    found = sorted(os.listdir(data))
    if not found:
        return False
    try:
        version = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        ours = {"base", "global", "pg_wal", "pg_xact"} & set(found)
        if ours:
            raise refusals.data_damaged(data, "PG_VERSION") from None
        raise refusals.data_not_ours(data, found[0]) from None
    except ValueError:
        raise refusals.data_damaged(data, "PG_VERSION") from None
    if not version.replace(".", "").isdigit():
        raise refusals.data_damaged(data, "PG_VERSION")
    if version != str(binaries.major):
        raise refusals.foreign_version(data, version, binaries.major)
    for part in ("global/pg_control", "base", "pg_wal", "pg_xact"):
        if not (data / part).exists():
            raise refusals.data_damaged(data, part)
    return True


def sweep(place: Place) -> None:
    """Remove what an interrupted start left behind. Safe under the lock: a living initdb holds it too."""
    for leftover in (*place.seat.glob("data.new-*"), *place.seat.glob("initdb-*.log")):
        shutil.rmtree(leftover) if leftover.is_dir() and not leftover.is_symlink() else leftover.unlink()
    for leftover in (*place.home.glob("*.new-*"), *place.data.glob("*.new-*")):
        leftover.unlink(missing_ok=True)


def initialise(
    place: Place, account: Account, binaries: Binaries, lock: int, durable: bool, room: int
) -> None:
    """Make a cluster in a temporary folder and put it in its place when it is whole.

    The lock's handle goes along to initdb: should this process be killed, the lock stays held until
    initdb is gone too, and nobody sweeps a folder that is still being written.
    """
    if shutil.disk_usage(place.seat).free < room:
        raise refusals.disk_full(place.seat)
    fresh = place.seat / f"data.new-{secrets.token_hex(4)}"
    notes = place.seat / f"initdb-{secrets.token_hex(4)}.log"
    process: subprocess.Popen[bytes] | None = None
    try:
        fresh.mkdir(mode=0o700)
        os.chown(fresh, account.uid, account.gid, follow_symlinks=False)
        with notes.open("xb") as output:
            process = subprocess.Popen(
                [
                    binaries / "initdb",
                    "-D",
                    str(fresh),
                    "-U",
                    "postgres",
                    "-E",
                    "UTF8",
                    "--auth=peer",
                    "--data-checksums",
                    "--lc-collate=C",
                    "--lc-ctype=C.UTF-8",
                    "--lc-messages=C",
                    "--lc-monetary=C",
                    "--lc-numeric=C",
                    "--lc-time=C",
                    "-T",
                    "simple",
                    "--no-instructions",
                    *([] if durable else ["--no-sync"]),
                ],
                env=environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                umask=0o077,
                pass_fds=(lock,),
                **account.runs_as(),
            )
            status = process.wait()
        if status != 0:
            words = notes.read_text(encoding="utf-8", errors="replace")
            raise refusals.from_server_words(words or f"initdb ended with {status}", place.data, place.log)
        if place.data.is_mount():
            raise refusals.mount_point(place.data)
        fresh.rename(place.data)
        _settle(place.seat)
    finally:
        if process is not None and process.poll() is None:
            _end(process)
        notes.unlink(missing_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)


def configure(place: Place, account: Account, conf: str, ident: str) -> None:
    """Write the server's three files, each whole or not at all."""
    for name, text in (("postgresql.conf", conf), ("pg_hba.conf", settings.hba()), ("pg_ident.conf", ident)):
        path = place.data / name
        if not path.exists() or path.read_text(encoding="utf-8", errors="replace") != text:
            places.write_down(path, text, account, mode=0o600)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _end(initdb: subprocess.Popen[bytes]) -> None:
    """Stop initdb and the server inside it, giving them the time to give back their shared memory."""
    os.killpg(initdb.pid, signal.SIGTERM)
    try:
        initdb.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(initdb.pid, signal.SIGKILL)
        initdb.wait()
