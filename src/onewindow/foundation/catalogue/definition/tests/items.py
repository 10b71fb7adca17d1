"""The demonstration items, and what each is expected to be: one file an item, `expected/<item>.toml`.

A file is written from the statutes the item rests on, not from the item. It says: the facts a centre is
held to, the limits, the sources of facts by their address (a statute's article, or `unverified`, or
`demo`), situations with exactly what they need, forms that stand and values that are refused, and who is
told that they need no such item.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from onewindow.foundation.catalogue.definition import (
    Definition,
    District,
    ResolvedItem,
    demo_folder,
    load,
    load_district,
    resolve,
    situations,
)
from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.foundation.catalogue.definition.parts import Source, StatuteSource
from onewindow.foundation.catalogue.definition.resolving import Answers
from onewindow.foundation.catalogue.definition.sourcing import sources_of
from onewindow.stages.acceptance.rules import checked_form

Given = dict[str, str | list[str]]

FOLDER = Path(__file__).parent / "expected"
CODES = sorted(path.stem for path in (demo_folder() / "items").glob("*.json"))
TODAY = date(2026, 11, 23)
LICENSING_LAW = "行政许可法(2019-04-23)"
SAMPLES = {
    "text": "演示", "number": "12", "date": "2026-11-23", "id-number": "11010519491231002X",
    "credit-code": "91110000600037341L", "phone": "12000000001", "address": "示范路 1 号（演示）",
}  # fmt: skip


class Part(BaseModel):
    """A part of a file; a name it does not know is a fault of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Refused(Part):
    """Values put into a form that stands, and the sentence they are refused with."""

    given: dict[str, str]
    message: str


class Situation(Part):
    """Answers, and of what they come to whatever is said: all of it, in order."""

    answers: Given
    materials: list[str] | None = None
    steps: list[str] | None = None
    fields: list[str] | None = None
    fees: dict[str, str] | None = None
    filled: dict[str, str] | None = None  # the form stands when filled in with the samples, but for these
    refused: list[Refused] = []


class NotNeeded(Part):
    """Answers of somebody who needs no such item, and how the reason begins."""

    answers: Given
    begins: str


class InRegister(Part):
    """How the item stands in the register; the type only where it is another than the item's own."""

    lines: int = 1
    type: str | None = None


class Expected(Part):
    """What one item is to be. A limit is written `20 working-day`, a source `law article`."""

    type: str
    department: str
    hall: str
    city_wide: bool
    on_the_spot: bool
    charged: bool
    result: str
    validity: str | None = None
    recheck: str | None = None
    visits: list[int] = []  # how many go, for each visit there may be
    basis: list[str]
    shortened_by: int | None = None  # per cent of the law's time, at the least
    questions: int = 6  # at the most
    head: bool = True  # somebody in the department may extend a limit
    clerks: list[str] = ["clerk01", "clerk07"]  # whoever of these two may accept it
    in_register: InRegister = InRegister()
    limits: dict[str, str]
    sources: dict[str, list[str]]
    situations: list[Situation]
    not_needed: list[NotNeeded] = []


@cache
def item(code: str) -> Definition:
    return load(demo_folder() / "items" / f"{code}.json")


@cache
def expected(code: str) -> Expected:
    return Expected.model_validate(tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")))


@cache
def district() -> District:
    return load_district(demo_folder())


@cache
def outcomes(code: str) -> tuple[tuple[Answers, ResolvedItem], ...]:
    """Every complete set of answers with what it comes to."""
    return tuple((answers, resolve(item(code), answers)) for answers in situations(item(code)))


def written(limit: Limit | None) -> str | None:
    """A limit as the files write it."""
    return None if limit is None else f"{limit.n} {limit.unit}"


def named(source: Source) -> str:
    """A source as the files write it."""
    return f"{source.law} {source.article}" if isinstance(source, StatuteSource) else source.kind


def basis(code: str, address: str) -> list[str]:
    """What a fact rests on, as the files write it."""
    return [named(source) for source in sources_of(item(code), address)]


def laws(code: str) -> set[str]:
    """The statutes the item quotes anywhere."""
    return {source.law for source in item(code).citations.values() if isinstance(source, StatuteSource)}


def filled(code: str, answers: Given, values: dict[str, str]) -> dict[str, str]:
    """The checked form of a situation, filled in with the samples but for these values. Raises `InvalidInput`."""
    fields = resolve(item(code), answers).fields
    samples = {field.code: field.choices[0].code if field.kind == "choice" else SAMPLES[field.kind] for field in fields}
    return checked_form(fields, samples | values, on=TODAY)
