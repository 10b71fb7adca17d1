"""The slip of a ticket: printed where there is a printer, and never in the way of the ticket."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from onewindow.errands.tests.scene import rows_written
from onewindow.instruments.papers.tests.sheets import said, sheets
from onewindow.instruments.printing.virtual import VirtualPrinter
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7
from onewindow.stages.queueing.models import Ticket


@pytest.fixture
def tray(morning: clock.Hand, settings: Any) -> VirtualPrinter:
    return VirtualPrinter(Path(settings.TRAY))


def taken(client: Client, once: str = "") -> tuple[Ticket, str]:
    """A ticket taken at the printer, and the page it leads to."""
    answer = client.post("/tickets/", {"hall": "A", "once": once or str(uuid7())})
    assert answer.status_code == 303
    return Ticket.objects.latest("id"), html.unescape(client.get(answer.headers["Location"]).content.decode())


def test_a_ticket_comes_out_of_the_printer_with_number_hall_and_how_many_wait(tray: VirtualPrinter) -> None:
    client = Client()
    taken(client)
    ticket, page = taken(client)
    printed = tray.tray()[0]
    assert printed.title == f"号票 {ticket.number}" and printed.media == "" and "号票正在打印" in page
    text = said(tray.paper(printed.n) or b"")
    assert ticket.number in text and "前面还有1位" in text and "演示" in text and "2026年9月24日10:00" in text


def test_the_same_press_twice_is_one_ticket_and_one_slip(tray: VirtualPrinter) -> None:
    client, once = Client(), str(uuid7())
    assert taken(client, once)[0].pk == taken(client, once)[0].pk
    assert [printed.times for printed in tray.tray()] == [2]


@pytest.mark.parametrize("named", ["ipp://127.0.0.1:9/ipp/print", "virtual"])
def test_a_printer_that_is_away_does_not_stop_the_ticket(tray: VirtualPrinter, settings: Any, tmp_path: Path, named: str) -> None:
    settings.TICKET_PRINTER = named
    (tmp_path / "full").write_text("no folder")
    settings.TRAY = str(tmp_path / "full")
    with rows_written() as rows:
        ticket, page = taken(Client())
    assert rows == ["ticket.take"] and ticket.state == "waiting"
    assert f"您的号码是 {ticket.number}，请记住号码" in page and "号票没有打印出来" in page and "没有办成" not in page


def test_where_there_is_no_printer_nothing_is_said_of_one(tray: VirtualPrinter, settings: Any) -> None:
    settings.TICKET_PRINTER = "none"
    ticket, page = taken(Client())
    assert "没有打印出来" not in page and "data-print" in page and f"/tickets/{ticket.uuid}/print/" not in page
    assert Client().post(f"/tickets/{ticket.uuid}/print/", {"once": str(uuid7())}).status_code == 303


def test_the_slip_can_be_kept_by_whoever_has_the_ticket(tray: VirtualPrinter) -> None:
    ticket, _ = taken(Client())
    answer = Client().get(f"/tickets/{ticket.uuid}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf" and f"{ticket.number}.pdf" in answer.headers["Content-Disposition"]
    assert round(sheets(answer.content)[0].width) == 80 and ticket.number in said(answer.content)
    assert Client().get(f"/tickets/{uuid7()}.pdf").status_code == 404


def test_the_slip_is_printed_again_a_few_times_and_no_more(tray: VirtualPrinter) -> None:
    client = Client()
    ticket, _ = taken(client)
    for _ in range(5):
        client.post(f"/tickets/{ticket.uuid}/print/", {"once": str(uuid7())})
    assert len(tray.tray()) == 1 + 3
    page = html.unescape(client.get(f"/tickets/{ticket.uuid}/").content.decode())
    assert f"您的号码是 {ticket.number}，请记住号码" in page
