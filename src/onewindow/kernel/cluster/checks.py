"""What any server must offer before the product starts on it, embedded or the centre's own.

Every failure is a `CannotStart` that says what is missing and how to supply it.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql

from onewindow.kernel.cluster.roles import EXTENSIONS
from onewindow.kernel.errors import CannotStart

OLDEST = 150000  # PostgreSQL 15, as server_version_num
CONNECTIONS = 40  # what one machine's web, stream and job processes use together

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class ServerFacts:
    """What was found, for `onewindow doctor` and the log. `free_connections` leaves out the reserved ones."""

    version: int
    encoding: str
    ctype: str
    extensions: tuple[str, ...]
    app_role: str
    owner_role: str
    free_connections: int
    durable: bool


def check_server(
    app: str,
    owner: str | None = None,
    *,
    connections: int = CONNECTIONS,
    durable: bool = True,
    separate_roles: bool = True,
) -> ServerFacts:
    """Check the server behind the URL `app` (and that `owner`'s URL reaches the same database).

    `connections` is how many the installation will open; `durable=False` accepts fsync off (unit
    tests only); `separate_roles=False` accepts one role for running and migrating (trials only).
    Raises `CannotStart` for the first thing that will not do.
    """
    with _connected(app) as connection:
        # An old server is told so before it is asked anything it might not understand.
        version = _version(connection)
        encoding, ctype = _encoding(connection)
        extensions = _extensions(connection)
        _chinese_is_searchable(connection, ctype)
        _durability(connection, durable)
        free = _connections(connection, connections)
        identity = _identity(connection)
        app_role = connection.info.user
        if separate_roles:
            _app_is_powerless(connection)
    owner_role = app_role
    if owner is not None and owner != app:
        with _connected(owner) as connection:
            owner_role = connection.info.user
            if _identity(connection) != identity:
                raise _failed(
                    "运行账号与属主账号连到了不同的数据库",
                    "请让两个地址（DATABASE_URL、DATABASE_OWNER_URL）指向同一个库",
                    "the running role and the owner reach different databases",
                    "Point DATABASE_URL and DATABASE_OWNER_URL at the same one",
                )
            _owner_can_migrate(connection)
    return ServerFacts(version, encoding, ctype, extensions, app_role, owner_role, free, durable)


def _failed(what_zh: str, do_zh: str, what_en: str, do_en: str) -> CannotStart:
    return CannotStart(what_zh=what_zh, do_zh=do_zh, what_en=what_en, do_en=do_en)


def _connected(url: str) -> Connection:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise unreachable(error) from error


def unreachable(error: psycopg.OperationalError) -> CannotStart:
    """What libpq said, as a sentence: it names host and role but never the password."""
    said = " ".join(str(error).split()).rstrip(".")
    return _failed(
        f"连不上数据库（{said}）",
        "请确认数据库已启动、地址与账号正确、网络可达",
        f"the database cannot be reached ({said})",
        "Make sure it is running, that address and role are right, and that the network lets you through",
    )


def _one(connection: Connection, query: sql.SQL | sql.Composed) -> tuple[object, ...]:
    row = connection.execute(query).fetchone()
    assert row is not None  # every query here is an aggregate or reads a setting
    return row


def _version(connection: Connection) -> int:
    version = connection.info.server_version
    if version < OLDEST:
        raise _failed(
            f"数据库是 PostgreSQL {version // 10000}，版本过低",
            "请升级到 PostgreSQL 15 或以上",
            f"the server is PostgreSQL {version // 10000}, which is too old",
            "Upgrade it to PostgreSQL 15 or newer",
        )
    return version


def _encoding(connection: Connection) -> tuple[str, str]:
    encoding, ctype = _one(
        connection,
        sql.SQL(
            "SELECT pg_encoding_to_char(encoding), datctype"
            " FROM pg_database WHERE datname = current_database()"
        ),
    )
    if encoding != "UTF8":
        raise _failed(
            f"数据库编码是 {encoding}，存不下全部汉字",
            "请用 CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0 重建后导入",
            f"the database's encoding is {encoding}, which cannot hold every Chinese character",
            "Make it again with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0 and restore into it",
        )
    return str(encoding), str(ctype)


def _extensions(connection: Connection) -> tuple[str, ...]:
    installed = {str(row[0]) for row in connection.execute("SELECT extname FROM pg_extension")}
    offered = {str(row[0]) for row in connection.execute("SELECT name FROM pg_available_extensions")}
    for name in EXTENSIONS:
        if name in installed:
            continue
        if name in offered:
            raise _failed(
                f"数据库里还没有扩展 {name}",
                f"请由数据库管理员在该库执行 CREATE EXTENSION {name}",
                f"the extension {name} is not in this database",
                f"Have its administrator run CREATE EXTENSION {name} there",
            )
        raise _failed(
            f"数据库服务器没有安装扩展 {name}",
            "请安装 PostgreSQL 的 contrib 扩展包（Debian 自带）",
            f"the server does not have the extension {name}",
            "Install PostgreSQL's contrib extensions (Debian ships them with postgresql)",
        )
    return tuple(sorted(installed))


def _chinese_is_searchable(connection: Connection, ctype: str) -> None:
    (trigrams,) = _one(connection, sql.SQL("SELECT coalesce(cardinality(show_trgm('食')), 0)"))
    if not trigrams:
        raise _failed(
            f"数据库的字符类别是“{ctype}”，检索不到汉字",
            "请用 LC_CTYPE 'C.UTF-8'（或 zh_CN.UTF-8）重建数据库后导入",
            f"the database's character type is “{ctype}”, under which Chinese cannot be searched",
            "Make it again with LC_CTYPE 'C.UTF-8' (or zh_CN.UTF-8) and restore into it",
        )


def _durability(connection: Connection, durable: bool) -> None:
    if not durable:
        return
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        (value,) = _one(connection, sql.SQL("SELECT current_setting({})").format(setting))
        if value == "off":
            raise _failed(
                f"数据库设置 {setting} 是关闭的，断电会丢失已办理的业务",
                f"请设置 {setting} = on 后重新加载",
                f"the server has {setting} off, so a power cut would lose what was done",
                f"Set {setting} = on and reload it",
            )


def _connections(connection: Connection, needed: int) -> int:
    (free,) = _one(
        connection,
        sql.SQL(
            "SELECT sum(CASE name WHEN 'max_connections' THEN setting::int ELSE -setting::int END)::int"
            " FROM pg_settings WHERE name IN"
            " ('max_connections', 'superuser_reserved_connections', 'reserved_connections')"
        ),
    )
    assert isinstance(free, int)
    if free < needed:
        raise _failed(
            f"数据库只有 {free} 个可用连接，需要 {needed} 个",
            f"请把 max_connections 调到 {needed + 10} 以上并重启",
            f"the server has {free} connections to give and {needed} are needed",
            f"Raise max_connections to at least {needed + 10} and restart it",
        )
    return free


def _app_is_powerless(connection: Connection) -> None:
    role = connection.info.user
    superuser, owner, creates = _one(
        connection,
        sql.SQL(
            "SELECT r.rolsuper OR r.rolcreaterole OR r.rolbypassrls OR r.rolcreatedb,"
            " pg_has_role(d.datdba, 'MEMBER'),"
            " has_database_privilege(d.oid, 'CREATE') OR has_schema_privilege('public', 'CREATE')"
            " FROM pg_roles r, pg_database d"
            " WHERE r.rolname = current_user AND d.datname = current_database()"
        ),
    )
    if superuser or owner or creates:
        why_zh = "有管理员权限" if superuser else "是数据库属主" if owner else "能够新建对象"
        why_en = (
            "has administrator's powers"
            if superuser
            else "owns the database"
            if owner
            else "can create objects"
        )
        raise _failed(
            f"运行账号“{role}”{why_zh}，台账将无法防篡改",
            "请另建属主账号写入 DATABASE_OWNER_URL，DATABASE_URL 用只有读写权限的账号",
            f"the running role “{role}” {why_en}, so the ledger could be altered through it",
            "Give DATABASE_OWNER_URL a role of its own that owns the database,"
            " and DATABASE_URL one that may only read and write rows",
        )


def _owner_can_migrate(connection: Connection) -> None:
    (can,) = _one(connection, sql.SQL("SELECT has_schema_privilege('public', 'CREATE')"))
    if not can:
        role = connection.info.user
        raise _failed(
            f"属主账号“{role}”不能在该库建表",
            f"请执行 GRANT CREATE ON SCHEMA public TO {role}",
            f"the owner “{role}” may not create tables there",
            f"Run GRANT CREATE ON SCHEMA public TO {role}",
        )


def _identity(connection: Connection) -> tuple[object, ...]:
    """Which database this is, however it was reached: two servers do not share the same start and oid."""
    return _one(
        connection,
        sql.SQL(
            "SELECT pg_postmaster_start_time(), oid, datname"
            " FROM pg_database WHERE datname = current_database()"
        ),
    )
