"""The statute texts that definitions quote, cut into articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_ARTICLE = re.compile(r"^(第[一二三四五六七八九十百零]+条)[ 　]")


@dataclass(frozen=True)
class Statute:
    """One text: `name` is its file stem, which carries the version of the law."""

    name: str
    text: str

    @cached_property
    def articles(self) -> dict[str, str]:
        """The words of each article, from its number to the next article or heading."""
        found: dict[str, list[str]] = {}
        current: list[str] = []
        for line in self.text.splitlines():
            if match := _ARTICLE.match(line):
                current = found.setdefault(match[1], [])
            elif line.startswith("#"):
                current = []
            current.append(line)
        return {number: "\n".join(lines).strip() for number, lines in found.items()}


def read_statutes(folder: Path) -> dict[str, Statute]:
    """Every statute text in the folder, by name."""
    return dict(_read(folder))


def _read(folder: Path) -> Iterator[tuple[str, Statute]]:
    for path in sorted(folder.glob("*.md")):
        yield path.stem, Statute(path.stem, path.read_text(encoding="utf-8"))
