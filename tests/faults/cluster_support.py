"""What the cluster's fault tests share: real processes, real users, a tiny disk, limited patience."""

from __future__ import annotations

import contextlib
import os
import pickle
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from onewindow.kernel.cluster import Cluster
from onewindow.kernel.cluster.lifecycle import Role
from onewindow.kernel.errors import CannotStart

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
ORDINARY_USER = "nobody"  # any unprivileged user with a name will do


def until(holds: Callable[[], object], what: str, seconds: float = 20.0) -> None:
    """Wait until `holds()` is true; fail the test, saying `what` was awaited, after `seconds`."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds} s in vain: {what}")
        time.sleep(0.005)


def ask(cluster: Cluster, query: str, role: Role = "superuser", database: str = "onewindow") -> Any:
    """The first value a query returns, over a connection of its own."""
    with psycopg.connect(cluster.dsn(role, database), autocommit=True) as connection:
        cursor = connection.execute(query)  # type: ignore[call-overload, unused-ignore]
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def members(data: Path) -> list[int]:
    """Every living PostgreSQL process that works in `data`."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and os.readlink(entry / "cwd") == str(data):
                found.append(int(entry.name))
    return found


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def postmasters(data: Path) -> list[int]:
    """The servers among them: those whose parent is not one of them."""
    everyone = members(data)
    found = []
    for pid in everyone:
        with contextlib.suppress(OSError):  # a session may end while it is looked at
            if parent(pid) not in everyone:
                found.append(pid)
    return found


def reports(data: Path, name: str) -> list[str]:
    """What `/proc` says under `name` of each process in `data` that lives long enough to be read."""
    found = []
    for pid in members(data):
        with contextlib.suppress(OSError):
            found.append(Path(f"/proc/{pid}/{name}").read_text())
    return found


def owners(data: Path) -> set[int]:
    """The user numbers, real and effective, of the processes in `data`."""
    lines = [line for report in reports(data, "status") for line in report.splitlines()]
    return {int(number) for line in lines if line.startswith("Uid:") for number in line.split()[1:]}


class Child:
    """A function running in a process of its own, as another user if asked."""

    def __init__(self, work: Callable[[], Any], user: str | None = None, own_group: bool = False) -> None:
        reading, writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            result: tuple[bool, Any]
            try:
                if own_group:
                    os.setpgid(0, 0)
                if user is not None and os.geteuid() == 0:
                    account = pwd.getpwnam(user)
                    os.setgroups([])
                    os.setgid(account.pw_gid)
                    os.setuid(account.pw_uid)
                result = (True, work())
            except CannotStart as refusal:
                result = (False, refusal.details)
            except BaseException:
                result = (False, traceback.format_exc())
            with contextlib.suppress(BaseException), os.fdopen(writing, "wb") as pipe:
                pickle.dump(result, pipe)
            os._exit(0)
        os.close(writing)
        self._pipe = reading
        self._left = False

    def result(self) -> Any:
        """What the function returned; the `CannotStart` it raised; a failed test for anything else."""
        with os.fdopen(self._pipe, "rb") as pipe:
            answer = pipe.read()
        self.wait()
        if not answer:
            pytest.fail("the child died without a word")
        good, value = pickle.loads(answer)
        if good:
            return value
        if isinstance(value, dict):
            raise CannotStart(**value)
        pytest.fail(value)

    def wait(self) -> None:
        if not self._left:
            os.waitpid(self.pid, 0)
            self._left = True


def as_user(work: Callable[[], Any], user: str = ORDINARY_USER) -> Any:
    """Do `work` in a process of an unprivileged user."""
    return Child(work, user).result()


@contextlib.contextmanager
def open_folder(on_disk: bool = False) -> Iterator[Path]:
    """A short folder that every user may enter (pytest's own is closed to the server's user).

    In memory where there is a gigabyte of it, since making clusters is mostly making files; nothing
    killed with a signal can tell the difference.
    """
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 30
    folder = Path(tempfile.mkdtemp(prefix="ow-", dir=memory if roomy and not on_disk else "/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def debian15(folder: Path) -> Iterator[Cluster]:
    """The same launcher running Debian's PostgreSQL 15; never skipped where that is missing."""
    if not (DEBIAN_15 / "postgres").exists():
        pytest.fail("Debian's PostgreSQL 15 is missing: run `make test`, which installs postgresql-15")
    cluster = Cluster(folder / "fifteen", programs=DEBIAN_15)
    try:
        yield cluster
    finally:
        cluster.remove()


@contextlib.contextmanager
def tiny_disk(folder: Path, mebibytes: int) -> Iterator[Path]:
    """A disk of its own that is soon full."""
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=0755", "tmpfs", str(folder)], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def refused(refusal: CannotStart, *words: str) -> None:
    """The refusal says each of `words` in English, is whole in both languages, and ends as a sentence."""
    english, chinese = refusal.message("en"), refusal.message("zh-hans")
    for word in words:
        assert word in english, english
    for sentence in (english, chinese):
        assert "«" not in sentence and ".." not in sentence.replace("...", "") and "。。" not in sentence
    assert any("\u4e00" <= character <= "\u9fff" for character in str(refusal.details["do_zh"]))
