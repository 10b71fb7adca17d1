"""What is wrong with a file, said so that an editor can mend it: where, which rule, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault: the file, the address in it, the rule broken, and the sentence for the reader."""

    pointer: str
    rule: str
    zh: str
    en: str
    path: str = ""

    def at(self, path: str) -> Finding:
        """The same fault, said of this file."""
        return Finding(self.pointer, self.rule, self.zh, self.en, path)

    def as_dict(self) -> dict[str, str]:
        """The row of ``onewindow.catalogue.check/1``."""
        row = asdict(self)
        return {name: row[name] for name in ("path", "pointer", "rule", "zh", "en")}


class Wrong(ValueError):
    """A file or an argument with faults; `findings` names every one of them, not just the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{finding.pointer}: {finding.en}" for finding in self.findings))


class DefinitionWrong(Wrong):
    """An item definition that cannot be read."""


class AnswersWrong(Wrong):
    """Answers that do not fit the item's questions."""


class DistrictWrong(Wrong):
    """District data that cannot be read or does not agree with itself."""


def unknown(pointer: str, zh: str, en: str, name: str, file: str) -> Finding:
    """What an entry names is nowhere."""
    return Finding(pointer, "unknown", f"没有{zh}“{name}”。", f"there is no {en} “{name}”.", file)


def backwards(pointer: str, file: str) -> Finding:
    """A span ends before it begins."""
    return Finding(pointer, "backwards", "截止日早于起始日。", "it ends before it begins.", file)
