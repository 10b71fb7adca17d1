"""The shape of a bundle (一件事), schema ``onewindow.bundle/1``: several items that one event of life asks for at once.

A bundle adds no facts of law: every member keeps its own definition, case, clock and result. It says which questions,
fields and papers of its members are the same, so that each is asked for once, and what one member's result gives another.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from onewindow.foundation.catalogue.definition.codes import Address, Code, Hall, LifeEvent, Line, Prefill
from onewindow.foundation.catalogue.definition.model import Question
from onewindow.foundation.catalogue.definition.parts import Part, Source, Text, When

SCHEMA = "onewindow.bundle/1"

GivenFact = Literal["licence.number", "decision.date"]  # what of a result may be put into another's form
Own = Annotated[tuple[Code, ...], Field(min_length=1)]
Uses = Annotated[dict[Code, Own], Field(min_length=1)]  # item -> its own fields or materials


class Member(Part):
    """One item of the bundle; `code` is the item's. Part of it when `when` holds for the bundle's own answers; if not, `otherwise` says why.

    `after` names the members whose results it rests on, or that are by nature done before it.
    """

    code: Code
    when: When | None = None
    otherwise: Text | None = None
    after: tuple[Code, ...] = ()


class Settled(Part):
    """A member's question that nobody is asked: answered `always` alike, or by the answers to the bundle's question `by`."""

    code: Code
    item: Code
    question: Code
    always: tuple[Code, ...] | None = None
    by: Code | None = None
    gives: dict[Code, tuple[Code, ...]] = {}


class SharedField(Part):
    """One fact that several forms ask for. `prefill` says whose fact it is where the forms say differently; ``none``: nobody's on record."""

    code: Code
    label: Text
    help: Text | None = None
    prefill: Prefill | Literal["none"] | None = None
    uses: Uses


class SharedSection(Part):
    """Shared fields that belong together."""

    code: Code
    title: Text
    fields: Annotated[tuple[SharedField, ...], Field(min_length=1)]


class SharedPaper(Part):
    """One paper that several items ask for: handed in once."""

    code: Code
    name: Text
    uses: Uses


class Arrival(Part):
    """What the result of `giver` gives to `item` by itself: a material, and facts for fields of its form. Nobody brings or writes these."""

    code: Code
    giver: Code
    item: Code
    material: Code
    fields: dict[Code, GivenFact] = {}


class Bundle(Part):
    """One bundle, whole. `usual` answers every question for the case that is met most often: for it the page says what a bundle saves."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)

    schema_id: Literal["onewindow.bundle/1"] = Field(alias="schema")
    code: Code
    name: Text
    aliases: tuple[Line, ...] = ()
    life_events: tuple[LifeEvent, ...] = ()
    summary: Text
    hall: Hall
    questions: tuple[Question, ...] = ()
    members: Annotated[tuple[Member, ...], Field(min_length=2)]
    settled: tuple[Settled, ...] = ()
    form: tuple[SharedSection, ...] = ()
    papers: tuple[SharedPaper, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    usual: dict[str, tuple[Code, ...]]
    citations: dict[Code, Source]
    sources: dict[Address, Annotated[tuple[Code, ...], Field(min_length=1)]]

    @property
    def fields(self) -> tuple[SharedField, ...]:
        """Every shared field, in order."""
        return tuple(field for section in self.form for field in section.fields)

    @property
    def items(self) -> tuple[Code, ...]:
        """The items that may be part of it."""
        return tuple(member.code for member in self.members)
