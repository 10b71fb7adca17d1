"""The same launcher runs Debian's PostgreSQL 15: the oldest server the product promises to work with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onewindow.kernel.cluster import Cluster, check_server
from onewindow.kernel.errors import CannotStart
from tests.faults.cluster_support import DEBIAN_15, ask, debian15, open_folder, postmasters, refused


@pytest.fixture(scope="module")
def fifteen() -> Iterator[Cluster]:
    with open_folder() as folder, debian15(folder) as cluster:
        cluster.start()
        yield cluster


def test_it_passes_every_check(fifteen: Cluster) -> None:
    facts = check_server(fifteen.dsn("app"), fifteen.dsn("owner"))
    assert 150000 <= facts.version < 160000
    assert (facts.encoding, facts.ctype) == ("UTF8", "C.UTF-8")
    assert {"pg_trgm", "btree_gist", "pg_stat_statements"} <= set(facts.extensions)
    assert ask(fifteen, "SHOW data_checksums") == "on"


def test_the_roles_are_the_same(fifteen: Cluster) -> None:
    ask(fifteen, "CREATE TABLE IF NOT EXISTS cases (id bigserial, title text)", role="owner")
    ask(fifteen, "INSERT INTO cases (title) VALUES ('食品')", role="app")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(fifteen, "TRUNCATE cases", role="app")
    assert ask(fifteen, "SELECT n FROM pg_roles, current_database() n LIMIT 1", role="app") == "onewindow"


def test_it_survives_kill_9(fifteen: Cluster) -> None:
    ask(fifteen, "CREATE TABLE survives AS SELECT 1 AS n", role="owner")
    os.kill(postmasters(fifteen.home / "data")[0], 9)
    fifteen.start()
    assert ask(fifteen, "SELECT n FROM survives", role="app") == 1
    assert fifteen.stop() and not fifteen.running()
    fifteen.start()


def test_pg_bin_chooses_the_programs_and_newer_ones_refuse_the_data(
    fifteen: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    fifteen.stop()
    with pytest.raises(CannotStart) as refusal:
        Cluster(fifteen.home).start()
    refused(refusal.value, "PostgreSQL 15", "PostgreSQL 18", "dump and restore")
    monkeypatch.setenv("PG_BIN", str(DEBIAN_15))
    chosen = Cluster(fifteen.home)
    chosen.start()
    assert ask(chosen, "SHOW server_version_num")[:2] == "15"


def test_its_absence_is_a_failure_not_a_skip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.faults.cluster_support.DEBIAN_15", tmp_path)
    with pytest.raises(pytest.fail.Exception, match="make test"), debian15(tmp_path):
        pass
