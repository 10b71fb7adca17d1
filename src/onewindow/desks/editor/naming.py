"""What a field may name that stands elsewhere, and what a fact rests on, by what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from onewindow.foundation.catalogue.definition.addressing import Body, coded, value_at
from onewindow.foundation.catalogue.definition.fields import Field
from onewindow.foundation.catalogue.definition.saying import name_of
from onewindow.foundation.catalogue.definition.sourcing import covering
from onewindow.foundation.catalogue.drafts.queries import statutes
from onewindow.kernel.words import Words


def named_elsewhere(body: Body, at: str, of: Field) -> dict[str, Words] | None:
    """What a field may name that stands elsewhere in the definition, or among the statutes; None for one that names nothing."""
    if of.key == "StatuteSource.law":
        return {name: Words(name, name) for name in statutes()}
    if of.key == "AcceptancePoint.field":
        sections = [value_at(body, f"/form/{code}/fields") for code in _called(value_at(body, "/form"))]
        return {code: words for section in sections for code, words in _called(section).items()}
    if of.key == "Special.silence":
        return statutes_cited(body)
    if of.key == "ReviewPoint.condition":
        return _called(value_at(body, "/conditions"))
    if of.key == "SpecimenLine.point":
        return _called(value_at(body, f"{at.partition('/specimen/')[0]}/acceptance_points"))
    return None


def _called(node: Any) -> dict[str, Words]:
    return {element["code"]: name_of(element, element["code"]) for element in node} if coded(node) else {}


def statutes_cited(body: Body) -> dict[str, Words]:
    held = body.get("citations")
    cited = held.items() if isinstance(held, Mapping) else ()
    return {name: called(body, name) for name, citation in cited if isinstance(citation, Mapping) and citation.get("kind") == "statute"}


def rests_on(body: Body, at: str, of: Field) -> tuple[Words, ...]:
    """The citations a fact rests on, by what they are called."""
    if of.kind in ("part", "parts", "map") or at.startswith(("/citations", "/sources", "/legal_basis")):
        return ()
    held = body.get("sources")
    known = {address: names for address, names in held.items() if isinstance(names, list)} if isinstance(held, Mapping) else {}
    address = f"{at}/zh" if of.kind == "text" else f"{at}/n" if of.kind == "span" else at
    names = covering(SimpleNamespace(sources=known), address)  # type: ignore[arg-type]
    return tuple(called(body, str(name)) for name in names)


def called(body: Body, name: str) -> Words:
    """What a citation is called: 《食品安全法》第三十五条, or that it is unverified or the demonstration's."""
    citation = value_at(body, f"/citations/{name}")
    if isinstance(citation, Mapping) and citation.get("law"):
        title = f"《{str(citation['law']).partition('(')[0]}》{citation.get('article', '')}"
        return Words(title, title)
    note = citation.get("note") if isinstance(citation, Mapping) else None
    kind = str(citation.get("kind")) if isinstance(citation, Mapping) else ""
    head = Words("待核对", "unverified") if kind == "unverified" else Words("演示", "demo") if kind == "demo" else Words(name, name)
    if isinstance(note, Mapping) and note.get("zh"):
        return Words(f"{head.zh}：{str(note['zh'])[:24]}", f"{head.en}: {str(note.get('en') or note['zh'])[:48]}")
    return head
