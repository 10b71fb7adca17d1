"""The guide on paper: for anybody as a file, at a desk from the printer; only what the situation needs, its code leading back to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from onewindow.desks.guide import paper
from onewindow.errands.tests.scene import FOOD, everything
from onewindow.foundation.catalogue.definition import resolve, situations
from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.staff.models import Staff
from onewindow.instruments.papers.tests.sheets import said, sheets, squeezed
from onewindow.instruments.printing.virtual import VirtualPrinter
from onewindow.kernel.keys import uuid7

CATERING = "answers.business=catering&answers.kinds=&answers.machine=no&answers.agent=self"


@pytest.fixture
def tray(settings: Any) -> VirtualPrinter:
    return VirtualPrinter(Path(settings.TRAY))


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where the codes on the papers lead."""
    found: list[str] = []
    original = paper.guide
    monkeypatch.setattr(paper, "guide", lambda *a, **k: (found.append(k["address"]), original(*a, **k))[1])
    return found


def pdf(path: str, language: str = "zh-hans") -> bytes:
    answer = Client(headers={"accept-language": language}).get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    return bytes(answer.content)


def at_desk(username: str) -> Client:
    client = Client()
    client.force_login(Staff.objects.get(username=username))
    return client


def test_a_situation_s_paper_names_its_materials_and_no_others(db: None, addresses: list[str], settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://one.example.gov.cn"
    definition = published(FOOD).definition
    needed = [answers for answers in situations(definition) if not resolve(definition, answers).not_needed]
    for answers in needed[:: len(needed) // 4]:
        query = "&".join(f"answers.{code}={value}" for code, chosen in answers.items() for value in chosen or ("",))
        text = said(pdf(f"/items/{FOOD}/mine/guide.pdf?{query}"))
        names = {material.code: squeezed(material.name.zh) for material in definition.materials}
        assert {code for code, name in names.items() if name in text} == {m.code for m in resolve(definition, answers).materials}
        assert addresses.pop() == f"https://one.example.gov.cn/items/{FOOD}/mine/?{query}"


def test_the_whole_item_s_paper_names_every_material_and_leads_to_its_page(db: None, addresses: list[str]) -> None:
    text = said(pdf(f"/items/{FOOD}/guide.pdf"))
    assert all(squeezed(material.name.zh) in text for material in published(FOOD).definition.materials)
    assert "第1版，" in text and "法人事项综合受理大厅" in text and "星期一至星期五08:30–16:30" in text
    assert addresses == [f"http://testserver/items/{FOOD}/"]


def test_size_print_and_language_are_the_reader_s(db: None) -> None:
    assert round(sheets(pdf(f"/items/{FOOD}/guide.pdf?size=a5"))[0].width) == 148
    large = said(pdf(f"/items/{FOOD}/mine/guide.pdf?{CATERING}&elder=1"))
    assert "要带的材料" in large and "《食品安全法》" not in large
    english = said(pdf(f"/items/{FOOD}/mine/guide.pdf?{CATERING}", language="en"))
    assert "Whattobring" in english and "Foodbusinesslicence(new)" in english and "食品经营许可申请书" in english


def test_an_open_question_leads_back_to_it_and_a_strange_answer_to_the_first(db: None) -> None:
    answer = Client().get(f"/items/{FOOD}/mine/guide.pdf?answers.business=catering")
    assert (answer.status_code, answer["Location"]) == (302, f"/items/{FOOD}/mine/?answers.business=catering")
    assert Client().get(f"/items/{FOOD}/mine/guide.pdf?{CATERING}&answers.colour=red").status_code == 302
    assert Client().get("/items/nothing/guide.pdf").status_code == 404
    assert Client().get("/items/nothing/mine/guide.pdf").status_code == 404


def test_a_situation_that_needs_nothing_says_so_on_paper(db: None) -> None:
    text = said(pdf(f"/items/{FOOD}/mine/guide.pdf?answers.business=sales&answers.goods=prepackaged-only"))
    assert "您不用办这件事" in text and "要带的材料" not in text


def test_the_pages_offer_the_files_and_a_desk_its_printer(db: None) -> None:
    for path, file in ((f"/items/{FOOD}/", "guide.pdf?size=a4"), (f"/items/{FOOD}/mine/?{CATERING}", f"mine/guide.pdf?{CATERING.replace('&', '&amp;')}&amp;size=a4")):
        stranger = Client().get(path).content.decode()
        assert file in stranger and "guide-print" not in stranger
        assert "guide-print" in at_desk("clerk01").get(path).content.decode()
        assert "guide-print" not in at_desk("market01").get(path).content.decode()


def test_a_clerk_prints_it_once_and_nothing_is_written(db: None, tray: VirtualPrinter) -> None:
    clerk, once = at_desk("clerk01"), str(uuid7())
    sent = {"once": once, "answers.business": "catering", "answers.kinds": "", "answers.machine": "no", "answers.agent": "self", "size": "a5", "elder": "1"}
    before = everything()
    for _ in range(2):
        answer = clerk.post(f"/items/{FOOD}/mine/print/", sent)
        assert (answer.status_code, answer["Location"]) == (303, f"/items/{FOOD}/mine/?{CATERING}")
    (printed,) = tray.tray()
    assert (printed.title, printed.media) == ("办事指南 食品经营许可（新办）", "iso_a5_148x210mm")
    assert "要带的材料" in said(tray.paper(printed.n) or b"")
    assert {table for table, found in everything().items() if found != before[table]} <= {"django_session"}


def test_the_whole_guide_is_printed_too_and_an_open_question_is_not(db: None, tray: VirtualPrinter) -> None:
    clerk = at_desk("clerk01")
    assert clerk.post(f"/items/{FOOD}/print/", {"once": str(uuid7())})["Location"] == f"/items/{FOOD}/"
    assert clerk.post(f"/items/{FOOD}/mine/print/", {"once": str(uuid7()), "answers.business": "catering"}).status_code == 404
    assert [printed.media for printed in tray.tray()] == ["iso_a4_210x297mm"]


def test_without_a_printer_the_desk_is_told(db: None, settings: Any) -> None:
    clerk = at_desk("clerk01")
    settings.PRINTER = "none"
    page = clerk.get(f"/items/{FOOD}/").content.decode()
    assert "guide-print" not in page
    answer = clerk.post(f"/items/{FOOD}/print/", {"once": str(uuid7())}, headers={"referer": f"http://testserver/items/{FOOD}/"})
    assert answer.status_code in (303, 503)


def test_the_file_is_named_after_the_item(db: None) -> None:
    answer = Client().get(f"/items/{FOOD}/mine/guide.pdf?{CATERING}")
    assert quote("食品经营许可（新办）-我的办事单.pdf") in answer["Content-Disposition"]


def test_the_blank_form_asks_what_the_situation_asks(db: None) -> None:
    definition = published(FOOD).definition
    answers = next(answers for answers in situations(definition) if not resolve(definition, answers).not_needed)
    query = "&".join(f"answers.{code}={value}" for code, chosen in answers.items() for value in chosen or ("",))
    before = everything()
    whole, mine = said(pdf(f"/items/{FOOD}/form.pdf")), said(pdf(f"/items/{FOOD}/mine/form.pdf?{query}&size=a5"))
    asked = {squeezed(field.label.zh) for field in resolve(definition, answers).fields}
    assert all(label in mine and label in whole for label in asked) and "我的情形" in mine and "我的情形" not in whole
    page = Client().get(f"/items/{FOOD}/mine/?{query}").content.decode()
    assert f"/items/{FOOD}/mine/form.pdf?" in page and f"/items/{FOOD}/form.pdf?" in Client().get(f"/items/{FOOD}/").content.decode()
    back = Client().get(f"/items/{FOOD}/mine/form.pdf")
    assert (back.status_code, back["Location"]) == (302, f"/items/{FOOD}/mine/")
    assert Client().get("/items/no-such-item/form.pdf").status_code == 404
    assert everything() == before
