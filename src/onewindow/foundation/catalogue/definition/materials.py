"""A material: what is handed in, how many, what a good one looks like, and what is looked at when it comes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from onewindow.foundation.catalogue.definition.codes import Code, Line, MaterialForm, MaterialKind, Need, Origin, PointCheck
from onewindow.foundation.catalogue.definition.parts import Part, Text, When


class AcceptancePoint(Part):
    """One thing the window looks at (受理要点); `field` is the form field it must match."""

    code: Code
    text: Text
    check: PointCheck
    field: Code | None = None


class Copies(Part):
    """How many of each on paper; both 0 when an electronic file alone is wanted."""

    originals: Annotated[int, Field(ge=0, le=20)]
    duplicates: Annotated[int, Field(ge=0, le=20)]


class Exemption(Part):
    """The paper need not be handed in when this licence can be fetched or shown electronically."""

    licence: Text
    type_code: Annotated[str, Field(min_length=1, max_length=30)] | None = None
    how: Text


class SpecimenLine(Part):
    """One line of a specimen: as it should be, and where people err, the usual mistake, why it is one, and the point it fails."""

    code: Code
    label: Text
    value: Line
    wrong: Line | None = None
    why: Text | None = None
    point: Code | None = None


class Specimen(Part):
    """A sample paper (样本), good and bad in one: a bad one shows `wrong` where a line has it. Invented by nature, and says so on its face."""

    title: Text
    lines: Annotated[tuple[SpecimenLine, ...], Field(min_length=2, max_length=30)]


class SampleFile(Part):
    """A picture or PDF of what a good one looks like, or a `blank` form to be filled in (空白表格); kept by the SM3 of its bytes."""

    code: Code
    name: Text
    kind: Literal["jpeg", "png", "webp", "pdf"]
    sm3: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    blank: Literal[True] | None = None


class Material(Part):
    """One thing to hand in."""

    code: Code
    name: Text
    kind: MaterialKind
    need: Need
    form: MaterialForm
    copies: Copies
    origin: Origin
    issuer: Text | None = None
    origin_note: Text | None = None  # 来源渠道说明: how to get it
    paper_size: Annotated[str, Field(min_length=1, max_length=40)] | None = None  # 纸质材料规格
    filling: Text | None = None  # 填报须知
    acceptance_points: Annotated[tuple[AcceptancePoint, ...], Field(min_length=1)]
    sample: Text
    specimen: Specimen | None = None
    files: Annotated[tuple[SampleFile, ...], Field(min_length=1, max_length=6)] | None = None  # none at all rather than an empty list: digests stay
    exemption: Exemption | None = None
    when: When | None = None
