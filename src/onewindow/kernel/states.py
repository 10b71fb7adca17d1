"""State machines as one table each, on one screen.

A machine is a tuple of states and a tuple of moves ``verb, {from}, to, permission``. It checks state
and permission, draws itself for docs/states/, and feeds the test that tries every verb from every
state. `NEW` is the state before birth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onewindow.kernel.errors import WrongState
from onewindow.kernel.permissions import Actor, Permission
from onewindow.kernel.words import Words

NEW = ""
MACHINES: dict[str, Machine] = {}


@dataclass(frozen=True)
class State:
    """A state: stored value, both labels, and the tone it is shown in (calm, go, soon, stop, done)."""

    value: str
    words: Words
    tone: str = "calm"


@dataclass(frozen=True)
class Move:
    """A verb: from which states, to which, who may, and the event others hear (past tense, dotted)."""

    verb: str
    sources: frozenset[str]
    target: str
    permission: Permission
    event: str
    words: Words


class Machine:
    """The closed table of one kind of subject."""

    def __init__(self, kind: str, words: Words, states: Iterable[State], moves: Iterable[Move]) -> None:
        self.kind, self.words = kind, words
        self.states = {state.value: state for state in states}
        self.moves = {move.verb: move for move in moves}
        for move in self.moves.values():
            unknown = (move.sources | {move.target}) - self.states.keys() - {NEW}
            if unknown:
                raise ValueError(f"{kind}.{move.verb} names unknown states {sorted(unknown)}")
        if MACHINES.setdefault(kind, self) is not self:
            raise ValueError(f"two machines are called {kind}")

    def check(self, state: str, verb: str, by: Actor, said: Mapping[str, Words] | None = None) -> Move:
        """The move, if `by` may make it from `state`; else `NotPermitted` or `WrongState`, in this order.

        `said` are the words of states and verbs that this subject's own law puts otherwise.
        """
        move, said = self.moves[verb], said or {}
        by.require(move.permission)
        if state not in move.sources:
            raise WrongState(state=said.get(state) or self.label(state), verb=said.get(verb, move.words))
        return move

    def label(self, state: str) -> Words:
        return self.states[state].words if state else Words("尚未开始", "not begun")

    @property
    def terminal(self) -> frozenset[str]:
        """States no verb leaves."""
        left = {source for move in self.moves.values() for source in move.sources}
        return frozenset(self.states) - left

    def mermaid(self) -> str:
        """The machine as a Mermaid state diagram, for docs/states/."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {s.value}: {s.words.zh} {s.words.en}" for s in self.states.values()]
        for move in self.moves.values():
            for source in sorted(move.sources):
                lines.append(f"    {source or '[*]'} --> {move.target}: {move.words.zh} {move.verb}")
        lines += [f"    {state} --> [*]" for state in self.states if state in self.terminal]
        return "\n".join(lines)
