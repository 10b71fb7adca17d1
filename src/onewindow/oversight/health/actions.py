"""What may be done about the machinery."""

from __future__ import annotations

from django.db import connection, transaction

from onewindow.kernel.errors import NotFound, StateConflict
from onewindow.kernel.ledger.moving import begin
from onewindow.kernel.permissions import Actor
from onewindow.oversight.health.models import Intervention
from onewindow.oversight.health.policies import RETRY


@transaction.atomic
def retry_job(*, by: Actor, job_id: int) -> Intervention:
    """Let a failed job run once more, at once. Raises `NotFound`, and `StateConflict` for one that has not failed (any more)."""
    by.require(RETRY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs WHERE id = %s FOR UPDATE", [job_id])
        row = cursor.fetchone()
        if row is None:
            raise NotFound
        task, status = row
        if status != "failed":
            raise StateConflict
        cursor.execute("SELECT procrastinate_retry_job_v2(%s::bigint, now(), NULL::integer, NULL::varchar, NULL::varchar)", [job_id])
    return begin(Intervention, "retry", by=by, site=by.site, facts={"job": job_id, "task": task}, job=job_id, task=task)
