"""Windows that call at once, printers that print at once: real threads, a database that commits."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest

from onewindow.errands.tests.scene import PRINTER, SITE, at_once, at_window, nobody, refused, rows_written, ticket, times
from onewindow.foundation.places.queries import hall
from onewindow.kernel import clock
from onewindow.kernel.errors import NothingWaiting, NotPermitted, WindowBusy, WrongState
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.tests.lives import elsewhere
from onewindow.stages.queueing.actions import call_next, miss, serve, take_ticket
from onewindow.stages.queueing.models import Ticket


@pytest.mark.parametrize("windows", [2, 8])
def test_windows_that_call_at_once_never_get_one_person(fresh_database: str, morning: clock.Hand, windows: int) -> None:
    desks = [at_window(f"clerk{n + 1:02d}", n) for n in range(windows)]
    waiting = [ticket() for _ in range(windows)]
    with rows_written() as rows:
        called = at_once([partial(call_next, by=clerk, window=window) for clerk, window in desks])
    assert all(isinstance(outcome, Ticket) for outcome in called), called
    assert sorted(outcome.pk for outcome in called) == [t.pk for t in waiting]  # type: ignore[union-attr]
    assert rows == ["ticket.call"] * windows
    assert Ticket.objects.values("window_id").distinct().count() == windows


def test_one_click_for_two_halls_at_once_takes_one_ticket(fresh_database: str, morning: clock.Hand) -> None:
    once = uuid7()
    with rows_written() as rows:
        outcomes = at_once([partial(take_ticket, by=PRINTER, hall=hall(SITE, code), once=once) for code in "AB"])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["StateConflict", "Ticket"]
    assert rows == ["ticket.take"]


def test_a_window_does_not_wait_for_another_s_call_to_end(fresh_database: str, morning: clock.Hand) -> None:
    """The other window's transaction is still open, with the first in the queue in its hand: the second is called."""
    clerk, window = at_window()
    next_clerk, next_window = at_window("clerk02", 1)
    first, second = ticket(), ticket()
    with elsewhere() as other, other.cursor() as cursor:
        cursor.execute("SELECT FROM queueing_ticket WHERE id = %s FOR UPDATE", [first.pk])
        assert call_next(by=clerk, window=window).pk == second.pk
        with refused(NothingWaiting, savepoint=False):
            call_next(by=next_clerk, window=next_window)


def test_eight_windows_and_three_people(fresh_database: str, morning: clock.Hand) -> None:
    desks = [at_window(f"clerk{n + 1:02d}", n) for n in range(8)]
    waiting = [ticket() for _ in range(3)]
    called = at_once([partial(call_next, by=clerk, window=window) for clerk, window in desks])
    assert Counter(type(outcome) for outcome in called) == {Ticket: 3, NothingWaiting: 5}
    assert {outcome.pk for outcome in called if isinstance(outcome, Ticket)} == {t.pk for t in waiting}


def test_one_window_that_calls_twice_at_once_gets_one_person(fresh_database: str, morning: clock.Hand) -> None:
    clerk, window = at_window()
    ticket(), ticket()
    called = at_once(times(4, call_next, by=clerk, window=window))
    kinds = Counter(type(outcome) for outcome in called)
    assert kinds.pop(Ticket) == 1
    assert set(kinds) <= {WindowBusy, NothingWaiting} and sum(kinds.values()) == 3
    assert sorted(Ticket.objects.values_list("state", flat=True)) == ["called", "waiting"]


def test_one_click_from_six_screens_takes_one_ticket(fresh_database: str, morning: clock.Hand) -> None:
    once = uuid7()
    with rows_written() as rows:
        taken = at_once(times(6, ticket, once=once))
    assert {outcome.pk for outcome in taken if isinstance(outcome, Ticket)} == {Ticket.objects.get().pk}
    assert all(isinstance(outcome, Ticket) for outcome in taken), taken
    assert rows == ["ticket.take"]
    assert ticket().number == "A002"


def test_eight_printers_print_every_number_once(fresh_database: str, morning: clock.Hand) -> None:
    here = hall(SITE, "A")

    def print_ten() -> list[str]:
        return [take_ticket(by=PRINTER, hall=here, once=uuid7()).number for _ in range(10)]

    printed = at_once([print_ten] * 8)
    numbers = sorted(number for run in printed if isinstance(run, list) for number in run)
    assert numbers == [f"A{n:03d}" for n in range(1, 81)]


def test_sitting_down_and_missing_at_once_end_in_one_of_them(fresh_database: str, morning: clock.Hand) -> None:
    clerk, window = at_window()
    called = ticket()
    call_next(by=clerk, window=window)
    outcomes = at_once([partial(serve, by=clerk, ticket_id=called.pk), partial(miss, by=clerk, ticket_id=called.pk)])
    assert [type(outcome) for outcome in outcomes].count(WrongState) == 1
    called.refresh_from_db()
    assert (called.state, called.moves) in {("serving", 3), ("missed", 3)}


def test_a_denied_call_undoes_itself(fresh_database: str, morning: clock.Hand) -> None:
    _, window = at_window()
    ticket()
    with refused(NotPermitted, savepoint=False):
        call_next(by=nobody(), window=window)
