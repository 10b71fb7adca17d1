"""How much an item asks of people: in how many of its situations nobody has to bring a paper. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from onewindow.foundation.catalogue.definition.materials import Material
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.resolving import holds, not_needed, situations

MOST = 5_000
"""Situations counted of one item; one with more is not counted at all rather than in part."""
_FORM = "2"  # 申请表格文书: filled in online or at the window, never brought


@dataclass(frozen=True, slots=True)
class Burden:
    """Of `situations` in which the item is needed, `without` ask for no paper (零材料)."""

    situations: int
    without: int


def to_bring(material: Material) -> bool:
    """Whether somebody must bring it: not a form to fill in, not exempt by an electronic licence, not optional."""
    return material.kind != _FORM and material.exemption is None and material.need != "2"


def burden_of(definition: Definition) -> Burden | None:
    """The item's burden; None where it has more situations than `MOST`."""
    brought = [material.when for material in definition.materials if to_bring(material)]
    every = list(islice(situations(definition), MOST + 1))
    if len(every) > MOST:
        return None
    needed = [answers for answers in every if not_needed(definition, answers) is None]
    return Burden(len(needed), sum(1 for answers in needed if not any(holds(when, answers) for when in brought)))
