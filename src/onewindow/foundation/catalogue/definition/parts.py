"""What every part of a definition is made of: exact shapes, words in two languages, where a fact comes from, and when a part applies."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from onewindow.foundation.catalogue.definition.codes import Code, Line

# Any of the maps; in a map all of the questions; for a question any of the answers. None: always.
When = Annotated[
    tuple[dict[Code, Annotated[tuple[Code, ...], Field(min_length=1)]], ...], Field(min_length=1)
]


class Part(BaseModel):
    """What every part of a definition has in common: exact types, no unknown names, no change."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Text(Part):
    """A sentence or name in both languages; `en` is always our translation, and no statute vouches for it."""

    zh: Line
    en: Line


class StatuteSource(Part):
    """A fact read in a statute; `quote` stands word for word in that article of that text."""

    kind: Literal["statute"]
    law: Line  # file stem under docs/law/statutes
    article: Annotated[str, Field(pattern=r"^第[一二三四五六七八九十百零]+条$")]
    quote: Annotated[str, Field(min_length=4, max_length=1000)]

    @property
    def name(self) -> str:
        """The law as it is called, its version left out."""
        return self.law.partition("(")[0]


class UnverifiedSource(Part):
    """A fact believed to be true whose text was not at hand; the note says where it should stand."""

    kind: Literal["unverified"]
    note: Text


class DemoSource(Part):
    """A fact of the demonstration district only; the note says what a real centre puts instead."""

    kind: Literal["demo"]
    note: Text


Source = Annotated[StatuteSource | UnverifiedSource | DemoSource, Field(discriminator="kind")]
