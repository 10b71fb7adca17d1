"""Guessing is made slow: failures are counted, successes never, and the lock ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from onewindow.errands.tests.scene import at_once, everything
from onewindow.kernel import clock
from onewindow.kernel.attempts.actions import cleared, tried
from onewindow.kernel.attempts.limits import QUERY_CODE_ADDRESS, SIGN_IN_ACCOUNT, SIGN_IN_ADDRESS, Limit
from onewindow.kernel.attempts.models import Attempt
from onewindow.kernel.attempts.queries import allowed
from onewindow.kernel.errors import TooManyAttempts

THREE = Limit("test", 3, timedelta(minutes=5))


def minutes_of(asking: Callable[[], None]) -> int:
    with pytest.raises(TooManyAttempts) as no:
        asking()
    return int(no.value.details["minutes"])  # type: ignore[call-overload]


def test_the_limits_are_these() -> None:
    found = {limit.name: (limit.most, limit.within) for limit in (SIGN_IN_ACCOUNT, SIGN_IN_ADDRESS, QUERY_CODE_ADDRESS)}
    assert found == {
        "sign-in.account": (10, timedelta(minutes=15)), "sign-in.address": (60, timedelta(minutes=15)),
        "query-code.address": (20, timedelta(minutes=10)),
    }  # fmt: skip


def test_the_last_failure_allowed_locks_until_the_time_since_the_first_is_over(morning: clock.Hand) -> None:
    tried((THREE, "a"))
    morning.forward(minutes=2)
    tried((THREE, "a"))
    allowed((THREE, "a"))
    tried((THREE, "a"))
    assert minutes_of(lambda: allowed((THREE, "a"))) == 3
    morning.forward(minutes=2, seconds=59)
    assert minutes_of(lambda: allowed((THREE, "a"))) == 1
    before = everything()
    morning.forward(seconds=1)
    allowed((THREE, "a"))
    assert everything() == before
    tried((THREE, "a"))  # a new count
    assert Attempt.objects.get().count == 1
    allowed((THREE, "a"))


def test_each_key_and_each_limit_counts_for_itself(morning: clock.Hand) -> None:
    other = Limit("other", 3, timedelta(minutes=50))
    for _ in range(3):
        tried((THREE, "a"), (other, "a"))
    allowed((THREE, "b"), (other, "b"))
    assert minutes_of(lambda: allowed((THREE, "a"))) == 5
    assert minutes_of(lambda: allowed((THREE, "a"), (other, "a"))) == 50  # the longer wait is told
    cleared(THREE, "a")
    allowed((THREE, "a"))
    assert minutes_of(lambda: allowed((other, "a"))) == 50


def test_asking_whether_is_no_try_and_nothing_can_be_read_from_a_count(morning: clock.Hand) -> None:
    before = everything()
    allowed((SIGN_IN_ACCOUNT, "clerk01"))
    assert everything() == before
    tried((SIGN_IN_ACCOUNT, "clerk01"))
    row = Attempt.objects.get()
    assert (len(bytes(row.key)), b"clerk01" in bytes(row.key)) == (32, False)


def test_yesterdays_counts_are_gone(morning: clock.Hand) -> None:
    tried((THREE, "a"))
    morning.forward(days=1, seconds=1)
    tried((THREE, "b"))
    assert Attempt.objects.count() == 1
    allowed((THREE, "a"))


def test_failures_at_once_are_all_counted(fresh_database: str, morning: clock.Hand) -> None:
    many, both = Limit("many", 100, timedelta(minutes=5)), Limit("both", 100, timedelta(minutes=5))

    def fail(turn: int) -> None:
        for _ in range(5):
            tried(*[(many, "x"), (both, "y")][:: 1 if turn % 2 else -1])

    assert at_once([partial(fail, turn) for turn in range(8)]) == [None] * 8
    assert [row.count for row in Attempt.objects.all()] == [40, 40]
