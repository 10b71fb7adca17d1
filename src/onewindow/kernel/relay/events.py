"""What a handler hears: one ledger row, as plain, versioned data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from onewindow.kernel.states import MACHINES

VERSION = 1


@dataclass(frozen=True)
class Event:
    """Something that happened. `name` is past tense and dotted; `facts` are the ledger row's own."""

    entry_id: int
    name: str
    subject_kind: str
    subject_id: int
    verb: str
    by: str
    at: datetime
    site: str
    facts: dict[str, Any] = field(default_factory=dict)
    version: int = VERSION


Handler = Callable[[Event], None]
Topics = Callable[[Event], Iterable[str]]


def event_name(subject_kind: str, verb: str) -> str:
    """The event a verb of a machine tells."""
    return MACHINES[subject_kind].moves[verb].event


def handler_name(handler: Handler) -> str:
    """The stable name under which a handler's marks are kept: ``app.function``."""
    return f"{handler.__module__.split('.')[-2]}.{handler.__name__}"


@dataclass
class Wiring:
    """Which handlers hear which event, and which live topics it touches. Bound in config/wiring.py alone."""

    handlers: dict[str, list[Handler]] = field(default_factory=dict)
    topics: list[Topics] = field(default_factory=list)

    def on(self, event: str, *handlers: Handler) -> None:
        known = {move.event for machine in MACHINES.values() for move in machine.moves.values()}
        if event not in known:
            raise ValueError(f"no machine tells {event}")
        self.handlers.setdefault(event, []).extend(handlers)

    def tell(self, topics: Topics) -> None:
        self.topics.append(topics)

    def named(self) -> dict[str, Handler]:
        return {handler_name(h): h for bound in self.handlers.values() for h in bound}


WIRING = Wiring()
