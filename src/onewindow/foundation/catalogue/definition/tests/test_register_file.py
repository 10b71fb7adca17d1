"""The register's file: real names as they are, flags and codes checked line by line, and at one with the items around it."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from onewindow.foundation.catalogue.definition import District, DistrictWrong, demo_folder, load_district
from onewindow.foundation.catalogue.definition.district import read_register
from onewindow.foundation.catalogue.definition.findings import Finding


@pytest.fixture(scope="module")
def demo() -> District:
    return load_district(demo_folder())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(demo_folder(), tmp_path / "demo")
    return tmp_path / "demo"


def line_of(folder: Path, item: str) -> str:
    """The register's line that a definition stands for."""
    (line, *_) = [line for line in (folder / "register.csv").read_text(encoding="utf-8").splitlines() if line.endswith(f",{item}")]
    return line


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "register.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(DistrictWrong) as wrong:
        load_district(folder)
    assert all(found.zh.endswith("。") and found.en.endswith(".") for found in wrong.value.findings)
    return [(Path(found.path).name, found.pointer, found.rule) for found in wrong.value.findings]


def test_the_demonstration_has_the_figures_of_the_reference_centre(demo: District) -> None:
    approvals = [line for line in demo.register if line.type == "01"]
    assert (len(approvals), sum(line.entered for line in approvals)) == (375, 369)
    self_service = [line for line in demo.register if line.self_service]
    assert (len(self_service), len({line.department for line in self_service})) == (654, 29)
    city_wide = [line for line in demo.register if line.city_wide]
    assert (len(city_wide), {line.serves for line in city_wide}, all(line.entered for line in city_wide)) == (167, {"person"}, True)
    companies = Counter(line.online for line in demo.register if line.serves == "company")
    assert round(100 * companies[True] / companies.total()) == 96
    assert {line.department for line in demo.register} == {entry.code for entry in demo.departments}


def test_every_definition_is_in_the_register_and_every_other_line_is_a_stub(demo: District) -> None:
    assert {line.item for line in demo.register} == {item.code for item in demo.items} | {""}


def test_the_file_names_where_its_names_are_from() -> None:
    head = (demo_folder() / "register.csv").read_text(encoding="utf-8").split("\n", 2)[:2]
    assert head[0].startswith("# demo: ") and "v-luobo/zwfw (Apache-2.0)" in head[1]


def test_a_district_without_a_register_is_whole(folder: Path) -> None:
    (folder / "register.csv").unlink()
    assert load_district(folder).register == ()


def test_a_register_that_is_not_marked_as_demonstration_is_told(folder: Path) -> None:
    change(folder, "# demo: ", "# ")
    assert faults(folder) == [("register.csv", "/demo", "literal-error")]


@pytest.mark.parametrize(
    ("old", "new", "rule", "column"),
    [
        (",01,market,", ",99,market,", "literal-error", "type"),
        (",01,market,", ",01,Market!,", "string-pattern-mismatch", "department"),
        (",01,market,", ",01,weather,", "unknown", "department"),
        (",01,market,", ",01,health,", "department-differs", "department"),
        (",company,1,", ",everybody,1,", "literal-error", "serves"),
        (",company,1,", ",company,yes,", "bool-type", "entered"),
        (",food-business-licence", ",food-business-license", "unknown", "item"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(folder: Path, old: str, new: str, rule: str, column: str) -> None:
    line = line_of(folder, "food-business-licence")
    assert old in line
    change(folder, line, line.replace(old, new))
    assert ("register.csv", f"/register/{line.split(',')[0]}/{column}", rule) in faults(folder)


def test_a_code_listed_twice_and_a_definition_listed_never(folder: Path) -> None:
    line = line_of(folder, "food-business-licence")
    change(folder, line, f"{line.removesuffix('food-business-licence')}\n{line.removesuffix('food-business-licence')}")
    assert set(faults(folder)) == {
        ("register.csv", f"/register/{line.split(',')[0]}", "repeated"),
        ("food-business-licence.json", "/code", "not-in-register"),
    }


@pytest.mark.parametrize(("old", "new"), [("code,name,", "code,title,"), ("code,name,type", "# code,name,type"), (",01,market,", ",01,")])
def test_a_file_that_is_no_register(folder: Path, old: str, new: str) -> None:
    change(folder, old, new)
    assert faults(folder) == [("register.csv", "/", "csv-invalid")]


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_bytes(b"\xff\xfe\x00")
    wrong: list[Finding] = []
    assert read_register(tmp_path / "register.csv", wrong) is None
    assert [found.rule for found in wrong] == ["unreadable"]


def test_what_spreadsheets_write_is_read(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text('\ufeffcode,name,type,department,serves,entered,self_service,city_wide,online,item\r\nA-1,"甲,乙",01,market,company,1,,,,\r\n\r\n')
    wrong: list[Finding] = []
    register = read_register(path, wrong)
    assert register is not None and not register.demo and wrong == []
    (line,) = register.lines
    assert (line.name, line.entered, line.online, line.item) == ("甲,乙", True, False, "")
