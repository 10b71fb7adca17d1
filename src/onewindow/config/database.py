"""`DATABASE_URL` as Django wants it."""

from __future__ import annotations

from typing import Any

from psycopg.conninfo import conninfo_to_dict

# A request that forgot its transaction must not hold back the relay's and the sealer's horizon.
_SESSION = "-c idle_in_transaction_session_timeout=60000 -c lock_timeout=10000 -c statement_timeout=120000"


def django_database(url: str, *, pool: dict[str, Any] | None) -> dict[str, Any]:
    """The `DATABASES` entry for a ``postgresql://`` address; an empty address is a database that is never opened."""
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()} if url else {}
    named = {"dbname", "user", "password", "host", "port"}
    # Values are bound by the server, so that no slow-statement log ever holds a name; repeated statements are prepared.
    options: dict[str, Any] = {"options": _SESSION, "server_side_binding": True, "prepare_threshold": 3}
    options |= {key: parts[key] for key in parts.keys() - named}
    if pool is not None:
        options["pool"] = pool
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "onewindow"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": None if pool is None else 0,
        "CONN_HEALTH_CHECKS": pool is not None,  # after a restart of the database nobody meets its dead connections
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "TEST": {"NAME": parts.get("dbname", "onewindow")},
    }
