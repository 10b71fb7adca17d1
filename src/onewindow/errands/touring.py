"""The tour of the demonstration: one matter followed from the phone to the hand, each step by whoever does it in life.

Everything goes through the errands and actions of the desks with their permissions; what the tour adds is whom it
invents and where the tour's clerk sits: at a window nobody uses, for as long as the sitting lasts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from onewindow.errands import sitting
from onewindow.foundation.people.actions import appoint_agent, register
from onewindow.foundation.people.models import Party
from onewindow.foundation.people.policies import REGISTER
from onewindow.foundation.places.models import Hall, Window
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel import clock
from onewindow.kernel.errors import StateConflict, WindowBusy, WrongState
from onewindow.kernel.identifiers import DEMO_REGION, CreditCode, ResidentId
from onewindow.kernel.permissions import Actor
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.queries import open_visit_at
from onewindow.stages.queueing import actions as queueing
from onewindow.stages.queueing.models import Ticket
from onewindow.stages.queueing.policies import TAKE
from onewindow.stages.queueing.queries import left_standing

# The phone itself acts, as the ticket printer does in the hall; who holds it put themselves on record with it.
PHONE = Actor("device", "tour-phone", frozenset({TAKE.code, REGISTER.code}))
ON_THE_WAY = timedelta(minutes=20)
# A tour that stood still for so long at a window was left: its window is wanted by others.
_LEFT = timedelta(minutes=20)
# Born in 1881, in a county that was never assigned: nobody living, and nobody of the town's callers (born in 1880).
_FIRST_BIRTH = date(1881, 1, 1)
_PEOPLE, _FIRST_CODE, _A_DAY = 80_000, 20_000, 900


class Cast(NamedTuple):
    """Whom a tour is about: an invented person, their number and phone, and the company they act for."""

    name: str
    number: str
    phone: str
    company: str
    code: str

    @property
    def tail(self) -> str:
        """What stands at the end of the document they show."""
        return self.number[-4:]


def cast(once: UUID) -> Cast:
    """Whom the tour of this nonce is about, told by the nonce alone: two tours at once do not share a phone."""
    k = once.int % _PEOPLE
    number = ResidentId.generate(DEMO_REGION, _FIRST_BIRTH + timedelta(days=k // _A_DAY), 1 + k % _A_DAY).number
    return Cast(f"演示经办人{k:05d}", number, f"{12020000000 + k}", f"演示小面馆{k:05d}", str(CreditCode.demo(_FIRST_CODE + k)))


@transaction.atomic
def take_number(*, by: Actor, hall: Hall, once: UUID) -> Ticket:
    """The person, on record with the company they act for, takes a number by phone and sets out.

    The same `once` again returns the ticket already taken.
    """
    people, site = cast(once), hall.place.code
    person = register(by=by, site=site, kind="person", name=people.name, number=people.number, phone=people.phone)
    company = register(by=by, site=site, kind="company", name=people.company, number=people.code, phone=people.phone)
    until = clock.today() + timedelta(days=365)
    appoint_agent(by=by, site=site, principal_id=company.pk, agent_id=person.pk, valid_until=until)
    return queueing.take_ticket(by=by, hall=hall, once=once, holder_id=person.pk, arriving=ON_THE_WAY)


def call(*, by: Iterable[Actor], windows: Iterable[Window], ticket: Ticket) -> None:
    """The first of these clerks who can sit down at one of these windows does, and calls the person there.

    Another tour may want the same chair in the same moment: then the next pair is tried. A ticket that was called and
    missed meanwhile is put back first. Raises `StateConflict` when no chair is left.
    """
    for clerk, window in zip(by, windows, strict=False):
        try:
            with transaction.atomic():
                sitting.take_window(by=clerk, window=window)
                if ticket.state == "missed":
                    queueing.requeue(by=clerk, ticket_id=ticket.pk)
                sitting.call_ticket(by=clerk, ticket_id=ticket.pk)
                return
        except (StateConflict, WindowBusy):
            continue
        except WrongState as refusal:
            if Ticket.objects.filter(pk=ticket.pk, state__in=["waiting", "missed"]).exists():
                continue
            raise refusal  # somebody called this very ticket
    raise StateConflict


@transaction.atomic
def check_document(*, by: Actor, visit: Visit, applicant: Party, tail: str) -> None:
    """The clerk compares the document and hears for whom this is. Raises `InvalidInput` when it is another's number."""
    sitting.check_document(by=by, visit=visit, tail=tail)
    visit.refresh_from_db()
    sitting.name_parties(by=by, visit=visit, applicant=applicant, agent=visit.agent)


@transaction.atomic
def leave(*, by: Actor, visit: Visit) -> None:
    """The person goes, and so does the clerk: the window is as it was before the tour."""
    sitting.end_sitting(by=by, visit=visit)
    sitting.leave_window(by=by, window=visit.window)


def clear(*, by: Actor, hall: Hall) -> int:
    """End what tours begun by this actor left standing at the hall's windows, each by the clerk who sits there; how many."""
    left = left_standing(hall.pk, by.ref, clock.now() - _LEFT)
    for ticket in left:
        window = ticket.window
        if window is None or window.clerk is None:
            continue
        clerk, visit = actor_of(window.clerk), open_visit_at(window.pk)
        with transaction.atomic():
            if visit is not None:
                leave(by=clerk, visit=visit)
            else:
                queueing.miss(by=clerk, ticket_id=ticket.pk)
                sitting.leave_window(by=clerk, window=window)
    return len(left)
