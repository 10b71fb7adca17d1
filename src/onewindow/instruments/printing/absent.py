"""No printer: nothing is printed, and nothing is lost either."""

from __future__ import annotations

from onewindow.instruments.printing import PrinterDown, PrintJob


class NoPrinter:
    """Takes no job, so that whoever prints is told at once that there is no printer."""

    name = "none"
    deduplicates = True

    def print(self, job: PrintJob) -> str:
        raise PrinterDown("no-printer")
