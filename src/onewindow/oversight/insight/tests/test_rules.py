"""Specialised windows against any window: worked by hand, and never better than it can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.oversight.insight.rules import Load, Service, actual, percent, specialised, tone_of_wait

NINE = datetime(2026, 9, 22, 1, tzinfo=UTC)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def came(at: float, lasted: float, **shares: float) -> Service:
    return Service(NINE + minutes(at), minutes(lasted), shares)


def test_one_department_queues_while_the_others_idle() -> None:
    """Three for market at nine, ten minutes each, one market window of three in all: waits of 0, 10 and 20 minutes."""
    load = specialised([came(0, 10, market=1.0)] * 3, {"market": 1, "health": 2})
    assert load == Load((3, 0, 0), minutes(20), minutes(10))


def test_who_wants_two_departments_queues_twice() -> None:
    """The second waits ten minutes at health, where the first is served when it arrives from there."""
    load = specialised([came(0, 20, health=0.5, market=0.5), came(0, 10, market=1.0)], {"market": 1, "health": 1})
    # At market the one who came for it alone is served from 0 to 10; the other arrives at 10 and waits no more.
    assert load == Load((2, 1), minutes(0), minutes(0))


def test_a_department_without_a_window_serves_nobody() -> None:
    assert specialised([came(0, 10, market=1.0)], {"health": 1}) == Load((0,), minutes(0), minutes(0))


def test_nobody_came() -> None:
    assert specialised([], {"health": 2}) == Load((0, 0), minutes(0), minutes(0))
    assert actual([], []) == Load((), minutes(0), minutes(0))
    assert (actual([], []).busiest, actual([], []).idlest) == (0, 0)


def test_the_actual_load_is_what_it_was() -> None:
    load = actual([3, 9, 5], [minutes(4), minutes(8)])
    assert (load.busiest, load.idlest, load.longest_wait, load.mean_wait) == (9, 3, minutes(8), minutes(6))


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 40), st.sampled_from(["a", "b", "c"])), max_size=40))
def test_everybody_is_served_once_and_more_windows_never_make_it_worse(rows: list[tuple[int, int, str]]) -> None:
    services = [Service(NINE + minutes(at), minutes(lasted), {code: 1.0}) for at, lasted, code in rows]
    few = specialised(services, {"a": 1, "b": 1, "c": 1})
    many = specialised(services, {"a": 3, "b": 3, "c": 3})
    assert sum(few.sittings) == sum(many.sittings) == len(rows)
    assert many.longest_wait <= few.longest_wait
    assert many.mean_wait <= few.mean_wait


@pytest.mark.parametrize(("wait", "tone"), [(0, "go"), (10, "go"), (10.1, "soon"), (20, "soon"), (20.1, "stop")])
def test_how_a_wait_is_shown(wait: float, tone: str) -> None:
    assert tone_of_wait(minutes(wait)) == tone


def test_percent_is_of_something() -> None:
    assert (percent(369, 375), percent(0, 5), percent(0, 0)) == (98.4, 0.0, None)
