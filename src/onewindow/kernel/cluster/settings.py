"""What the server is told: its settings, and who is recognised as which role.

The figures suit a two-core machine with a few gigabytes that also runs the web processes. An operator
changes any of them with ALTER SYSTEM; only what safety rests on is repeated on the command line, where
ALTER SYSTEM does not reach.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from onewindow.kernel.cluster.binaries import Binaries

TUNING: dict[str, str] = {
    # Connections and their end. A snapshot held open for 20 s cuts throughput to an eighth.
    "max_connections": "100",
    "superuser_reserved_connections": "3",
    "idle_in_transaction_session_timeout": "20s",
    "client_connection_check_interval": "10s",
    # Memory: pages are only resident once touched, so an idle server stays small.
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_parallel_workers_per_gather": "1",
    "jit": "off",
    # Writing ahead.
    "wal_level": "replica",
    "wal_compression": "pglz",
    "min_wal_size": "96MB",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "10min",
    "checkpoint_completion_target": "0.9",
    "random_page_cost": "1.1",
    # Tickets and cases are updated many times a day: vacuum early, little at a time.
    "autovacuum_naptime": "15s",
    "autovacuum_max_workers": "2",
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_analyze_scale_factor": "0.05",
    "autovacuum_vacuum_cost_limit": "1000",
    # The log holds slow statements but never their parameters: those are people's data.
    "log_min_duration_statement": "1s",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_lock_waits": "on",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_timezone": "<+08>-8",  # China's one zone, written so that it needs no zone files
    "timezone": "UTC",
    "lc_messages": "C",
    "default_text_search_config": "pg_catalog.simple",
}

DURABLE: dict[str, str] = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
# For clusters that live as long as a test run: a power cut may destroy them.
FLEETING: dict[str, str] = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def configuration(binaries: Binaries, extra: Mapping[str, str]) -> str:
    """The text of postgresql.conf; `extra` has the last word."""
    chosen = dict(TUNING)
    if binaries.has_library("pg_stat_statements"):
        chosen["shared_preload_libraries"] = "pg_stat_statements"
    if binaries.major >= 18:
        chosen["io_method"] = "sync"  # three workers fewer; on two cores they only trade places
    chosen.update(extra)
    lines = [f"{name} = {_quoted(value)}" for name, value in chosen.items()]
    head = "# Written anew at every start. For a lasting change use ALTER SYSTEM, which overrides this file."
    return "\n".join([head, *lines, ""])


def command_line(sockets: Path, port: int, durable: bool) -> list[str]:
    """The settings nobody may change: a unix socket only, and durability as chosen."""
    fixed = {
        "listen_addresses": "",
        "unix_socket_directories": '"' + str(sockets).replace('"', '""') + '"',
        "port": str(port),
        "logging_collector": "off",  # the launcher bounds the one log file itself
        **(DURABLE if durable else FLEETING),
    }
    return [word for name, value in fixed.items() for word in ("-c", f"{name}={value}")]


def hba() -> str:
    """Who may connect: whoever the operating system vouches for over the socket, and nobody else."""
    return (
        "# Written anew at every start.\n"
        "local  all          all       peer map=onewindow\n"
        "local  replication  postgres  peer map=onewindow\n"
    )


def ident(staff: Sequence[str], guests: Sequence[str], roles: Sequence[str], guest_role: str) -> str:
    """Which operating-system user is which role: `staff` may be any, `guests` the running role alone."""
    rows = [(user, role) for user in staff for role in roles]
    rows += [(user, guest_role) for user in guests if user not in staff]
    lines = [f"onewindow  {_named(user)}  {role}" for user, role in rows]
    return "\n".join(["# Written anew at every start.", *lines, ""])


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _named(user: str) -> str:
    # A bare name that begins with a slash would be read as a pattern; quoted, it is a name.
    return '"' + user.replace('"', '""') + '"'
