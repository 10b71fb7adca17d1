"""`Cluster`: the embedded PostgreSQL as the rest of the system sees it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import psycopg

from onewindow.kernel.cluster import (
    accounts,
    binaries,
    checks,
    launcher,
    locks,
    making,
    places,
    refusals,
    roles,
    settings,
)
from onewindow.kernel.cluster.dsn import Target
from onewindow.kernel.cluster.launcher import Answer

Role = Literal["app", "owner", "superuser"]
Mode = Literal["smart", "fast", "immediate"]

ROLES: dict[Role, str] = {"app": roles.APP, "owner": roles.OWNER, "superuser": roles.SUPERUSER}
MODES: dict[Mode, signal.Signals] = {
    "smart": signal.SIGTERM,
    "fast": signal.SIGINT,
    "immediate": signal.SIGQUIT,
}

LOCK_PATIENCE = launcher.RECOVERY  # seconds to wait for another process that is starting the same server


@dataclass(frozen=True)
class Address:
    """Where the server answers: `host` is the folder of its unix socket; `server_user` owns it."""

    host: str
    port: int
    server_user: str


class Cluster:
    """One embedded PostgreSQL, kept in the folder `home`.

    Any number of processes may hold a `Cluster` on the same home and start it at once: one server
    runs and all get its address. `start()` leaves it running when the process ends; as a context
    manager it stops when the last process that so uses it has left.

    `durable=False` turns fsync off (unit tests only). `programs` overrides `PG_BIN`. `guests` are
    operating-system users who may connect as the running role. `extra` are server settings that
    override the tuned ones. `patience` is seconds the server may be silent while it starts. `room` is the
    bytes that must be free before a new cluster is made. The roots are where things go that cannot
    lie in `home` (see `places`).
    """

    def __init__(
        self,
        home: Path | str,
        *,
        durable: bool = True,
        programs: Path | None = None,
        port: int = 5432,
        guests: Sequence[str] = (),
        extra: Mapping[str, str] | None = None,
        patience: float = 60.0,
        room: int = making.ROOM_FOR_A_CLUSTER,
        state_root: Path = places.STATE_ROOT,
        runtime_root: Path | None = None,
    ) -> None:
        self.home = Path(os.path.realpath(home))
        self.durable = durable
        self.port = port
        self._programs = programs
        self._guests = tuple(guests)
        self._extra = dict(extra or {})
        self._patience = patience
        self._room = room
        self._state_root = state_root
        self._runtime_root = runtime_root
        self._share: int | None = None

    # The life of the server

    def start(self) -> Address:
        """Make the cluster if there is none, start it if it is not running, and return its address.

        Takes about 1 s the first time and 0.2 s after. Within a `with` block of this cluster it revives
        a server that was killed, which is stopped with the block all the same. Raises `CannotStart`.
        """
        return self._start(on_demand=self._share is not None)

    def stop(self, mode: Mode = "fast", patience: float = 60.0) -> bool:
        """Stop the server, whoever uses it; whether it was running. Harmless when repeated.

        “fast” rolls back what is open and writes a checkpoint; “smart” waits for the clients to leave;
        “immediate” leaves the log to be replayed. After `patience` seconds any mode becomes immediate.
        """
        if not self.home.is_dir():
            return False
        with self._locked():
            return launcher.halt(places.recorded(self.home), MODES[mode], patience)

    def running(self) -> bool:
        """Whether the server accepts connections now: asked of its socket, never of a process number."""
        place = places.recorded(self.home)
        programs = binaries.find(accounts.myself(), self._state_root, self._programs)
        return launcher.knock(programs, place.sockets, self.port) is Answer.READY

    def remove(self) -> None:
        """Stop the server and delete the cluster with all its data, wherever it lies."""
        if not self.home.is_dir():
            return
        with self._locked():
            place = places.recorded(self.home)
            launcher.halt(place, MODES["immediate"], 60.0)
            places.remove(place)

    def tend(self, log_limit: int = launcher.LOG_LIMIT) -> None:
        """Keep the server's log within `log_limit` bytes; whoever supervises calls this once a minute."""
        launcher.trim(places.recorded(self.home).log, log_limit)

    def __enter__(self) -> Self:
        if self._share is not None:
            raise RuntimeError("this cluster is in use already; make another Cluster on the same home")
        places.make_home(self.home)
        self._share = locks.share(self.home / "users")
        try:
            self._start(on_demand=True)
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._locked():
            if self._leave() and (self.home / "on-demand").exists():
                launcher.halt(places.recorded(self.home), MODES["fast"], 60.0)

    # Addresses

    @property
    def address(self) -> Address:
        """Where the server answers. Raises `RuntimeError` before the first start: nobody knows yet."""
        place = places.recorded(self.home)
        try:
            owner = place.data.stat().st_uid
        except FileNotFoundError:
            raise RuntimeError(f"the cluster in {self.home} has not been started yet") from None
        return Address(str(place.sockets), self.port, accounts.by_uid(owner).name)

    def target(self, role: Role = "app", database: str = roles.DATABASE) -> Target:
        """The address of `database` as `role`; `requirepeer` guards against an impostor's socket."""
        where = self.address
        return Target(
            ROLES[role], database, where.host, str(where.port), options=(("requirepeer", where.server_user),)
        )

    def dsn(self, role: Role = "app", database: str = roles.DATABASE) -> str:
        """The same as a URL, for psycopg, procrastinate and Django's settings."""
        return self.target(role, database).url()

    @property
    def log(self) -> Path:
        """The server's log."""
        return places.recorded(self.home).log

    # Databases

    def create_database(self, name: str, template: str | None = None) -> str:
        """Make a database with roles, privileges and extensions in place; its URL for the running role.

        `template` is copied with all it holds; nobody may be connected to it. Raises psycopg's
        `DuplicateDatabase`, `ObjectInUse`, `InvalidCatalogName`.
        """
        with self._superuser("postgres") as maintenance:
            roles.create(maintenance, name, template)
        with self._superuser(name) as inside:
            roles.equip(inside)
        return self.dsn("app", name)

    def drop_database(self, name: str) -> None:
        """Drop a database if it exists, cutting off whoever is connected to it."""
        if name in ("postgres", "template0", "template1"):
            raise ValueError(f"“{name}” belongs to the server")
        with self._superuser("postgres") as maintenance:
            roles.drop(maintenance, name)

    # Inside

    def _start(self, *, on_demand: bool) -> Address:
        places.make_home(self.home)
        try:
            with self._locked() as lock:
                self._bring_up(lock, on_demand)
        except OSError as error:
            raise refusals.from_os_error(error, self.home) from error
        except psycopg.errors.DiskFull as error:
            raise refusals.disk_full(places.recorded(self.home).data) from error
        except psycopg.OperationalError as error:
            raise checks.unreachable(error) from error
        return self.address

    def _bring_up(self, lock: int, on_demand: bool) -> None:
        place = places.recorded(self.home)
        account = accounts.server_account(place.data)
        programs = binaries.find(account, self._state_root, self._programs)
        marker = self.home / "on-demand"
        if launcher.knock(programs, place.sockets, self.port) is not Answer.READY:
            seat = places.find_seat(self.home, self._state_root, account)
            place = places.Place(
                self.home, seat, places.find_sockets(self.home, seat, self.port, account, self._runtime_root)
            )
            making.sweep(place)
            if not making.inspect(place, programs):
                making.initialise(place, account, programs, lock, self.durable, self._room)
            making.configure(
                place, account, settings.configuration(programs, self._extra), self._ident(account.name)
            )
            launcher.launch(place, account, programs, self.port, self.durable, self._patience)
            if on_demand:
                marker.touch()
        if not on_demand:
            marker.unlink(missing_ok=True)
        self._provision()

    def _provision(self) -> None:
        """Make what is missing inside, then check it as any server is checked."""
        with self._superuser("postgres") as maintenance:
            ready = roles.equipped(maintenance, roles.DATABASE)
            if not ready:
                roles.ensure_roles(maintenance)
                if not roles.exists(maintenance, roles.DATABASE):
                    roles.create(maintenance, roles.DATABASE, None)
        if not ready:
            with self._superuser(roles.DATABASE) as inside:
                roles.equip(inside)
        checks.check_server(self.dsn("app"), self.dsn("owner"), durable=self.durable, connections=1)

    def _ident(self, server_user: str) -> str:
        staff = list(dict.fromkeys([accounts.myself().name, "root", server_user]))
        return settings.ident(staff, self._guests, list(ROLES.values()), roles.APP)

    def _superuser(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.dsn("superuser", database), autocommit=True, connect_timeout=30)

    def _locked(self) -> contextlib.AbstractContextManager[int]:
        return locks.held(self.home / "lock", LOCK_PATIENCE)

    def _leave(self) -> bool:
        """Give up this process's share; whether nobody else holds one. Called under the start lock."""
        share, self._share = self._share, None
        return share is not None and locks.give_up(share)


@contextlib.contextmanager
def temporary_cluster(
    *, durable: bool = False, programs: Path | None = None, extra: Mapping[str, str] | None = None
) -> Iterator[Cluster]:
    """A cluster of one's own that is deleted afterwards, for tests and benches; options as `Cluster`'s."""
    home = Path(tempfile.mkdtemp(prefix="onewindow-db-"))
    home.chmod(0o711)  # the server's own user passes through it
    cluster = Cluster(home, durable=durable, programs=programs, extra=extra)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()
        shutil.rmtree(home, ignore_errors=True)
