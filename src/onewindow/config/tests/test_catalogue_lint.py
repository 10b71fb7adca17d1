"""``onewindow catalogue lint`` as a person runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onewindow.config.commands.catalogue import command
from onewindow.foundation.catalogue.definition import demo_folder
from onewindow.foundation.catalogue.definition.lint import BOOK

FOOD = "food-business-licence"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["lint", *arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two items, one of which promises too much time and has a vague alias."""
    for name in (FOOD, "residence-permit"):
        shutil.copy(demo_folder() / "items" / f"{name}.json", tmp_path)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.json"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_demonstration_passes_and_is_counted_by_rule() -> None:
    done = run("--json")
    report = json.loads(done.stdout)
    assert (done.exit_code, report["schema"], report["ok"]) == (0, "onewindow.catalogue.lint/1", True)
    assert report["counts"]["error"] == 0 and sum(report["counts"].values()) == sum(report["by_rule"].values()) == len(report["remarks"])
    assert len(report["checked"]) == len(list((demo_folder() / "items").glob("*.json")))
    assert list(report["remarks"][0]) == ["path", "item", "address", "code", "severity", "zh", "en", "fix", "basis"]


def test_an_error_exits_with_one_and_comes_first(folder: Path) -> None:
    change(folder, FOOD, '"promised": {"n": 4,', '"promised": {"n": 21,')
    done = run("--json", str(folder))
    first = json.loads(done.stdout)["remarks"][0]
    assert done.exit_code == 1
    assert (first["item"], first["code"], first["address"], first["severity"]) == (FOOD, "OW-L101", "/limits/promised", "error")
    assert first["basis"] == [{"law": "优化营商环境条例(2019-10-22)", "article": "第三十六条", "quote": "应当在规定的时限内尽快办结"}]
    assert first["fix"]["en"].startswith("Bring the promise down")


def test_a_warning_exits_with_one_only_when_strict(folder: Path) -> None:
    change(folder, FOOD, '"tolerance": false', '"tolerance": true')
    assert run(str(folder), "--rule", "OW-L220").exit_code == 0
    strict = run(str(folder), "--rule", "OW-L220", "--strict")
    assert strict.exit_code == 1
    assert "[OW-L220 警告 warning]" in strict.output and "→ 提供容缺受理" in strict.output
    assert strict.output.endswith("2 个事项定义 definition(s)：错误 error 0，警告 warning 1，建议 advice 0\n")


def test_advice_never_fails(folder: Path) -> None:
    assert run(str(folder), "--strict").exit_code == 0


def test_one_item_one_rule(folder: Path) -> None:
    report = json.loads(run(str(folder), "--json", "--item", FOOD, "--rule", "OW-L424").stdout)
    assert {(remark["item"], remark["code"]) for remark in report["remarks"]} == {(FOOD, "OW-L424")}
    assert [Path(path).stem for path in report["checked"]] == [FOOD]


def test_a_file_of_another_shape_is_told_and_the_others_are_looked_at(folder: Path) -> None:
    change(folder, "residence-permit", '"level": "4"', '"level": "9"')
    report = json.loads(run(str(folder), "--json").stdout)
    assert [(r["item"], r["code"], r["address"]) for r in report["remarks"] if r["severity"] == "error"] == [("residence-permit", "OW-L001", "/level")]
    assert any(remark["item"] == FOOD for remark in report["remarks"])


@pytest.mark.parametrize("arguments", [["--rule", "OW-L999"], ["--item", "nothing"], ["nowhere.json"]])
def test_wrong_usage_exits_with_two(arguments: list[str]) -> None:
    assert "OW-L999" not in BOOK
    assert run(*arguments).exit_code == 2
