"""Printers put a PDF on paper. One small interface; the simulator is a tray that shows what came out.

A job is given a `reference` of our own. A printer that cannot tell that it has printed a reference before says so
with `deduplicates = False`. No exception of a printer, and nothing it logs, carries a title or a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

A4 = "iso_a4_210x297mm"  # PWG 5101.1's names
A5 = "iso_a5_148x210mm"
ROLL = ""  # a ticket goes to a printer that has nothing but the 80 mm roll in it, and asks for no paper


class PrinterDown(Exception):
    """The printer did not take the job; it may be tried again. The argument is a short code that says why."""


@dataclass(frozen=True)
class PrintJob:
    """One paper to print. `title` is what the printer's display shows: kind and number, never a person's name."""

    reference: str
    title: str
    pdf: bytes
    media: str = A4
    copies: int = 1


class Printer(Protocol):
    name: str
    deduplicates: bool

    def print(self, job: PrintJob) -> str:
        """Hand one job over; the printer's own name for it. Raises `PrinterDown`, and then nothing was taken."""
