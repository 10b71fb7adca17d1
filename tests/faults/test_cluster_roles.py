"""Inside the embedded database: roles, privileges, databases, settings, and what an idle server weighs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest

from onewindow.kernel.cluster import Cluster, equip, temporary_cluster
from tests.faults.cluster_support import ask, open_folder, reports


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with temporary_cluster() as made:
        yield made


def test_the_owner_builds_and_the_running_role_only_works(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn("owner")) as owner:
        owner.execute("CREATE TABLE cases (id bigserial PRIMARY KEY, title text)")
    with psycopg.connect(cluster.dsn("app"), autocommit=True) as app:
        app.execute("INSERT INTO cases (title) VALUES ('食品经营许可')")
        app.execute("UPDATE cases SET title = title || '证'")
        assert app.execute("SELECT title FROM cases").fetchone() == ("食品经营许可证",)
        app.execute("DELETE FROM cases")
        assert app.execute("SELECT last_value FROM cases_id_seq").fetchone() == (1,)
        forbidden: list[LiteralString] = [
            "CREATE TABLE mine (n int)",
            "CREATE TEMP TABLE mine (n int)",
            "CREATE SCHEMA mine",
            "TRUNCATE cases",
            "ALTER TABLE cases ADD COLUMN more text",
            "DROP TABLE cases",
            "CREATE INDEX ON cases (title)",
            "CREATE EXTENSION citext",
            "SET ROLE onewindow_owner",
            "CREATE DATABASE mine",
            "CREATE ROLE mine",
            "ALTER SYSTEM SET fsync = on",
            "SELECT pg_read_file('PG_VERSION')",
        ]
        for statement in forbidden:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)


def test_what_the_owner_takes_back_stays_taken_back(cluster: Cluster) -> None:
    """The ledger revokes what must never happen to it; starting again does not grant it anew."""
    with psycopg.connect(cluster.dsn("owner"), autocommit=True) as owner:
        owner.execute("CREATE TABLE ledger (n int)")
        owner.execute("REVOKE UPDATE, DELETE ON ledger FROM onewindow_app")
    cluster.start()
    with psycopg.connect(cluster.dsn("superuser"), autocommit=True) as superuser:
        equip(superuser)
    with psycopg.connect(cluster.dsn("app"), autocommit=True) as app:
        app.execute("INSERT INTO ledger VALUES (1)")
        for statement in ("UPDATE ledger SET n = 2", "DELETE FROM ledger"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)


def test_the_roles_have_no_power_over_the_server(cluster: Cluster) -> None:
    powers = ask(
        cluster,
        "SELECT bool_or(rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)"
        " FROM pg_roles WHERE rolname LIKE 'onewindow%'",
    )
    owner = ask(cluster, "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'onewindow'")
    assert powers is False and owner == "onewindow_owner"
    assert ask(cluster, "SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = 'onewindow_app'")
    found = set(ask(cluster, "SELECT array_agg(extname::text) FROM pg_extension"))
    assert {"pg_trgm", "btree_gist", "pg_stat_statements"} <= found


def test_databases_are_copied_from_a_template_and_dropped_in_use(cluster: Cluster) -> None:
    cluster.create_database("template_tests")
    with psycopg.connect(cluster.dsn("owner", "template_tests")) as owner:
        owner.execute("CREATE TABLE items AS SELECT 7 AS n")
    url = cluster.create_database("copy_1", template="template_tests")
    assert url == cluster.dsn("app", "copy_1")
    with psycopg.connect(url) as app:
        assert app.execute("SELECT n, cardinality(show_trgm('食')) FROM items").fetchone() == (7, 2)
        with pytest.raises(psycopg.errors.DuplicateDatabase):
            cluster.create_database("copy_1", template="template_tests")
        cluster.drop_database("copy_1")
        with pytest.raises(psycopg.OperationalError):
            app.execute("SELECT 1")
    cluster.drop_database("copy_1")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.dsn("app", "copy_1"))
    with pytest.raises(ValueError, match="belongs to the server"):
        cluster.drop_database("postgres")
    odd = 'Tricky"; DROP DATABASE onewindow; --'
    assert psycopg.connect(cluster.create_database(odd)).info.dbname == odd
    cluster.drop_database(odd)


def test_an_impostors_socket_is_not_believed(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn("app")) as honest:
        assert honest.info.host == cluster.address.host
    forged = cluster.dsn("app").replace(f"requirepeer={cluster.address.server_user}", "requirepeer=games")
    with pytest.raises(psycopg.OperationalError, match="requirepeer"):
        psycopg.connect(forged)


def test_the_settings_are_those_of_a_small_busy_hall(cluster: Cluster) -> None:
    wanted = {
        "max_connections": "100",
        "listen_addresses": "",
        "idle_in_transaction_session_timeout": "20s",
        "autovacuum": "on",
        "autovacuum_vacuum_scale_factor": "0.05",
        "log_min_duration_statement": "1s",
        "log_parameter_max_length": "0",
        "data_checksums": "on",
        "server_encoding": "UTF8",
        "TimeZone": "UTC",
    }
    with psycopg.connect(cluster.dsn("superuser")) as connection:
        rows = connection.execute("SELECT name, current_setting(name) FROM pg_settings").fetchall()
        collation = connection.execute("SELECT datcollate, datctype FROM pg_database").fetchone()
    shown: dict[str, str] = dict(rows)
    assert {name: shown[name] for name in wanted} == wanted
    assert collation == ("C", "C.UTF-8")


def test_durability_is_the_rule_and_cannot_be_set_aside(cluster: Cluster) -> None:
    assert [ask(cluster, f"SHOW {name}") for name in ("fsync", "full_page_writes")] == ["off", "off"]
    with open_folder() as folder:
        fleeting, durable = Cluster(folder / "db", durable=False), Cluster(folder / "db")
        try:
            fleeting.start()
            ask(fleeting, "ALTER SYSTEM SET fsync = off")
            ask(fleeting, "ALTER SYSTEM SET listen_addresses = '*'")
            ask(fleeting, "ALTER SYSTEM SET work_mem = '9MB'")
            fleeting.stop()
            durable.start()
            names = ("fsync", "full_page_writes", "synchronous_commit", "listen_addresses", "work_mem")
            assert [ask(durable, f"SHOW {name}") for name in names] == ["on", "on", "on", "", "9MB"]
        finally:
            durable.remove()


def test_an_idle_server_is_light(cluster: Cluster) -> None:
    """All its processes together, shared pages counted once: far below what the machine has to give."""
    shares = [
        int(line.split()[1])
        for report in reports(cluster.log.parent / "data", "smaps_rollup")
        for line in report.splitlines()
        if line.startswith("Pss:")
    ]
    assert len(shares) >= 4
    assert sum(shares) / 1024 < 120, "MiB"
