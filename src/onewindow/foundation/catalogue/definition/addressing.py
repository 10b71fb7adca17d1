"""Reading and changing a definition's body at an address; whoever knows the change can take it back.

An address is a JSON pointer in which a list's element goes by its ``code`` (``/materials/layout/name/zh``); the keys of
``sources`` bring strokes of their own. A body here is plain JSON and may be anything an editor has typed so far.
Every change is a new body: what was there before is not touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Body = Mapping[str, Any]
Verb = Literal["set", "remove", "move"]


class Absent:
    """What stands where nothing stands."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


class NoSuchPlace(LookupError):
    """The address leads nowhere in this body, or cannot hold what is put there."""


@dataclass(frozen=True)
class Change:
    """One change at one address.

    ``set`` puts `now` there (a new element of a list behind the one called `after`, first when that is empty, last when it is
    None); ``remove`` takes away what is there; ``move`` puts an element behind the one called `after`.
    """

    verb: Verb
    at: str
    now: Any = None
    after: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """As it is stored."""
        return {"verb": self.verb, "at": self.at, "now": self.now, "after": self.after}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Change:
        return cls(stored["verb"], stored["at"], stored["now"], stored["after"])


def parts(address: str) -> tuple[str, ...]:
    """The names on the way to an address; an address under ``sources`` is one name."""
    if address.startswith("/sources/"):
        return ("sources", address.removeprefix("/sources"))
    return tuple(address.removeprefix("/").split("/"))


def joined(names: Iterable[str]) -> str:
    """The address of these names."""
    return "".join(name if name.startswith("/") else f"/{name}" for name in names)


def coded(node: Any) -> bool:
    """Whether a list's elements can be called by their codes: each has one, a plain name, and no two the same."""
    if not isinstance(node, list) or not node:
        return False
    codes = [element.get("code") if isinstance(element, dict) else None for element in node]
    return all(isinstance(code, str) and code and "/" not in code for code in codes) and len(set(codes)) == len(codes)


def value_at(body: Any, address: str) -> Any:
    """What stands at an address; `ABSENT` when nothing does."""
    node = body
    for name in parts(address):
        node = _under(node, name)
        if node is ABSENT:
            return ABSENT
    return node


def _under(node: Any, name: str) -> Any:
    if isinstance(node, Mapping):
        return node.get(name, ABSENT)
    if coded(node):
        return next((element for element in node if element["code"] == name), ABSENT)
    return ABSENT


def applied(body: Body, change: Change) -> tuple[dict[str, Any], Change]:
    """The body after a change, and the change that takes it back. Raises `NoSuchPlace`."""
    names = parts(change.at)
    done, back = _changed(body, names, (), change)
    return done, back


def all_applied(body: Body, changes: Iterable[Change]) -> tuple[dict[str, Any], list[Change]]:
    """The body after several changes, one after the other; what takes them back, in the order in which to do so."""
    done, backs = dict(body), []
    for change in changes:
        done, back = applied(done, change)
        backs.append(back)
    return done, backs[::-1]


def _changed(node: Any, rest: tuple[str, ...], above: tuple[str, ...], change: Change) -> tuple[Any, Change]:
    name, further = rest[0], rest[1:]
    here = (*above, name)
    if isinstance(node, Mapping):
        return _in_mapping(node, name, further, here, change)
    if isinstance(node, list) and (coded(node) or not node):
        return _in_list(node, name, further, here, change)
    raise NoSuchPlace(joined(here))


def _in_mapping(node: Mapping[str, Any], name: str, further: tuple[str, ...], here: tuple[str, ...], change: Change) -> tuple[Any, Change]:
    standing = node.get(name, ABSENT)
    if further and standing is not ABSENT:
        inner, back = _changed(standing, further, here, change)
        return {**node, name: inner}, back
    if change.verb == "set":
        value = change.now
        for missing in reversed(further):  # a part that is not there yet begins with what is set in it
            value = {missing: value}
        back = Change("remove", joined(here)) if standing is ABSENT else Change("set", joined(here), standing)
        return {**node, name: value}, back
    if further or standing is ABSENT or change.verb == "move":
        raise NoSuchPlace(joined(here))
    return {key: value for key, value in node.items() if key != name}, Change("set", joined(here), standing)


def _in_list(node: list[Any], name: str, further: tuple[str, ...], here: tuple[str, ...], change: Change) -> tuple[Any, Change]:
    codes = [element["code"] for element in node]
    place = codes.index(name) if name in codes else None
    if further:
        if place is None:
            raise NoSuchPlace(joined(here))
        inner, back = _changed(node[place], further, here, change)
        return [*node[:place], inner, *node[place + 1 :]], back
    address = joined(here)
    if change.verb == "set":
        if not isinstance(change.now, dict) or change.now.get("code") != name:
            raise NoSuchPlace(address)
        if place is not None:
            return [*node[:place], change.now, *node[place + 1 :]], Change("set", address, node[place])
        return _inserted(node, change.now, change.after), Change("remove", address)
    if place is None:
        raise NoSuchPlace(address)
    before = codes[place - 1] if place else ""
    left = [*node[:place], *node[place + 1 :]]
    if change.verb == "remove":
        return left, Change("set", address, node[place], before)
    return _inserted(left, node[place], change.after), Change("move", address, None, before)


def _inserted(elements: list[Any], element: Any, after: str | None) -> list[Any]:
    """Behind the one called so; at the end where there is none."""
    codes = [other["code"] for other in elements]
    place = 0 if after == "" else codes.index(after) + 1 if after in codes else len(elements)
    return [*elements[:place], element, *elements[place:]]


def touches(one: Change, other: Change) -> bool:
    """Whether two changes made from the same body cannot both stand: they differ at one address, or one takes away the other's ground.

    To move an element and to change something in it do not touch; nor do two that say the same.
    """
    if one == other:
        return False
    mine, theirs = parts(one.at), parts(other.at)
    within = mine[: len(theirs)] == theirs or theirs[: len(mine)] == mine
    if not within:
        return False
    if one.verb == "move" and other.verb == "move":
        return mine == theirs
    for moved, else_ in ((one, other), (other, one)):
        if moved.verb == "move":
            above = parts(else_.at)
            ground = parts(moved.at)[: len(above)] == above
            return ground and (else_.verb == "remove" or len(above) < len(parts(moved.at)))
    return True
