"""Is every fact sourced, and is every quotation exact?

An address in ``sources`` covers itself and all that lies under it; ``*`` stands for any one name. Where
several cover the same fact the longest wins, and of two equally long the one with fewer stars, so a
section may rest on one citation and a single field of it on another.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Protocol

from onewindow.foundation.catalogue.definition.findings import Finding
from onewindow.foundation.catalogue.definition.parts import Source, StatuteSource
from onewindow.foundation.catalogue.definition.statutes import Statute

# Names, not facts: how parts of the file are called, where people look for them, samples invented by nature, and the sources themselves.
_NAMES = frozenset({"schema", "code", "specimen", "files", "life_events"})
_APART = frozenset({"citations", "sources", "legal_basis", "special"})


class Sourced(Protocol):
    """Whatever says where its facts come from: an item's definition, a bundle."""

    @property
    def citations(self) -> Mapping[str, Source]: ...

    @property
    def sources(self) -> Mapping[str, tuple[str, ...]]: ...

    @property
    def model_dump(self) -> Callable[..., dict[str, Any]]: ...


_KNOWN: dict[int, list[str]] = {}


def leaves(definition: Sourced) -> list[str]:
    """The address of every fact. A condition and a list of plain values each count as one fact.

    A definition never changes, so its facts are listed once, for every rule that asks, and forgotten with it.
    """
    known = _KNOWN.get(id(definition))
    if known is None:
        known = _KNOWN[id(definition)] = _leaves(definition)
        weakref.finalize(definition, _KNOWN.pop, id(definition), None)
    return list(known)


def _leaves(definition: Sourced) -> list[str]:
    body = definition.model_dump(mode="json", by_alias=True, exclude_none=True)
    facts = {name: value for name, value in body.items() if name not in _APART}
    return ["/" + "/".join(address) for address in _walk(facts, ())]


def _walk(node: Any, address: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "when":
                yield (*address, name)
            elif name not in _NAMES:
                yield from _walk(value, (*address, name))
    elif isinstance(node, list) and node and isinstance(node[0], dict):
        for element in node:
            yield from _walk(element, (*address, element["code"]))
    elif node != []:
        yield address


def covers(pattern: str, address: str) -> bool:
    """Does this address of ``sources`` speak for the fact at `address`?"""
    if "*" not in pattern:
        return address == pattern or address.startswith(pattern + "/")
    parts, wanted = pattern.split("/"), address.split("/")
    return len(parts) <= len(wanted) and all(p in ("*", w) for p, w in zip(parts, wanted, strict=False))


def prefixes(address: str) -> Iterator[str]:
    """The address itself and every address above it, the longest first."""
    while address:
        yield address
        address = address.rpartition("/")[0]


def covering(definition: Sourced, address: str) -> tuple[str, ...]:
    """The names of the citations this address rests on; empty when nothing covers it."""
    return _covering(definition, address, _starred(definition))


def _starred(definition: Sourced) -> list[str]:
    """The addresses of ``sources`` with stars in them: few, while the others are looked up by name."""
    return [pattern for pattern in definition.sources if "*" in pattern]


def _covering(definition: Sourced, address: str, starred: list[str]) -> tuple[str, ...]:
    if not starred:
        nearest = next((prefix for prefix in prefixes(address) if prefix in definition.sources), "")
        return definition.sources[nearest] if nearest else ()
    patterns = [pattern for pattern in starred if covers(pattern, address)]
    patterns += islice((prefix for prefix in prefixes(address) if prefix in definition.sources), 1)
    if not patterns:
        return ()
    nearest = max(patterns, key=lambda pattern: (pattern.count("/"), -pattern.count("*"), pattern))
    return definition.sources[nearest]


def sources_of(definition: Sourced, address: str) -> tuple[Source, ...]:
    """The sources of the fact at this address, for the reader who asks “says who?”."""
    return tuple(definition.citations[name] for name in covering(definition, address))


def uncovered(definition: Sourced) -> list[str]:
    """The addresses of facts without a source; empty when the definition is complete."""
    starred, sources = _starred(definition), definition.sources
    if not starred and all(sources.values()):  # as most are
        spoken = frozenset(sources)
        return [address for address in leaves(definition) if not any(prefix in spoken for prefix in prefixes(address))]
    return [address for address in leaves(definition) if not _covering(definition, address, starred)]


def misquoted(definition: Sourced, texts: Mapping[str, Statute]) -> list[Finding]:
    """Every statute citation that is not word for word in the article it names; empty when all are."""
    found: list[Finding] = []
    for name, source in definition.citations.items():
        if not isinstance(source, StatuteSource):
            continue
        at = f"/citations/{name}"
        statute = texts.get(source.law)
        if statute is None:
            found.append(
                Finding(
                    f"{at}/law", "statute-missing",
                    f"没有法律文本“{source.law}”，请放入 docs/law/statutes。",
                    f"there is no text “{source.law}” under docs/law/statutes.",
                )
            )  # fmt: skip
        elif (article := statute.articles.get(source.article)) is None:
            found.append(
                Finding(
                    f"{at}/article", "article-missing",
                    f"《{source.law}》没有{source.article}。",
                    f"“{source.law}” has no {source.article}.",
                )
            )  # fmt: skip
        elif source.quote not in article:
            found.append(
                Finding(
                    f"{at}/quote", "misquoted",
                    f"引文与《{source.law}》{source.article}原文不一致，请逐字核对。",
                    f"the quotation does not stand word for word in {source.article} of “{source.law}”.",
                )
            )  # fmt: skip
    return found
