"""The blank application form (空白申请表) on paper: `onewindow.form/1` as plain data, drawn on A4 or A5, in two sizes of print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from onewindow.instruments.papers.drawing import code_of, drawn
from onewindow.instruments.papers.guides import Size

SCHEMA = "onewindow.form/1"


def blank_form(content: Mapping[str, Any], *, address: str = "", size: Size = "a4", english: bool = False, elder: bool = False) -> bytes:
    """The form as PDF; `address` is where the live guide stands, as a code to scan. Both languages stand on either edition, the reader's first."""
    if content.get("schema") != SCHEMA:
        raise ValueError(f"no form of {SCHEMA}")
    printed = date.fromisoformat(content["date"])
    shown = {name: content[name] for name in ("kind", "title", "department", "centre", "number", "version", "demo", "answers", "sections")}
    return drawn(
        "form",
        shown | {
            "on": [printed.year, printed.month, printed.day], "address": address, "qr": code_of(address), "size": size, "english": english, "elder": elder,
        },
    )  # fmt: skip
