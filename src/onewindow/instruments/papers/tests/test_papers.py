"""Papers as they are printed: all of their words, their size, long names, the 演示 mark, and the same bytes each time."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest

from onewindow.instruments.papers import Reissue, Ticket, render, slip, ticket
from onewindow.instruments.papers.pictures import picture
from onewindow.instruments.papers.tests.sheets import NUMBER, content, ink, overlapping, said, sheets, squeezed
from onewindow.kernel.words import Words

ADDRESS = "https://one.example.gov.cn/p/23456789AB/"
MARK = 228  # the grey of the watermark, which nothing else has
NAMES = ["甲" * 40, "甲" * 120, "阿卜杜热依木·麦麦提吐尔逊·" * 9, "W" * 120, "Saint-Gobain Sekurit (Shanghai) " * 3, "中" * 20 + "A1" * 30]


def of(**changed: Any) -> bytes:
    return render(content(**changed), number=f"{NUMBER}-SL", address=ADDRESS)


def ticket_of(**changed: Any) -> bytes:
    wanted: dict[str, Any] = {
        "centre": Words("政务服务中心", "Service Centre"), "hall": Words("综合受理大厅", "General hall"), "number": "A023", "ahead": 7,
        "taken": datetime(2026, 9, 24, 10, 5, tzinfo=UTC), "address": ADDRESS,
    }  # fmt: skip
    return ticket(Ticket(**(wanted | changed)))


def grey(pdf: bytes) -> int:
    """How much of the watermark's grey there is on the first page."""
    return int(ink(pdf).histogram()[MARK])


# --- what stands there ----------------------------------------------------------------------------------


@pytest.mark.parametrize("english", [False, True])
def test_every_word_of_the_paper_is_on_it(english: bool) -> None:
    paper = content()
    text = said(render(paper, number=f"{NUMBER}-SL", english=english))
    lines = [paper["title"], paper["item"], paper["department"], *(b for b in paper["blocks"] if "zh" in b), *paper["blocks"][1]["list"]]
    for line in lines:
        assert squeezed(line["zh"]) in text
        assert (squeezed(line["en"]) in text) is english
    for word in (paper["addressee"], NUMBER, f"{NUMBER}-SL", "2026年9月24日", "第1页，共1页"):
        assert word in text
    assert set(paper["seal"]) <= set(text)


def test_twelve_lines_to_correct_go_on_to_a_second_page_and_none_is_lost() -> None:
    lines = [{"zh": f"材料{n}：请补交平面图，注明面积和设备位置，由申请人签字确认，原件一份、复印件两份，{n}号", "en": ""} for n in range(1, 13)]
    made = of(blocks=[{"zh": "现一次性告知：", "en": ""}, {"list": lines}, {"zh": "请凭本告知书提交。", "en": ""}])
    pages = sheets(made)
    assert len(pages) == 2
    text = said(made)
    for n in range(1, 13):
        assert f"材料{n}：" in text and f"{n}号" in text
    for place, page in enumerate(pages, 1):
        assert (round(page.width), round(page.height)) == (210, 297) and f"第{place}页，共2页" in page.text
    assert "2026年9月24日" in pages[1].text and "请凭本告知书提交" in pages[1].text  # never a signature on a page alone


def test_the_signature_takes_the_last_paragraph_along() -> None:
    for filler in range(12, 22):
        blocks = [{"list": [{"zh": f"第{n}行", "en": ""} for n in range(filler)]}, {"zh": "最后一段。", "en": ""}]
        pages = sheets(of(blocks=blocks))
        assert "最后一段。" in pages[-1].text and "2026年9月24日" in pages[-1].text


def test_the_query_code_stands_where_the_content_left_its_place() -> None:
    blocks = [{"zh": "查询码：{query-code}", "en": "Code: {query-code}"}]
    assert "查询码：23456789AB" in said(render(content(blocks=blocks), number="1", query_code="23456789AB"))
    assert "查询码：23456789AB" in said(slip(content(blocks=blocks), number="1", query_code="23456789AB"))


def test_what_somebody_typed_is_never_read_as_markup() -> None:
    typed = "#panic(1) *重* _斜_ $x$ @ref <label> // 注 \\ `code` [a] \"引\" = 标题 {query} https://a.b/c"
    text = said(of(addressee=typed, blocks=[{"zh": typed, "en": ""}, {"list": [{"zh": typed, "en": ""}]}]))
    assert text.count(squeezed(typed)) == 3


def test_a_licence_shows_its_own_number_and_addresses_nobody() -> None:
    lines = [{"zh": f"{label}：{value}", "en": ""} for label, value in (("经营者名称", "甲餐饮"), ("住所", "路：1号"), ("有效期至", "长期"))]
    text = said(render(content(number="JY131", blocks=[{"list": lines}]), number=f"{NUMBER}-ZZ"))
    assert "编号：JY131" in text and f"{NUMBER}-ZZ" not in text and "甲餐饮有限公司：" not in text
    assert "经营者名称甲餐饮" in text and "住所路：1号" in text and "有效期至长期" in text


def test_a_reissue_is_marked_exactly_when_it_is_one() -> None:
    again = Reissue(2, date(2026, 10, 9))
    for draw in (render, slip):
        assert "补发" not in said(draw(content(), number="1"))
        assert "补发第2次，2026年10月9日" in said(draw(content(), number="1", reissued=again))


def test_something_else_is_no_paper() -> None:
    with pytest.raises(ValueError, match="no paper"):
        render(content(schema="other/1"), number="1")


# --- the 演示 mark ----------------------------------------------------------------------------------------


def test_a_paper_is_marked_演示_exactly_when_it_is_one() -> None:
    for draw in (of, lambda **c: slip(content(**c), number="1"), lambda demo: ticket_of(demo=demo)):
        real, demo = draw(demo=False), draw(demo=True)
        assert "演示" not in said(real) and "演示" in said(demo)
        assert grey(demo) > 20 * max(grey(real), 1), (grey(demo), grey(real))


def test_every_page_of_a_demonstration_is_marked() -> None:
    made = of(demo=True, blocks=[{"list": [{"zh": "一行", "en": ""} for _ in range(70)]}])
    assert len(sheets(made)) > 2 and all("演示" in page.text for page in sheets(made))
    assert all(ink(made, page).histogram()[MARK] > 3000 for page in range(len(sheets(made))))


# --- size and long names ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES, ids=lambda name: f"{name[:3]}{len(name)}")
def test_a_long_name_wraps_and_stands_on_nothing_else(name: str) -> None:
    paper = content(addressee=name, seal="", blocks=[{"zh": f"已由{name}领取。", "en": ""}, {"list": [{"zh": f"名称：{name}", "en": ""}]}])
    for made, left, right in ((render(paper, number=f"{NUMBER}-SL"), 27.5, 184.5), (slip(paper, number="1"), 3.5, 76.5)):
        text = said(made)
        assert text.count(squeezed(name)) >= 3
        for sheet in sheets(made):
            assert overlapping(sheet) == []
            assert all(left < box[0] and box[2] < right for _, box in sheet.boxes)


def test_a_long_licence_number_and_item_stay_on_the_page() -> None:
    paper = content(number="JY" + "1" * 90, item={"zh": "事项" * 40, "en": ""}, title={"zh": "许可证" * 9, "en": ""}, seal="")
    for sheet in sheets(render(paper, number="1")):
        assert overlapping(sheet) == [] and all(box[0] > 27.5 and box[2] < 184.5 for _, box in sheet.boxes)


def test_the_check_for_overlaps_does_see_one() -> None:
    assert overlapping(sheets(of())[0]) != []  # the seal is pressed over the signature


@pytest.mark.parametrize("made", [ticket_of(demo=True), slip(content(demo=True), number="1", address=ADDRESS)], ids=["ticket", "slip"])
def test_the_roll_is_80_mm_wide_and_72_are_printed_on(made: bytes) -> None:
    (sheet,) = sheets(made)
    assert round(sheet.width, 1) == 80.0 and sheet.height > 80
    shown = ink(made)
    edge = int(3.9 / 80 * shown.width)
    for side in (shown.crop((0, 0, edge, shown.height)), shown.crop((shown.width - edge, 0, shown.width, shown.height))):
        assert side.getextrema() == (255, 255)


# --- the ticket -------------------------------------------------------------------------------------------


def test_the_ticket_tells_number_hall_how_many_wait_and_when() -> None:
    text = said(ticket_of())
    for word in ("政务服务中心", "综合受理大厅", "A023", "前面还有7位", "7beforeyou", "2026年9月24日10:05"):
        assert word in text
    assert "下一位就是您" in said(ticket_of(ahead=0)) and "前面还有" not in said(ticket_of(ahead=0))


def test_the_number_is_the_largest_thing_on_the_ticket() -> None:
    (sheet,) = sheets(ticket_of())
    tall = sorted(((box[3] - box[1], said_) for said_, box in sheet.boxes), reverse=True)
    assert {character for _, character in tall[:4]} == set("A023") and tall[3][0] > 3 * tall[4][0]


def test_a_long_ticket_number_and_hall_fit() -> None:
    hall = Words("法人事项综合受理大厅（市场准入与社会事务）" * 2, "Hall " * 20)
    (sheet,) = sheets(ticket_of(number="AB1234", hall=hall, centre=hall))
    assert overlapping(sheet) == [] and all(box[0] > 3.5 and box[2] < 76.5 for _, box in sheet.boxes)


# --- the file ---------------------------------------------------------------------------------------------

ANOTHER_PROCESS = """
import json, sys, hashlib
from onewindow.instruments.papers import render
print(hashlib.sha256(render(json.loads(sys.stdin.read()), number="1", address="https://a.example/")).hexdigest())
"""


def test_the_same_content_gives_the_same_bytes_in_another_process_too() -> None:
    import hashlib

    made = render(content(), number="1", address="https://a.example/")
    assert made == render(content(), number="1", address="https://a.example/")
    other = subprocess.run([sys.executable, "-c", ANOTHER_PROCESS], input=json.dumps(content()), capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(made).hexdigest()


def test_threads_draw_what_each_was_given() -> None:
    papers = [content(addressee=f"第{n}号公司") for n in range(12)]
    alone = [render(paper, number="1") for paper in papers]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda paper: render(paper, number="1"), papers)) == alone


def test_it_is_pdf_a_with_a_title() -> None:
    for made in (of(), slip(content(), number="1"), ticket_of()):
        assert b"pdfaid:part" in made and made.startswith(b"%PDF-1.7")


def test_a_character_without_a_glyph_is_no_reason_not_to_print() -> None:
    made = of(addressee="𠮷野家")
    assert b"pdfaid:part" not in made and "野家：" in said(made)


def test_a_picture_of_a_page_is_as_wide_as_asked_for() -> None:
    import io

    from PIL import Image

    shown = Image.open(io.BytesIO(picture(ticket_of(), width=300)))
    assert shown.format == "PNG" and abs(shown.width - 300) <= 1
