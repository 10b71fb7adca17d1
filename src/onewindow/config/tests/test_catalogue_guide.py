"""``onewindow catalogue guide`` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onewindow.config.commands import catalogue_guide
from onewindow.config.commands.catalogue import command
from onewindow.foundation.catalogue.definition import demo_folder, load, resolve
from onewindow.instruments.papers.tests.sheets import said, sheets, squeezed

FOOD = "food-business-licence"
CATERING = ["--situation", "business=catering", "--situation", "kinds=cold,raw", "--situation", "machine=no", "--situation", "agent=self"]


def run(*arguments: str, address: str = "") -> Result:
    return CliRunner().invoke(command, ["guide", *arguments], env={"ONEWINDOW_PUBLIC_ADDRESS": address})


def test_a_situation_is_written_with_what_it_needs_and_no_more(tmp_path: Path) -> None:
    target = tmp_path / "mine.pdf"
    done = run(FOOD, *CATERING, "--pdf", str(target), "--json")
    report = json.loads(done.output)
    assert (done.exit_code, report["schema"], report["kind"]) == (0, "onewindow.catalogue.guide/1", "mine")
    assert (report["answers"]["kinds"], report["bytes"]) == (["cold", "raw"], target.stat().st_size)
    definition, text = load(demo_folder() / "items" / f"{FOOD}.json"), said(target.read_bytes())
    needed = {material.code for material in resolve(definition, report["answers"]).materials}
    assert {material.code for material in definition.materials if squeezed(material.name.zh) in text} == needed


def test_the_whole_item_from_its_file_in_every_shape(tmp_path: Path) -> None:
    target, file = tmp_path / "whole.pdf", str(demo_folder() / "items" / f"{FOOD}.json")
    assert run(file, "--pdf", str(target), "--size", "a5", "--english").exit_code == 0
    (first, *_) = sheets(target.read_bytes())
    assert round(first.width) == 148 and "Foodbusinesslicence(new)" in first.text and "演示" in first.text
    assert run(file, "--pdf", str(target), "--elder").exit_code == 0
    assert "《食品安全法》" not in said(target.read_bytes())


def test_the_code_to_scan_needs_a_public_address(tmp_path: Path) -> None:
    target = tmp_path / "guide.pdf"
    run(FOOD, "--pdf", str(target))
    assert "扫码看最新指南" not in said(target.read_bytes())
    run(FOOD, "--pdf", str(target), address="https://one.example.gov.cn/")
    assert "扫码看最新指南" in said(target.read_bytes())


def test_the_address_carries_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEWINDOW_PUBLIC_ADDRESS", "https://one.example.gov.cn/")
    definition = load(demo_folder() / "items" / f"{FOOD}.json")
    assert catalogue_guide._address(definition, {}) == f"https://one.example.gov.cn/items/{FOOD}/"
    assert catalogue_guide._address(definition, {"kinds": ("cold", "raw"), "agent": ()}) == (
        f"https://one.example.gov.cn/items/{FOOD}/mine/?answers.kinds=cold&answers.kinds=raw&answers.agent="
    )


def test_an_open_question_is_told_with_what_can_be_answered(tmp_path: Path) -> None:
    done = run(FOOD, "--situation", "business=catering", "--pdf", str(tmp_path / "x.pdf"))
    assert done.exit_code == 2 and "还要回答：您制作哪些食品" in done.output and "kinds=cold" in done.output
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    "arguments", [["nothing"], [FOOD, "--situation", "business"], [FOOD, *CATERING, "--situation", "colour=red"], [FOOD, "--situation", "business=circus"]]
)
def test_wrong_usage_exits_with_two_and_writes_nothing(tmp_path: Path, arguments: list[str]) -> None:
    assert run(*arguments, "--pdf", str(tmp_path / "x.pdf")).exit_code == 2
    assert not (tmp_path / "x.pdf").exists()


def test_a_broken_item_or_place_exits_with_one(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert run(str(tmp_path / "broken.json"), "--pdf", str(tmp_path / "x.pdf")).exit_code == 1
    item = str(demo_folder() / "items" / f"{FOOD}.json")
    assert run(item, "--district", str(tmp_path), "--pdf", str(tmp_path / "x.pdf")).exit_code == 1
