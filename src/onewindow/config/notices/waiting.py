"""How many messages wait, and since when: counts only, never whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q

from onewindow.kernel import clock
from onewindow.stages.notices.models import Notice

# The longest pause between two tries is five minutes; what waits much longer than that waits for a person.
PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True)
class Waiting:
    """The gateway's name, how many messages are queued and since when the oldest, how many were given up."""

    gateway: str
    queued: int
    since: datetime | None
    given_up: int

    @property
    def too_long(self) -> bool:
        return self.since is not None and clock.now() - self.since > PATIENCE


def waiting() -> Waiting:
    """How things stand now."""
    counted = Notice.objects.filter(state__in=("queued", "undeliverable")).aggregate(
        queued=Count("pk", filter=Q(state="queued")),
        since=Min("began_at", filter=Q(state="queued")),
        given_up=Count("pk", filter=Q(state="undeliverable")),
    )
    return Waiting(gateway=settings.GATEWAY, **counted)
