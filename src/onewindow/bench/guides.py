"""Guides on paper, measured: how long one takes from a definition to a PDF, each of another item or situation.

The compiler remembers what it has laid out, so that no guide here is drawn twice. The first of a process also reads the
faces; it is told apart. No database.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from typing import Any

from onewindow.bench.timings import Timings, percentiles
from onewindow.foundation.catalogue.definition import Definition, demo_folder, load, resolve, situations
from onewindow.foundation.catalogue.definition.guides import Edition, Where, mine, whole
from onewindow.instruments.papers.guides import guide
from onewindow.kernel.words import Words

_WHERE = Where(
    Words("示范区政务服务中心（演示）", "Demonstration District Service Centre (demo)"), Words("综合受理大厅", "General hall"),
    Words("示范区示范路 1 号（演示）", "1 Demonstration Road (demo)"), [Words("星期一至星期五 08:30–16:30", "Monday to Friday 08:30–16:30")],
)  # fmt: skip
PROMISE_MS = 300  # what a person at a screen is to wait at most


def run(*, n: int) -> dict[str, Any]:
    """Make `n` guides of each kind, one after another: whole items, and situations on A4, on A5, in large print and in English."""
    definitions = [load(path) for path in sorted((demo_folder() / "items").glob("*.json"))]
    begun = time.perf_counter()
    _whole(definitions[0], 0)
    first = time.perf_counter() - begun
    timings, sizes = Timings(), dict[str, int]()
    for each, definition in enumerate(islice(cycle(definitions), n), start=1):
        with timings.step("whole"):
            sizes["whole"] = len(_whole(definition, each))
    shapes: dict[str, dict[str, Any]] = {"mine": {}, "mine-a5": {"size": "a5"}, "mine-elder": {"elder": True}, "mine-english": {"english": True}}
    for name, shape in shapes.items():
        for each, (definition, answers) in enumerate(islice(cycle(_situations(definitions)), n), start=1):
            with timings.step(name):
                content = mine(definition, resolve(definition, answers), where=_WHERE, edition=_edition(each))
                sizes[name] = len(guide(content, address=_address(definition, each), **shape))
    taken = {name: percentiles(seconds) for name, seconds in timings.steps.items()}
    return {
        "first_ms": round(first * 1000, 1),
        "promise_ms": PROMISE_MS,
        "within": all(figures["p95_ms"] <= PROMISE_MS for figures in taken.values()),
        "results": [{"name": name, "bytes": sizes[name]} | figures for name, figures in taken.items()],
        "resident_mb_peak": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _whole(definition: Definition, each: int) -> bytes:
    return guide(whole(definition, where=_WHERE, edition=_edition(each)), address=_address(definition, each))


def _situations(definitions: list[Definition]) -> Iterator[tuple[Definition, dict[str, tuple[str, ...]]]]:
    """Three situations of every item, far apart."""
    for definition in definitions:
        for answers in islice(situations(definition), 0, 300, 100):
            yield definition, answers


def _edition(each: int) -> Edition:
    return Edition(Words(f"第 {each} 版", f"Edition {each}"), date(2026, 9, 24), demo=True)


def _address(definition: Definition, each: int) -> str:
    return f"https://one.example.gov.cn/items/{definition.code}/mine/?n={each}"
