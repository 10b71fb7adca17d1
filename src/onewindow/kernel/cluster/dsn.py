"""Addresses of databases: read from `DATABASE_URL`, handed on as a URL or as connection keywords."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from onewindow.kernel.errors import CannotStart

SCHEMES = ("postgresql://", "postgres://")


@dataclass(frozen=True)
class Target:
    """One database as one role. `host` and `port` may be comma-separated lists (several nodes); a host
    that begins with a slash is the folder of a unix socket. The password never shows in `repr`.
    """

    user: str
    database: str
    host: str
    port: str = "5432"
    password: str = field(default="", repr=False)
    options: tuple[tuple[str, str], ...] = ()

    def url(self) -> str:
        """The address as a URL that libpq, psycopg and procrastinate read."""
        who = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        where = {"host": self.host, "port": self.port, **dict(self.options)}
        query = urlencode(where, quote_via=quote, safe=",/")
        return f"postgresql://{who}@/{quote(self.database, safe='')}?{query}"

    def keywords(self) -> dict[str, str]:
        """The address as the keywords `psycopg.connect(**…)` takes."""
        plain = {"user": self.user, "dbname": self.database, "host": self.host, "port": self.port}
        return {**plain, **({"password": self.password} if self.password else {}), **dict(self.options)}


@dataclass(frozen=True)
class Endpoints:
    """The two addresses an installation runs on: the running role's and the owner's, who migrates."""

    app: Target
    owner: Target


def parse(url: str, variable: str = "DATABASE_URL") -> Target:
    """The target a `postgresql://` URL names. Raises `CannotStart`, never repeating the URL: it may
    hold a password.
    """
    try:
        if not url.strip().startswith(SCHEMES):
            raise ValueError("the scheme is not postgresql://")
        found = conninfo_to_dict(url.strip())
        parts = {name: str(value) for name, value in found.items() if value is not None}
        missing = [name for name in ("host", "dbname", "user") if not parts.get(name)]
        if missing:
            raise ValueError(f"no {missing[0]}")
        # Between the commas of several hosts a port may be left out.
        hosts, ports = parts["host"].split(","), [p or "5432" for p in parts.get("port", "").split(",")]
        if len(ports) not in (1, len(hosts)) or not all(port.isdigit() for port in ports):
            raise ValueError("the ports are not numbers, one for each host")
    except (ValueError, psycopg.ProgrammingError) as error:
        reason = str(error) if isinstance(error, ValueError) else "it cannot be read"
        raise CannotStart(
            what_zh=f"{variable} 不是可用的数据库地址（{reason}）",
            do_zh="请写成 postgresql://用户:密码@主机:端口/库名，密码中的特殊字符用 %XX 表示",
            what_en=f"{variable} is not a database address that can be used ({reason})",
            do_en="Write it as postgresql://user:password@host:port/database, special characters as %XX",
        ) from None
    known = ("user", "dbname", "host", "port", "password")
    return Target(
        user=parts["user"],
        database=parts["dbname"],
        host=parts["host"],
        port=",".join(ports if len(set(ports)) > 1 else ports[:1]),
        password=parts.get("password", ""),
        options=tuple(sorted((name, value) for name, value in parts.items() if name not in known)),
    )


def endpoints(environment: Mapping[str, str] = os.environ) -> Endpoints | None:
    """The external database named by `DATABASE_URL`, or None: then the embedded one is meant.

    `DATABASE_OWNER_URL` names the owner's address; without it the owner is the running role, which
    `check_server` accepts only when told that the roles need not be separate.
    """
    if not environment.get("DATABASE_URL"):
        return None
    app = parse(environment["DATABASE_URL"])
    owner = environment.get("DATABASE_OWNER_URL")
    return Endpoints(app, parse(owner, "DATABASE_OWNER_URL") if owner else app)
