"""What an import would do, as said: what stood, what was wished, what becomes of each row, and the whole report. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from onewindow.foundation.catalogue.definition import Definition
from onewindow.foundation.catalogue.exchange.listing import Entry
from onewindow.foundation.catalogue.exchange.problems import Place, Problem
from onewindow.kernel.crypto import sm3
from onewindow.kernel.words import Words

CREATED, CHANGED, UNCHANGED, REFUSED = "created", "changed", "unchanged", "refused"
OUTCOMES = {
    CREATED: Words("新增", "created"), CHANGED: Words("变更", "changed"), UNCHANGED: Words("不变", "unchanged"), REFUSED: Words("不予导入", "refused"),
}  # fmt: skip
NAME_DEPARTMENT = Words(
    "请先建立这个部门；编码不同的，用对照表（--departments）写明它是本系统的哪个部门",
    "please enter the department first; where the codes differ, say in a table (--departments) which of ours it is",
)


class Standing(NamedTuple):
    """What stands before the import. `departments`: credit code by code; `items`: digest and implementation code by code of those in
    force; `entries`: entry and state by code; `body`: the definition in force of an item. `mark` changes with any of it."""

    departments: Mapping[str, str]
    items: Mapping[str, tuple[str, str]]
    entries: Mapping[str, tuple[Entry, str]]
    body: Callable[[str], Definition]
    mark: str


@dataclass(frozen=True)
class Wishes:
    """What the file cannot say. `departments`: which of ours a foreign code is; `serves`: whom an entry serves whose row does not say it."""

    departments: Mapping[str, str] = field(default_factory=dict)
    serves: str = ""


@dataclass(slots=True)
class Outcome:
    """What becomes of one row. `about`: ``item`` or ``entry``; `changed`: the headings of what changes; `payload`: what is to be written."""

    about: str
    place: Place
    code: str
    name: str
    kind: str
    changed: list[Words] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    payload: Any = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "about": self.about, "sheet": self.place.sheet, "row": self.place.row, "code": self.code, "name": self.name, "outcome": self.kind,
            "changed": [{"zh": words.zh, "en": words.en} for words in self.changed],
            "problems": [problem.as_dict() for problem in self.problems], "notes": [note.as_dict() for note in self.notes],
        }  # fmt: skip


@dataclass
class Plan:
    """The report of a dry run, and what is needed to carry it out. Good when nothing at all is refused."""

    kind: str
    outcomes: list[Outcome]
    problems: list[Problem]
    notes: list[Problem]
    mark: str

    @property
    def good(self) -> bool:
        return not self.problems and all(outcome.kind != REFUSED for outcome in self.outcomes)

    @property
    def counts(self) -> dict[str, int]:
        counted = dict.fromkeys(OUTCOMES, 0)
        for outcome in self.outcomes:
            counted[outcome.kind] += 1
        return counted

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return self.counts[CREATED] + self.counts[CHANGED]

    def as_dict(self) -> dict[str, Any]:
        """The body of ``onewindow.catalogue.import/1``."""
        return {
            "kind": self.kind, "good": self.good, "counts": self.counts, "problems": [problem.as_dict() for problem in self.problems],
            "notes": [note.as_dict() for note in self.notes], "rows": [outcome.as_dict() for outcome in self.outcomes],
        }  # fmt: skip

    @property
    def digest(self) -> str:
        """SM3 of all the report says and of what stood: two dry runs with the same one say the same."""
        return sm3(json.dumps([self.mark, self.as_dict()], ensure_ascii=False, sort_keys=True).encode()).hex()
