"""The job that looks at every open case after a notice was published, batch by batch."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import transaction
from procrastinate.contrib.django import app

from onewindow.kernel.permissions import system
from onewindow.kernel.relay.tasks import Backoff
from onewindow.law.calendars import packaged
from onewindow.spine.cases.policies import RECOMPUTE
from onewindow.spine.holidays import actions, queries
from onewindow.spine.holidays.models import HolidayNotice

BATCH = 200
# Longer than any process goes on with the calendar it knew, and than the act it was in the middle of.
SECOND_SWEEP_AFTER_S = 15
BY = system("calendar", [RECOMPUTE])


@app.task(name="holidays.recompute", queue="events", retry=Backoff())
def recompute(notice_id: int) -> None:
    """Look at the next batch and defer the one after it. The same job twice does nothing twice: a case recomputed stands by the new calendar."""
    queries.forget()
    notice = HolidayNotice.objects.get(pk=notice_id)
    if notice.state != "published":
        return
    calendar = packaged()
    keys = list(queries.reached(date(notice.of_year - 1, 12, 1)).filter(pk__gt=notice.last_case).values_list("pk", flat=True)[:BATCH])
    done = Counter(actions.recompute(by=BY, case_id=key, calendar=calendar) for key in keys)
    done.pop("same", None)
    over, again = len(keys) < BATCH, notice.sweep == 1
    with transaction.atomic():
        actions.advance(by=BY, notice_id=notice_id, seen=len(keys), done=dict(done), last_case=0 if over else keys[-1])
        if not over:
            recompute.defer(notice_id=notice_id)
        elif again:  # for what was accepted by the former calendar meanwhile
            recompute.configure(schedule_in={"seconds": SECOND_SWEEP_AFTER_S}).defer(notice_id=notice_id)
        else:
            actions.settle(by=BY, notice_id=notice_id)
