"""Pure rules of drafts: what may be changed, when two editors' changes meet, and how a draft comes up to a newer version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onewindow.foundation.catalogue.definition.addressing import (
    ABSENT,
    Body,
    Change,
    NoSuchPlace,
    all_applied,
    parts,
    touches,
    value_at,
)
from onewindow.foundation.catalogue.definition.comparing import Difference, alike, differences
from onewindow.foundation.catalogue.definition.fields import field_at
from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.words import Words

CHANGES = Words("修改", "changes")
EFFECTIVE = Words("生效日期", "date of effect")
MOST_CHANGES = 400
LONGEST_BODY = 800_000  # characters: the longest demonstration item has a hundred thousand
FARTHEST = timedelta(days=366)
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# What the item is and whose: no matter of its wording.
_FIXED = frozenset({"/schema", "/code", "/department", "/department/code", "/department/credit_code"})


def check_changes(changes: Sequence[Change]) -> None:
    """Refuse changes of what a draft cannot change, or at no address there can be. Raises `InvalidInput`."""
    if len(changes) > MOST_CHANGES:
        raise InvalidInput(field=CHANGES, reason_zh="一次修改太多", reason_en="too many at once")
    for change in changes:
        names = parts(change.at)
        field = field_at(change.at)
        if field is None or change.at in _FIXED or (names[-1] == "code" and field.name == "code"):
            raise InvalidInput(field=CHANGES, reason_zh=f"“{change.at}”不能在这里修改", reason_en=f"“{change.at}” is not changed here")
        if field.kind == "parts" and change.verb == "set" and isinstance(change.now, dict):
            check_code(names[-1])


def check_code(code: str) -> None:
    """A new part is called by small Latin letters, digits and hyphens. Raises `InvalidInput`."""
    if not _CODE.fullmatch(code) or len(code) > 64:
        raise InvalidInput(
            field=Words("代码", "code"), reason_zh="应为小写字母、数字和连字符，以字母开头，最多 64 个字符",
            reason_en="small letters, digits and hyphens, beginning with a letter",
        )  # fmt: skip


def check_effective(wanted: date, *, today: date) -> None:
    """From today on, and not beyond a year. Raises `InvalidInput`."""
    if wanted < today:
        raise InvalidInput(field=EFFECTIVE, reason_zh="不能早于今天", reason_en="it cannot lie before today")
    if wanted > today + FARTHEST:
        raise InvalidInput(field=EFFECTIVE, reason_zh="最远一年以内", reason_en="it lies within a year at most")


@dataclass(frozen=True)
class Meeting:
    """Two changes that cannot both stand."""

    mine: Change
    theirs: Change


def meetings(mine: Iterable[Change], theirs: Sequence[Change], body: Body) -> list[Meeting]:
    """Where changes made from an older edition meet what others changed since; what already stands as wished meets nothing."""
    found = []
    for change in mine:
        if change.verb == "set" and alike(value_at(body, change.at), change.now):
            continue
        met = next((other for other in reversed(theirs) if touches(change, other)), None)
        if met is not None:
            found.append(Meeting(change, met))
    return found


def effective_changes(body: Body, changes: Iterable[Change]) -> tuple[dict[str, Any], list[Change], list[Change]]:
    """The body after those of the changes that change anything, these, and what takes them back. Raises `InvalidInput` for one without a place."""
    done: dict[str, Any] = dict(body)
    made: list[Change] = []
    backs: list[Change] = []
    for change in changes:
        try:
            after, (back,) = all_applied(done, [change])
        except NoSuchPlace:
            raise InvalidInput(
                field=CHANGES, reason_zh=f"“{change.at}”已经不在了，可能刚被别人删去", reason_en=f"“{change.at}” is no longer there; somebody may have removed it"
            ) from None
        if not alike(done, after):
            done, made, backs = after, [*made, change], [back, *backs]
    return done, made, backs


# --- coming up to a newer version ----------------------------------------------------------------------


@dataclass(frozen=True)
class Both:
    """What the newer version and the draft changed at the same place, each its own way."""

    theirs: Difference
    mine: tuple[Difference, ...]

    @property
    def at(self) -> str:
        return self.theirs.at


@dataclass(frozen=True)
class ThreeWays:
    """From one base: what the newer version changed (`taken` goes in by itself), what the draft changed, and where both did."""

    taken: tuple[Difference, ...]
    mine: tuple[Difference, ...]
    both: tuple[Both, ...]


def three_ways(base: Body, newer: Body, draft: Body) -> ThreeWays:
    """Compare the newer version and the draft with what both began from."""
    mine, theirs = differences(base, draft), differences(base, newer)
    taken, both = [], []
    for difference in theirs:
        met = tuple(own for own in mine if touches(own.change, difference.change))
        same = any(own.change == difference.change for own in mine)
        if met:
            both.append(Both(difference, met))
        elif not same:
            taken.append(difference)
    return ThreeWays(tuple(taken), mine, tuple(both))


def rebased(ways: ThreeWays, draft: Body, choices: Mapping[str, str]) -> list[Change]:
    """The changes that bring a draft up to the newer version; where both changed, as chosen: ``theirs`` or ``mine``, by address.

    Raises `InvalidInput` while a choice is missing.
    """
    changes = [difference.change for difference in ways.taken]
    restored: set[str] = set()
    for each in ways.both:
        choice = choices.get(each.at)
        if choice not in ("mine", "theirs"):
            raise InvalidInput(field=CHANGES, reason_zh="有两边都改过的内容还没有选", reason_en="something both sides changed is not chosen yet")
        if choice == "theirs":
            changes += _theirs(each, draft, restored)
    return changes


def _theirs(each: Both, draft: Body, restored: set[str]) -> list[Change]:
    """What makes the draft say what the newer version says there; parts that came back already stand in `restored`."""
    change = each.theirs.change
    if change.verb == "remove" and value_at(draft, change.at) is ABSENT:
        return []
    above = (own for own in each.mine if own.change.verb != "move" and len(parts(own.at)) < len(parts(change.at)))
    gone = next(above, None)
    if gone is not None:  # what the draft took away or replaced as a whole comes back as it was, then is changed
        back = [] if gone.at in restored else [Change("set", gone.at, gone.was)]
        restored.add(gone.at)
        return [*back, change]
    return [change]
