"""The worker's process: runs the jobs that the relay deferred."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from procrastinate.contrib.django import app

from onewindow.kernel.relay.tasks import STALLED_AFTER_S

CONCURRENCY = 4

log = logging.getLogger("onewindow.worker")
P = ParamSpec("P")
T = TypeVar("T")


def run() -> None:
    """Work until SIGTERM or SIGINT; a job under way is finished first."""
    if settings.GATEWAY == "none":
        log.warning("no text gateway is chosen: messages stay queued (ONEWINDOW_GATEWAY)")
    asyncio.run(_work())


async def _work() -> None:
    with_connection = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    outcomes = with_connection.job_manager
    outcomes.finish_job, outcomes.retry_job = or_go(outcomes.finish_job), or_go(outcomes.retry_job)  # type: ignore[method-assign]
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


def or_go(write: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """What writes how a job ended; where that fails, this worker goes and is started anew.

    A job whose end could not be written (a full disk, a database that went) stays in the hands of its worker for as long as the
    worker lives, and nobody would ever do it again. Once the worker is gone the job is given to the next.
    """

    async def written(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await write(*args, **kwargs)
        except Exception:
            log.error("how a job ended could not be written; this worker makes way for another")
            os.kill(os.getpid(), signal.SIGTERM)
            raise

    return written
