"""The embedded database after the worst: killed, half made, deceived by a process number, or left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onewindow.kernel.cluster import Cluster, launcher, lifecycle, processes
from onewindow.kernel.errors import CannotStart
from tests.faults.cluster_support import (
    ORDINARY_USER,
    Child,
    as_user,
    ask,
    members,
    open_folder,
    postmasters,
    refused,
    until,
)


@pytest.fixture
def scratch() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def survivor() -> Iterator[Cluster]:
    """One durable cluster for all that is done to it here: whatever comes, it must start again."""
    with open_folder(on_disk=True) as folder:
        made = Cluster(folder / "db")
        yield made
        made.remove()


@pytest.fixture
def cluster(survivor: Cluster) -> Cluster:
    survivor.start()
    return survivor


def data_of(cluster: Cluster) -> Path:
    return cluster.home / "data"


def kill_server(cluster: Cluster) -> int:
    """kill -9 the server itself, as the kernel's out-of-memory killer would; its number."""
    (server,) = postmasters(data_of(cluster))
    os.kill(server, signal.SIGKILL)
    until(lambda: server not in postmasters(data_of(cluster)), "the server to die")
    return server


def test_what_was_committed_survives_kill_9(cluster: Cluster) -> None:
    ask(cluster, "CREATE TABLE said (n int)", role="owner")
    for n in range(3):
        ask(cluster, f"INSERT INTO said VALUES ({n})", role="app")
        kill_server(cluster)
        assert not cluster.running()
        cluster.start()
        assert ask(cluster, "SELECT count(*) FROM said", role="app") == n + 1
    assert ask(cluster, "SHOW data_checksums") == "on"


def test_a_reused_process_number_deceives_nobody(scratch: Path) -> None:
    """The number in the dead server's lock files now belongs to another process of the same user."""
    home = scratch / "db"
    home.mkdir()
    shutil.chown(home, ORDINARY_USER)

    def work() -> tuple[bool, bool, bool, int | None, bool]:
        cluster = Cluster(home)
        cluster.start()
        ask(cluster, "CREATE TABLE kept (n int)", role="owner")
        kill_server(cluster)
        stranger = subprocess.Popen(["/bin/sleep", "600"])
        try:
            for lock in (home / "data" / "postmaster.pid", home / "run" / ".s.PGSQL.5432.lock"):
                _, rest = lock.read_text().split("\n", 1)
                lock.write_text(f"{stranger.pid}\n{rest}")
            running, stopped = cluster.running(), cluster.stop()
            cluster.start()
            kept = ask(cluster, "SELECT count(*) FROM kept", role="app") == 0
            cluster.stop()
            return running, stopped, kept, stranger.poll(), cluster.running()
        finally:
            stranger.kill()
            stranger.wait()

    assert as_user(work) == (False, False, True, None, False)


def test_the_sessions_a_dead_server_left_do_not_hinder_the_next(cluster: Cluster) -> None:
    """One session is deep in a query, another cannot even hear a polite signal."""
    with contextlib.ExitStack() as stack:
        deep, deaf = (
            stack.enter_context(contextlib.closing(psycopg.connect(cluster.dsn("superuser"))))
            for _ in range(2)
        )
        pids = [deep.info.backend_pid, deaf.info.backend_pid]
        deep.pgconn.send_query(b"DO $$ BEGIN LOOP END LOOP; END $$")
        os.kill(pids[1], signal.SIGSTOP)
        until(
            lambda: ask(cluster, f"SELECT state FROM pg_stat_activity WHERE pid = {pids[0]}") == "active",
            "the session to be busy",
        )
        kill_server(cluster)
        assert set(pids) <= set(members(data_of(cluster)))
        assert set(pids) <= set(processes.orphans(data_of(cluster)))
        cluster.start()
        assert not set(pids) & set(members(data_of(cluster)))
    assert ask(cluster, "SELECT 1", role="app") == 1


def test_a_killed_initdb_never_leaves_half_a_cluster(scratch: Path) -> None:
    home = scratch / "db"
    starting = Child(lambda: Cluster(home).start())
    until(lambda: list(home.glob("data.new-*/base")), "initdb to be in the middle")
    (fresh,) = home.glob("data.new-*")
    os.killpg(_initdb(fresh), signal.SIGKILL)
    with pytest.raises(CannotStart) as refusal:
        starting.result()
    refused(refusal.value, "did not start")
    assert sorted(os.listdir(home)) == ["lock", "run"], "nothing half-written"
    _starts_well(home)


def test_a_start_killed_in_the_middle_is_taken_up_by_the_next(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The starter dies, its initdb lives on for a while: the next start waits for it, then sweeps."""
    home = scratch / "db"
    starting = Child(lambda: Cluster(home).start())
    until(lambda: list(home.glob("data.new-*/base")), "initdb to be in the middle")
    (fresh,) = home.glob("data.new-*")
    initdb = _initdb(fresh)
    os.kill(initdb, signal.SIGSTOP)
    os.kill(starting.pid, signal.SIGKILL)
    starting.wait()
    monkeypatch.setattr(lifecycle, "LOCK_PATIENCE", 0.2)
    with pytest.raises(CannotStart) as refusal:
        Cluster(home).start()
    refused(refusal.value, "another process", str(home / "lock"))
    monkeypatch.undo()
    os.kill(initdb, signal.SIGCONT)
    _starts_well(home)
    assert not fresh.exists() and not list(home.glob("initdb-*"))


def test_a_start_killed_before_the_roles_were_made_is_completed(cluster: Cluster) -> None:
    ask(cluster, "DROP DATABASE onewindow WITH (FORCE)", database="postgres")
    ask(cluster, "DROP ROLE onewindow_app", database="postgres")
    cluster.start()
    assert ask(cluster, "SELECT current_user", role="app") == "onewindow_app"
    ask(cluster, "COMMENT ON DATABASE onewindow IS NULL")
    ask(cluster, "DROP EXTENSION pg_trgm")
    cluster.start()
    assert ask(cluster, "SELECT cardinality(show_trgm('食'))", role="app") == 2


def test_stopping_is_clean_and_can_be_repeated(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn("app")) as idle:
        assert cluster.stop("fast")
        with pytest.raises(psycopg.OperationalError):
            idle.execute("SELECT 1")
    assert not members(data_of(cluster)) and not cluster.running()
    assert [cluster.stop(), cluster.stop("smart"), cluster.stop("immediate")] == [False] * 3
    assert cluster.log.read_text().rstrip().endswith("database system is shut down")
    complaint, before = "was not properly shut down", cluster.log.read_text()
    cluster.start()
    assert complaint not in cluster.log.read_text().removeprefix(before)
    # A client that will not leave: “smart” waits its patience, then insists.
    with psycopg.connect(cluster.dsn("app")):
        assert cluster.stop("smart", patience=0.3)
    assert not members(data_of(cluster))
    cluster.start()
    assert complaint in cluster.log.read_text().removeprefix(before)


def test_control_c_in_the_terminal_spares_the_server(scratch: Path) -> None:
    cluster = Cluster(scratch / "db", durable=False)

    def work() -> str:
        cluster.start()
        with contextlib.suppress(KeyboardInterrupt):
            signal.signal(signal.SIGINT, signal.default_int_handler)
            (scratch / "listening").touch()
            signal.pause()
        return str(ask(cluster, "SELECT 'still here'", role="app"))

    terminal = Child(work, own_group=True)
    try:
        until((scratch / "listening").exists, "the program to run")
        os.killpg(terminal.pid, signal.SIGINT)
        assert terminal.result() == "still here"
        assert cluster.running(), "the server outlives the program that started it"
        (server,) = postmasters(data_of(cluster))
        assert os.getsid(server) == server
    finally:
        cluster.remove()


def test_control_c_while_a_cluster_is_made_leaves_nothing(scratch: Path) -> None:
    home = scratch / "db"

    def work() -> str:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            Cluster(home).start()
        except KeyboardInterrupt:
            return "interrupted"
        return "finished"

    terminal = Child(work, own_group=True)
    until(lambda: list(home.glob("data.new-*/base")), "initdb to be in the middle")
    os.killpg(terminal.pid, signal.SIGINT)
    assert terminal.result() == "interrupted"
    assert sorted(os.listdir(home)) == ["lock", "run"]
    _starts_well(home)


def test_the_servers_output_is_a_file_that_stays_small(cluster: Cluster) -> None:
    (server,) = postmasters(data_of(cluster))
    for descriptor in (0, 1, 2):
        assert not os.readlink(f"/proc/{server}/fd/{descriptor}").startswith("pipe:")
    assert os.readlink(f"/proc/{server}/fd/2") == str(cluster.log)
    assert cluster.log.stat().st_mode & 0o077 == 0

    def chatter(last: str) -> None:
        ask(cluster, f"DO $$ BEGIN FOR n IN 1..300 LOOP RAISE LOG '%', repeat('x', 1000); END LOOP;"
                     f" RAISE LOG '{last}'; END $$")  # fmt: skip

    for last in ("first", "second"):
        chatter(last)
        cluster.tend(log_limit=100_000)
        earlier = cluster.log.with_name("server.log.1")
        assert cluster.log.stat().st_size < 100_000 and earlier.stat().st_size == 100_000
        assert last in earlier.read_text() and earlier.stat().st_mode & 0o077 == 0
    ask(cluster, "DO $$ BEGIN RAISE LOG 'after'; END $$")
    assert "after" in cluster.log.read_text(), "the server goes on writing where it is read"
    chatter("third")
    cluster.stop()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launcher.trim, "__defaults__", (100_000,))
        cluster.start()
    assert cluster.log.stat().st_size < 100_000, "a start keeps it small too"


def test_slow_statements_are_logged_without_peoples_data(scratch: Path) -> None:
    cluster = Cluster(scratch / "db", durable=False, extra={"log_min_duration_statement": "0"})
    try:
        cluster.start()
        with psycopg.connect(cluster.dsn("app")) as connection:
            connection.execute("SELECT %s::text", ["张三丰"])
        said = cluster.log.read_text()
        assert "SELECT $1::text" in said and "张三丰" not in said
    finally:
        cluster.remove()


def test_a_living_server_whose_socket_was_removed_is_reached_again(cluster: Cluster) -> None:
    ask(cluster, "CREATE TABLE unreached (n int)", role="owner")
    for file in (cluster.home / "run").iterdir():
        file.unlink()
    assert not cluster.running()
    cluster.start()
    assert ask(cluster, "SELECT count(*) FROM unreached", role="app") == 0
    assert len(postmasters(data_of(cluster))) == 1


def test_a_server_that_is_only_slow_is_left_alone(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stalled disk looks like this: no answer, but alive. Killing it would make a bad moment worse."""
    monkeypatch.setattr(launcher, "GRACE", 0.0)
    monkeypatch.setattr(launcher, "KNOCK", 1)
    (server,) = postmasters(data_of(cluster))
    os.kill(server, signal.SIGSTOP)
    try:
        with pytest.raises(CannotStart) as refusal:
            Cluster(cluster.home, patience=1.5).start()
        refused(refusal.value, "not ready within", str(cluster.log))
    finally:
        os.kill(server, signal.SIGCONT)
    until(cluster.running, "the server to answer again")
    assert postmasters(data_of(cluster)) == [server]


def _starts_well(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    try:
        cluster.start()
        assert ask(cluster, "SELECT current_user", role="app") == "onewindow_app"
        assert not list(home.glob("data.new-*"))
    finally:
        cluster.remove()


def _initdb(fresh: Path) -> int:
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
            if words and words[0].endswith(b"/initdb") and str(fresh).encode() in words:
                return int(entry.name)
    pytest.fail("no initdb is running")
