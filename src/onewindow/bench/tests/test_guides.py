"""The bench of guides measures what it says, and no guide of it is drawn twice."""

from __future__ import annotations

import pytest

from onewindow.bench import guides


def test_it_makes_every_shape_and_none_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []
    original = guides.guide
    monkeypatch.setattr(guides, "guide", lambda *a, **k: (made.append(original(*a, **k)), made[-1])[1])
    report = guides.run(n=3)
    assert [(result["name"], result["n"]) for result in report["results"]] == [
        ("whole", 3), ("mine", 3), ("mine-a5", 3), ("mine-elder", 3), ("mine-english", 3),
    ]  # fmt: skip
    assert all(0 < result["p50_ms"] <= result["p95_ms"] and result["bytes"] > 5_000 for result in report["results"])
    assert len(set(made)) == len(made) == 16
    assert report["within"] is all(result["p95_ms"] <= report["promise_ms"] for result in report["results"])
