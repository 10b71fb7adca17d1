"""Pure: who comes on a day, when, for what, and with what in their hands. One seed, one day, one plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Literal

from onewindow.kernel.clock import LOCAL

Flaw = Literal["", "lacking", "elsewhere"]
# How a day's visitors are spread over its half hours from 08:30: two peaks, a lull at noon. demo
_HALF_HOURS = (9, 12, 12, 10, 8, 6, 3, 2, 3, 6, 8, 8, 6, 4, 2, 1)
_FIRST = time(8, 30)
_HALF_HOUR = timedelta(minutes=30)


# What people come for most, as far as the demonstration goes; everything else is rarer. demo
_COMMON = (
    "company-registration", "food-business-licence", "self-employed-registration", "company-change", "public-place-hygiene-licence",
    "labour-dispatch-licence", "outdoor-signboard", "residence-permit", "resident-identity-card", "birth-registration",
    "unemployment-registration", "social-insurance-registration",
)  # fmt: skip


def commonest_first(items: Iterable[str]) -> list[str]:
    """Codes of items, those people come for most first."""
    return sorted(items, key=lambda code: (_COMMON.index(code) if code in _COMMON else len(_COMMON), code))


@dataclass(frozen=True)
class Want:
    """One thing to apply for; `flaw` says what is wrong with it: something ``lacking``, or it belongs ``elsewhere``."""

    item: str
    flaw: Flaw = ""


@dataclass(frozen=True)
class Coming:
    """One visitor of a day: `who` counts the callers of the hall's kind; `patience` false leaves before being called."""

    at: datetime
    hall: str
    who: int
    wants: tuple[Want, ...]
    patience: bool = True


def day_plan(day: date, *, seed: str, visitors: int, items: Mapping[str, Sequence[str]]) -> list[Coming]:
    """The day's visitors in order of coming. `items` are the items offered in each hall, the commonest first."""
    chance = Random(f"{seed}/{day.isoformat()}")
    halls = [hall for hall, offered in items.items() if offered]
    weights = [3 if hall == "A" else 2 for hall in halls]
    plan = []
    for _ in range(visitors):
        start = chance.choices(range(len(_HALF_HOURS)), _HALF_HOURS)[0]
        at = datetime.combine(day, _FIRST, LOCAL) + start * _HALF_HOUR + chance.random() * _HALF_HOUR
        (hall,) = chance.choices(halls, weights)
        plan.append(Coming(at, hall, chance.randrange(10_000), _wants(chance, items[hall]), chance.random() > 0.03))
    return sorted(plan, key=lambda coming: coming.at)


def _wants(chance: Random, offered: Sequence[str]) -> tuple[Want, ...]:
    """One item mostly, two or three of different departments sometimes."""
    many = min(len(offered), chance.choices((1, 2, 3), (75, 20, 5))[0])
    weights = [1 / place for place in range(1, len(offered) + 1)]
    chosen: list[str] = []
    while len(chosen) < many:
        (item,) = chance.choices(offered, weights)
        if item not in chosen:
            chosen.append(item)
    flaws: tuple[Flaw, ...] = ("", "lacking", "elsewhere")
    return tuple(Want(item, chance.choices(flaws, (84, 14, 2))[0]) for item in chosen)


def moment_of(day: date, chance: Random) -> datetime:
    """Some moment of a working day, the noon hour aside."""
    minutes = chance.choice([*range(20, 180), *range(270, 440)])
    return datetime.combine(day, time(8, 40), LOCAL) + timedelta(minutes=minutes)
