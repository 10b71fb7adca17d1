"""What is handed over can be shown and printed here, and the record of its delivery at once after it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from onewindow.errands.tests.scene import TAIL, agent, available, seated, signed_in
from onewindow.instruments.papers.tests.sheets import said
from onewindow.instruments.printing.virtual import VirtualPrinter
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7
from onewindow.spine.cases.models import Case
from onewindow.stages.delivery.models import Result


@pytest.fixture
def result(morning: clock.Hand) -> Result:
    return available(*seated())


@pytest.fixture
def window(result: Result) -> Client:
    return signed_in("handover01")


def test_the_licence_is_shown_and_printed_where_it_is_handed_over(window: Client, result: Result, settings: Any) -> None:
    at = f"/handover/{result.case.uuid}/paper/licence/"
    assert at in window.get("/handover/").content.decode() and window.get(at).status_code == 200
    assert window.post(f"{at}print/", {"once": str(uuid7())}).status_code == 303
    tray = VirtualPrinter(Path(settings.TRAY))
    text = said(tray.paper(tray.tray()[0].n) or b"")
    assert result.document.content["number"] in text and "食品经营许可证" in text and "查询码" not in text


def test_the_record_of_delivery_can_be_printed_right_after(window: Client, result: Result) -> None:
    window.post("/handover/collect/", {"party": str(agent().uuid), "result": str(result.uuid), "tail": TAIL})
    at = f"/handover/{result.case.uuid}/paper/pickup-slip"
    assert f"{at}/" in window.get("/handover/").content.decode()
    assert "证件核验无误" in said(window.get(f"{at}.pdf").content)


@pytest.mark.parametrize("kind", ["receipt", "acceptance", "nothing"])
def test_the_papers_of_the_application_are_not_this_desk_s(window: Client, result: Result, kind: str) -> None:
    for then in ("/", ".pdf"):
        assert window.get(f"/handover/{result.case.uuid}/paper/{kind}{then}").status_code == 404


def test_another_centre_s_licence_is_as_if_it_were_not_there(window: Client, result: Result) -> None:
    Case.objects.filter(pk=result.case.pk).update(site="elsewhere")
    assert window.get(f"/handover/{result.case.uuid}/paper/licence.pdf").status_code == 404
