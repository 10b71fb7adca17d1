"""The bench of papers measures what it says, and every paper of it is another."""

from __future__ import annotations

import pytest

from onewindow.bench import papers


def test_it_draws_all_three_and_none_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[bytes] = []
    original = papers.papers.render
    monkeypatch.setattr(papers.papers, "render", lambda *a, **k: (drawn.append(original(*a, **k)), drawn[-1])[1])
    report = papers.run(n=3)
    assert [(result["name"], result["n"]) for result in report["results"]] == [("a4", 3), ("slip", 3), ("ticket", 3)]
    assert all(0 < result["p50_ms"] <= result["p95_ms"] and result["bytes"] > 5_000 for result in report["results"])
    assert len(set(drawn)) == len(drawn) == 4
