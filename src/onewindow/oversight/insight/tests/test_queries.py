"""The floor, the deadlines and the day's load are what the tickets, sittings and cases say."""

from __future__ import annotations

from datetime import timedelta

from onewindow.errands import sitting
from onewindow.errands.tests.scene import FOOD, HYGIENE, SITE, accepted, agent, at_window, day, received, seated, ticket
from onewindow.kernel import clock
from onewindow.oversight.insight import queries as insight
from onewindow.oversight.insight.due import due_soon


def test_the_floor_shows_who_is_where_and_how_long_they_waited(morning: clock.Hand) -> None:
    ticket(agent())
    morning.forward(minutes=12)
    clerk, window = at_window("clerk01", 0)
    called = sitting.call_next(by=clerk)
    morning.forward(minutes=1)
    floor = insight.floor(SITE)
    assert [row.hall.code for row in floor] == ["A", "B", "C", "D", "E"]
    hall = floor[0]
    tile = hall.tiles[0]
    assert (tile.code, tile.state, tile.ticket, tile.waited, tile.tone) == (window.code, "called", called.number, timedelta(minutes=12), "soon")
    assert {other.state for other in hall.tiles[1:]} == {"closed"}
    assert (hall.open, hall.waiting, hall.longest) == (1, 0, None)
    assert (floor[2].tiles, floor[2].hall.workstations) == ((), 24)


def test_the_longest_wait_is_of_whoever_came_first(morning: clock.Hand) -> None:
    first = ticket(agent())
    morning.forward(minutes=3)
    ticket(agent())
    morning.forward(minutes=22)
    hall = insight.floor(SITE)[0]
    assert hall.waiting == 2
    assert hall.longest is not None
    assert (hall.longest.ticket, hall.longest.minutes, hall.longest.tone) == (first.number, 25, "stop")


def test_what_is_due_is_grouped_by_day_and_department_the_most_pressing_first(morning: clock.Hand) -> None:
    """Accepted on 24 September: the food licence is promised for 8 October."""
    clerk, visit = seated()
    food, hygiene = accepted(clerk, visit, FOOD), accepted(clerk, visit, HYGIENE)
    received(clerk, visit, FOOD)
    assert due_soon(SITE) == []
    morning.moment = morning.moment.replace(month=10, day=8)
    assert (food.promised_on, hygiene.promised_on) == (day("2026-10-08"), day("2026-10-08"))
    due = due_soon(SITE)
    assert [(row.days_left, row.n, [case.pk for case in row.cases]) for row in due] == [(0, 1, [food.pk]), (0, 1, [hygiene.pk])]
    morning.moment = morning.moment.replace(day=9)
    assert [row.days_left for row in due_soon(SITE)] == [-1, -1]


def test_the_day_s_load_counts_sittings_and_what_specialised_windows_would_have_done(morning: clock.Hand) -> None:
    clerk, visit = seated()
    received(clerk, visit, FOOD)
    received(clerk, visit, HYGIENE)
    at_window("clerk02", 1)
    morning.forward(minutes=20)
    sitting.end_sitting(by=clerk, visit=visit)
    found = insight.today(SITE)
    assert (found.came, found.served, found.load.sittings) == (1, 1, (1, 0))
    assert found.former_windows == 83
    assert (found.before.busiest, found.before.idle, found.before.longest_wait) == (1, 81, timedelta(0))
