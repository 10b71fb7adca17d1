"""The demonstration's clock: where it starts, where it goes on, and that every process reads the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onewindow.config import demonstration_clock
from onewindow.kernel import clock
from onewindow.kernel.clock import LOCAL


def at(day: int, hour: int, minute: int = 0, *, month: int = 9) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LOCAL)


def test_it_starts_on_a_tuesday_at_twelve_past_nine() -> None:
    start = demonstration_clock.START
    assert (start.isoweekday(), start.hour, start.minute) == (2, 9, 12)


@pytest.mark.parametrize(
    ("last", "goes_on"),
    [
        (at(22, 10, 30), at(22, 10, 30) + timedelta(seconds=1)),  # where it stopped
        (at(22, 8, 26), at(22, 9, 12)),  # never before the morning
        (at(22, 16, 0), at(23, 9, 12)),  # the day was over
        (at(24, 20), at(28, 9, 12)),  # 25 to 27 September is Mid-Autumn
        (at(30, 17), at(8, 9, 12, month=10)),  # National Day
        (at(20, 11), at(20, 11) + timedelta(seconds=1)),  # a Sunday that is worked
        (at(26, 11), at(28, 9, 12)),  # nobody works there
    ],
)
def test_it_goes_on_where_it_stopped_or_the_next_working_morning(last: datetime, goes_on: datetime) -> None:
    assert demonstration_clock.resumed(last) == goes_on


def test_every_process_tells_the_time_that_was_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEWINDOW_HOME", str(tmp_path))
    monkeypatch.setenv("ONEWINDOW_CLOCK", "demo")
    assert (demonstration_clock.standing(), demonstration_clock.past_is_made()) == (None, False)
    demonstration_clock.set_to(demonstration_clock.START, past_is_made=True)
    with clock.use(clock.now):  # whatever is installed inside is undone afterwards
        demonstration_clock.install()
        assert timedelta(0) <= clock.now() - demonstration_clock.START < timedelta(minutes=1)
    assert demonstration_clock.past_is_made()
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(minutes=1)


def test_a_real_centre_tells_the_machine_s_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEWINDOW_HOME", str(tmp_path))
    monkeypatch.setenv("ONEWINDOW_CLOCK", "demo")
    demonstration_clock.set_to(demonstration_clock.START)
    monkeypatch.setenv("ONEWINDOW_DEMONSTRATION", "off")
    assert not demonstration_clock.wanted()
    demonstration_clock.install()
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(minutes=1)
