"""What is shown of a granted permit, and what never is."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.foundation.catalogue.definition import Definition, demo_folder, load
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel.errors import InvalidInput
from onewindow.law.calendars import packaged
from onewindow.law.packs import PERMIT
from onewindow.stages.publication.rules import (
    HIDDEN,
    checked_request,
    content_of,
    grams,
    hidden_fields,
    publish_by,
    safe_cell,
    shown_name,
    wanted_grams,
)

FOOD = "food-business-licence"


@pytest.fixture
def food(db: None) -> Definition:
    return published(FOOD).definition


def _references(definition: Definition) -> dict[str, str]:
    return {f"form.{field.code}": f"secret-of-{field.code}" for field in definition.fields} | {"licence.number": "JY1", "body.deciding": "局"}


@pytest.mark.parametrize(
    ("name", "kind", "shown"), [("张三", "person", "张*"), ("欧阳某某", "person", "欧**"), ("王", "person", "王*"), ("演示公司", "company", "演示公司")]
)
def test_a_person_s_name_is_masked_and_a_company_s_is_not(name: str, kind: str, shown: str) -> None:
    assert shown_name(name, kind) == shown


def test_seven_working_days(db: None) -> None:
    assert publish_by(date(2026, 9, 24), packaged()) == date(2026, 10, 12)


def test_what_is_personal_or_marked_or_asked_for_is_hidden(food: Definition) -> None:
    for_company, for_person = hidden_fields(food, "company", ()), hidden_fields(food, "person", ())
    by_kind = {field.code for field in food.fields if field.kind in ("id-number", "phone")}
    assert by_kind <= for_company < for_person and "premises" not in for_company
    assert "premises" in hidden_fields(food, "company", ["premises"])
    marked = food.model_copy(update={"form": tuple(
        section.model_copy(update={"fields": tuple(field.model_copy(update={"confidential": True}) for field in section.fields)}) for section in food.form
    )})  # fmt: skip
    assert hidden_fields(marked, "company", ()) == {field.code for field in food.fields}


def test_a_hidden_value_stands_nowhere_in_what_is_shown(food: Definition) -> None:
    references = _references(food)
    for kind in ("company", "person"):
        for secret in ([], ["premises"], [field.code for field in food.fields]):
            lines = content_of(food, references, kind=kind, secret=secret)
            shown = " ".join(line.value for line in lines)
            assert not any(f"secret-of-{code} " in f"{shown} " for code in hidden_fields(food, kind, secret))
            assert {line.value for line in lines if line.hidden} <= {HIDDEN}
    everything = content_of(food, references, kind="company", secret=[])
    assert any("secret-of-premises" in line.value for line in everything)


@given(st.text(min_size=1, max_size=30), st.integers(0, 29), st.integers(1, 5))
def test_every_part_of_a_name_is_found_by_its_grams(name: str, start: int, length: int) -> None:
    part = "".join(name.split())[start : start + length]
    assert set(wanted_grams(part)) <= set(grams(name)) or part.lower() not in "".join(name.split()).lower()


@given(st.text(max_size=20))
def test_no_cell_is_a_formula_and_none_loses_a_character(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@")) and not cell.startswith(("\t", "\r", "\n"))
    assert cell in (text, f"'{text}")


@pytest.mark.parametrize("text", ["=1+1", " =cmd|' /C calc'!A0", "+86", "-2", "@SUM(A1)", "\t=1", "＝1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(text)])
    assert next(csv.reader(io.StringIO(out.getvalue(), newline="")))[0] == f"'{text}"


def test_a_request_names_fields_of_the_form_and_says_why(food: Definition) -> None:
    assert checked_request(food, ["premises", "premises"], " 商业秘密 ") == (["premises"], "商业秘密")
    for fields, reason in (([], "x"), (["nothing"], "x"), (["premises"], " "), (["premises"], "长" * 301)):
        with pytest.raises(InvalidInput):
            checked_request(food, fields, reason)


@pytest.mark.parametrize("path", sorted((demo_folder() / "items").glob("*.json")), ids=lambda path: path.stem)
def test_no_permit_of_the_demonstration_publishes_who_works_for_the_holder(path: Path) -> None:
    """Names of persons other than the holder and its legal representative (which the national table has) are marked confidential."""
    definition = load(path)
    if definition.item_type != PERMIT:
        return
    for kind in ("company", "person"):
        hidden = hidden_fields(definition, kind, ())
        named = {field.code for field in definition.fields if "姓名" in field.label.zh and "名称" not in field.label.zh}
        allowed = {field.code for field in definition.fields if field.prefill or "法定代表人" in field.label.zh}
        shown = {code for line in definition.result.template.lines for code in re.findall(r"\{form\.([a-z-]+)\}", line.value)}
        assert shown & named - hidden - allowed == set()
