"""The tray on the screen: what came out, the latest on top; in a demonstration only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from onewindow.instruments import papers
from onewindow.instruments.papers.tests.sheets import content
from onewindow.instruments.printing import PrintJob
from onewindow.instruments.printing.virtual import VirtualPrinter


@pytest.fixture
def made(settings: Any, db: None) -> bytes:
    paper = papers.render(content(demo=True), number="1")
    for n in (1, 2):
        VirtualPrinter(Path(settings.TRAY)).print(PrintJob(f"r{n}", f"受理通知书 {n}", paper))
    return paper


def test_the_tray_shows_every_paper_with_a_picture_and_the_file(made: bytes) -> None:
    page = Client().get("/devices/printer/").content.decode()
    assert page.index("受理通知书 2") < page.index("受理通知书 1") and "/devices/printer/2.png" in page
    shown, kept = Client().get("/devices/printer/2.png"), Client().get("/devices/printer/2.pdf")
    assert shown.headers["Content-Type"] == "image/png" and shown.content.startswith(b"\x89PNG")
    assert kept.content == made and Client().get("/devices/printer/3.pdf").status_code == 404


def test_an_empty_tray_says_how_to_fill_it(db: None) -> None:
    assert "出纸口是空的" in Client().get("/devices/printer/").content.decode()


def test_a_real_centre_has_no_such_page(made: bytes, settings: Any) -> None:
    settings.DEMONSTRATION = False
    for path in ("", "2.png", "2.pdf"):
        assert Client().get(f"/devices/printer/{path}").status_code == 404
