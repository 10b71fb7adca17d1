"""What is measured of the installation, now. Counts, ages and sizes only: nobody's data."""

from __future__ import annotations

import shutil
import time
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from onewindow.kernel import clock
from onewindow.kernel.pulses.queries import living
from onewindow.law.calendars import packaged
from onewindow.oversight.health.rules import Check, Figures, checks

# One question for everything the database knows of itself and of what waits in it. Ages of the ledger's own moments are counted
# in Python: they are told by the product's clock, which in a demonstration is not the machine's.
_ASKED = """
    WITH lag AS (SELECT at FROM ledger_entry, (SELECT coalesce((SELECT xid FROM relay_cursor WHERE name = 'relay'), '0'::xid8) AS xid,
                   coalesce((SELECT entry_id FROM relay_cursor WHERE name = 'relay'), 0) AS id) c
                 WHERE (ledger_entry.xid, ledger_entry.id) > (c.xid, c.id) LIMIT 10000),
         tail AS (SELECT at FROM ledger_entry, (SELECT coalesce((SELECT last_xid FROM ledger_seal ORDER BY n DESC LIMIT 1), '0'::xid8) AS xid,
                   coalesce((SELECT last_id FROM ledger_seal ORDER BY n DESC LIMIT 1), 0) AS id) s
                 WHERE (ledger_entry.xid, ledger_entry.id) > (s.xid, s.id) LIMIT 10000)
    SELECT (SELECT count(*) FROM lag), (SELECT min(at) FROM lag), (SELECT count(*) FROM tail), (SELECT min(at) FROM tail),
           (SELECT sealed_at FROM ledger_seal ORDER BY n DESC LIMIT 1),
           (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND queue_name <> 'rescue'),
           (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'),
           (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND attempts >= 5),
           (SELECT count(*) FROM notices_notice WHERE state = 'queued'), (SELECT min(began_at) FROM notices_notice WHERE state = 'queued'),
           (SELECT count(*) FROM notices_notice WHERE state = 'undeliverable' AND moved_at > %s),
           pg_database_size(current_database()), (SELECT sum(numbackends) FROM pg_stat_database), current_setting('max_connections')::int,
           (SELECT extract(epoch FROM max(now() - xact_start))::float FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid())"""


class Failed(NamedTuple):
    """A job that failed: its number, what it does, how often it was tried."""

    pk: int
    task: str
    about: str
    attempts: int


def measured() -> Figures:
    """Everything the page of health shows. Raises `DatabaseError` when the database is away."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [now - timedelta(days=1)])
        (lag, lag_at, tail, tail_at, sealed_at, waiting, failed, struggling, queued, queued_at, given_up, size, connected, most, oldest) = cursor.fetchone()
    calendar, disk = packaged(), shutil.disk_usage(_existing(Path(settings.SEAL_KEY)))

    def age(moment: object) -> float | None:
        return max(0.0, (now - moment).total_seconds()) if moment is not None else None  # type: ignore[operator]

    return Figures(
        processes={name: (each.alive, each.seconds) for name, each in living().items()}, demonstration=settings.DEMONSTRATION,
        relay_rows=lag, relay_age=age(lag_at), unsealed_rows=tail, unsealed_age=age(tail_at), seal_age=age(sealed_at), jobs_waiting=waiting, jobs_failed=failed,
        jobs_struggling=struggling, messages_queued=queued, messages_age=age(queued_at), messages_given_up=given_up, gateway=settings.GATEWAY,
        database_size=size, connections=int(connected or 0), connections_most=most, oldest_transaction=oldest, disk_free=disk.free, disk_size=disk.total,
        unmigrated=_unmigrated(), program=_program(), calendar=calendar.version, calendar_until=calendar.published_years[-1], today=clock.today(),
        keys_age_days=_keys(), certificates_days=_certificates(),
    )  # fmt: skip


def standing() -> list[Check]:
    return checks(measured())


def failed_jobs() -> list[Failed]:
    """The newest jobs that failed; of their arguments only which handler and which ledger row."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, task_name, coalesce(args->>'handler', args->>'notice_id', ''), attempts FROM procrastinate_jobs
               WHERE status = 'failed' ORDER BY id DESC LIMIT 30"""
        )
        return [Failed(*row) for row in cursor.fetchall()]


def _unmigrated() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _program() -> str:
    try:
        return version("onewindow")
    except PackageNotFoundError:
        return "—"


def _existing(path: Path) -> Path:
    """The nearest folder above that is there."""
    return next(each for each in path.parents if each.exists())


def _keys() -> dict[str, int]:
    """How many days ago each key file was last renewed."""
    named = {"fields": Path(settings.FIELD_KEYS), "seal": Path(settings.SEAL_KEY)}
    return {name: int((time.time() - path.stat().st_mtime) // 86_400) for name, path in named.items() if path.exists()}


def _certificates() -> dict[str, int]:
    """How many days each certificate of the settings is good for still; one that cannot be read has none left."""
    found = {}
    for name, path in (("gateway", settings.GATEWAY_CA), ("printer", settings.PRINTER_CA)):
        if path:
            try:
                until = min(each.not_valid_after_utc for each in x509.load_pem_x509_certificates(Path(path).read_bytes()))
                found[name] = int((until.timestamp() - time.time()) // 86_400)
            except (OSError, ValueError):
                found[name] = -1
    return found
