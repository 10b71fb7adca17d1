"""The blank form of every item of the demonstration: all of its fields, nothing on top of another, nothing of anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

from onewindow.bench.guides import _WHERE
from onewindow.foundation.catalogue.definition import demo_folder, load, resolve, situations
from onewindow.foundation.catalogue.definition.blanks import MOST_LINES, form_of, form_of_mine
from onewindow.foundation.catalogue.definition.guides import Edition
from onewindow.instruments.papers.forms import blank_form
from onewindow.instruments.papers.guides import Size
from onewindow.instruments.papers.tests.sheets import overlapping, said, sheets, squeezed
from onewindow.kernel.words import Words

EDITION = Edition(Words("第 1 版", "Edition 1"), date(2026, 9, 24), demo=True)
CODES = sorted(path.stem for path in (demo_folder() / "items").glob("*.json"))


@pytest.mark.parametrize("code", CODES)
def test_every_field_is_on_the_form(code: str) -> None:
    definition = load(demo_folder() / "items" / f"{code}.json")
    paper = blank_form(form_of(definition, where=_WHERE, edition=EDITION))
    words = said(paper)
    labels = [field.label.zh for section in definition.form for field in section.fields]
    assert labels and [label for label in labels if squeezed(label) not in words] == []
    assert [choice.text.zh for section in definition.form for field in section.fields for choice in field.choices if squeezed(choice.text.zh) not in words] == []
    assert squeezed("签名或者盖章") in words


@pytest.mark.parametrize("code", CODES[::11])
def test_nothing_stands_on_another(code: str) -> None:
    plain = form_of(load(demo_folder() / "items" / f"{code}.json"), where=_WHERE, edition=replace(EDITION, demo=False))
    shapes: tuple[tuple[Size, bool], ...] = (("a4", False), ("a5", True))
    for size, elder in shapes:
        assert [overlapping(sheet) for sheet in sheets(blank_form(plain, size=size, elder=elder)) if overlapping(sheet)] == []


@pytest.mark.parametrize("code", CODES[::7])
def test_a_situation_s_form_asks_what_the_situation_asks(code: str) -> None:
    definition = load(demo_folder() / "items" / f"{code}.json")
    for answers in islice(situations(definition), 0, 90, 30):
        resolved = resolve(definition, answers)
        content = form_of_mine(definition, resolved, where=_WHERE, edition=EDITION)
        fields = [field for section in content["sections"] for field in section["fields"]]
        assert [field["label"]["zh"] for field in fields] == [field.label.zh for field in resolved.fields]
        assert {field["when"]["zh"] for field in fields} <= {""}
        assert all(1 <= field["lines"] <= MOST_LINES for field in fields)
        if fields:
            assert blank_form(content, size="a5", elder=True, english=True).startswith(b"%PDF")


def test_shapes_follow_from_what_is_asked() -> None:
    definition = load(demo_folder() / "items" / "food-business-licence.json")
    shapes = {
        field["label"]["zh"]: (field["shape"], field["boxes"], field["required"])
        for section in form_of(definition, where=_WHERE, edition=EDITION)["sections"]
        for field in section["fields"]
    }
    assert shapes["统一社会信用代码"] == ("boxes", 18, True) and shapes["经营者名称"] == ("lines", 0, True)
    assert {shape for shape, _, _ in shapes.values()} == {"boxes", "lines", "ticks"}


def test_what_is_no_form_is_refused() -> None:
    with pytest.raises(ValueError, match=r"onewindow\.form/1"):
        blank_form({"schema": "onewindow.guide/1"})
