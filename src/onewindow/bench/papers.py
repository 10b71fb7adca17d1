"""Papers, measured: how long a page of A4, an 80 mm slip and a ticket take in one process, each with words of its own.

The compiler remembers what it has laid out, so that every paper here differs from the one before, as in life. The
first paper of a process also reads the faces; it is told apart. No database.
"""

from __future__ import annotations

import resource
import time
from datetime import UTC, datetime
from typing import Any

from onewindow.bench.timings import Timings, percentiles
from onewindow.instruments import papers
from onewindow.kernel.words import Words

_CASE = "11310199DEM000014N4310131901001202609240001"


def run(*, n: int) -> dict[str, Any]:
    """Draw `n` of each, one after another."""
    begun = time.perf_counter()
    papers.render(_paper(0), number=_CASE)
    first = time.perf_counter() - begun
    timings, sizes = Timings(), dict[str, int]()
    for each in range(1, n + 1):
        address = f"https://one.example.gov.cn/p/{each:010d}/"
        with timings.step("a4"):
            made = papers.render(_paper(each), number=f"{_CASE}-{each}", address=address)
        with timings.step("slip"):
            slip = papers.slip(_paper(each), number=f"{_CASE}-{each}", address=address)
        with timings.step("ticket"):
            ticket = papers.ticket(_ticket(each, address))
        sizes = {"a4": len(made), "slip": len(slip), "ticket": len(ticket)}
    return {
        "first_ms": round(first * 1000, 1),
        "results": [{"name": name, "bytes": sizes[name]} | percentiles(taken) for name, taken in timings.steps.items()],
        "resident_mb_peak": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _paper(n: int) -> dict[str, Any]:
    """A receipt with seven materials."""
    return {
        "schema": papers.SCHEMA, "title": {"zh": "收件凭证", "en": "Receipt"}, "case": _CASE, "item": {"zh": "食品经营许可（新办）", "en": ""},
        "department": {"zh": "示范区市场监督管理局", "en": ""}, "addressee": f"演示餐饮第{n}有限公司", "date": "2026-09-24",
        "seal": "示范区市场监督管理局受理专用章", "demo": True,
        "blocks": [
            {"zh": f"本窗口于2026年9月24日收到以下申请材料（第{n}件）：", "en": ""},
            {"list": [{"zh": f"第{k}份材料，编号{n}：经营场所平面图和设备位置说明", "en": ""} for k in range(1, 8)]},
            {"zh": "材料不齐全或者不符合法定形式的，将一次告知需要补正的全部内容；逾期不告知的，自收到申请材料之日起即为受理。", "en": ""},
        ],
    }  # fmt: skip


def _ticket(n: int, address: str) -> papers.Ticket:
    hall = Words("综合受理大厅", "General hall")
    return papers.Ticket(hall, hall, f"A{n % 1000:03d}", n % 40, datetime(2026, 9, 24, 10, n % 60, tzinfo=UTC), address, demo=True)
