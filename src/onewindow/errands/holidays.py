"""A holiday notice is published: it counts at once, and the open cases are looked at by the worker."""

from __future__ import annotations

from django.db import transaction

from onewindow.kernel.permissions import Actor
from onewindow.law.calendars import Notice
from onewindow.spine.holidays.actions import publish
from onewindow.spine.holidays.models import HolidayNotice
from onewindow.spine.holidays.tasks import recompute


@transaction.atomic
def publish_notice(*, by: Actor, notice: Notice, paper: str, upon: str) -> HolidayNotice:
    """Publish and let the recomputing begin, together or not at all. Raises what `holidays.actions.publish` raises."""
    made = publish(by=by, site=by.site, notice=notice, paper=paper, upon=upon)
    recompute.defer(notice_id=made.pk)
    return made
