"""What an import says of a row: what is wrong or worth knowing, where exactly, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from onewindow.kernel.words import Words

LONGEST = 80  # characters of a value that a message repeats
MEND = Words("请改正后重新导入", "please correct it and import again")


class Place(NamedTuple):
    """Where in the file: the sheet (empty where a file has none), the row as the reader counts it, the column's heading."""

    sheet: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong (or, among `notes`, worth knowing): where, the rule, what stands there, why it is wrong, what to do."""

    place: Place
    rule: str
    why: Words
    do: Words = MEND
    value: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The row of ``onewindow.catalogue.import/1``."""
        return {
            "sheet": self.place.sheet, "row": self.place.row, "column": self.place.column, "value": self.value, "rule": self.rule,
            "zh": self.why.zh, "en": _sentence(self.why.en), "do_zh": self.do.zh, "do_en": _sentence(self.do.en),
        }  # fmt: skip


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def shortened(value: object) -> str:
    """A value as a message repeats it."""
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


@dataclass(slots=True)
class Problems:
    """What was found so far: faults, by which nothing is brought in, and notes."""

    faults: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def wrong(self, place: Place, rule: str, zh: str, en: str, do: Words = MEND, value: object = "") -> None:
        self.faults.append(Problem(place, rule, Words(zh, en), do, shortened(value)))

    def note(self, place: Place, rule: str, zh: str, en: str, value: object = "") -> None:
        self.notes.append(Problem(place, rule, Words(zh, en), Words("不需要处理", "nothing needs doing"), shortened(value)))
