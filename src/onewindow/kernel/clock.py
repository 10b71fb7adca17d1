"""The one place that reads the wall clock.

Everything else asks `now()` or `today()`. The demonstration and the tests inject a clock with
`use(...)`; the running product uses the machine's own, after `onewindow up` has compared it with the
last ledger row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")

_source: Callable[[], datetime] | None = None


def now() -> datetime:
    """The present moment, timezone-aware, in UTC."""
    return _source() if _source is not None else datetime.now(UTC)


def today() -> date:
    """The present day where the centre stands (Asia/Shanghai)."""
    return now().astimezone(LOCAL).date()


def local(moment: datetime) -> datetime:
    """The same moment on the centre's wall clock."""
    return moment.astimezone(LOCAL)


def set_source(source: Callable[[], datetime]) -> None:
    """Read time from `source` in this process from now on: the composition root's, for a demonstration."""
    global _source
    _source = source


@contextmanager
def use(source: Callable[[], datetime]) -> Iterator[None]:
    """Read time from `source` inside the block."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before


class Hand:
    """A clock moved by hand: starts at `start` and stands still until `forward` is called."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            start = start.replace(tzinfo=LOCAL)
        self.moment = start

    def __call__(self) -> datetime:
        return self.moment.astimezone(UTC)

    def forward(self, **delta: float) -> None:
        """Move on by `timedelta(**delta)`."""
        self.moment += timedelta(**delta)
