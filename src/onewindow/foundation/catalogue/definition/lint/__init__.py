"""Lint: what is wrong with a definition, what is doubtful, and what an experienced editor would do better. Pure; it changes nothing.

`lint` is a superset of what `examine` refuses: those faults come first, as errors, and each remark has a code that never
changes its meaning (docs/lint.md lists them), an address, a sentence, a fix, and the article behind it where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onewindow.foundation.catalogue.definition.findings import DefinitionWrong
from onewindow.foundation.catalogue.definition.lint import (
    asking,
    copies,
    finding,
    grounds,
    papers,
    points,
    reviews,
    timing,
    wording,
)
from onewindow.foundation.catalogue.definition.lint.carried import CODES, OTHER, SHAPE, refused
from onewindow.foundation.catalogue.definition.lint.rulebook import (
    BOOK,
    COMPARISONS,
    LOOKS,
    SEVERITIES,
    Found,
    LintRule,
    Remark,
    Severity,
    remark,
)
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.statutes import Statute

__all__ = [
    "BOOK", "CODES", "OTHER", "SEVERITIES", "LintRule", "Remark", "Severity", "lint", "lint_together", "misshapen",
    "worst",
]  # fmt: skip

assert all((asking, copies, finding, grounds, papers, points, reviews, timing, wording))  # importing them writes their rules into the book


def lint(definition: Definition, texts: Mapping[str, Statute] | None = None) -> list[Remark]:
    """Every remark on one definition of the right shape, the gravest first; it never raises. Quotations are looked at where the texts are given."""
    code = definition.code
    found = [remark(code, name, Found(fault.pointer, fault.zh, fault.en)) for name, fault in refused(definition, texts)]
    found += [remark(code, name, place) for name, look in LOOKS for place in look(definition)]
    return sorted(found)


def lint_together(definitions: Iterable[Definition], texts: Mapping[str, Statute] | None = None) -> list[Remark]:
    """Every remark on each definition, and on what they are beside each other."""
    listed = list(definitions)
    found = [said for definition in listed for said in lint(definition, texts)]
    found += [remark(item, name, place) for name, compare in COMPARISONS for item, place in compare(listed)]
    return sorted(found)


def misshapen(item: str, wrong: DefinitionWrong) -> list[Remark]:
    """What is wrong with a file that cannot be read as a definition; `item` is what to call it."""
    return [remark(item, SHAPE, Found(fault.pointer, fault.zh, fault.en)) for fault in wrong.findings]


def worst(remarks: Iterable[Remark]) -> Severity | None:
    """The gravest severity among them; None when there are none."""
    return min((said.rank, said.rule.severity) for said in listed)[1] if (listed := list(remarks)) else None
