"""The demonstration's clock: it starts on a Tuesday at 09:12 and runs as fast as every clock.

A file of the installation says by how much it differs from the machine's, so that every process and every
command tells the same time. A demonstration that was stopped goes on at the moment it stopped; one whose day
was over goes on at 09:12 of the next working day. A real centre has no such file and tells the machine's time.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from onewindow.config import places_on_disk
from onewindow.kernel import clock
from onewindow.kernel.clock import LOCAL
from onewindow.law.calendars import packaged

# A Tuesday within the published calendar, before Mid-Autumn and National Day: limits that skip holidays can be seen. demo
START = datetime(2026, 9, 22, 9, 12, tzinfo=LOCAL)
# Stopped after this, the day is over. demo
_DAY_IS_OVER = time(16, 0)
_MORNING = START.time()


def wanted() -> bool:
    """Whether this installation tells the demonstration's time: `ONEWINDOW_CLOCK` is ``demo`` (the default of a demonstration)."""
    demonstration = os.environ.get("ONEWINDOW_DEMONSTRATION", "on") != "off"
    return demonstration and os.environ.get("ONEWINDOW_CLOCK", "demo") == "demo"


def _file() -> Path:
    return places_on_disk.home() / "demonstration-clock.json"


def install() -> None:
    """Let this process tell the demonstration's time from now on, where there is one."""
    ahead = standing() if wanted() else None
    if ahead is not None:
        clock.set_source(lambda: datetime.now(UTC) + ahead)


def standing() -> timedelta | None:
    """How far the demonstration's clock is ahead of the machine's (mostly behind: negative); None without one."""
    try:
        return timedelta(seconds=float(json.loads(_file().read_text())["ahead_s"]))
    except FileNotFoundError:
        return None


def past_is_made() -> bool:
    """Whether the demonstration's past has been lived through to its end."""
    try:
        return bool(json.loads(_file().read_text()).get("past_is_made"))
    except FileNotFoundError:
        return False


def set_to(moment: datetime, *, past_is_made: bool = False) -> None:
    """Let the demonstration's clock show `moment` now, for every process that starts from now on."""
    ahead = (moment - datetime.now(UTC)).total_seconds()
    path = _file()
    scratch = path.with_suffix(f".{os.getpid()}")
    scratch.write_text(json.dumps({"ahead_s": ahead, "past_is_made": past_is_made}))
    scratch.replace(path)


def resumed(last: datetime) -> datetime:
    """When a demonstration goes on whose last recorded moment was `last`."""
    local, calendar = last.astimezone(LOCAL), packaged()
    if calendar.is_working(local.date()) and local.time() < _DAY_IS_OVER:
        return max(last + timedelta(seconds=1), datetime.combine(local.date(), _MORNING, LOCAL))
    following = calendar.next_working_day(local.date() + timedelta(days=1))
    return datetime.combine(following, _MORNING, LOCAL)
