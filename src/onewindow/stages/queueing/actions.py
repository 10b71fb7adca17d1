"""The only writers of tickets."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from onewindow.foundation.places.models import Hall, Window
from onewindow.kernel import clock
from onewindow.kernel.counting.actions import next_number
from onewindow.kernel.errors import NotFound, NothingWaiting, StateConflict, WindowBusy
from onewindow.kernel.ledger.moving import begin, move_locked, moving
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor
from onewindow.stages.queueing.models import Ticket
from onewindow.stages.queueing.policies import CALL, TAKE
from onewindow.stages.queueing.queries import ticket_at, waiting_tickets


def take_ticket(*, by: Actor, hall: Hall, once: UUID, holder_id: int | None = None) -> Ticket:
    """Take the hall's next number of the day. The same `once` again returns the ticket already taken.

    Raises `StateConflict` when that ticket is of another hall: one press cannot mean two queues.
    """
    by.require(TAKE)
    taken = _taken(hall, once)
    if taken is not None:
        return taken
    day = clock.today()
    try:
        with transaction.atomic():
            serial = next_number(f"ticket/{hall.pk}/{day:%Y%m%d}")
            ahead = waiting_tickets(hall.pk, on=day).count()
            facts = {"hall": hall.code, "number": f"{hall.code}{serial:03d}", "holder": holder_id, "ahead": ahead}
            return begin(
                Ticket, "take", by=by, site=hall.place.code, facts=facts,
                hall=hall, local_day=day, serial=serial, number=f"{hall.code}{serial:03d}", effective_at=clock.now(),
                holder_id=holder_id, once=once,
            )  # fmt: skip
    except IntegrityError:  # the same click, twice at once: the other one won
        taken = _taken(hall, once)
        if taken is None:
            raise
        return taken


def _taken(hall: Hall, once: UUID) -> Ticket | None:
    """The ticket a screen's nonce has already taken, in this hall."""
    taken = Ticket.objects.filter(once=once).first()
    if taken is not None and taken.hall_id != hall.pk:
        raise StateConflict
    return taken


def call_next(*, by: Actor, window: Window) -> Ticket:
    """Call whoever is next in the window's hall.

    Windows that call at once pass over each other's candidate (SKIP LOCKED), so no two call one
    person and none waits. `WindowBusy` if this window still has somebody; `NothingWaiting` if nobody waits.
    """
    by.require(CALL)
    try:
        with transaction.atomic():
            locked(Window, window.pk)  # a double click waits here, so that the first person is called first
            busy = ticket_at(window.pk)
            if busy is not None:
                raise WindowBusy(window=window.words, ticket=busy.number)
            candidates = Ticket.objects.select_for_update(of=("self",), skip_locked=True)
            ticket = (
                candidates.filter(hall_id=window.hall_id, local_day=clock.today(), state="waiting")
                .order_by("effective_at", "id")
                .first()
            )
            if ticket is None:
                raise NothingWaiting
            _call(ticket, "call", window, by)
            return ticket
    except IntegrityError:
        busy = ticket_at(window.pk)
        if busy is None:
            raise StateConflict from None
        raise WindowBusy(window=window.words, ticket=busy.number) from None


def _call(ticket: Ticket, verb: str, window: Window, by: Actor) -> None:
    with move_locked(ticket, verb, by=by) as motion:
        motion.set(window=window, called_at=motion.at)
        _told(ticket, motion.facts)


def recall(*, by: Actor, ticket_id: int) -> None:
    """Call the same person once more."""
    with moving(Ticket, ticket_id, "recall", by=by) as motion:
        _told(motion.subject, motion.facts)


def miss(*, by: Actor, ticket_id: int) -> None:
    """Nobody came: free the window; the ticket can be put back."""
    with moving(Ticket, ticket_id, "miss", by=by) as motion:
        _told(motion.subject, motion.facts)
        motion.set(window=None, called_at=None)


def requeue(*, by: Actor, ticket_id: int) -> None:
    """A missed ticket of today and of the actor's site comes back and waits in its old place."""
    with moving(Ticket, ticket_id, "requeue", by=by) as motion:
        if motion.subject.local_day != clock.today() or motion.subject.site != by.site:
            raise NotFound
        _told(motion.subject, motion.facts)


def serve(*, by: Actor, ticket_id: int) -> Ticket:
    """The person sits down."""
    with moving(Ticket, ticket_id, "serve", by=by) as motion:
        motion.set(seated_at=motion.at)
        _told(motion.subject, motion.facts)
    return motion.subject


def finish(*, by: Actor, ticket_id: int) -> None:
    """The person leaves."""
    with moving(Ticket, ticket_id, "finish", by=by) as motion:
        motion.set(ended_at=motion.at)
        _told(motion.subject, motion.facts)


def _told(ticket: Ticket, facts: dict[str, object]) -> None:
    window = ticket.window
    facts.update(hall=ticket.number.removesuffix(f"{ticket.serial:03d}"), number=ticket.number, holder=ticket.holder_id)
    if window is not None:
        facts.update(window=window.code, window_number=window.number)
