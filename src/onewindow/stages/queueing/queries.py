"""What can be asked about the queue."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.ledger.rows import found
from onewindow.stages.queueing.models import Ticket
from onewindow.stages.queueing.states import WITH_WINDOW


def waiting_tickets(hall_id: int, *, on: date | None = None) -> QuerySet[Ticket]:
    """The tickets waiting in a hall on a day (today unless told), in the order they will be called."""
    day = on or clock.today()
    return Ticket.objects.filter(hall_id=hall_id, local_day=day, state="waiting").order_by("effective_at", "id")


def ahead_of(ticket: Ticket) -> int:
    """How many will be called before this ticket."""
    if ticket.state != "waiting":
        return 0
    waiting = waiting_tickets(ticket.hall_id, on=ticket.local_day)
    before = waiting.filter(effective_at__lt=ticket.effective_at).count()
    return before + waiting.filter(effective_at=ticket.effective_at, id__lt=ticket.pk).count()


def ticket(uuid: str) -> Ticket:
    try:
        return Ticket.objects.select_related("hall__place", "window").get(uuid=uuid)
    except (Ticket.DoesNotExist, ValidationError):
        raise NotFound from None


def ticket_once(once: UUID) -> Ticket | None:
    """The ticket a screen's nonce has taken."""
    return Ticket.objects.select_related("hall__place", "window__clerk", "holder").filter(once=once).first()


def left_standing(hall_id: int, taker: str, before: datetime) -> list[Ticket]:
    """Tickets that this actor (by its `ref`) took, at a window since before a moment: nobody goes on with them."""
    at_window = Ticket.objects.select_related("window__clerk").filter(hall_id=hall_id, state__in=WITH_WINDOW, moved_at__lt=before)
    taken = Entry.objects.filter(subject_kind="ticket", n=1, by=taker, subject_id__in=[t.pk for t in at_window])
    mine = set(taken.values_list("subject_id", flat=True))
    return [t for t in at_window if t.pk in mine]


def ticket_at(window_id: int) -> Ticket | None:
    """The ticket this window has called or is serving."""
    shown = Ticket.objects.select_related("hall", "holder", "window")
    return shown.filter(window_id=window_id, state__in=WITH_WINDOW).first()


def standing_ticket(window_id: int) -> Ticket | None:
    """The same ticket by itself: for what a press needs, not for a screen."""
    return found(Ticket, "window_id = %s AND state IN ('called', 'serving')", [window_id])


def missed_tickets(hall_id: int) -> QuerySet[Ticket]:
    """Today's tickets whose holders did not come, latest first."""
    return Ticket.objects.filter(hall_id=hall_id, local_day=clock.today(), state="missed").order_by("-moved_at")[:8]


def called_tickets(hall_id: int) -> QuerySet[Ticket]:
    """Today's tickets now at a window, the latest call first."""
    shown = Ticket.objects.select_related("window").filter(hall_id=hall_id, local_day=clock.today(), state__in=WITH_WINDOW)
    return shown.order_by("-moved_at")


def holds_a_ticket(party_id: int) -> bool:
    """Whether a ticket taken today with this party's number is still good for something: waiting, called, missed or being served."""
    return Ticket.objects.filter(holder_id=party_id, local_day=clock.today(), state__in=["waiting", "missed", *WITH_WINDOW]).exists()
