"""What a lint rule is, and the book of all of them: code, severity, why it stands and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.parts import StatuteSource
from onewindow.kernel.words import Words

Severity = Literal["error", "warning", "advice"]
SEVERITIES: dict[Severity, Words] = {"error": Words("错误", "error"), "warning": Words("警告", "warning"), "advice": Words("建议", "advice")}


class Found(NamedTuple):
    """One place where a rule speaks: its address in the definition, and the sentence."""

    address: str
    zh: str
    en: str


@dataclass(frozen=True)
class LintRule:
    """One rule. `code` never changes its meaning nor is given again; `basis` are the articles that ask for it, none for a craft rule."""

    code: str
    severity: Severity
    title: Words
    fix: Words
    basis: tuple[StatuteSource, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """What lint says: of which item, where, by which rule, and what to do. Errors come before warnings, and those before advice."""

    rank: int
    item: str
    address: str
    code: str
    zh: str
    en: str

    @property
    def rule(self) -> LintRule:
        return BOOK[self.code]

    def as_dict(self) -> dict[str, object]:
        """The row of ``onewindow.catalogue.lint/1``."""
        rule = self.rule
        return {
            "item": self.item, "address": self.address, "code": self.code, "severity": rule.severity, "zh": self.zh, "en": self.en,
            "fix": rule.fix._asdict(), "basis": [source.model_dump(mode="json", exclude={"kind"}) for source in rule.basis],
        }  # fmt: skip


Look = Callable[[Definition], Iterator[Found]]
Compare = Callable[[Sequence[Definition]], Iterator[tuple[str, Found]]]

BOOK: dict[str, LintRule] = {}
LOOKS: list[tuple[str, Look]] = []
COMPARISONS: list[tuple[str, Compare]] = []

_OF_SEVERITY: tuple[Severity, ...] = ("error", "warning", "advice")


def entered(code: str, severity: Severity, title: Words, fix: Words, *basis: StatuteSource) -> LintRule:
    """Write a rule into the book. Raises `ValueError` when its code is taken."""
    if code in BOOK:
        raise ValueError(f"{code} is taken")
    BOOK[code] = LintRule(code, severity, title, fix, basis)
    return BOOK[code]


def rule(code: str, severity: Severity, title: Words, fix: Words, *basis: StatuteSource) -> Callable[[Look], Look]:
    """A rule that looks at one definition of the right shape, sound or not; it never raises."""
    entered(code, severity, title, fix, *basis)

    def bound(look: Look) -> Look:
        LOOKS.append((code, look))
        return look

    return bound


def comparison(code: str, severity: Severity, title: Words, fix: Words, *basis: StatuteSource) -> Callable[[Compare], Compare]:
    """A rule that compares definitions with each other; it names the item of each place."""
    entered(code, severity, title, fix, *basis)

    def bound(compare: Compare) -> Compare:
        COMPARISONS.append((code, compare))
        return compare

    return bound


def remark(item: str, code: str, found: Found) -> Remark:
    return Remark(_OF_SEVERITY.index(BOOK[code].severity), item, found.address, code, found.zh, found.en)


def law(name: str, article: str, quote: str) -> StatuteSource:
    """An article a rule rests on; `quote` stands there word for word."""
    return StatuteSource(kind="statute", law=name, article=article, quote=quote)
