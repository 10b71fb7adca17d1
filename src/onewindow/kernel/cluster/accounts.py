"""Which operating-system user runs the server, and who may be recognised as what.

PostgreSQL refuses to run as root, so root hands the server to a system user of its own. Everybody
else runs the server as themselves.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from onewindow.kernel.cluster import refusals

ACCOUNT = "onewindow-db"
# Used only where no user can be made (a bare container without useradd): both exist almost everywhere.
FALLBACKS = ("postgres", "nobody")


class RunsAs(TypedDict, total=False):
    """The keywords that make `subprocess.Popen` run a program as somebody else; empty for oneself."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """A named operating-system user."""

    name: str
    uid: int
    gid: int

    def runs_as(self) -> RunsAs:
        if self.uid == os.geteuid():
            return {}
        # Only root reaches this line. No supplementary group of root's goes along.
        return {"user": self.uid, "group": self.gid, "extra_groups": os.getgrouplist(self.name, self.gid)}

    def may_enter(self, folder: Path) -> bool:
        """Whether this user can reach `folder`: asked of the kernel, so that ACLs count too."""
        tried = subprocess.run(
            ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            **self.runs_as(),
        )
        return tried.returncode == 0


def myself() -> Account:
    """The user this process runs as. Raises `CannotStart` when it has no name: peer needs one."""
    return by_uid(os.geteuid())


def by_uid(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise refusals.nameless_account(uid) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def server_account(data: Path) -> Account:
    """Who runs the server on `data`: its owner once it exists, else oneself, or root's system user.

    Raises `CannotStart` when the data belongs to somebody this process cannot act for.
    """
    me = myself()
    try:
        owner = data.stat().st_uid
    except FileNotFoundError:
        owner = None
    if owner is not None and owner != me.uid:
        if me.uid != 0:
            raise refusals.data_of_somebody_else(data, _name(owner))
        return by_uid(owner)
    if me.uid != 0:
        return me
    if owner == 0 and any(data.iterdir()):
        raise refusals.data_of_somebody_else(data, "root")
    return _system_account()


def _system_account() -> Account:
    for _ in range(20):
        if (found := _named(ACCOUNT)) is not None:
            return found
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if useradd is None:
            break
        made = subprocess.run(
            [
                useradd,
                "--system",
                "--no-create-home",
                "--home-dir",
                "/nonexistent",
                "--shell",
                "/usr/sbin/nologin",
                "--comment",
                "OneWindow database",
                ACCOUNT,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if made.returncode not in (0, 1, 9, 10):  # 1 and 10: the password file is locked; 9: it exists
            break
        time.sleep(0.1 * (made.returncode != 0))
    for name in FALLBACKS:
        if (found := _named(name)) is not None:
            return found
    raise refusals.no_account()


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid) if entry.pw_uid != 0 else None


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
