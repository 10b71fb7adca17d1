"""The worker's process: runs the jobs that the relay deferred."""

from __future__ import annotations

import asyncio
import logging

from django.conf import settings
from procrastinate.contrib.django import app

from onewindow.kernel.relay.tasks import STALLED_AFTER_S

CONCURRENCY = 4

log = logging.getLogger("onewindow.worker")


def run() -> None:
    """Work until SIGTERM or SIGINT; a job under way is finished first."""
    if settings.GATEWAY == "none":
        log.warning("no text gateway is chosen: messages stay queued (ONEWINDOW_GATEWAY)")
    asyncio.run(_work())


async def _work() -> None:
    with_connection = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with with_connection.open_async():
        await with_connection.run_worker_async(
            concurrency=CONCURRENCY,
            wait=True,
            fetch_job_polling_interval=1.0,
            update_heartbeat_interval=2.0,
            stalled_worker_timeout=float(STALLED_AFTER_S),
            shutdown_graceful_timeout=10,
            delete_jobs="successful",
            install_signal_handlers=True,
            listen_notify=True,
        )
