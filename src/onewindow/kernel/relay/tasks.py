"""Jobs: one task that answers one ledger row with one handler, and one that rescues jobs of dead workers."""

from __future__ import annotations

import random

from django.db import transaction
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from onewindow.kernel import clock
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.relay.events import WIRING
from onewindow.kernel.relay.models import Handled

# A worker writes a heartbeat every 2 s; one silent for this long is dead and its jobs are free again.
STALLED_AFTER_S = 10


class Backoff(BaseRetryStrategy):
    """Waits 1, 2, 4 … seconds, at most five minutes, each shortened by up to half at random. Never gives up.

    A gateway may be down over a holiday; what it was to carry goes out when it is back.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        longest = min(300.0, 2.0 ** min(job.attempts, 10))
        wait = longest * random.uniform(0.5, 1)
        return RetryDecision(retry_in={"seconds": max(1, round(wait))})


@app.task(name="relay.handle", queue="events", retry=Backoff())
def handle(entry_id: int, handler: str) -> None:
    """Answer ledger row `entry_id` with `handler`, once.

    The mark and everything the handler writes are one transaction, so a job that runs twice, or that
    died half way and runs again, has the effect of one.
    """
    from onewindow.kernel.relay.following import event_of

    function = WIRING.named()[handler]
    with transaction.atomic():
        _, fresh = Handled.objects.get_or_create(
            entry_id=entry_id, handler=handler, defaults={"at": clock.now()}
        )
        if fresh:
            function(event_of(Entry.objects.get(pk=entry_id)))


@app.periodic(cron="* * * * * */5")
@app.task(name="relay.rescue", queue="rescue", queueing_lock="relay.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Give the jobs of workers that died back to the living."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        await manager.retry_job(job)
