"""When the database cannot start it says why and what to do, and leaves everything as it found it."""

from __future__ import annotations

import itertools
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onewindow.kernel.cluster import Cluster, refusals
from onewindow.kernel.errors import CannotStart
from tests.faults.cluster_support import as_user, ask, members, open_folder, refused, tiny_disk


@pytest.fixture
def scratch() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def made() -> Iterator[Cluster]:
    """A cluster that was made and stopped, for tests that spoil something in it and mend it again."""
    with open_folder() as folder:
        cluster = Cluster(folder / "db", durable=False)
        cluster.start()
        ask(cluster, "CREATE TABLE kept (n int)", role="owner")
        cluster.stop()
        yield cluster
        cluster.remove()


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file below a folder with its size and time of change."""
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*")}


def refuses(cluster: Cluster, *words: str) -> None:
    """Starting is refused with these words, and the data folder is exactly as before."""
    data = cluster.log.parent / "data"
    before = snapshot(data) if data.is_dir() else None
    with pytest.raises(CannotStart) as refusal:
        cluster.start()
    refused(refusal.value, *words)
    assert (snapshot(data) if data.is_dir() else None) == before
    assert not list(cluster.home.glob("*.new-*")) and not members(data)


def test_data_of_another_major_version_is_not_opened(made: Cluster) -> None:
    label = made.home / "data" / "PG_VERSION"
    was = label.read_text()
    label.write_text("14\n")
    try:
        refuses(made, "PostgreSQL 14", "dump and restore")
    finally:
        label.write_text(was)
    made.start()
    assert ask(made, "SELECT count(*) FROM kept", role="app") == 0
    made.stop()


@pytest.mark.parametrize("part", ["PG_VERSION", "global/pg_control", "pg_wal"])
def test_a_damaged_data_folder_is_left_for_the_backup(made: Cluster, part: str) -> None:
    path = made.home / "data" / part
    path.rename(made.home / "aside")
    try:
        refuses(made, "damaged", part, "backup")
    finally:
        (made.home / "aside").rename(path)


def test_a_label_that_makes_no_sense_is_damage(made: Cluster) -> None:
    label = made.home / "data" / "PG_VERSION"
    was = label.read_text()
    for nonsense in (b"", b"\xff\xfe", b"eighteen"):
        label.write_bytes(nonsense)
        refuses(made, "damaged", "PG_VERSION")
    label.write_text(was)


def test_a_folder_with_something_else_is_not_touched(scratch: Path) -> None:
    data = scratch / "db" / "data"
    data.mkdir(parents=True)
    (data / "photos.zip").write_text("precious")
    if os.geteuid() == 0:
        refuses(Cluster(scratch / "db"), "root", "ownership")
        shutil.chown(data, "nobody")
    refuses(Cluster(scratch / "db"), "something else", "photos.zip")
    Cluster(scratch / "db").remove()
    assert (data / "photos.zip").read_text() == "precious"


def test_an_empty_data_folder_is_used(scratch: Path) -> None:
    (scratch / "db" / "data").mkdir(parents=True)
    cluster = Cluster(scratch / "db", durable=False)
    try:
        cluster.start()
        assert ask(cluster, "SELECT 1", role="app") == 1
    finally:
        cluster.remove()


def test_a_file_where_a_folder_should_be(scratch: Path) -> None:
    (scratch / "file").write_text("")
    with pytest.raises(CannotStart) as refusal:
        Cluster(scratch / "file").start()
    refused(refusal.value, "not a folder")
    (scratch / "db").mkdir()
    (scratch / "db" / "data").write_text("precious")
    with pytest.raises(CannotStart) as refusal:
        Cluster(scratch / "db").start()
    refused(refusal.value, "not a folder", str(scratch / "db" / "data"))
    assert (scratch / "db" / "data").read_text() == "precious"


def test_a_home_one_may_not_write(scratch: Path) -> None:
    (scratch / "db").mkdir()

    def start() -> None:
        Cluster(scratch / "db").start()

    def start_below() -> None:
        Cluster(scratch / "db" / "deeper").start()

    for attempt in (start, start_below):
        with pytest.raises(CannotStart) as refusal:
            as_user(attempt)
        refused(refusal.value, "may not write", str(scratch / "db"))
    assert os.listdir(scratch / "db") == []


def test_data_that_belongs_to_somebody_else(scratch: Path) -> None:
    home = scratch / "db"
    (home / "data").mkdir(parents=True)
    shutil.chown(home, "nobody")
    shutil.chown(home / "data", "daemon")
    with pytest.raises(CannotStart) as refusal:
        as_user(lambda: Cluster(home).start())
    refused(refusal.value, "belongs to the user “daemon”", "as root")


def test_too_little_room_is_said_before_anything_is_written(scratch: Path) -> None:
    with tiny_disk(scratch / "disk", 150) as disk:  # initdb would just fit, the first busy day would not
        refuses(Cluster(disk / "db"), "disk is full", str(disk), "200 MB")
        assert not (disk / "db" / "data").exists()
        assert shutil.disk_usage(disk).used < 100_000


def test_a_disk_that_fills_while_a_cluster_is_made(scratch: Path) -> None:
    with tiny_disk(scratch / "disk", 12) as disk:
        refuses(Cluster(disk / "db", room=0), "disk is full", "nothing half-written")
        assert sorted(os.listdir(disk / "db")) == ["lock", "run"]


def test_a_disk_that_is_full_at_start(scratch: Path) -> None:
    """An existing cluster on a full disk: refused, unharmed, and back as soon as there is room."""
    with tiny_disk(scratch / "disk", 160) as disk:
        cluster = Cluster(disk / "db", room=0, durable=False)
        cluster.start()
        ask(cluster, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n", role="owner")
        cluster.stop()
        ballast = disk / "ballast"
        with ballast.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
            file.writelines(itertools.repeat(b"\0" * 4096))
        with pytest.raises(CannotStart) as refusal:
            cluster.start()
        refused(refusal.value, "disk is full", str(disk), "existing data is unharmed")
        assert not list((disk / "db").rglob("*.new-*")) and not members(disk / "db" / "data")
        ballast.unlink()
        cluster.start()
        assert ask(cluster, "SELECT count(*) FROM kept", role="app") == 1000
        cluster.stop()


def test_a_limit_on_file_sizes_is_named_as_such(scratch: Path) -> None:
    """What a quota does to an ordinary user, who cannot mount a small disk to show it."""
    home = scratch / "db"
    home.mkdir()
    shutil.chown(home, "nobody")

    def start() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
        Cluster(home).start()

    with pytest.raises(CannotStart) as refusal:
        as_user(start)
    refused(refusal.value, "disk is full")
    assert sorted(os.listdir(home)) == ["lock", "run"]


def test_what_the_server_says_reaches_the_reader(scratch: Path) -> None:
    cluster = Cluster(scratch / "db", durable=False, extra={"shared_buffers": "plenty"})
    try:
        with pytest.raises(CannotStart) as refusal:
            cluster.start()
        refused(refusal.value, "invalid value", "shared_buffers", str(cluster.log))
        assert not members(scratch / "db" / "data")
        Cluster(scratch / "db", durable=False).start()
    finally:
        cluster.remove()


def test_programs_that_are_missing_or_do_not_run(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = scratch / "bin"
    empty.mkdir()
    monkeypatch.setenv("PG_BIN", str(empty))
    refuses(Cluster(scratch / "db"), str(empty), "PG_BIN", "DATABASE_URL")
    for program in ("initdb", "postgres", "pg_isready"):
        (empty / program).write_text("#!/bin/sh\necho 'wrong architecture' >&2; exit 1\n")
        (empty / program).chmod(0o755)
    refuses(Cluster(scratch / "db"), "do not run", "wrong architecture")
    for program in ("initdb", "postgres", "pg_isready"):
        (empty / program).write_text("#!/bin/sh\necho something else\n")
    refuses(Cluster(scratch / "db"), "do not run", "something else")


def test_a_server_made_for_speed_is_not_mistaken_for_a_durable_one(made: Cluster) -> None:
    made.start()
    try:
        with pytest.raises(CannotStart) as refusal:
            Cluster(made.home, durable=True).start()
        refused(refusal.value, "fsync", "power cut")
    finally:
        made.stop()


SENTENCES: list[Callable[[], CannotStart]] = [
    lambda: refusals.from_server_words("initdb: error: invalid locale name", Path("/d"), Path("/l")),
    lambda: refusals.from_server_words("FATAL: could not create shared memory", Path("/d"), Path("/l")),
    lambda: refusals.from_server_words("FATAL:  could not open: Permission denied", Path("/d"), Path("/l")),
    lambda: refusals.from_server_words("", Path("/d"), Path("/l")),
    lambda: refusals.from_os_error(OSError(5, "Input/output error"), Path("/d")),
    lambda: refusals.mount_point(Path("/d")),
    lambda: refusals.nameless_account(12345),
    lambda: refusals.no_short_path(Path("/d")),
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_rare_refusals_are_whole_sentences_too(sentence: Callable[[], CannotStart]) -> None:
    refused(sentence(), "Cannot start: ")
