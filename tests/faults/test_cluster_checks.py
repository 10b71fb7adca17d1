"""The checks every server must pass, embedded or not, and the addresses it is reached by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest

from onewindow.kernel.cluster import (
    Cluster,
    Target,
    check_server,
    checks,
    endpoints,
    parse,
    temporary_cluster,
)
from onewindow.kernel.errors import CannotStart
from tests.faults.cluster_support import refused


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with temporary_cluster() as made:
        yield made


def run(cluster: Cluster, statement: LiteralString, database: str = "onewindow") -> None:
    with psycopg.connect(cluster.dsn("superuser", database), autocommit=True) as connection:
        connection.execute(statement)


def check(cluster: Cluster, database: str = "onewindow", **how: bool | int) -> checks.ServerFacts:
    how.setdefault("durable", False)
    return check_server(cluster.dsn("app", database), cluster.dsn("owner", database), **how)  # type: ignore[arg-type, unused-ignore]


def fails(cluster: Cluster, *words: str, database: str = "onewindow", **how: bool | int) -> None:
    with pytest.raises(CannotStart) as refusal:
        check(cluster, database, **how)
    refused(refusal.value, *words)


def test_the_embedded_server_passes(cluster: Cluster) -> None:
    facts = check(cluster)
    assert (facts.encoding, facts.app_role, facts.owner_role) == ("UTF8", "onewindow_app", "onewindow_owner")
    assert facts.version >= 180000 and facts.free_connections == 97
    assert {"pg_trgm", "btree_gist"} <= set(facts.extensions)


def test_an_old_server(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST", 190000)
    fails(cluster, "PostgreSQL 18", "too old", "Upgrade")


def test_an_encoding_without_chinese(cluster: Cluster) -> None:
    run(cluster, "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    fails(cluster, "LATIN1", "ENCODING 'UTF8'", database="latin")


def test_a_locale_in_which_chinese_is_not_found(cluster: Cluster) -> None:
    run(cluster, "CREATE DATABASE plain LC_CTYPE 'C' TEMPLATE template0 OWNER onewindow_owner")
    for extension in ("pg_trgm", "btree_gist"):
        run(cluster, f"CREATE EXTENSION {extension}", database="plain")
    fails(cluster, "“C”", "LC_CTYPE 'C.UTF-8'", database="plain")


def test_an_extension_that_was_not_created_or_not_installed(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(cluster, "CREATE DATABASE bare OWNER onewindow_owner")
    fails(cluster, "CREATE EXTENSION pg_trgm", database="bare")
    run(cluster, "CREATE EXTENSION pg_trgm", database="bare")
    fails(cluster, "CREATE EXTENSION btree_gist", database="bare")
    monkeypatch.setattr(checks, "EXTENSIONS", ("pg_trgm", "not_there"))
    fails(cluster, "does not have the extension not_there", "contrib", database="bare")


def test_a_running_role_that_could_alter_the_ledger(cluster: Cluster) -> None:
    for url, word in (
        (cluster.dsn("superuser"), "administrator's powers"),
        (cluster.dsn("owner"), "owns the database"),
    ):
        with pytest.raises(CannotStart) as refusal:
            check_server(url, cluster.dsn("owner"), durable=False)
        refused(refusal.value, word, "DATABASE_OWNER_URL")
        check_server(url, cluster.dsn("owner"), durable=False, separate_roles=False)
    run(cluster, "GRANT CREATE ON SCHEMA public TO onewindow_app")
    fails(cluster, "can create objects")
    run(cluster, "REVOKE CREATE ON SCHEMA public FROM onewindow_app")
    run(cluster, "GRANT onewindow_owner TO onewindow_app")
    fails(cluster, "owns the database")
    run(cluster, "REVOKE onewindow_owner FROM onewindow_app")
    check(cluster)


def test_an_owner_who_cannot_build(cluster: Cluster) -> None:
    run(cluster, "CREATE DATABASE foreign_db TEMPLATE onewindow")
    run(cluster, "REVOKE CREATE ON SCHEMA public FROM onewindow_owner", database="foreign_db")
    run(cluster, "GRANT CONNECT ON DATABASE foreign_db TO onewindow_app, onewindow_owner")
    fails(cluster, "may not create tables", "GRANT CREATE", database="foreign_db")


def test_two_addresses_of_different_databases(cluster: Cluster) -> None:
    cluster.create_database("another")
    with pytest.raises(CannotStart) as refusal:
        check_server(cluster.dsn("app"), cluster.dsn("owner", "another"), durable=False)
    refused(refusal.value, "different databases")


def test_too_few_connections(cluster: Cluster) -> None:
    fails(cluster, "97 connections", "at least 108", connections=98)
    assert check(cluster, connections=97).free_connections == 97


def test_a_server_that_would_lose_work(cluster: Cluster) -> None:
    fails(cluster, "fsync off", "power cut", durable=True)
    with pytest.raises(CannotStart) as refusal:
        check_server(cluster.dsn("app") + "&options=-c%20synchronous_commit%3Doff", durable=True)
    refused(refusal.value, "off")


def test_a_server_that_does_not_answer(cluster: Cluster) -> None:
    with pytest.raises(CannotStart) as refusal:
        check_server("postgresql://clerk:secret-word@/onewindow?host=/nowhere&port=5432")
    refused(refusal.value, "cannot be reached", "/nowhere")
    assert "secret-word" not in str(refusal.value) and "secret-word" not in refusal.value.message("zh-hans")


ADDRESSES = {
    "postgresql://app:p%40ss%2Fword@db.gov.cn:5433/ow?sslmode=verify-full": {
        "host": "db.gov.cn",
        "port": "5433",
        "password": "p@ss/word",
        "sslmode": "verify-full",
    },
    "postgres://app@a,b/ow?target_session_attrs=read-write": {
        "host": "a,b",
        "port": "5432",
        "target_session_attrs": "read-write",
    },
    "postgresql://app@a:1,b:2/ow": {"host": "a,b", "port": "1,2"},
    "postgresql://app@a:1,b/ow": {"host": "a,b", "port": "1,5432"},
    "postgresql://app@[::1]:7/ow": {"host": "::1", "port": "7"},
    "postgresql://app@/ow?host=/run/pg%20x": {"host": "/run/pg x", "port": "5432"},
    "postgresql://app@%2Frun%2Fpg/ow": {"host": "/run/pg", "port": "5432"},
}


@pytest.mark.parametrize("url", ADDRESSES)
def test_addresses_are_read_and_written_back(url: str) -> None:
    keywords = {"user": "app", "dbname": "ow", **ADDRESSES[url]}
    target = parse(url)
    assert target.keywords() == keywords
    assert parse(target.url()) == target
    assert psycopg.conninfo.conninfo_to_dict(target.url()) == keywords


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("", "scheme"),
        ("mysql://app:secret-word@h/ow", "scheme"),
        ("host=h password=secret-word", "scheme"),
        ("postgresql://app:secret-word@h", "no dbname"),
        ("postgresql:///ow?password=secret-word", "no host"),
        ("postgresql://h/ow?password=secret-word", "no user"),
        ("postgresql://app:secret-word@h:x/ow", "port"),
        ("postgresql://app:secret-word@a,b/ow?port=1,2,3", "port"),
        ("postgresql://app:secret-word@h/ow?nonsense=1", "cannot be read"),
        ("postgresql://app:secret-word%zz@h/ow", "cannot be read"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(url: str, word: str) -> None:
    with pytest.raises(CannotStart) as refusal:
        parse(url)
    refused(refusal.value, "DATABASE_URL", word, "postgresql://user:password@host")
    assert "secret-word" not in str(refusal.value) and refusal.value.__suppress_context__


def test_the_environment_names_the_external_database() -> None:
    app, owner = "postgresql://app:one@h/ow", "postgresql://owner:two@h/ow"
    assert endpoints({}) is None and endpoints({"DATABASE_URL": ""}) is None
    both = endpoints({"DATABASE_URL": app, "DATABASE_OWNER_URL": owner})
    assert both is not None and (both.app.user, both.owner.user) == ("app", "owner")
    assert "one" not in repr(both) and "two" not in repr(both)
    alone = endpoints({"DATABASE_URL": app})
    assert alone is not None and alone.owner == alone.app
    with pytest.raises(CannotStart) as refusal:
        endpoints({"DATABASE_URL": app, "DATABASE_OWNER_URL": "nonsense"})
    refused(refusal.value, "DATABASE_OWNER_URL")
    assert Target("u", "d", "h").url() == "postgresql://u@/d?host=h&port=5432"
