"""Where one cluster lies on the disk, and who may be there.

`home` is the folder the operator chose. Beside each other in it: `data` (PostgreSQL's), `run` (the
socket), `server.log`, `lock` (held while starting), `users` (shared by every `with`). Two things may
lie elsewhere, and then a small file in `home` says where:

- `seat`: when root starts in a home that the server's user cannot enter, everything but the locks goes
  to a folder of its own below `/var/lib/onewindow`;
- `sockets`: when the socket's path would be too long (103 bytes) or hold a comma, the socket goes to
  `/run/onewindow/<hash>` (root) or a private folder below the system's temporary one (everybody else).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from onewindow.kernel.cluster import refusals
from onewindow.kernel.cluster.accounts import Account

SOCKET_PATH_LIMIT = 103  # bytes; the shortest limit among the systems PostgreSQL runs on
STATE_ROOT = Path("/var/lib/onewindow")
RUNTIME_ROOT = Path("/run/onewindow")


@dataclass(frozen=True)
class Place:
    """One cluster's folders, resolved."""

    home: Path
    seat: Path
    sockets: Path

    @property
    def data(self) -> Path:
        return self.seat / "data"

    @property
    def log(self) -> Path:
        return self.seat / "server.log"


def make_home(home: Path) -> None:
    """Make the home folder and refuse one where anybody could put things in our way. Raises `CannotStart`."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o755)
        mode = home.stat().st_mode
    except OSError as error:
        raise refusals.from_os_error(error, home) from error
    _refuse_common(home, mode)


def _refuse_common(folder: Path, mode: int) -> None:
    """A folder in which everybody may rename everybody's files (no sticky bit) holds nothing safely."""
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        raise refusals.unsafe_folder(folder, "任何用户都能改动其中的文件", "everybody may change its files")


def recorded(home: Path) -> Place:
    """Where the cluster lies by what was written down; its own home for what was not."""
    seat = _read(home / "seat") or home
    return Place(home, seat, _read(home / "sockets") or seat / "run")


def find_seat(home: Path, state_root: Path, account: Account) -> Path:
    """The folder that holds the data: the recorded one, else `home`, else one below `state_root`.

    Raises `CannotStart` when a recorded seat is gone: a new, empty database in its stead would look
    like the loss of everything.
    """
    pointer = home / "seat"
    if (seat := _read(pointer)) is not None:
        if not seat.is_dir():
            raise refusals.seat_lost(seat, pointer)
        return seat
    if account.may_enter(home):
        return home
    if os.geteuid() != 0:
        raise refusals.not_writable(home)
    # A new seat each time: one left by an earlier home of the same name is not this home's data.
    seat = state_root / f"{_short(home)}-{secrets.token_hex(3)}"
    seat.mkdir(parents=True, mode=0o755)
    _refuse_common(state_root, state_root.stat().st_mode)
    if not account.may_enter(seat):
        raise refusals.unsafe_folder(
            seat, f"用户“{account.name}”进不去", f"the user “{account.name}” cannot enter it"
        )
    write_down(seat / "home", str(home))
    write_down(pointer, str(seat))
    return seat


def find_sockets(home: Path, seat: Path, port: int, account: Account, runtime_root: Path | None) -> Path:
    """The socket's folder, made and owned by `account`: beside the data when the path is short enough."""
    beside = seat / "run"
    if fits(beside, port):
        _make_private(beside, account)
        return beside
    pointer = home / "sockets"
    known = _read(pointer)
    # A folder below /tmp may have been swept away, or be somebody else's by now: then it is not ours.
    if known is not None and fits(known, port) and trustworthy(known, account):
        return known
    if os.geteuid() == 0:
        root = runtime_root or RUNTIME_ROOT
        root.mkdir(parents=True, exist_ok=True, mode=0o755)
        _refuse_common(root, root.stat().st_mode)
        chosen = root / _short(home)
        if not fits(chosen, port):
            raise refusals.no_short_path(root)
        _make_private(chosen, account)
    else:
        chosen = _temporary(port, runtime_root)
    write_down(pointer, str(chosen))
    return chosen


def fits(folder: Path, port: int) -> bool:
    """Whether a socket in `folder` can be named: short enough, and no comma (libpq would see two hosts)."""
    return len(os.fsencode(folder / f".s.PGSQL.{port}")) <= SOCKET_PATH_LIMIT and "," not in str(folder)


def trustworthy(folder: Path, account: Account) -> bool:
    """Whether only `account` can put a socket there: a real folder of its own, closed to all others."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    closed = not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid and closed


def _temporary(port: int, runtime_root: Path | None) -> Path:
    """A fresh private folder below the system's temporary one, whatever TMPDIR says if that is too long."""
    candidates = [runtime_root] if runtime_root else [Path(tempfile.gettempdir()), Path("/tmp")]
    for candidate in candidates:
        if fits(candidate / "onewindow-12345678", port):
            _refuse_common(candidate, candidate.stat().st_mode)
            chosen = Path(tempfile.mkdtemp(prefix="onewindow-", dir=candidate))
            chosen.chmod(0o711)
            return chosen
    raise refusals.no_short_path(candidates[-1])


def _make_private(folder: Path, account: Account) -> None:
    """Make `folder` the account's own; others may pass through to the socket, where peer decides."""
    try:
        folder.mkdir(mode=0o711)
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    except FileExistsError:
        pass
    if not trustworthy(folder, account):
        raise refusals.unsafe_folder(
            folder, f"它不为“{account.name}”独有", f"it is not “{account.name}”'s alone"
        )
    folder.chmod(0o711)


def remove(place: Place) -> None:
    """Delete the cluster's own files wherever they lie, and nothing else that may lie there."""
    if (place.data / "PG_VERSION").exists():
        shutil.rmtree(place.data)
    for leftover in place.seat.glob("data.new-*"):
        shutil.rmtree(leftover)
    for name in (".s.PGSQL.*", ".s.PGSQL.*.lock"):
        for socket in place.sockets.glob(name):
            socket.unlink(missing_ok=True)
    files = [place.seat / name for name in ("server.log", "server.log.1")]
    if place.seat != place.home:
        files.append(place.seat / "home")
    files += [place.home / name for name in ("seat", "sockets", "on-demand", "users", "lock")]
    for file in files:
        file.unlink(missing_ok=True)
    for folder in (place.sockets, place.seat):
        if folder != place.home:
            with contextlib.suppress(OSError):  # somebody keeps a file of theirs there
                folder.rmdir()


def write_down(path: Path, text: str, account: Account | None = None, mode: int = 0o644) -> None:
    """Write a small file whole or not at all, for `account` when it is to be the server's."""
    fresh = path.with_name(f"{path.name}.new-{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), mode)
            if account is not None and os.geteuid() == 0:
                os.fchown(file.fileno(), account.uid, account.gid)
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _read(pointer: Path) -> Path | None:
    try:
        return Path(pointer.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return None


def _short(home: Path) -> str:
    return hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
