"""How long a workbook of ten thousand items takes from the file to published versions, and how much memory.

The items are variations of the demonstration's, cut to what a national list holds of an item: one condition, one question, three
materials, three form fields, two steps, every fact with its source. A whole item of the demonstration has about four times as much;
ten thousand of those are more rows than an Excel sheet can have.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from onewindow.foundation.catalogue.definition import Definition, demo_folder, load, read

ITEMS = 10_000
_DEMO = "demo-bench"


def generated(n: int) -> Iterator[Definition]:
    """`n` sound items, always the same: each demonstration item in turn, under codes and names of its own."""
    whole = [load(path) for path in sorted((demo_folder() / "items").glob("*.json"))]
    short = [_short(one.model_dump(mode="json", by_alias=True, exclude_none=True)) for one in whole]
    for number in range(n):
        body = dict(short[number % len(short)])
        code = body["implementation_code"]
        body["code"] = f"bench-{number:05d}"
        body["implementation_code"] = f"{code[:23]}{number:08d}"
        name = body["name"]
        body["name"] = {"zh": f"{name['zh']}（第 {number + 1} 种情形）", "en": f"{name['en']}, variation {number + 1}"}
        yield read(body)


def made(n: int) -> bytes:
    """The workbook of `n` items, made in a process of its own: what that takes is not what an import takes."""
    done = subprocess.run([sys.executable, "-m", __name__, str(n)], stdout=subprocess.PIPE, check=True)
    return done.stdout


def measured(data: bytes, *, site: str) -> dict[str, Any]:
    """Seconds and memory from the bytes of a workbook to published versions, in the database that Django is set up for."""
    from onewindow.foundation.catalogue.definition import read_statutes, statutes_folder
    from onewindow.foundation.catalogue.exchange.actions import bring_in
    from onewindow.foundation.catalogue.exchange.bringing import Brought
    from onewindow.foundation.catalogue.exchange.planning import plan
    from onewindow.foundation.catalogue.exchange.queries import standing
    from onewindow.kernel.permissions import Actor

    told = [0]
    by = Actor("operator", "bench", frozenset({"catalogue.import", "catalogue.publish", "catalogue.register"}))

    def progress(phase: str, done: int, of: int) -> None:
        told[0] += 1

    began = time.perf_counter()
    brought = Brought(data, read_statutes(statutes_folder()), progress)
    reading = time.perf_counter()
    report = plan(brought, standing())
    checked = time.perf_counter()
    del brought
    done = bring_in(by=by, site=site, plan=report, told=progress)
    ended = time.perf_counter()
    return {
        "items": done.versions, "refused": report.counts["refused"], "workbook_mb": round(len(data) / 1e6, 1), "seconds": round(ended - began, 1),
        "read_s": round(reading - began, 1), "check_s": round(checked - reading, 1), "write_s": round(ended - checked, 1),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "child_peak_rss_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024), "progress_told": told[0],
    }  # fmt: skip


def _short(body: dict[str, Any]) -> dict[str, Any]:
    """An item cut short: what remains refers to nothing that was left out."""
    basis = {name: body["citations"][name] for name in body["legal_basis"]}
    demo = {"kind": "demo", "note": {"zh": "测量用的演示数据，真实中心以本部门的规定为准。", "en": "Demonstration data for measuring; a real centre puts its own rules."}}
    first = {key: value for key, value in body["conditions"][0].items() if key != "when"}
    materials = [_material(one, number) for number, one in enumerate(body["materials"][:3])]
    while len(materials) < 3:
        materials.append(materials[-1] | {"code": f"further-{len(materials)}"})
    fields = [
        {"code": code, "label": {"zh": zh, "en": en}, "kind": "text", "required": True, "max_length": 100}
        for code, zh, en in (("name", "申请人", "Applicant"), ("address", "地址", "Address"), ("matter", "申请内容", "What is applied for"))
    ]
    steps = [
        {key: value for key, value in one.items() if key not in ("when", "points")} | {"order": order, "code": code}
        for order, code, one in ((1, "first", _step(body, False)), (2, "decision", _step(body, True)))
    ]
    for step, kind in zip(steps, ("review", "decision"), strict=True):
        step |= {"days": 0, "kind": kind}
    question = {
        "code": "manner", "text": {"zh": "由谁来办理？", "en": "Who comes?"}, "kind": "one",
        "answers": [{"code": "self", "text": {"zh": "本人", "en": "Oneself"}}, {"code": "agent", "text": {"zh": "代理人", "en": "An agent"}}],
    }  # fmt: skip
    lines = [
        {"code": code, "label": {"zh": zh, "en": en}, "value": value}
        for code, zh, en, value in (
            ("number", "编号", "Number", "{licence.number}"), ("holder", "名称", "Holder", "{form.name}"), ("issuer", "发证机关", "Issued by", "{body.deciding}"),
        )
    ]  # fmt: skip
    result = body["result"] | {"template": {"title": body["result"]["template"]["title"], "lines": lines}}
    fees = {"charged": False, "text": {"zh": "不收费。", "en": "Free of charge."}}
    rest = ("aliases", "life_events", "prohibitions", "rights", "duties", "special", "citations", "sources")
    kept = {key: value for key, value in body.items() if key not in rest} | {
        "conditions": [first], "questions": [question], "materials": materials, "form": [{"code": "main", "title": {"zh": "基本信息", "en": "Basics"}, "fields": fields}],
        "steps": steps, "result": result, "fees": fees, "citations": basis | {_DEMO: demo},
    }  # fmt: skip
    facts = [name for name in kept if kept[name] != [] and name not in ("schema", "code", "legal_basis", "citations", "sources")]
    return kept | {"sources": {f"/{name}": [_DEMO] for name in facts}}


def _material(one: dict[str, Any], number: int) -> dict[str, Any]:
    kept = {key: value for key, value in one.items() if key not in ("specimen", "exemption", "when")}
    point = {"code": "look", "text": one["acceptance_points"][0]["text"], "check": "look"}
    kept |= {"acceptance_points": [point], "need": "1"}
    return kept | ({"when": [{"manner": ["agent"]}]} if number == 2 else {})


def _step(body: dict[str, Any], deciding: bool) -> dict[str, Any]:
    found = [one for one in body["steps"] if (one["kind"] == "decision") == deciding and one["kind"] not in ("issuing", "hearing")]
    return dict(found[0] if found else body["steps"][0])


if __name__ == "__main__":
    from onewindow.foundation.catalogue.exchange.workbook import workbook

    sys.stdout.buffer.write(workbook(generated(int(sys.argv[1]))))
