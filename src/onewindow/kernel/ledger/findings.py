"""What the auditor says: findings, each with its place, and the report they stand in."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One disagreement: a closed `rule`, the place, and what was found there, in both languages."""

    rule: str
    place: str
    zh: str
    en: str


@dataclass
class Report:
    """What was checked and what was found. `warnings` are no disagreement: the reader should know of them."""

    subjects: int = 0
    rows: int = 0
    seals: int = 0
    sealed_rows: int = 0
    unsealed_rows: int = 0
    unanchored_seals: int = 0
    documents: int = 0
    guards: int = 0
    findings: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def add(self, rule: str, place: str, zh: str, en: str) -> None:
        self.findings.append(Finding(rule, place, zh, en))

    def warn(self, rule: str, place: str, zh: str, en: str) -> None:
        self.warnings.append(Finding(rule, place, zh, en))

    def as_json(self) -> dict[str, Any]:
        return {"schema": "onewindow.audit.verify/1", "good": not self.findings, **asdict(self)}
