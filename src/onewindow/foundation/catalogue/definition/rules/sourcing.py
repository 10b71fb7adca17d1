"""Sources: every fact has one, every one is used, and the legal basis is law."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.findings import Finding
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.parts import StatuteSource
from onewindow.foundation.catalogue.definition.sourcing import covers, leaves, prefixes, uncovered


def sources_are_sound(definition: Definition) -> Iterator[Finding]:
    """Every citation exists and is used, every address names a fact, the legal basis is statute."""
    facts = leaves(definition)
    named = [("/legal_basis", name) for name in definition.legal_basis]
    if definition.special:
        named.append(("/special/silence", definition.special.silence))
    used = {name for names in definition.sources.values() for name in names} | {name for _, name in named}
    for name in sorted(used - definition.citations.keys()):
        for at in [f"/sources{place}" for place, names in definition.sources.items() if name in names] or [at for at, one in named if one == name]:
            yield Finding(
                at, "citation-unknown", f"没有名为“{name}”的依据。", f"there is no citation “{name}”."
            )
    for name in sorted(definition.citations.keys() - used):
        yield Finding(
            f"/citations/{name}", "citation-unused",
            "这条依据没有被引用。", "nothing rests on this citation.",
        )  # fmt: skip
    for at, name in named:
        if not isinstance(definition.citations.get(name), StatuteSource | None):
            yield Finding(
                at, "basis-not-statute",
                f"设定依据“{name}”不是法律、法规条文。", f"the legal basis “{name}” is not a statute.",
            )  # fmt: skip
    above: set[str] = set()
    for fact in facts:
        for prefix in prefixes(fact):
            if prefix in above:
                break  # and so is all above it
            above.add(prefix)
    for place in definition.sources:
        if place.startswith("/*"):
            yield Finding(
                f"/sources{place}", "source-for-everything",
                "依据不能一概指向全部内容。", "one source cannot stand for everything.",
            )  # fmt: skip
        elif place not in above and not ("*" in place and any(covers(place, fact) for fact in facts)):
            yield Finding(
                f"/sources{place}", "source-for-nothing",
                "这个地址下没有内容。", "there is no fact at this address.",
            )  # fmt: skip


def every_fact_has_a_source(definition: Definition) -> Iterator[Finding]:
    """A fact nobody vouches for is a fault."""
    for address in uncovered(definition):
        yield Finding(
            address, "no-source",
            "没有注明依据（statute、unverified 或 demo）。", "has no source (statute, unverified or demo).",
        )  # fmt: skip
