"""The only writers of tickets."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from onewindow.foundation.places.models import Hall, Window
from onewindow.foundation.places.queries import label_of
from onewindow.kernel import clock
from onewindow.kernel.counting.actions import next_number
from onewindow.kernel.errors import NotFound, NothingWaiting, SerialUsed, StateConflict, WindowBusy
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.moving import begin, move_locked, moving
from onewindow.kernel.ledger.rows import found, locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.stages.queueing.models import RESERVE, Ticket
from onewindow.stages.queueing.policies import CALL, TAKE
from onewindow.stages.queueing.queries import standing_ticket, waiting_tickets

_NEXT = "hall_id = %s AND local_day = %s AND state = 'waiting' ORDER BY effective_at, id FOR UPDATE SKIP LOCKED"


def take_ticket(*, by: Actor, hall: Hall, once: UUID, holder_id: int | None = None, arriving: timedelta = timedelta()) -> Ticket:
    """Take the hall's next number of the day. The same `once` again returns the ticket already taken.

    `arriving` is how long the holder still needs to come (a number taken at home, 远程取号): the ticket waits
    from then on, so that nobody who stands in the hall is passed by somebody who is still on the way.
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
            facts |= {"arriving_s": int(arriving.total_seconds())} if arriving else {}
            return begin(
                Ticket, "take", by=by, site=hall.place.code, facts=facts,
                hall=hall, local_day=day, serial=serial, number=f"{hall.code}{serial:03d}", effective_at=clock.now() + arriving,
                holder_id=holder_id, once=once,
            )  # fmt: skip
    except IntegrityError:  # the same click, twice at once: the other one won
        taken = _taken(hall, once)
        if taken is None:
            raise
        return taken


def take_paper_ticket(*, by: Actor, hall: Hall, serial: int, at: datetime) -> Ticket:
    """A number of a reserve booklet joins today's queue, in the place of the moment `at` it was given out by hand.

    Who waits since before the system came back is called before whoever came later. Raises `SerialUsed` for a number that was
    taken in before, and says how that one stands.
    """
    by.require(TAKE)
    day, number = clock.today(), f"{hall.code}{RESERVE}{serial:03d}"
    ahead = waiting_tickets(hall.pk, on=day).filter(effective_at__lt=at).count()
    facts = {"hall": hall.code, "number": number, "holder": None, "ahead": ahead, "paper_at": clock.local(at).isoformat()}
    try:
        with transaction.atomic():
            return begin(
                Ticket, "take", by=by, site=hall.place.code, facts=facts,
                hall=hall, local_day=day, serial=serial, number=number, effective_at=at, paper_at=at, once=uuid7(),
            )  # fmt: skip
    except IntegrityError:
        used = Ticket.objects.filter(hall=hall, number=number, paper_at__isnull=False).first()
        if used is None:
            raise
        when, said = clock.local(used.began_at), used.state_words
        told = Words(f"{when:%m月%d日 %H:%M} 已排进队，现为“{said.zh}”", f"it joined the queue on {when:%m-%d %H:%M} and is now “{said.en}”")
        raise SerialUsed(number=number, used=told) from None


def _taken(hall: Hall, once: UUID) -> Ticket | None:
    """The ticket a screen's nonce has already taken, in this hall."""
    taken = found(Ticket, "once = %s", [once])
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
            busy = standing_ticket(window.pk)
            if busy is not None:
                raise WindowBusy(window=window.words, ticket=busy.number)
            ticket = found(Ticket, _NEXT, [window.hall_id, clock.today()])
            if ticket is None:
                raise NothingWaiting
            _call(ticket, "call", window, by)
            return ticket
    except IntegrityError:
        busy = standing_ticket(window.pk)
        if busy is None:
            raise StateConflict from None
        raise WindowBusy(window=window.words, ticket=busy.number) from None


def call_ticket(*, by: Actor, window: Window, ticket_id: int) -> Ticket:
    """Call one certain person to the window, whoever else waits in its hall today.

    A real centre does so when somebody with an appointment, or who took a number at home, has arrived; for people the
    law lets go first; and when the hall's manager sends back somebody who was here before. The ledger row is a call
    like every other and says who called whom to which window.
    Raises `NotFound` for a ticket of another hall or day, `WindowBusy` if this window still has somebody, `WrongState`
    for a ticket that does not wait (any more).
    """
    by.require(CALL)
    with transaction.atomic():
        locked(Window, window.pk)  # like the call of the next: one call at a time to one window
        busy = standing_ticket(window.pk)
        if busy is not None:
            raise WindowBusy(window=window.words, ticket=busy.number)
        ticket = locked(Ticket, ticket_id)
        if ticket is None or ticket.hall_id != window.hall_id or ticket.local_day != clock.today():
            raise NotFound
        _call(ticket, "call", window, by)
        return ticket


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
    hall = ticket.number.removesuffix(f"{ticket.serial:03d}").removesuffix(RESERVE)
    facts.update(hall=hall, number=ticket.number, holder=ticket.holder_id)
    if ticket.window_id is not None:
        window = label_of(ticket.window_id)
        facts.update(window=window.code, window_number=window.number)
