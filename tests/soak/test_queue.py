"""The large sizes: a day of a big hall in minutes. Run by `make soak`."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from onewindow.bench.line import PRINTER
from onewindow.foundation.places.actions import open_window
from onewindow.foundation.places.queries import hall, windows
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.queries import actor_of
from onewindow.kernel.errors import NothingWaiting
from onewindow.kernel.keys import uuid7
from onewindow.stages.queueing import actions as queueing
from onewindow.stages.queueing.models import Ticket

pytestmark = pytest.mark.soak
TICKETS, WINDOWS = 2_000, 8


def test_two_thousand_tickets_eight_windows_nobody_called_twice(fresh_database: str) -> None:
    here = hall("demo-centre", "A")

    def take(_: int) -> int:
        try:
            return queueing.take_ticket(by=PRINTER, hall=here, once=uuid7()).serial
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as printers:
        serials = sorted(printers.map(take, range(TICKETS)))
    assert serials == list(range(1, TICKETS + 1))

    clerks = [actor_of(person) for person in Staff.objects.filter(roles__contains=["clerk"]).order_by("id")[:WINDOWS]]
    seats = list(windows("demo-centre", "A")[:WINDOWS])
    for clerk, seat in zip(clerks, seats, strict=True):
        open_window(by=clerk, window_id=seat.pk, staff_id=int(clerk.id))

    def work(place: int) -> list[str]:
        called: list[str] = []
        try:
            while True:
                ticket = queueing.call_next(by=clerks[place], window=seats[place])
                called.append(ticket.number)
                queueing.serve(by=clerks[place], ticket_id=ticket.pk)
                queueing.finish(by=clerks[place], ticket_id=ticket.pk)
        except NothingWaiting:
            return called
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WINDOWS) as at_work:
        by_window = list(at_work.map(work, range(WINDOWS)))
    times = Counter(number for called in by_window for number in called)
    assert len(times) == TICKETS
    assert set(times.values()) == {1}
    assert Ticket.objects.filter(state="served").count() == TICKETS
    assert min(len(called) for called in by_window) > 0
