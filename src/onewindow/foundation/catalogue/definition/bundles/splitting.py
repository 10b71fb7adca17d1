"""From one form and one stack of papers back to what each member would have been filed with alone. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from onewindow.foundation.catalogue.definition.bundles.merged import Merged


@dataclass(frozen=True)
class Filing:
    """One member's own application: exactly what it is filed with alone. `arriving` are the fields that a result will fill in later."""

    item: str
    answers: Mapping[str, tuple[str, ...]]
    form: Mapping[str, str]
    given: frozenset[str]
    arriving: frozenset[str]


def split(merged: Merged, values: Mapping[str, str], given: Collection[str]) -> tuple[Filing, ...]:
    """Each needed member's application, in order of dependence.

    `values` are by the merged fields' names and `given` names merged papers; names that are none are passed over.
    """
    if merged.remaining:
        raise ValueError("questions remain")
    forms: dict[str, dict[str, str]] = {member.code: {} for member in merged.needed}
    papers: dict[str, set[str]] = {member.code: set() for member in merged.needed}
    for field in merged.fields:
        for use in field.uses:
            forms[use.item][use.code] = values.get(field.field.code, "")
    for paper in merged.papers:
        if paper.code in given:
            for one in paper.wanted:
                papers[one.item].add(one.material.code)
    return tuple(
        Filing(
            member.code, merged.of_item[member.code], forms[member.code], frozenset(papers[member.code]),
            frozenset(code for one in merged.arriving_of(member.code) for code in one.arrival.fields),
        )
        for member in merged.needed
    )  # fmt: skip
