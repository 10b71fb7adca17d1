"""What is wrong or could be better, beside the field it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from onewindow.foundation.catalogue.definition.addressing import Body, parts
from onewindow.foundation.catalogue.definition.sourcing import prefixes
from onewindow.foundation.catalogue.definition.wording import part_of, place
from onewindow.foundation.catalogue.drafts import queries
from onewindow.kernel.words import Words

# Parts whose elements are edited one at a time, by the list they are.
LISTED = {"questions": "questions", "materials": "materials", "form": "form", "steps": "steps", "sources": "citations"}


@dataclass(frozen=True)
class Remark:
    """One remark: where, by which rule, how grave (``error`` keeps a draft from being submitted), what, what to do about it, and by which articles."""

    address: str
    code: str
    severity: str
    words: Words
    fix: Words | None = None
    basis: tuple[str, ...] = ()

    @property
    def grave(self) -> bool:
        return self.severity == "error"


@dataclass(frozen=True)
class Jump:
    """A remark with the way to its field."""

    remark: Remark
    where: Words
    link: str


def remarks_on(body: Body) -> list[Remark]:
    """Everything to say of a body, the gravest first."""
    return [
        Remark(
            said.address, said.code, said.rule.severity, Words(said.zh, said.en), said.rule.fix, tuple(f"《{source.name}》{source.article}" for source in said.rule.basis)
        )
        for said in queries.remarks_on(body)
    ]


def jumps(item: str, body: Body, found: Iterable[Remark]) -> list[Jump]:
    """Each remark with where it is in words, and the address of the page and field."""
    return [Jump(remark, place(remark.address, body), link_to(item, remark.address)) for remark in found]


def link_to(item: str, address: str) -> str:
    """The page on which an address is edited, at its field."""
    names, part = parts(address), part_of(address)
    asked = {"part": part}
    if len(names) > 1 and names[0] == LISTED.get(part):
        asked["of"] = names[1]
    return f"{reverse('editor-item', args=[item])}?{urlencode(asked)}#at:{address}"


def beside(found: Iterable[Remark], fields: set[str]) -> dict[str, list[Remark]]:
    """Remarks by the field of a page they stand beside: their own, or the nearest above it that the page shows."""
    placed: dict[str, list[Remark]] = {}
    for remark in found:
        nearest = next((address for address in prefixes(remark.address) if address in fields), None)
        if nearest is not None:
            placed.setdefault(nearest, []).append(remark)
    return placed
