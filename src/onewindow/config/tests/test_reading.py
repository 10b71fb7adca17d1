"""A real district's folder: everything that is wrong is told at once, and nothing of a demonstration passes for real."""

from __future__ import annotations

from pathlib import Path

import pytest

from onewindow.config.district.reading import read_folder
from onewindow.config.tests.real import real_folder, swap
from onewindow.foundation.catalogue.definition import DistrictWrong, demo_folder

ITEM = "items/food-business-licence.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return real_folder(tmp_path / "district")


def faults(folder: Path, *, demo: bool = False) -> list[tuple[str, str, str]]:
    with pytest.raises(DistrictWrong) as wrong:
        read_folder(folder, demo=demo)
    assert all(found.zh.endswith("。") and found.en.endswith(".") for found in wrong.value.findings)
    return [(str(Path(found.path).relative_to(folder)), found.pointer, found.rule) for found in wrong.value.findings]


def test_a_sound_folder_is_read_without_a_password(folder: Path) -> None:
    district = read_folder(folder)
    assert (district.password, district.persons, len(district.items)) == ("", (), len(list((folder / "items").iterdir())))


def test_whatever_is_marked_as_demonstration_is_named_file_by_file() -> None:
    found = faults(demo_folder())
    files = {"places.toml", "departments.toml", "staff.toml", "authorisations.toml", "register.csv"}
    assert {(name, "/demo", "demo-data") for name in files} <= set(found)
    assert {("staff.toml", "/password", "password-in-file"), ("applicants.toml", "/", "applicants-in-file")} <= set(found)
    assert {path for path, _, rule in found if rule == "demo-source"} == {
        f"{kind}/{path.name}" for kind in ("items", "bundles") for path in (demo_folder() / kind).iterdir()
    }
    assert read_folder(demo_folder(), demo=True).password


def test_faults_of_every_kind_are_told_at_once(folder: Path) -> None:
    swap(folder / "places.toml", "windows = 18", "windows = 0")
    swap(folder / "departments.toml", "[[departments]]", "[[departments")
    (folder / "authorisations.toml").unlink()
    swap(folder / "staff.toml", 'roles = ["clerk"]', 'roles = ["boss"]')
    swap(folder / ITEM, "二十日内作出行政许可决定。", "十日内作出行政许可决定。")
    (folder / "items" / "broken.json").write_text("{")
    assert {(path, rule) for path, _, rule in faults(folder)} >= {
        ("places.toml", "greater-than-equal"), ("departments.toml", "toml-invalid"), ("authorisations.toml", "unreadable"),
        ("staff.toml", "literal-error"), (ITEM, "misquoted"), ("items/broken.json", "json-invalid"),
    }  # fmt: skip


def test_files_that_do_not_agree_are_told_together_with_quotations_that_are_wrong(folder: Path) -> None:
    swap(folder / "authorisations.toml", 'department = "culture"', 'department = "weather"')
    swap(folder / ITEM, "二十日内作出行政许可决定。", "十日内作出行政许可决定。")
    assert {(path, rule) for path, _, rule in faults(folder)} == {("authorisations.toml", "unknown"), (ITEM, "misquoted")}


def test_a_district_may_bring_texts_that_its_items_quote(folder: Path) -> None:
    swap(folder / ITEM, '"law": "行政许可法(2019-04-23)"', '"law": "本地规定(2026-01-01)"', times=-1)
    assert {rule for _, _, rule in faults(folder)} == {"statute-missing"}
    (folder / "statutes").mkdir()
    (folder / "statutes" / "本地规定(2026-01-01).md").write_text(
        (demo_folder().parent / "docs" / "law" / "statutes" / "行政许可法(2019-04-23).md").read_text()
    )
    assert read_folder(folder).items
