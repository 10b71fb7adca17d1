"""After an outage: what was written by hand goes into the system, with its true times.

A reserve ticket joins the queue at the place it had on paper. A hand-written receipt is entered in a sitting without a ticket:
the same pages as with a person at the window, and `sitting.take_in` files the case as of the true day.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.errands.sitting import my_window
from onewindow.foundation.places.models import Hall
from onewindow.foundation.places.queries import week_of
from onewindow.kernel import clock
from onewindow.kernel.errors import WindowBusy
from onewindow.kernel.permissions import Actor
from onewindow.law.calendars import packaged
from onewindow.spine.visits.actions import open_visit
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.queries import open_visit_at
from onewindow.stages.outage.actions import begin_entry
from onewindow.stages.outage.policies import ENTER
from onewindow.stages.outage.queries import already, booklet_of, entry_with
from onewindow.stages.outage.rules import RECEIVED, TAKEN, check_accepted, check_hours, check_time, receipt_number
from onewindow.stages.queueing.actions import take_paper_ticket
from onewindow.stages.queueing.models import Ticket
from onewindow.stages.queueing.policies import TAKE
from onewindow.stages.queueing.queries import standing_ticket


def queue_paper_ticket(*, by: Actor, hall: Hall, typed: str, at: datetime, confirmed: bool) -> Ticket:
    """A number given out by hand joins the queue, in the place of its true time; once only.

    `hall` is the hall meant where the number typed names none. Raises `SerialUnknown`, `SerialUsed`, `InvalidInput` for a time
    that cannot be, `OutsideHours` for one that has to be confirmed.
    """
    by.require(TAKE)
    booklet, n = booklet_of(by.site, typed, receipt=False, hall=hall.code)
    check_time(at, now=clock.now(), printed=booklet.began_at, field=TAKEN)
    check_hours(at, week=week_of(by.site, booklet.hall.code), calendar=packaged(), confirmed=confirmed)
    return take_paper_ticket(by=by, hall=booklet.hall, serial=n, at=at)


@transaction.atomic
def open_back_entry(*, by: Actor, typed: str, at: datetime, accepted_on: date | None, confirmed: bool) -> Visit:
    """Begin to enter a hand-written receipt at the clerk's window; the same press again gets the sitting it opened.

    Raises `WindowBusy` while somebody is called or sits there, and what `queue_paper_ticket` raises.
    """
    by.require(ENTER)
    window = my_window(by)
    booklet, n = booklet_of(by.site, typed, receipt=True, hall=window.hall.code)
    number = receipt_number(booklet.hall.code, n)
    sitting, called = open_visit_at(window.pk), standing_ticket(window.pk)
    if sitting is not None and sitting.ticket is None and sitting.ticket_number == number:
        return sitting
    if sitting is not None or called is not None:
        raise WindowBusy(window=window.words, ticket=sitting.ticket_number if sitting else called.number if called else "")
    standing = entry_with(booklet.pk, n)
    if standing is not None:
        raise already(standing)
    now = clock.now()
    check_time(at, now=now, printed=booklet.began_at, field=RECEIVED)
    check_accepted(accepted_on, received=clock.local(at).date(), today=clock.local(now).date())
    check_hours(at, week=week_of(by.site, booklet.hall.code), calendar=packaged(), confirmed=confirmed)
    visit = open_visit(by=by, window=window, ticket=None, ticket_number=number, agent_id=None)
    begin_entry(by=by, visit=visit, booklet=booklet, n=n, received_at=at, accepted_on=accepted_on)
    return visit
