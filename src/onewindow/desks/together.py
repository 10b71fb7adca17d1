"""一件事 as every desk shows it: who takes part, which of them use a field or a paper, how long, and what it saves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onewindow.foundation.catalogue.definition.bundles import saving

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.bundles.queries import Offer
    from onewindow.foundation.catalogue.definition.bundles import Merged, MergedField, MergedPaper
    from onewindow.foundation.catalogue.definition.model import Question


@dataclass(frozen=True)
class Chosen:
    """A question with the answers given to it."""

    question: Question
    answers: tuple[str, ...]


def shown(offered: Offer, merged: Merged) -> dict[str, Any]:
    """The context of a page about a bundle in one situation. A member's mark is its number, ①, which its fields and papers bear."""
    marks = {member.code: _mark(place) for place, member in enumerate(merged.needed)}
    versions = offered.members
    return {
        "bundle": offered.version,
        "merged": merged,
        "about": offered.bundle,
        "members": [{"mark": marks[m.code], "item": versions[m.code], "limits": m.definition.limits, "definition": m.definition} for m in merged.needed],
        "left_out": [{"item": versions[m.code], "reason": m.reason} for m in merged.members if not m.needed],
        "sections": [
            {
                "title": section.title, "item": versions[section.item] if section.item else None, "mark": marks.get(section.item, ""),
                "fields": [{"field": one.field, "marks": _marks(one, marks)} for one in section.fields],
            }
            for section in merged.form
        ],
        "papers": [_paper(paper, marks) for paper in merged.papers],
        "arriving": [
            {
                "name": one.material.name, "item": versions[one.arrival.item], "mark": marks[one.arrival.item],
                "giver": versions[one.arrival.giver], "giver_mark": marks[one.arrival.giver],
            }
            for one in merged.arriving
        ],
        "answered": [Chosen(one.question, merged.answers[one.code]) for one in merged.questions if one.code in merged.answers],
        "saving": saving(merged),
        "fees": [
            {"mark": marks[m.code], "item": versions[m.code], "fees": m.resolved.fees, "free": m.definition.fees}
            for m in merged.needed
            if m.resolved is not None
        ],
    }  # fmt: skip


def _mark(place: int) -> str:
    """①, ②, … for the first twenty."""
    return chr(0x2460 + place) if place < 20 else f"({place + 1})"


def _marks(field: MergedField, marks: dict[str, str]) -> str:
    return "".join(sorted({marks[use.item] for use in field.uses}))


def _paper(paper: MergedPaper, marks: dict[str, str]) -> dict[str, Any]:
    """A paper as the list shows it; `spec` is its own definition where one item alone wants it."""
    return {
        "paper": paper, "marks": "".join(sorted({marks[item] for item in paper.items})),
        "samples": list({one.material.sample.zh: one.material.sample for one in paper.wanted}.values()),
        "exemption": paper.wanted[0].material.exemption if paper.exempt else None,
        "tolerated": not paper.necessary and any(one.material.need == "3" for one in paper.wanted),
    }  # fmt: skip
