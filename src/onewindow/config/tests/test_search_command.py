"""`onewindow catalogue search`: what the guide finds, told to a shell."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from click.testing import CliRunner, Result

from onewindow.config.command_line import main
from onewindow.config.commands import catalogue_search
from onewindow.errands.tests.scene import FOOD, everything


@pytest.fixture
def run(db: None, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(catalogue_search, "attached", nullcontext)
    return lambda *words: CliRunner().invoke(main, ["catalogue", "search", *words])


def test_it_tells_what_was_found_and_how(run) -> None:  # type: ignore[no-untyped-def]
    before = everything()
    answer: Result = run("我想开饭店", "--json")
    report = json.loads(answer.stdout)
    assert (answer.exit_code, report["schema"], report["ok"], report["query"]) == (0, "onewindow.catalogue.search/1", True, "开饭店")
    assert report["results"][0] == {
        "code": FOOD, "name": {"zh": "食品经营许可（新办）", "en": "Food business licence (new)"}, "complete": True, "how": "exact", "by": "开饭店",
    }  # fmt: skip
    meant = json.loads(run("想开个小饭馆", "--json", "--limit", "1").stdout)
    assert len(meant["results"]) == 1 < meant["n"] and meant["results"][0]["how"] == "meaning" and meant["results"][0]["likeness"] >= 0.88
    assert everything() == before, "nothing is counted"


def test_nothing_found_is_one_and_what_cannot_be_read_is_two(run) -> None:  # type: ignore[no-untyped-def]
    assert run("帮我写首诗").exit_code == 1 and json.loads(run("帮我写首诗", "--json").stdout)["ok"] is False
    refused = run("开\u202e饭店")
    assert refused.exit_code == 2 and "看不见的控制字符" in refused.output
