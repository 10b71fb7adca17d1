"""The catalogue, measured, in a database that may be thrown away: each section but `import` in this process on one core.

`search`: every held-out query (`queries.toml`) over two thousand things, none remembered from the round before; and how long
the index takes to be there again after one publication. `search-processor` is the same without the time others had the core.
`pages`: the guide of every complete item, and of a situation of it, from the request to the last byte. `paper`: guides as PDF.
`import`: a workbook of ten thousand items in a process and a database of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from typing import Any

from onewindow.bench import finding, guides
from onewindow.bench.timings import Timings, percentiles

THINGS = 2_000


def run(*, full: bool, sections: Iterable[str]) -> dict[str, Any]:
    """The sections asked for, one after another."""
    found: dict[str, Any] = {}
    for name in sections:
        if name == "import":
            found[name] = _import()
        else:
            with one_core():
                found[name] = _MEASURED[name](full)
    return found


@contextmanager
def one_core() -> Any:
    """This process on one core only."""
    usual = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(usual)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, usual)


def search(full: bool) -> dict[str, Any]:
    """p50, p95 and how many a second; what a publication costs; how well it finds (before the catalogue is made larger)."""
    from onewindow.foundation.catalogue.search import index, meaning, queries

    quality = finding.quality()
    computed = _enlarge()
    standing = index.current()
    asked = [query for section in finding.held_out().values() for query in section]
    timings = Timings()
    queries.search(asked[0])
    begun = time.perf_counter()
    for _ in range(20 if full else 4):
        meaning._of_query.cache_clear()
        for query in asked:
            spent = time.process_time()
            with timings.step("search"):
                queries.search(query)
            timings.steps.setdefault("search-processor", []).append(time.process_time() - spent)
    elapsed = time.perf_counter() - begun
    for query in asked:
        with timings.step("letters-only"):
            queries.search(query, by_meaning=False)
    begun = time.perf_counter()
    index.forget()
    queries.search(asked[0])
    return {
        "things": len(standing.rows), "complete": sum(row.complete for row in standing.rows), "texts": sum(len(row.said) for row in standing.rows),
        "without_vector": len(standing.missing), "queries": len(asked), "per_s": round(len(timings.steps["search"]) / elapsed, 1),
        "results": [{"name": name} | percentiles(taken) for name, taken in timings.steps.items()],
        "first_of_a_process_ms": round((time.perf_counter() - begun) * 1000, 1), "vectors_computed": computed, "published": _published(20 if full else 5),
        "quality": quality,
    }  # fmt: skip


def _enlarge() -> dict[str, Any]:
    """List so many stubs more that there are `THINGS`, and compute their meanings as the worker would."""
    from onewindow.foundation.catalogue.policies import KEEP_REGISTER
    from onewindow.foundation.catalogue.register.actions import Listing, enlist
    from onewindow.foundation.catalogue.register.queries import register
    from onewindow.foundation.catalogue.search import index, tasks
    from onewindow.foundation.places.queries import home_site
    from onewindow.kernel.permissions import system

    site, stubs = home_site(), list(register().filter(item=""))
    assert site is not None
    listings = [
        Listing(
            f"BENCH{n:05d}", f"{like.name_zh}第{n}类", "", like.department.code, like.item_type, like.serves, like.self_service, like.city_wide, like.online, ""
        )
        for n, like in zip(range(THINGS - len(index.current().rows)), stubs * 3, strict=False)
    ]
    enlist(by=system("bench", [KEEP_REGISTER]), site=site.code, listings=listings)
    begun, done = time.perf_counter(), 0
    while n := tasks.embed():
        done += n
    return {"n": done, "per_s": round(done / (time.perf_counter() - begun), 1) if done else 0}


def _published(times: int) -> dict[str, Any]:
    """What the first search after a publication costs, the index made anew and its matrix laid out; and the one after it."""
    from onewindow.foundation.catalogue.actions import publish
    from onewindow.foundation.catalogue.policies import PUBLISH
    from onewindow.foundation.catalogue.queries import published
    from onewindow.foundation.catalogue.search.queries import search
    from onewindow.foundation.places.queries import home_site
    from onewindow.kernel.permissions import system

    by, site, timings = system("bench", [PUBLISH]), home_site(), Timings()
    assert site is not None
    for n in range(times):
        definition = published("food-business-licence").definition
        publish(by=by, site=site.code, definition=definition.model_copy(update={"aliases": (*definition.aliases[:6], f"支个烤串摊子{n}")}))
        with timings.step("first-search-after"):
            found = search(f"支个烤串摊子{n}").hits[0]
        assert (found.row.code, found.how) == ("food-business-licence", "exact")
        with timings.step("by-meaning-after"):
            search(f"摆摊卖烤肉串{n}")
    return {name: percentiles(taken) for name, taken in timings.steps.items()}


def pages(full: bool) -> dict[str, Any]:
    """Each complete item's guide, the first question of its situations, and the list of what to bring, in its first situation."""
    from django.test import Client
    from django.urls import reverse

    from onewindow.foundation.catalogue.definition import situations
    from onewindow.foundation.catalogue.queries import published_items

    client, timings, sizes = Client(), Timings(), dict[str, int]()
    every = [version.definition for version in published_items()]
    for each in range(-1, 10 if full else 2):  # the round before the first is thrown away
        for definition in every:
            mine = reverse("item-mine", args=[definition.code])
            said = {f"answers.{asked}": list(given) or [""] for asked, given in next(situations(definition)).items()}
            for name, path, sent in (("guide", reverse("item", args=[definition.code]), {}), ("mine-question", mine, {}), ("mine-list", mine, said)):
                begun = time.perf_counter()
                answer = client.get(path, sent)
                taken = time.perf_counter() - begun
                assert answer.status_code == 200, path
                if each >= 0:
                    timings.steps.setdefault(name, []).append(taken)
                    sizes[name] = max(sizes.get(name, 0), len(answer.content))
    return {"items": len(every), "results": [{"name": name, "largest_bytes": sizes[name]} | percentiles(taken) for name, taken in timings.steps.items()]}


def paper(full: bool) -> dict[str, Any]:
    """Guides as PDF, none drawn twice."""
    return guides.run(n=500 if full else 100)


def _import() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        own = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")} | {"ONEWINDOW_HOME": home}
        order = [sys.executable, "-c", "from onewindow.config.command_line import main; main()", "bench", "import", "--json"]
        return dict(json.loads(subprocess.run(order, stdout=subprocess.PIPE, check=True, env=own).stdout))


_MEASURED: Mapping[str, Callable[[bool], dict[str, Any]]] = {"search": search, "pages": pages, "paper": paper}
