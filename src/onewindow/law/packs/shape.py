"""What a pack of rules says, and how it speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onewindow.kernel.words import Words


@dataclass(frozen=True)
class Silence:
    """What the law makes of it when the time for the one-time notice passes without one: by which article, to what effect."""

    basis: Words
    effect: Words


@dataclass(frozen=True)
class Pack:
    """The rules of one kind of act.

    `silence`: whether an application counts as accepted when the time for the one-time notice passed without one, and by what law;
    None: it does not. `excludes_time`: whether the time of a hearing, test or expert review is not counted (行政许可法 art 45).
    The other fields are how documents speak; ``{law}`` stands for the item's own law. `said` are the words of states and verbs
    that this kind of act does not share with permits, by the machine's name for them.
    """

    code: str
    silence: Silence | None
    excludes_time: bool
    accepted: Words
    to_correct: Words
    granted: Words
    denied: Words
    grant_title: Words
    denial_title: Words
    said: Mapping[str, Words] = field(default_factory=dict)


def said(granted: Words, denied: Words, *, grant: Words | None = None, deny: Words | None = None) -> dict[str, Words]:
    """The words of the two outcomes and of the verbs that lead there; what is not required is told alike by every act but a permit."""
    return {
        "granted": granted, "denied": denied, "grant": grant or granted, "deny": deny or denied,
        "exempted": Words("不受理", "nothing required"), "exempt": Words("告知不受理", "tell that nothing is required"),
    }  # fmt: skip
