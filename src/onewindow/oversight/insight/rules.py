"""Pure: how busy windows were, how busy specialised ones would have been, how long is too long to wait.

No database and no clock: what happened comes in as values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heapreplace
from typing import Literal

Tone = Literal["go", "soon", "stop"]
# A wait people accept, and one they complain of. demo: a centre publishes its own.
PATIENT = timedelta(minutes=10)
TOO_LONG = timedelta(minutes=20)


def tone_of_wait(wait: timedelta) -> Tone:
    """How a wait is shown: fine, soon too long, too long."""
    if wait <= PATIENT:
        return "go"
    return "soon" if wait <= TOO_LONG else "stop"


@dataclass(frozen=True)
class Service:
    """One sitting: when its ticket was taken, how long it lasted, and how much of it was for which department.

    `shares` adds up to 1; a sitting in which nothing was received has none.
    """

    taken_at: datetime
    lasted: timedelta
    shares: Mapping[str, float]


@dataclass(frozen=True)
class Load:
    """How the work fell: sittings at each window, busiest first, and the longest and the mean wait."""

    sittings: tuple[int, ...]
    longest_wait: timedelta
    mean_wait: timedelta

    @property
    def busiest(self) -> int:
        return self.sittings[0] if self.sittings else 0

    @property
    def idlest(self) -> int:
        return self.sittings[-1] if self.sittings else 0

    @property
    def idle(self) -> int:
        """How many windows served nobody."""
        return sum(1 for n in self.sittings if not n)


def specialised(services: Iterable[Service], windows: Mapping[str, int]) -> Load:
    """What the same people would have met at specialised windows: each department its own queue and windows.

    Whoever came for several departments goes from one to the next in the order of the codes, each time
    to the back of the queue. Served in order of coming by whichever of the department's windows is free
    first; the time a sitting took is shared among its departments. A department without a window serves
    nobody, and is left out.
    """
    free: dict[str, list[tuple[datetime, int]]] = {}
    served: dict[tuple[str, int], int] = {(code, n): 0 for code, count in windows.items() for n in range(count)}
    visits = sorted(services, key=lambda service: service.taken_at)
    if not visits:
        return Load(tuple(sorted(served.values(), reverse=True)), timedelta(0), timedelta(0))
    opening = visits[0].taken_at
    for code, count in windows.items():
        free[code] = [(opening, n) for n in range(count)]
        heapify(free[code])
    # One leg after the other: whoever reaches a queue first is served first.
    legs = [(visit.taken_at, order, visit, tuple(sorted(c for c in visit.shares if free.get(c)))) for order, visit in enumerate(visits)]
    waits: list[timedelta] = []
    heapify(legs)
    while legs:
        at, order, visit, left = legs[0]
        if not left:
            heappop(legs)
            continue
        code = left[0]
        earliest, window = free[code][0]
        begins = max(at, earliest)
        ends = begins + visit.lasted * visit.shares[code]
        heapreplace(free[code], (ends, window))
        served[code, window] += 1
        waits.append(begins - at)
        heapreplace(legs, (ends, order, visit, left[1:]))
    longest = max(waits, default=timedelta(0))
    mean = sum(waits, timedelta(0)) / len(waits) if waits else timedelta(0)
    return Load(tuple(sorted(served.values(), reverse=True)), longest, mean)


def actual(sittings: Iterable[int], waits: Sequence[timedelta]) -> Load:
    """How the work did fall, from the sittings at each open window and everybody's wait."""
    mean = sum(waits, timedelta(0)) / len(waits) if waits else timedelta(0)
    return Load(tuple(sorted(sittings, reverse=True)), max(waits, default=timedelta(0)), mean)


def percent(part: int, whole: int) -> float | None:
    """A share in percent with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None
