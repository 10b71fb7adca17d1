"""What can be asked about how the centre is doing: the floor now, the day so far, what is due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection

from onewindow.foundation.places.models import Hall
from onewindow.foundation.places.queries import every_hall, former_windows
from onewindow.kernel import clock
from onewindow.oversight.insight.rules import Load, Service, Tone, actual, specialised, tone_of_wait


@dataclass(frozen=True)
class Tile:
    """A window as the floor plan shows it: who is there since when, and how long that person had waited.

    `state` is ``closed``, ``free``, ``called`` or ``serving``; `sittings` how many people it has served today.
    """

    code: str
    number: int
    state: str
    ticket: str = ""
    since: datetime | None = None
    waited: timedelta | None = None
    sittings: int = 0

    @property
    def tone(self) -> Tone | None:
        """How the wait of whoever is there is shown; None where nobody is."""
        return tone_of_wait(self.waited) if self.waited is not None else None


@dataclass(frozen=True)
class Waiting:
    """Whoever has waited longest in a hall."""

    ticket: str
    hall: Hall
    since: datetime
    wait: timedelta

    @property
    def minutes(self) -> int:
        return int(self.wait.total_seconds() // 60)

    @property
    def tone(self) -> Tone:
        return tone_of_wait(self.wait)


@dataclass(frozen=True)
class HallFloor:
    """A hall of the floor plan; a hall without windows has no tiles and nobody waiting."""

    hall: Hall
    tiles: tuple[Tile, ...] = ()
    waiting: int = 0
    longest: Waiting | None = None

    @property
    def open(self) -> int:
        return sum(1 for tile in self.tiles if tile.state != "closed")

    @property
    def stations(self) -> range:
        """The numbers of a self-service hall's workstations."""
        return range(1, self.hall.workstations + 1)


def floor(site: str) -> list[HallFloor]:
    """Every hall of a site as it stands now."""
    now, day = clock.now(), clock.today()
    tiles, longest, counts = _tiles(site, now, day), _longest(site, now, day), _waiting(site, day)
    return [
        HallFloor(hall, tuple(tiles.get(hall.pk, ())), counts.get(hall.pk, 0), longest.get(hall.pk)) for hall in every_hall(site)
    ]


def _tiles(site: str, now: datetime, day: date) -> Mapping[int, list[Tile]]:
    found: dict[int, list[Tile]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT w.hall_id, w.code, w.number, w.state, t.number, t.state, coalesce(t.seated_at, t.called_at),
                      t.called_at - coalesce(t.paper_at, t.began_at), coalesce(done.n, 0)
               FROM places_window w
               LEFT JOIN queueing_ticket t ON t.window_id = w.id AND t.state IN ('called', 'serving')
               LEFT JOIN (SELECT window_id, count(*) AS n FROM queueing_ticket
                          WHERE site = %s AND local_day = %s AND state = 'served' GROUP BY window_id) done ON done.window_id = w.id
               WHERE w.site = %s ORDER BY w.code""",
            [site, day, site],
        )
        for hall, code, number, state, ticket, stage, since, waited, sittings in cursor.fetchall():
            shown = stage or ("free" if state == "open" else "closed")
            found[hall].append(Tile(code, number, shown, ticket or "", since, waited, sittings))
    return found


def _longest(site: str, now: datetime, day: date) -> Mapping[int, Waiting]:
    halls = {hall.pk: hall for hall in every_hall(site)}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (hall_id) hall_id, number, coalesce(paper_at, began_at) AS taken FROM queueing_ticket
               WHERE site = %s AND local_day = %s AND state = 'waiting' ORDER BY hall_id, taken, id""",
            [site, day],
        )
        return {hall: Waiting(number, halls[hall], at, now - at) for hall, number, at in cursor.fetchall()}


def _waiting(site: str, day: date) -> Mapping[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT hall_id, count(*) FROM queueing_ticket WHERE site = %s AND local_day = %s AND state = 'waiting' GROUP BY hall_id",
            [site, day],
        )
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class Today:
    """The day so far: how the work fell on the open windows, and how it would have fallen on specialised ones."""

    came: int
    served: int
    load: Load
    before: Load
    former: Mapping[str, int] = field(default_factory=dict)

    @property
    def former_windows(self) -> int:
        return sum(self.former.values())


def today(site: str) -> Today:
    """How the day went so far, beside what the former specialised windows would have made of the same people."""
    day, former = clock.today(), former_windows(site)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.id, coalesce(t.paper_at, t.began_at), t.called_at, t.seated_at, t.ended_at, t.window_id, t.state,
                      coalesce(array_agg(d.code) FILTER (WHERE d.code IS NOT NULL), '{}')
               FROM queueing_ticket t
               LEFT JOIN visits_visit v ON v.ticket = t.id
               LEFT JOIN cases_case c ON c.visit_id = v.id
               LEFT JOIN staff_department d ON d.id = c.department_id
               WHERE t.site = %s AND t.local_day = %s GROUP BY t.id""",
            [site, day],
        )
        rows = cursor.fetchall()
        cursor.execute("SELECT id FROM places_window WHERE site = %s AND state = 'open'", [site])
        opened = {pk for (pk,) in cursor.fetchall()}
    sittings: Counter[int] = Counter(dict.fromkeys(opened, 0))
    waits, services = [], []
    for _, taken, called, seated, ended, window, state, departments in rows:
        if seated is None:
            continue
        if window in opened:  # one that closed early says nothing of how evenly the others are loaded
            sittings[window] += 1
        waits.append((called or seated) - taken)
        if state == "served" and departments:
            share = 1 / len(departments)
            shares: dict[str, float] = defaultdict(float)
            for code in departments:
                shares[code] += share
            services.append(Service(taken, ended - seated, dict(shares)))
    served = sum(1 for row in rows if row[6] == "served")
    return Today(len(rows), served, actual(sittings.values(), waits), specialised(services, former), former)
