"""What a bundle comes to for one person's answers: what is still to be asked, one form, every paper once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from onewindow.foundation.catalogue.definition.bundles.model import Arrival, Bundle
from onewindow.foundation.catalogue.definition.materials import AcceptancePoint, Material
from onewindow.foundation.catalogue.definition.model import Definition, FieldCheck, FormField, Limit, Question, ResolvedItem
from onewindow.foundation.catalogue.definition.parts import Text


class Use(NamedTuple):
    """Where a shared thing goes: the item, and its own code there."""

    item: str
    code: str


@dataclass(frozen=True)
class Asked:
    """One question as it is asked: the bundle's own, or a member's that nothing settles. `code` is its name among the merged answers."""

    code: str
    question: Question
    item: str = ""


@dataclass(frozen=True)
class Taking:
    """A member in these answers. Not `needed`: `reason` says why, and there is nothing of it in form and papers."""

    definition: Definition
    needed: bool
    reason: Text | None = None
    resolved: ResolvedItem | None = None

    @property
    def code(self) -> str:
        return self.definition.code


@dataclass(frozen=True)
class MergedField:
    """A field asked once. `field` bears the merged name and the strictest of what its users want; `checks` are all their rules."""

    field: FormField
    uses: tuple[Use, ...]
    checks: tuple[FieldCheck, ...] = ()


@dataclass(frozen=True)
class MergedSection:
    """Fields that belong together: shared ones, or with `item` those of one member alone."""

    code: str
    title: Text
    item: str
    fields: tuple[MergedField, ...]


@dataclass(frozen=True)
class Wanted:
    """One member's own wish for a paper."""

    item: str
    material: Material


@dataclass(frozen=True)
class MergedPaper:
    """A paper handed in once, for every member that wants it."""

    code: str
    name: Text
    wanted: tuple[Wanted, ...]

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(one.item for one in self.wanted)

    @property
    def originals(self) -> int:
        """The most that any of them wants: one paper serves them all."""
        return max(one.material.copies.originals for one in self.wanted)

    @property
    def duplicates(self) -> int:
        return max(one.material.copies.duplicates for one in self.wanted)

    @property
    def necessary(self) -> bool:
        """Whether any of them cannot be accepted without it."""
        return any(one.material.need == "1" for one in self.wanted)

    @property
    def points(self) -> tuple[AcceptancePoint, ...]:
        """What anybody looks at in it, each sentence once."""
        found = {point.text.zh: point for one in self.wanted for point in one.material.acceptance_points}
        return tuple(found.values())

    @property
    def exempt(self) -> bool:
        """Whether all of them do without it when the licence can be fetched."""
        return all(one.material.exemption is not None for one in self.wanted)


@dataclass(frozen=True)
class Arriving:
    """A material of `arrival.item` that comes by itself in these answers, the giver being part of them."""

    arrival: Arrival
    material: Material


@dataclass(frozen=True)
class Merged:
    """The whole. `remaining` are the questions that can be asked now; while there are any, form and papers are empty.

    `members` stand in the order of their dependence. `not_needed`: an answer that ends the matter, and why.
    """

    bundle: Bundle
    answers: Mapping[str, tuple[str, ...]]
    questions: tuple[Asked, ...]
    remaining: tuple[Asked, ...]
    not_needed: Text | None
    members: tuple[Taking, ...]
    of_item: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    form: tuple[MergedSection, ...] = ()
    papers: tuple[MergedPaper, ...] = ()
    arriving: tuple[Arriving, ...] = ()

    @property
    def next(self) -> Asked | None:
        """The question to ask now; None when all are answered."""
        return self.remaining[0] if self.remaining else None

    @property
    def needed(self) -> tuple[Taking, ...]:
        """The members to apply for, in order of dependence."""
        return tuple(member for member in self.members if member.needed)

    @property
    def fields(self) -> tuple[MergedField, ...]:
        """Every field of the merged form, in order."""
        return tuple(one for section in self.form for one in section.fields)

    @property
    def form_fields(self) -> tuple[FormField, ...]:
        """The same, as a form's fields under their merged names."""
        return tuple(one.field for one in self.fields)

    def arriving_of(self, item: str) -> tuple[Arriving, ...]:
        """What comes to a member by itself."""
        return tuple(one for one in self.arriving if one.arrival.item == item)

    @property
    def longest(self) -> tuple[Taking, ...]:
        """The chain of dependence whose promised days add up to most: how long the whole takes at the longest."""
        needed = {member.code: member for member in self.needed}
        after = {member.code: member.after for member in self.bundle.members}
        chains: dict[str, tuple[Taking, ...]] = {}
        for code, member in needed.items():
            before = max((chains[other] for other in after[code] if other in chains), key=_days, default=())
            chains[code] = (*before, member)
        return max(chains.values(), key=_days, default=())

    @property
    def total(self) -> Limit | None:
        """How long the whole is promised to take, from acceptance to acceptance; None where its parts count in different units."""
        limits = [member.definition.limits.promised for member in self.longest]
        units = {limit.unit for limit in limits if limit.n} or {"working-day"}
        return Limit.model_construct(n=sum(limit.n for limit in limits), unit=units.pop()) if len(units) == 1 else None


def _days(chain: tuple[Taking, ...]) -> int:
    return sum(member.definition.limits.promised.n for member in chain)


class Counts(NamedTuple):
    """How much there is to do: applications to make, fields to fill in, papers to hand in."""

    applications: int
    fields: int
    papers: int


class Saving(NamedTuple):
    """Each item for itself, and all together."""

    apart: Counts
    together: Counts


def saving(merged: Merged) -> Saving:
    """What it saves to do it together, counted from the definitions of what is needed."""
    resolved = [member.resolved for member in merged.needed if member.resolved is not None]
    apart = Counts(len(resolved), sum(len(one.fields) for one in resolved), sum(len(one.materials) for one in resolved))
    return Saving(apart, Counts(min(1, len(resolved)), len(merged.fields), len(merged.papers)))
