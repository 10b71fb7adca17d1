"""The guide (办事指南) on paper: `onewindow.guide/1` as plain data, drawn on A4 or A5, in two sizes of print and two editions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from onewindow.instruments.papers.drawing import code_of, drawn

SCHEMA = "onewindow.guide/1"
Size = Literal["a4", "a5"]
# What the edition in large print keeps: fewer words, none of which one needs on the way.
ELDER = ("glance", "not-needed", "materials", "where", "complaints")


def guide(content: Mapping[str, Any], *, address: str = "", size: Size = "a4", english: bool = False, elder: bool = False) -> bytes:
    """The guide as PDF. `address` is where the live guide stands, as a code to scan; the law is quoted in Chinese in either edition."""
    if content.get("schema") != SCHEMA:
        raise ValueError(f"no guide of {SCHEMA}")
    printed = date.fromisoformat(content["date"])
    sections = [_shown(section, elder) for section in content["sections"] if not elder or section["code"] in ELDER]
    shown = {name: content[name] for name in ("kind", "title", "department", "centre", "summary", "number", "version", "demo", "answers")}
    day = {"zh": f"{printed.year}年{printed.month}月{printed.day}日", "en": f"{printed.day} {printed:%B %Y}"}
    return drawn(
        "guide",
        shown | {
            "sections": sections, "day": day, "on": [printed.year, printed.month, printed.day], "address": address, "qr": code_of(address),
            "size": size, "english": english, "elder": elder,
        },
    )  # fmt: skip


def _shown(section: Mapping[str, Any], elder: bool) -> Mapping[str, Any]:
    """A section, in large print without what can be asked at the window."""
    if not elder:
        return section
    if "checklist" in section:
        nothing = {"zh": "", "en": ""}
        lines = [line | {"points": [], "sample": nothing, "source": nothing, "filling": nothing} for line in section["checklist"]]
        return {**section, "checklist": lines}
    return {**section, "rows": section["rows"][:1]} if section["code"] == "complaints" else section
