"""The bench of the catalogue measures what it says: over as many things as it says, nothing remembered, everything with its meaning."""

from __future__ import annotations

import os

import pytest

from onewindow.bench import catalogue, finding
from onewindow.foundation.catalogue.search import tasks


def test_it_searches_as_many_things_as_it_says(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "THINGS", 980)
    monkeypatch.setattr(tasks, "_complete_at", None)
    some = {name: dict(list(queries.items())[:2]) for name, queries in finding.held_out().items()}
    monkeypatch.setattr(finding, "held_out", lambda: some)
    usual = os.sched_getaffinity(0)
    report = catalogue.run(full=False, sections=["search"])["search"]
    assert (report["things"], report["without_vector"], report["complete"]) == (980, 0, 61)
    assert report["vectors_computed"]["n"] == 980 - 974
    assert [(result["name"], result["n"] // report["queries"]) for result in report["results"]] == [("search", 4), ("search-processor", 4), ("letters-only", 1)]
    assert report["published"]["first-search-after"]["n"] == 5 and os.sched_getaffinity(0) == usual
