"""The tray shows what came out: each reference once, the latest on top, no deeper than it is, whoever prints at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from onewindow.instruments.printing import Printer, PrinterDown, PrintJob, virtual
from onewindow.instruments.printing.absent import NoPrinter
from onewindow.instruments.printing.tests.contract import PDF, Out, PrinterContract
from onewindow.instruments.printing.virtual import VirtualPrinter
from onewindow.kernel import clock

PRINT_FIVE = """
import sys, pathlib
from onewindow.instruments.printing import PrintJob
from onewindow.instruments.printing.virtual import VirtualPrinter
for n in range(5):
    VirtualPrinter(pathlib.Path(sys.argv[1])).print(PrintJob(f"r{n}", "same", b"%PDF"))
"""


class TestContract(PrinterContract):
    @pytest.fixture
    def printer(self, tmp_path: Path) -> Printer:
        return VirtualPrinter(tmp_path / "tray")

    @pytest.fixture
    def again(self, tmp_path: Path) -> Printer:
        return VirtualPrinter(tmp_path / "tray")

    @pytest.fixture
    def out(self, tmp_path: Path) -> Out:
        tray = VirtualPrinter(tmp_path / "tray")
        return lambda: [(paper.title, tray.paper(paper.n) or b"") for paper in reversed(tray.tray())]


def test_the_latest_lies_on_top_and_says_how_often_it_was_asked_for(tmp_path: Path) -> None:
    tray = VirtualPrinter(tmp_path / "devices" / "tray")
    assert tray.tray() == [] and tray.paper(1) is None
    for reference in ("a", "b", "a"):
        tray.print(PrintJob(reference, f"文书 {reference}", PDF, copies=2))
    assert [(p.title, p.times, p.copies) for p in tray.tray()] == [("文书 b", 1, 2), ("文书 a", 2, 2)]
    with clock.use(clock.Hand(datetime(2026, 9, 24, 10, tzinfo=clock.LOCAL))):  # the centre's own time, not the machine's
        tray.print(PrintJob("c", "x", PDF))
    assert clock.local(tray.tray()[0].at).isoformat()[:16] == "2026-09-24T10:00"


def test_the_tray_is_no_deeper_than_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virtual, "DEEPEST", 3)
    tray = VirtualPrinter(tmp_path)
    for n in range(7):
        tray.print(PrintJob(f"r{n}", f"{n}", PDF))
    assert [p.title for p in tray.tray()] == ["6", "5", "4"]
    assert len(list(tmp_path.glob("*.pdf"))) == 3 and tray.paper(1) is None


def test_four_processes_print_at_once(tmp_path: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", PRINT_FIVE, str(tmp_path)]) for _ in range(4)]
    assert [process.wait(timeout=60) for process in running] == [0] * 4
    assert sorted((p.times) for p in VirtualPrinter(tmp_path).tray()) == [4] * 5


def test_a_tray_that_cannot_be_written_is_a_printer_that_is_away(tmp_path: Path) -> None:
    (tmp_path / "tray").write_text("a file, not a folder")
    with pytest.raises(PrinterDown, match="tray-unwritable"):
        VirtualPrinter(tmp_path / "tray").print(PrintJob("a", "x", PDF))


def test_no_printer_says_so() -> None:
    with pytest.raises(PrinterDown, match="no-printer"):
        NoPrinter().print(PrintJob("a", "x", PDF))
