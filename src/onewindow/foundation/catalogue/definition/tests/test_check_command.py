"""``onewindow catalogue check`` as a person runs it: what it prints and how it exits."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onewindow.foundation.catalogue.definition import demo_folder, statutes_folder

COMMAND = "from onewindow.config.commands.catalogue import command; command()"


def run(*arguments: str, demo: Path | None = None) -> subprocess.CompletedProcess[str]:
    named = {"ONEWINDOW_DEMO": str(demo or demo_folder()), "ONEWINDOW_STATUTES": str(statutes_folder())}
    return subprocess.run(
        [sys.executable, "-c", COMMAND, "check", *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **named},
    )  # fmt: skip


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "demo"
    shutil.copytree(demo_folder(), folder)
    path = folder / "items" / "food-business-licence.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("二十日内作出行政许可决定。", "十日内作出行政许可决定。"), encoding="utf-8")
    return folder


def test_the_demonstration_district_is_sound() -> None:
    done = run("--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert (report["schema"], report["ok"], report["findings"]) == ("onewindow.catalogue.check/1", True, [])
    assert [Path(path).name for path in report["checked"]] == sorted(path.name for path in (demo_folder() / "items").glob("*.json"))
    assert report["checked"]


def test_a_changed_quotation_exits_with_one_and_is_named(broken: Path) -> None:
    done = run("--json", demo=broken)
    assert done.returncode == 1
    (finding,) = json.loads(done.stdout)["findings"]
    assert list(finding) == ["path", "pointer", "rule", "zh", "en"]
    assert finding["path"].endswith("food-business-licence.json")
    assert (finding["pointer"], finding["rule"]) == ("/citations/licensing-42/quote", "misquoted")


def test_lines_are_for_people(broken: Path) -> None:
    done = run(str(broken / "items" / "food-business-licence.json"))
    assert done.returncode == 1
    assert "[misquoted]" in done.stdout
    assert "请逐字核对" in done.stdout
    assert done.stdout.endswith("1 个事项定义 definition(s)，1 处问题 fault(s)\n")


def test_the_district_around_the_items_is_checked_too(broken: Path) -> None:
    (broken / "places.toml").unlink()
    report = json.loads(run("--json", demo=broken).stdout)
    assert [(Path(f["path"]).name, f["rule"]) for f in report["findings"]] == [
        ("food-business-licence.json", "misquoted"), ("places.toml", "unreadable"),
    ]  # fmt: skip


def test_the_bundles_of_the_items_are_checked_too(broken: Path) -> None:
    path = broken / "bundles" / "open-restaurant.json"
    body = json.loads(path.read_text(encoding="utf-8"))
    name, quoted = next((name, one) for name, one in body["citations"].items() if "quote" in one)
    quoted["quote"] = "没有这样一句话。"
    path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    report = json.loads(run("--json", demo=broken).stdout)
    assert [(Path(f["path"]).name, f["pointer"], f["rule"]) for f in report["findings"]] == [
        ("food-business-licence.json", "/citations/licensing-42/quote", "misquoted"),
        ("open-restaurant.json", f"/citations/{name}/quote", "misquoted"),
    ]


def test_wrong_usage_exits_with_two(tmp_path: Path) -> None:
    assert run("nowhere.json").returncode == 2
    assert run(str(tmp_path)).returncode == 2
