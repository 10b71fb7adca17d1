"""Papers as PDF: what was issued as plain data (`onewindow.paper/1`), drawn once and always alike.

Four shapes: a document on A4, the same in short on the 80 mm roll, the queue ticket, and the booklet in reserve for an outage. The words are the
content's own; this module only draws them. No Django, no models, no network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onewindow.instruments.papers.drawing import code_of, drawn
from onewindow.kernel.words import Words

SCHEMA = "onewindow.paper/1"
_QUERY_CODE = "{query-code}"  # as spine/cases/papers leaves it in what is stored
_PROGRESS = Words("扫码查看办理进度", "Scan to follow progress")
_FOLLOW = Words("手机扫码，看还要等几位", "Scan to see how many are before you")

Paper = Mapping[str, Any]


@dataclass(frozen=True)
class Reissue:
    """A paper given out again (补发): the how-manieth time, and on which day."""

    n: int
    on: date

    @property
    def words(self) -> Words:
        return Words(f"第 {self.n} 次，{_day(self.on)}", f"Reissued, no. {self.n}, on {self.on.day} {self.on:%B %Y}")


@dataclass(frozen=True)
class Voided:
    """A paper that another one took back (已作废): on which day, and the number of that other."""

    on: date
    by: str

    @property
    def words(self) -> Words:
        return Words(f"{_day(self.on)}，见 {self.by}", f"Void since {self.on.day} {self.on:%B %Y}, see {self.by}")


@dataclass(frozen=True)
class Ticket:
    """What stands on a queue ticket. `ahead` is how many wait before; `address` where it can be followed."""

    centre: Words
    hall: Words
    number: str
    ahead: int
    taken: datetime
    address: str = ""
    demo: bool = False


@dataclass(frozen=True)
class Reserve:
    """A booklet for an outage: numbers to give out by hand and blank receipts, and where to ask afterwards."""

    centre: Words
    hall: Words
    address: Words
    tickets: Sequence[str]
    receipts: Sequence[str]
    printed: datetime
    ask: str
    demo: bool = False


def reserve(of: Reserve) -> bytes:
    """The booklet on A4: a leaf that says how to use it, tickets to cut, then a receipt a sheet in two copies, to be filled in by hand."""
    return drawn(
        "reserve",
        {
            "title": f"停机备用 {of.tickets[0]}–{of.tickets[-1]}", "centre": of.centre._asdict(), "hall": of.hall._asdict(),
            "address": of.address._asdict(), "tickets": list(of.tickets), "receipts": list(of.receipts), "ask": of.ask, "qr": code_of(of.ask),
            "printed": f"{_day(of.printed)} {of.printed:%H:%M}", "on": _numbers(of.printed), "demo": of.demo,
        },
    )  # fmt: skip


def render(
    content: Paper, *, number: str, query_code: str | None = None, address: str = "", english: bool = False,
    reissued: Reissue | None = None, voided: Voided | None = None,
) -> bytes:  # fmt: skip
    """The document on A4. `number` is the document's; a licence's own number stands in its content and comes first.
    A paper that is `voided` says so across the sheet.

    `query_code` is filled in where the content leaves its place; `address` becomes a code to scan. With `english`
    the translation stands in smaller type below.
    """
    shown = _shown(content, number=number, query_code=query_code, address=address, reissued=reissued, voided=voided)
    return drawn("a4", shown | {"english": english, "licence": "number" in content})


def slip(
    content: Paper, *, number: str, query_code: str | None = None, address: str = "", reissued: Reissue | None = None, voided: Voided | None = None
) -> bytes:
    """The same document in short, for the 80 mm roll."""
    shown = _shown(content, number=number, query_code=query_code, address=address, reissued=reissued, voided=voided)
    return drawn("roll", shown | {"kind": "paper", "centre": content["department"]})


def ticket(of: Ticket) -> bytes:
    """The queue ticket for the 80 mm roll."""
    before = Words(f"前面还有 {of.ahead} 位", f"{of.ahead} before you") if of.ahead else Words("下一位就是您", "You are next")
    return drawn(
        "roll",
        {
            "kind": "ticket", "title": Words(f"号票 {of.number}", f"Ticket {of.number}")._asdict(), "centre": of.centre._asdict(),
            "hall": of.hall._asdict(), "number": of.number, "ahead": before._asdict(), "taken": f"{_day(of.taken)} {of.taken:%H:%M}",
            "on": _numbers(of.taken), "address": of.address, "qr": code_of(of.address), "qr-says": _FOLLOW._asdict(), "demo": of.demo,
        },
    )  # fmt: skip


def _shown(
    content: Paper, *, number: str, query_code: str | None, address: str, reissued: Reissue | None, voided: Voided | None
) -> dict[str, Any]:
    if content.get("schema") != SCHEMA:
        raise ValueError(f"no paper of {SCHEMA}")
    day = date.fromisoformat(content["date"])
    return {
        "title": content["title"], "number": content.get("number") or number, "case": content["case"], "item": content["item"],
        "department": content["department"], "addressee": content["addressee"], "day": _day(day), "on": _numbers(day),
        "seal": content["seal"] or "", "demo": bool(content.get("demo")), "blocks": [_filled(block, query_code) for block in content["blocks"]],
        "address": address, "qr": code_of(address), "qr-says": _PROGRESS._asdict(),
        "entered": content.get("entered"), "reissued": reissued.words._asdict() if reissued else None,
        "voided": voided.words._asdict() if voided else None,
    }  # fmt: skip


def _filled(block: Mapping[str, Any], query_code: str | None) -> dict[str, Any]:
    """A block with the query code in its place, if there is one to show."""
    if "list" in block or query_code is None:
        return dict(block)
    return {language: text.replace(_QUERY_CODE, query_code) for language, text in block.items()}


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _numbers(day: date) -> list[int]:
    return [day.year, day.month, day.day]


