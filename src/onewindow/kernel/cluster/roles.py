"""The roles and databases inside a server, made once and found in order ever after.

`onewindow_owner` owns the schema and migrates; `onewindow_app` runs: it reads and writes rows of the
owner's tables and can create nothing. What the ledger forbids it besides, the ledger revokes.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

OWNER = "onewindow_owner"
APP = "onewindow_app"
SUPERUSER = "postgres"
DATABASE = "onewindow"
EXTENSIONS = ("pg_trgm", "btree_gist")
WELCOME_EXTENSIONS = ("pg_stat_statements",)  # used where the server loads it, never needed

# Written as the database's comment once everything below is done; raise it when `equip` changes.
EQUIPPED = "onewindow: equipped 1"

Connection = psycopg.Connection[tuple[object, ...]]


def equipped(maintenance: Connection, database: str) -> bool:
    """Whether `database` exists with everything in it that `equip` puts there."""
    row = maintenance.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database]
    ).fetchone()
    return row is not None and row[0] == EQUIPPED


def ensure_roles(maintenance: Connection) -> None:
    """Make both roles, without passwords (peer vouches for them) and without any power over the server."""
    for role in (OWNER, APP):
        if maintenance.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
            maintenance.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
        powers = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")
        maintenance.execute(sql.SQL("ALTER ROLE {} {}").format(sql.Identifier(role), powers))


def exists(maintenance: Connection, database: str) -> bool:
    found = maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    return found.fetchone() is not None


def create(maintenance: Connection, database: str, template: str | None) -> None:
    """Make an empty database, or a copy of `template` (to which nobody may be connected)."""
    maintenance.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(database), sql.Identifier(OWNER), sql.Identifier(template or "template1")
        )
    )


def drop(maintenance: Connection, database: str) -> None:
    """Drop a database if it exists, cutting off whoever is connected to it."""
    maintenance.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def equip(inside: Connection, owner: str = OWNER, app: str = APP) -> None:
    """Put extensions and privileges into the database `inside` is connected to; harmless when repeated.

    Also what an administrator runs once, as superuser, on a server of the centre's own.
    """
    database = sql.Identifier(inside.info.dbname)
    names = {"database": database, "owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    available = {str(row[0]) for row in inside.execute("SELECT name FROM pg_available_extensions")}
    preloaded = str((inside.execute("SHOW shared_preload_libraries").fetchone() or ("",))[0])
    welcome = [name for name in WELCOME_EXTENSIONS if name in available and name in preloaded]
    for extension in (*EXTENSIONS, *welcome):
        inside.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    for statement in (
        sql.SQL("REVOKE ALL ON DATABASE {database} FROM PUBLIC"),
        sql.SQL("GRANT CONNECT ON DATABASE {database} TO {app}"),
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
        sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {owner}"),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {app}"),
        sql.SQL(
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner}"
            " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}"
        ),
        sql.SQL(
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {app}"
        ),
    ):
        inside.execute(statement.format(**names))
    inside.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(database, sql.Literal(EQUIPPED)))
