"""The job that publishes what was approved for today, or for a day the machine slept through."""

from __future__ import annotations

from procrastinate.contrib.django import app

from onewindow.foundation.catalogue.drafts.deciding.actions import publish_due
from onewindow.foundation.catalogue.drafts.models import ItemDraft
from onewindow.foundation.catalogue.policies import KEEP_REGISTER, PUBLISH
from onewindow.kernel import clock
from onewindow.kernel.permissions import system

BY = system("catalogue", [PUBLISH, KEEP_REGISTER])


def publish_all_due() -> int:
    """Publish every approved draft whose day has come, each in its own transaction; how many. At the start, and by the worker all day."""
    today = clock.today()
    due = ItemDraft.objects.filter(state="approved", effective_on__lte=today).order_by("effective_on", "id").values_list("pk", flat=True)
    return sum(publish_due(by=BY, draft_id=pk, today=today) for pk in list(due))


@app.periodic(cron="* * * * * */10")
@app.task(name="catalogue.publish_due", queue="events", queueing_lock="catalogue.publish_due")
def publish(timestamp: int) -> None:
    """Ten seconds after midnight at the latest, the new version is in force."""
    publish_all_due()
