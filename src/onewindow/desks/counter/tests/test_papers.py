"""Papers at the window: the same door for page, file and printer; nothing lost without a printer; given out again on record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onewindow.desks.counter.tests.room import Desk
from onewindow.errands.tests.scene import (
    at_once,
    available,
    everything,
    newest,
    nobody,
    received,
    refused,
    rows_written,
    seated,
    staff,
)
from onewindow.instruments.papers.tests.sheets import said
from onewindow.instruments.printing.virtual import VirtualPrinter
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotPermitted
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.attesting import check_papers
from onewindow.kernel.ledger.findings import Report
from onewindow.spine.cases.actions import reissue_document
from onewindow.spine.cases.models import Case, Reissue
from onewindow.spine.visits.queries import query_code


@pytest.fixture
def desk(morning: clock.Hand) -> Desk:
    clerk, visit = seated()
    return Desk(clerk, visit)


@pytest.fixture
def case(desk: Desk) -> Case:
    assert desk.visit is not None
    return received(staff("clerk01"), desk.visit)


@pytest.fixture
def tray(settings: Any) -> VirtualPrinter:
    return VirtualPrinter(Path(settings.TRAY))


def at(case: Case, kind: str = "receipt", then: str = "/") -> str:
    return f"/counter/case/{case.uuid}/paper/{kind}{then}"


def pdf(desk: Desk, case: Case, more: str = "", kind: str = "receipt") -> bytes:
    answer = desk.client.get(at(case, kind, ".pdf") + more)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    return bytes(answer.content)


def test_the_file_says_what_the_page_says_with_the_query_code(desk: Desk, case: Case) -> None:
    text, code = said(pdf(desk, case)), query_code(case.visit)
    assert "收件凭证" in text and "演示餐饮有限公司" in text and f"办理进度查询码：{code}" in text
    page = desk.get(at(case)).text
    assert at(case, then=".pdf") in page and at(case, then="/print/") in page and "Received" not in text


def test_a_reader_of_english_also_gets_the_translation(desk: Desk, case: Case) -> None:
    english = Desk(staff("clerk01"), desk.visit, language="en")
    assert "Receivedon24September2026" in said(pdf(english, case))


def test_another_centre_s_paper_is_as_if_it_were_not_there(desk: Desk, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(site="elsewhere")
    for path in (at(case), at(case, then=".pdf")):
        assert desk.get(path).status == 404
    for path in (at(case, then="/print/"), at(case, then="/reissue/")):
        assert desk.post(path, {"once": str(uuid7()), "reason": "lost"}).status == 404


def test_printing_puts_the_paper_into_the_tray_once_and_nothing_into_the_ledger(desk: Desk, case: Case, tray: VirtualPrinter) -> None:
    once = str(uuid7())
    with rows_written() as rows:
        for _ in range(2):  # a double click
            answer = desk.post(at(case, then="/print/"), {"once": once})
            assert (answer.status, answer.to, answer.refusal) == (303, at(case), "")
    assert rows == []
    (printed,) = tray.tray()
    document = case.documents.get(kind="receipt")
    assert printed.title == f"收件凭证 {document.number}" and printed.media.startswith("iso_a4")
    assert tray.paper(printed.n) == pdf(desk, case)
    assert "已送到打印机" in desk.get(at(case)).text


def test_the_receipt_also_comes_as_a_slip(desk: Desk, case: Case, tray: VirtualPrinter) -> None:
    assert 'value="slip"' in desk.get(at(case)).text
    desk.post(at(case, then="/print/"), {"once": str(uuid7()), "shape": "slip"})
    (printed,) = tray.tray()
    assert printed.media == "" and query_code(case.visit) in said(tray.paper(printed.n) or b"")


@pytest.mark.parametrize("named", ["none", "ipp://127.0.0.1:9/ipp/print"])
def test_without_a_printer_it_is_told_on_the_page_and_nothing_is_lost(desk: Desk, case: Case, tray: VirtualPrinter, settings: Any, named: str) -> None:
    settings.PRINTER = named
    before, once = everything(), str(uuid7())
    answer = desk.post(at(case, then="/print/"), {"once": once}, back=at(case))
    assert (answer.status, answer.to, answer.refusal) == (303, f"http://testserver{at(case)}", "printer-away")
    page = desk.get(at(case)).text
    assert "没有打印出来" in page and "文书没有丢" in page and ("没有连接打印机" in page) is (named == "none")
    assert everything() == before and tray.tray() == []
    settings.PRINTER = "virtual"
    assert desk.post(at(case, then="/print/"), {"once": once}).refusal == ""
    assert len(tray.tray()) == 1


# --- given out again --------------------------------------------------------------------------------------


def test_a_reissue_is_in_the_ledger_counted_and_marked(desk: Desk, case: Case, tray: VirtualPrinter) -> None:
    document, once = case.documents.get(kind="receipt"), str(uuid7())
    with rows_written() as rows:
        for _ in range(2):
            assert desk.post(at(case, then="/reissue/"), {"once": once, "reason": "lost"}).to == at(case)
    assert rows == ["reissue.reissue"]
    desk.post(at(case, then="/reissue/"), {"once": str(uuid7()), "reason": "damaged"})
    again = Reissue.objects.get(n=2)
    expected = {"case": case.pk, "document": document.number, "digest": document.digest, "n": 2, "reason": "damaged"}
    assert newest(again).facts == expected and newest(again).by == staff("clerk01").ref
    page = desk.get(at(case)).text
    assert "第 1 次" in page and "第 2 次" in page and "遗失" in page
    assert "补发第1次，2026年9月24日" in said(pdf(desk, case, "?copy=1")) and "补发第2次" in said(pdf(desk, case, "?copy=2"))
    assert "补发" not in said(pdf(desk, case))
    desk.post(at(case, then="/print/"), {"once": str(uuid7()), "copy": "2"})
    assert "补发第2次" in said(tray.paper(tray.tray()[0].n) or b"")
    assert desk.get(at(case, then=".pdf") + "?copy=3").status == 404 and desk.get(at(case, then=".pdf") + "?copy=x").status == 404


def test_the_auditor_finds_a_reissued_paper_in_order(desk: Desk, case: Case) -> None:
    reissue_document(by=staff("clerk01"), document=case.documents.get(kind="receipt"), reason="another", once=uuid7())
    report = Report()
    check_papers(report)
    assert report.findings == []


def test_a_reissue_says_why_and_by_somebody_who_may(desk: Desk, case: Case) -> None:
    document = case.documents.get(kind="receipt")
    for reason in ("", "because"):
        with refused(InvalidInput):
            reissue_document(by=staff("clerk01"), document=document, reason=reason, once=uuid7())
    for actor in (nobody(), staff("market01"), staff("handover01")):
        with refused(NotPermitted):
            reissue_document(by=actor, document=document, reason="lost", once=uuid7())


def test_a_licence_is_not_reissued_at_a_window(desk: Desk) -> None:
    assert desk.visit is not None
    result = available(staff("clerk01"), desk.visit)
    with refused(InvalidInput):
        reissue_document(by=staff("clerk01"), document=result.document, reason="lost", once=uuid7())
    page = desk.get(at(result.case, "licence")).text
    assert "登记补发" not in page and "下载 PDF" in page


def test_two_clerks_at_once_give_out_two_copies_with_two_numbers(fresh_database: str) -> None:
    from onewindow.errands.tests.scene import opening

    with opening():
        clerk, visit = seated()
        document = received(clerk, visit).documents.get(kind="receipt")
        doings = [lambda: reissue_document(by=clerk, document=document, reason="lost", once=uuid7()) for _ in range(6)]
        given = at_once(doings)
    assert sorted(again.n for again in given if isinstance(again, Reissue)) == [1, 2, 3, 4, 5, 6]
