"""The queue: numbers, order, calls, misses, and one person at a window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from onewindow.errands.tests.scene import (
    PRINTER,
    SITE,
    agent,
    at_window,
    day,
    everything,
    newest,
    nobody,
    opening,
    refused,
    rows_written,
    staff,
    ticket,
    verbs,
)
from onewindow.foundation.places.queries import hall
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound, NothingWaiting, NotPermitted, StateConflict, WindowBusy, WrongState
from onewindow.kernel.keys import uuid7
from onewindow.stages.queueing import actions
from onewindow.stages.queueing.models import Ticket
from onewindow.stages.queueing.queries import ahead_of, called_tickets, missed_tickets, ticket_at, waiting_tickets

AFTER_THE_CALL: list[Callable[..., Any]] = [actions.recall, actions.miss, actions.requeue, actions.serve, actions.finish]


def test_a_ticket_is_taken_with_the_next_number(morning: clock.Hand) -> None:
    with rows_written() as rows:
        first, second = ticket(), ticket(agent())
    assert [t.number for t in (first, second)] == ["A001", "A002"]
    assert (first.serial, first.local_day, first.state, first.window_id) == (1, day("2026-09-24"), "waiting", None)
    assert rows == ["ticket.take", "ticket.take"]
    assert newest(first).facts == {"hall": "A", "number": "A001", "holder": None, "ahead": 0}
    assert newest(second).facts == {"hall": "A", "number": "A002", "holder": agent().pk, "ahead": 1}
    assert newest(first).by == "device:ticket-printer"


def test_numbers_run_by_hall(morning: clock.Hand) -> None:
    assert [ticket(hall_code=code).number for code in "ABAB"] == ["A001", "B001", "A002", "B002"]


def test_numbers_begin_anew_at_midnight_in_shanghai(db: None) -> None:
    """One second before midnight is 15:59:59 in London's winter; the day that counts is the centre's."""
    with opening(datetime(2026, 9, 24, 23, 59, 59, tzinfo=clock.LOCAL)) as hand:
        late = ticket()
        hand.forward(seconds=1)
        early = ticket()
        assert (late.number, late.local_day) == ("A001", day("2026-09-24"))
        assert (early.number, early.local_day) == ("A001", day("2026-09-25"))
        assert list(waiting_tickets(early.hall_id)) == [early]
        hand.forward(hours=16)
        assert (ticket().number, clock.now().date(), clock.today()) == ("A002", day("2026-09-25"), day("2026-09-25"))


def test_yesterday_s_ticket_is_not_called_today(db: None) -> None:
    with opening(datetime(2026, 9, 24, 23, 0, tzinfo=clock.LOCAL)) as hand:
        clerk, window = at_window()
        ticket()
        hand.forward(hours=2)
        with refused(NothingWaiting):
            actions.call_next(by=clerk, window=window)


def test_the_queue_goes_by_effective_time_and_then_by_id(morning: clock.Hand) -> None:
    """A head start is an earlier effective time; equal times keep the order of taking."""
    first, second, third = ticket(), ticket(), ticket()
    Ticket.objects.filter(pk=third.pk).update(effective_at=first.effective_at - timedelta(minutes=10))
    assert list(waiting_tickets(first.hall_id)) == [third, first, second]
    assert [ahead_of(Ticket.objects.get(pk=t.pk)) for t in (third, first, second)] == [0, 1, 2]
    called = []
    for place, name in enumerate(("clerk01", "clerk02", "clerk03")):
        clerk, window = at_window(name, place)
        called.append(actions.call_next(by=clerk, window=window).pk)
    assert called == [third.pk, first.pk, second.pk]
    assert ahead_of(Ticket.objects.get(pk=second.pk)) == 0


def test_a_call_moves_the_ticket_to_the_window(morning: clock.Hand) -> None:
    clerk, window = at_window()
    taken = ticket(agent())
    with rows_written() as rows:
        called = actions.call_next(by=clerk, window=window)
    assert (called.pk, called.state, called.window_id, rows) == (taken.pk, "called", window.pk, ["ticket.call"])
    assert newest(taken).facts == {"hall": "A", "number": "A001", "holder": agent().pk, "window": "A01", "window_number": 1}
    standing = ticket_at(window.pk)
    assert standing is not None and standing.pk == taken.pk
    assert list(called_tickets(window.hall_id)) == [taken]


def test_a_window_calls_its_own_hall_only(morning: clock.Hand) -> None:
    clerk, window = at_window()
    ticket(hall_code="B")
    with refused(NothingWaiting):
        actions.call_next(by=clerk, window=window)


def test_nobody_waiting(morning: clock.Hand) -> None:
    clerk, window = at_window()
    with refused(NothingWaiting):
        actions.call_next(by=clerk, window=window)


@pytest.mark.parametrize("serving", [False, True])
def test_a_busy_window_calls_nobody_else(morning: clock.Hand, serving: bool) -> None:
    clerk, window = at_window()
    ticket(), ticket()
    first = actions.call_next(by=clerk, window=window)
    if serving:
        actions.serve(by=clerk, ticket_id=first.pk)
    with refused(WindowBusy) as no:
        actions.call_next(by=clerk, window=window)
    assert no.value.details == {"window": "1号窗口", "ticket": "A001"}


def test_a_missed_ticket_frees_the_window_and_keeps_its_place(morning: clock.Hand) -> None:
    clerk, window = at_window()
    first, second = ticket(), ticket()
    actions.call_next(by=clerk, window=window)
    with rows_written() as rows:
        actions.miss(by=clerk, ticket_id=first.pk)
    first.refresh_from_db()
    assert (first.state, first.window_id, rows) == ("missed", None, ["ticket.miss"])
    assert newest(first).facts["window"] == "A01"
    assert (ticket_at(window.pk), list(missed_tickets(window.hall_id))) == (None, [first])
    morning.forward(minutes=20)
    third = ticket()
    actions.requeue(by=clerk, ticket_id=first.pk)
    assert list(waiting_tickets(window.hall_id)) == [first, second, third]
    assert actions.call_next(by=clerk, window=window).pk == first.pk
    assert verbs(first) == ["take", "call", "miss", "requeue", "call"]


def test_a_recall_calls_the_same_person_again(morning: clock.Hand) -> None:
    clerk, window = at_window()
    taken = ticket()
    actions.call_next(by=clerk, window=window)
    with rows_written() as rows:
        actions.recall(by=clerk, ticket_id=taken.pk)
    taken.refresh_from_db()
    assert (taken.state, taken.window_id, rows) == ("called", window.pk, ["ticket.recall"])
    assert newest(taken).facts == {"hall": "A", "number": "A001", "holder": None, "window": "A01", "window_number": 1}


def test_service_begins_and_ends(morning: clock.Hand) -> None:
    clerk, window = at_window()
    taken = ticket()
    actions.call_next(by=clerk, window=window)
    actions.serve(by=clerk, ticket_id=taken.pk)
    actions.finish(by=clerk, ticket_id=taken.pk)
    taken.refresh_from_db()
    assert (taken.state, taken.window_id, ticket_at(window.pk)) == ("served", window.pk, None)
    assert verbs(taken) == ["take", "call", "serve", "finish"]


def test_the_same_click_twice_takes_one_ticket(morning: clock.Hand) -> None:
    once = uuid7()
    first = ticket(once=once)
    before = everything()
    assert ticket(once=once).pk == first.pk
    assert everything() == before
    assert ticket().number == "A002"


def test_the_same_click_for_another_hall_is_refused(morning: clock.Hand) -> None:
    """A ticket of hall A is no answer to somebody who asked for hall B."""
    first = ticket()
    with refused(StateConflict):
        ticket(hall_code="B", once=first.once)
    assert ticket(hall_code="B").number == "B001"


def test_no_verb_without_permission(morning: clock.Hand) -> None:
    clerk, window = at_window()
    taken = ticket()
    actions.call_next(by=clerk, window=window)
    for verb in AFTER_THE_CALL:
        for actor in (nobody(), PRINTER, staff("market01")):
            with refused(NotPermitted):
                verb(by=actor, ticket_id=taken.pk)


def test_taking_and_calling_need_permission(morning: clock.Hand) -> None:
    _, window = at_window()
    taken = ticket()
    for actor in (nobody(), staff("market01"), staff("supervisor01")):
        with refused(NotPermitted):
            actions.take_ticket(by=actor, hall=hall(SITE, "A"), once=taken.once)
        with refused(NotPermitted):
            actions.call_next(by=actor, window=window)


def test_a_waiting_ticket_is_moved_by_a_call_only(morning: clock.Hand) -> None:
    clerk, _ = at_window()
    taken = ticket()
    for verb in AFTER_THE_CALL:
        with refused(WrongState) as no:
            verb(by=clerk, ticket_id=taken.pk)
        assert no.value.details["state"] == "等候中"
        with refused(NotFound):
            verb(by=clerk, ticket_id=10**12)


def test_whoever_is_expected_is_called_before_the_others(morning: clock.Hand) -> None:
    clerk, window = at_window()
    first, expected = ticket(), ticket(agent())
    with rows_written() as rows:
        called = actions.call_ticket(by=clerk, window=window, ticket_id=expected.pk)
    assert (called.pk, called.state, called.window_id, rows) == (expected.pk, "called", window.pk, ["ticket.call"])
    assert (newest(expected).by, newest(expected).facts["window"]) == (clerk.ref, "A01")
    assert list(waiting_tickets(window.hall_id)) == [first]


def test_only_a_ticket_that_waits_in_the_window_s_hall_today_is_called_out_of_turn(db: None) -> None:
    with opening(datetime(2026, 9, 24, 23, 0, tzinfo=clock.LOCAL)) as hand:
        clerk, window = at_window()
        elsewhere, late = ticket(hall_code="B"), ticket()
        for other in (elsewhere.pk, 0):
            with refused(NotFound):
                actions.call_ticket(by=clerk, window=window, ticket_id=other)
        with refused(NotPermitted):
            actions.call_ticket(by=nobody(), window=window, ticket_id=late.pk)
        hand.forward(hours=2)
        with refused(NotFound):
            actions.call_ticket(by=clerk, window=window, ticket_id=late.pk)
        today, next_one = ticket(), ticket()
        actions.call_ticket(by=clerk, window=window, ticket_id=today.pk)
        with refused(WindowBusy):
            actions.call_ticket(by=clerk, window=window, ticket_id=next_one.pk)
        other_clerk, other_window = at_window("clerk02", 1)
        with refused(WrongState):
            actions.call_ticket(by=other_clerk, window=other_window, ticket_id=today.pk)


def test_a_number_taken_at_home_waits_from_the_arrival_on(morning: clock.Hand) -> None:
    clerk, window = at_window()
    way = timedelta(minutes=20)
    at_home = actions.take_ticket(by=PRINTER, hall=hall(SITE, "A"), once=uuid7(), arriving=way)
    morning.forward(minutes=5)
    here = ticket()
    assert newest(at_home).facts["arriving_s"] == 1200 and "arriving_s" not in newest(here).facts
    assert actions.call_next(by=clerk, window=window).pk == here.pk
    assert list(waiting_tickets(window.hall_id)) == [at_home]
