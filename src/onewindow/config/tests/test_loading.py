"""Loading a district changes what is new and nothing else, all or nothing; the same folder again changes nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from onewindow.config.accounts import has_password
from onewindow.config.district.loading import load
from onewindow.config.district.reading import read_folder
from onewindow.config.tests.conftest import BY
from onewindow.config.tests.real import real_folder, swap
from onewindow.errands.tests.scene import FOOD, at_once, everything, refused, rows_written
from onewindow.foundation.catalogue.definition import DistrictWrong
from onewindow.foundation.catalogue.models import BundleVersion, ItemVersion
from onewindow.foundation.staff.models import Authorisation, Staff
from onewindow.foundation.staff.policies import APPOINT
from onewindow.kernel.errors import NotPermitted
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.permissions import Actor

ITEM = f"items/{FOOD}.json"
SUMMARY = ('"开饭店、办食堂', '"改过的：开饭店、办食堂')
NEW_ACCOUNT = ("staff = [\n", 'staff = [\n  { username = "clerk77", name = { zh = "新人", en = "New" }, roles = ["clerk"] },\n')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return real_folder(tmp_path / "district")


def run(folder: Path, *, rehearse: bool = False, by: Actor = BY) -> list[str]:
    return [f"{change.kind} {change.words.en}" for change in load(read_folder(folder), by=by, rehearse=rehearse)]


def obstacles(folder: Path) -> list[tuple[str, str, str]]:
    before = everything()
    with pytest.raises(DistrictWrong) as wrong:
        run(folder)
    assert everything() == before
    return [(found.path, found.pointer, found.rule) for found in wrong.value.findings]


def test_the_same_folder_again_changes_nothing(loaded: Path) -> None:
    before = everything()
    assert run(loaded) == []
    assert everything() == before


def test_a_changed_item_becomes_its_next_version_and_the_old_one_stays(loaded: Path) -> None:
    old = ItemVersion.objects.get(code=FOOD, state="published")
    swap(loaded / ITEM, *SUMMARY)
    with rows_written() as rows:
        assert run(loaded) == [f"renewed item {FOOD} version {old.version + 1}"]
    assert rows == ["item-version.supersede", "item-version.publish"]
    assert ItemVersion.objects.get(code=FOOD, state="published").definition.summary.zh.startswith("改过的：")
    assert not ItemVersion.objects.get(pk=old.pk).definition.summary.zh.startswith("改过的")
    assert set(Entry.objects.order_by("-id").values_list("by", flat=True)[:2]) == {"operator:uid-1000"}
    assert run(loaded) == []


def test_a_changed_bundle_becomes_its_next_version_and_one_that_is_gone_is_kept(loaded: Path) -> None:
    version = BundleVersion.objects.get(code="newborn", state="published").version
    swap(loaded / "bundles" / "newborn.json", '"zh": "新生儿"', '"zh": "新生儿一件事"')
    (loaded / "bundles" / "found-business.json").unlink()
    with rows_written() as rows:
        assert run(loaded) == [f"renewed bundle newborn version {version + 1}", "kept bundle found-business (not in the folder)"]
    assert rows == ["bundle-version.supersede", "bundle-version.publish"]
    assert run(loaded) == ["kept bundle found-business (not in the folder)"]


def test_a_new_account_has_no_password_and_cannot_sign_in(loaded: Path) -> None:
    swap(loaded / "staff.toml", *NEW_ACCOUNT)
    assert run(loaded) == ["added account clerk77"]
    account = Staff.objects.get(username="clerk77")
    assert not has_password(account)
    for guess in ("", account.password, "!", "onewindow-demo"):
        assert authenticate(None, username="clerk77", password=guess) is None
    assert run(loaded) == []


def test_what_the_folder_no_longer_has_is_kept_and_named(loaded: Path) -> None:
    swap(loaded / "staff.toml", 'username = "manager02"', 'username = "manager03"')
    assert run(loaded) == ["added account manager03", "kept account manager02 (not in the folder)"]
    assert run(loaded) == ["kept account manager02 (not in the folder)"]
    assert Staff.objects.get(username="manager02").state == "active"


def test_an_authorisation_that_changed_is_withdrawn_and_recorded_anew(loaded: Path) -> None:
    swap(loaded / "authorisations.toml", "valid_until = 2028-12-31", "valid_until = 2029-12-31")
    with rows_written() as rows:
        assert run(loaded) == ["added authorisation demo-2026-001", "withdrawn authorisation market 2026-01-01 – 2028-12-31"]
    assert rows == ["authorisation.authorise", "authorisation.withdraw"]
    assert Authorisation.objects.filter(department__code="market", state="valid").count() == 1
    assert run(loaded) == []


def test_a_site_that_moved_is_amended(loaded: Path) -> None:
    swap(loaded / "places.toml", "示范区示范路 1 号", "示范区示范路 2 号")
    with rows_written() as rows:
        assert run(loaded) == ["renewed site demo-centre"]
    assert rows == ["site.amend"]
    assert run(loaded) == []


def test_what_cannot_be_changed_is_told_all_at_once_and_nothing_is_written(loaded: Path) -> None:
    swap(loaded / "places.toml", "windows = 18", "windows = 19")
    swap(loaded / "departments.toml", "市场监管审批科", "审批科")
    swap(loaded / "staff.toml", 'roles = ["manager"]', 'roles = ["manager", "clerk"]')
    swap(loaded / ITEM, *SUMMARY)
    assert obstacles(loaded) == [
        ("places.toml", "/places/demo-centre/windows", "stands-otherwise"),
        ("departments.toml", "/departments/market/section", "stands-otherwise"),
        ("staff.toml", "/staff/manager01/roles", "stands-otherwise"),
    ]


def test_a_department_under_another_code_is_told(loaded: Path) -> None:
    path = loaded / "departments.toml"
    path.write_text(path.read_text().replace('code = "culture"', 'code = "tourism"'))
    for name in ("staff.toml", "authorisations.toml"):
        swap(loaded / name, 'department = "culture"', 'department = "tourism"', times=-1)
    swap(loaded / "register.csv", ",culture,", ",tourism,", times=-1)
    swap(loaded / "places.toml", "\nculture = ", "\ntourism = ")
    for item in (loaded / "items").glob("*.json"):
        item.write_text(item.read_text().replace('"department": {\n    "code": "culture"', '"department": {\n    "code": "tourism"'))
    assert ("departments.toml", "/departments/tourism/credit_code", "number-taken") in obstacles(loaded)


def test_a_rehearsal_says_the_same_and_leaves_nothing(loaded: Path) -> None:
    swap(loaded / ITEM, *SUMMARY)
    before = everything()
    said = run(loaded, rehearse=True)
    assert everything() == before
    assert run(loaded) == said != []


def test_nobody_loads_without_permission(loaded: Path) -> None:
    swap(loaded / "staff.toml", *NEW_ACCOUNT)
    with refused(NotPermitted):
        run(loaded, by=Actor("operator", "uid-1000", BY.permissions - {APPOINT.code}))


def test_two_loads_at_once_make_one_version(fresh_database: str, folder: Path) -> None:
    before = ItemVersion.objects.count()
    items, bundles = len(list((folder / "items").iterdir())), len(list((folder / "bundles").iterdir()))
    outcomes = at_once([partial(run, folder)] * 3)
    assert sorted(len(said) for said in outcomes) == [0, 0, items + bundles]  # type: ignore[arg-type]
    assert ItemVersion.objects.count() == before + items
