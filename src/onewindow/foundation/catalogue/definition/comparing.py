"""What differs between two bodies of a definition, address by address.

No difference means that both say the same, and making every listed change in order turns the first into the second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from onewindow.foundation.catalogue.definition.addressing import ABSENT, Body, Change, coded, joined

# Said in one breath: how long, and of which unit.
_SPAN = frozenset({"n", "unit"})


@dataclass(frozen=True)
class Difference:
    """One change that leads from the first body to the second, and what stood there before (`ABSENT`: nothing)."""

    change: Change
    was: Any

    @property
    def at(self) -> str:
        return self.change.at

    @property
    def now(self) -> Any:
        """What stands there afterwards; `ABSENT` where something was taken away."""
        return self.change.now if self.change.verb == "set" else self.was if self.change.verb == "move" else ABSENT

    @property
    def kind(self) -> str:
        """``added``, ``removed``, ``moved`` or ``changed``."""
        if self.change.verb == "move":
            return "moved"
        return "removed" if self.change.verb == "remove" else "added" if self.was is ABSENT else "changed"


def differences(before: Body, after: Body) -> tuple[Difference, ...]:
    """Everything that differs, in the order in which the changes can be made."""
    return tuple(_compare(before, after, ()))


def alike(one: Any, other: Any) -> bool:
    """Whether two pieces of JSON say the same: the order of names aside, and true is not 1."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return type(one) is type(other) and bool(one == other)


def _compare(before: Any, after: Any, names: tuple[str, ...]) -> Iterator[Difference]:
    if isinstance(before, Mapping) and isinstance(after, Mapping) and _by_name(before, after, names):
        yield from _mappings(before, after, names)
    elif isinstance(before, list) and isinstance(after, list) and _by_code(before, after) and names:
        yield from _lists(before, after, names)
    elif not alike(before, after):
        yield Difference(Change("set", joined(names), after), before)


def _by_name(before: Mapping[str, Any], after: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    """Whether what is in two mappings can be told by address; a span is told whole."""
    if names and set(before) | set(after) == _SPAN:
        return False
    if names == ("sources",):
        return all(key.startswith("/") for key in (*before, *after))
    return all(key and "/" not in key for key in (*before, *after))


def _by_code(before: list[Any], after: list[Any]) -> bool:
    return (coded(before) or not before) and (coded(after) or not after)


def _mappings(before: Mapping[str, Any], after: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Difference]:
    for name in before:
        if name not in after:
            yield Difference(Change("remove", joined((*names, name))), before[name])
    for name, value in after.items():
        if name in before:
            yield from _compare(before[name], value, (*names, name))
        else:
            yield Difference(Change("set", joined((*names, name)), value), ABSENT)


def _lists(before: list[Any], after: list[Any], names: tuple[str, ...]) -> Iterator[Difference]:
    old, new = {element["code"]: element for element in before}, {element["code"]: element for element in after}
    for code, element in old.items():
        if code not in new:
            yield Difference(Change("remove", joined((*names, code))), element)
    for code, element in new.items():
        if code in old:
            yield from _compare(old[code], element, (*names, code))
    places = {code: n for n, code in enumerate(old)}
    staying = _longest_rise([(places[code], code) for code in new if code in old])
    ahead = ""
    for code, element in new.items():
        address = joined((*names, code))
        if code not in old:
            yield Difference(Change("set", address, element, ahead), ABSENT)
        elif code not in staying:
            yield Difference(Change("move", address, None, ahead), element)
        ahead = code


def _longest_rise(placed: list[tuple[int, str]]) -> set[str]:
    """The most of these that already stand in order, so that as few as possible are said to have moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for n, (place, _) in enumerate(placed):
        at = bisect_left(tails, place)
        before[n] = ends[at - 1] if at else None
        tails[at:] = [place, *tails[at + 1 :]]
        ends[at:] = [n, *ends[at + 1 :]]
    found: set[str] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(placed[last][1])
        last = before[last]
    return found


def marked(was: str, now: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """Both texts in pieces, each with whether it differs from the other text."""
    left: list[tuple[bool, str]] = []
    right: list[tuple[bool, str]] = []
    for verb, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if b > a:
            left.append((verb != "equal", was[a:b]))
        if d > c:
            right.append((verb != "equal", now[c:d]))
    return left, right


def by_part(found: Iterable[Difference]) -> dict[str, list[Difference]]:
    """Differences by the part of the definition they are in (``materials``, ``limits`` …), in the order of the parts met."""
    groups: dict[str, list[Difference]] = {}
    for difference in found:
        groups.setdefault(difference.at.split("/")[1], []).append(difference)
    return groups
