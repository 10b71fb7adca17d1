"""The demonstration district agrees with itself, and says exactly where when it does not."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date, time
from pathlib import Path

import pytest

from onewindow.foundation.catalogue.definition import DistrictWrong, demo_folder, load_district
from onewindow.foundation.catalogue.definition.district import ROLES

FILES = ("places", "departments", "staff", "authorisations", "applicants")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(demo_folder() / f"{name}.toml", tmp_path)
    shutil.copytree(demo_folder() / "items", tmp_path / "items")
    return tmp_path


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(DistrictWrong) as refused:
        load_district(folder)
    found = refused.value.findings
    assert all(f.zh.endswith("。") and f.en.endswith(".") for f in found)
    return [(Path(f.path).name, f.pointer, f.rule) for f in found]


def test_the_centre_and_its_windows() -> None:
    district = load_district(demo_folder())
    (place,) = district.places
    assert place.region == "310104"
    halls = {hall.code: hall for hall in place.halls}
    assert halls["A"].window_codes == tuple(f"A{n:02}" for n in range(1, 19))
    assert halls["B"].window_codes == ("B01", "B02", "B03", "B04", "B05", "B06")
    assert {code: hall.purpose for code, hall in halls.items()} == {
        "A": "windows", "B": "windows", "C": "self-service", "D": "grid", "E": "laboratory",
    }  # fmt: skip
    assert (halls["C"].workstations, halls["C"].window_codes) == (24, ())
    assert (halls["A"].name.zh, halls["B"].name.zh) == ("法人事项综合受理大厅", "个人事项综合受理大厅")
    assert (place.hours[0].opens, place.hours[0].closes) == (time(8, 30), time(16, 30))


def test_the_people() -> None:
    district = load_district(demo_folder())
    posts = Counter(role for one in district.staff for role in one.roles)
    assert posts.pop("approver") >= len({one.department for one in district.staff if "approver" in one.roles})
    assert posts == {
        "clerk": 30, "specialist": 4, "handover": 2, "manager": 2, "supervisor": 2, "administrator": 1,
        "catalogue-editor": 3, "catalogue-reviewer": 2, "chief-editor": 1,
    }  # fmt: skip
    assert tuple(role.code for role in district.roles) == ROLES
    assert len(district.departments) == 29
    names = [one.name.zh for one in district.staff]
    names += [one.name.zh for one in district.persons] + [one.name.zh for one in district.companies]
    assert all("演示" in name for name in names)
    assert {"market00", "health00"} <= {one.username for one in district.staff if one.head}


def test_only_published_sample_numbers_are_used() -> None:
    district = load_district(demo_folder())
    assert {p.id_number for p in district.persons} == {"11010519491231002X", "440524188001010014"}
    assert {c.credit_code for c in district.companies} <= {
        "91110000600037341L", "11440100007483172Q", "11370800MB28559184", "12441500196720244T",
        "11330105002500287C",
    }  # fmt: skip
    assert all("310199DEM" in entry.credit_code for entry in district.departments)  # belong to nobody


@pytest.mark.parametrize("name", FILES)
def test_every_file_says_that_it_is_demo(name: str, folder: Path) -> None:
    path = folder / f"{name}.toml"
    assert path.read_text(encoding="utf-8").startswith("# demo: ")
    swap(path, "demo = true", "demo = false")
    assert faults(folder) == [(path.name, "/demo", "literal-error")]


def test_an_authorisation_says_who_may_do_what_until_when() -> None:
    one = {a.department: a for a in reversed(load_district(demo_folder()).authorisations)}  # the first of each department
    food, hygiene, on = "food-business-licence", "public-place-hygiene-licence", date(2026, 11, 23)
    assert one["market"].covers(item=food, clerk="clerk07", scope="accept", on=on)
    assert one["health"].covers(item=hygiene, clerk="clerk07", scope="accept", on=on)
    assert not one["health"].covers(item="other", clerk="clerk07", scope="accept", on=on)
    assert not one["market"].covers(item=food, clerk="clerk07", scope="accept", on=date(2029, 1, 1))
    assert not one["culture"].covers(item="any", clerk="clerk07", scope="accept", on=on)
    assert not one["civil-affairs"].covers(item="any", clerk="clerk07", scope="accept", on=on)


@pytest.mark.parametrize(
    ("file", "old", "new", "pointer", "rule"),
    [
        (
            "staff",
            'department = "culture"',
            'department = "weather"',
            "/staff/culture01/department",
            "unknown",
        ),
        (
            "staff",
            ', department = "culture"',
            "",
            "/staff/culture01/department",
            "approver-without-department",
        ),
        (
            "staff",
            'roles = ["clerk"]',
            'roles = ["clerk", "approver"]',
            "/staff/clerk01/roles",
            "accepts-and-decides",
        ),
        (
            "staff",
            'roles = ["clerk"]',
            'roles = ["clerk"], department = "market"',
            "/staff/clerk01/department",
            "clerk-of-department",
        ),
        (
            "staff",
            'roles = ["clerk"]',
            'roles = ["clerk"], head = true',
            "/staff/clerk01/head",
            "head-without-approval",
        ),
        ("staff", 'username = "clerk02"', 'username = "clerk01"', "/staff/clerk01", "repeated"),
        ("staff", 'roles = ["clerk"]', 'roles = ["boss"]', "/staff/clerk01/roles/0", "literal-error"),
        (
            "departments",
            "11310199DEM000022H",
            "11310199DEM000022J",
            "/departments/health/credit_code",
            "check-character",
        ),
        (
            "authorisations",
            'department = "culture"',
            'department = "weather"',
            "/authorisations/demo-2026-005/department",
            "unknown",
        ),
        ("authorisations", '"clerk09"', '"handover01"', "/authorisations/demo-2026-006/clerks", "unknown"),
        (
            "authorisations",
            '["public-place-hygiene-licence"]',
            '["food-business-licence"]',
            "/authorisations/demo-2026-002/items",
            "unknown",
        ),
        (
            "authorisations",
            "valid_until = 2028-12-31",
            "valid_until = 2025-12-31",
            "/authorisations/demo-2026-001/valid_until",
            "backwards",
        ),
        ("authorisations", "局受理专用章", "局公章", "/authorisations/demo-2026-001/seal", "seal-differs"),
        ("authorisations", '["receive", "accept"]', '["receive"]', "/code", "nobody-accepts"),
        (
            "applicants",
            "11010519491231002X",
            "110105194912310021",
            "/persons/person-one/id_number",
            "check-character",
        ),
        (
            "applicants",
            'person = "person-two"\nscope',
            'person = "person-six"\nscope',
            "/agents/restaurant-agent/person",
            "unknown",
        ),
        (
            "applicants",
            'legal_person = "person-two"',
            'legal_person = "person-six"',
            "/companies/office/legal_person",
            "unknown",
        ),
        ("places", 'code = "A"', 'code = "Z"', "/places/demo-centre/halls/Z/code", "literal-error"),
        ("places", 'code = "A"', 'code = "B"', "/service/hall", "unknown"),
        (
            "places",
            "windows = 18",
            "windows = 0",
            "/places/demo-centre/halls/A/windows",
            "greater-than-equal",
        ),
        ("places", "windows = 18", "", "/places/demo-centre/halls/A/windows", "hall-windows"),
        ("places", 'purpose = "grid"', 'purpose = "grid"\nwindows = 2', "/places/demo-centre/halls/D/windows", "hall-windows"),
        ("places", "workstations = 24", "", "/places/demo-centre/halls/C/workstations", "hall-workstations"),
        ("places", "windows = 18", "windows = 18\nworkstations = 2", "/places/demo-centre/halls/A/workstations", "hall-workstations"),
        ("places", 'code = "310104003"', 'code = "310104501"', "/communities/310104501/code", "string-pattern-mismatch"),
        ("places", 'code = "310104003"', 'code = "310101003"', "/communities/310101003/code", "elsewhere"),
        ("places", 'code = "310104003"', 'code = "310104004"', "/communities/310104004", "repeated"),
        ("places", "\nmarket = 12", "\nweather = 12", "/places/demo-centre/former_windows/weather", "unknown"),
    ],
)
def test_a_disagreement_names_file_entry_and_rule(
    folder: Path, file: str, old: str, new: str, pointer: str, rule: str
) -> None:
    swap(folder / f"{file}.toml", old, new)
    assert (pointer, rule) in [found[1:] for found in faults(folder)]


def test_a_personal_number_is_not_repeated_in_a_fault(folder: Path) -> None:
    swap(folder / "applicants.toml", "11010519491231002X", "110105194912310021")
    with pytest.raises(DistrictWrong) as refused:
        load_district(folder)
    assert "19491231" not in str(refused.value.findings)


def test_files_that_are_missing_or_broken(folder: Path) -> None:
    (folder / "places.toml").unlink()
    (folder / "staff.toml").write_text("demo = ", encoding="utf-8")
    assert faults(folder) == [("places.toml", "/", "unreadable"), ("staff.toml", "/", "toml-invalid")]


def test_a_broken_item_is_named_with_its_file(folder: Path) -> None:
    swap(folder / "items" / "food-business-licence.json", '"hall": "A"', '"hall": "Q"')
    assert faults(folder) == [("food-business-licence.json", "/service/hall", "literal-error")]
