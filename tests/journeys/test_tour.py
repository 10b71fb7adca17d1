"""The tour as a visitor takes it: one matter, four stops, every message on the phone, and no fault that axe finds."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.axe import faults

Person = Callable[..., Page]


def texted(page: Page, words: str) -> None:
    """The message is on the phone at the first stop, without the page being loaded anew."""
    expect(page.locator("#tour-inbox .bubble").filter(has_text=words)).to_have_count(1)


def only_lit(page: Page, stop: str) -> None:
    """Exactly one stop is lit, and at most one thing in it."""
    expect(page.locator(".stop.is-now")).to_have_id(f"stop-{stop}")
    assert page.locator("main .button-main:visible").count() <= 1
    assert faults(page) == []


def test_one_matter_from_the_phone_to_the_hand(person: Person) -> None:
    page = person()
    page.goto("/today/")
    page.get_by_role("link", name="跟着一件事走一遍").click()
    assert faults(page) == []
    page.click("#tour-begin .button-main")

    only_lit(page, "phone")
    page.locator("input[name=business][value=catering]").locator("xpath=ancestor::label").click()
    page.click("#tour-ask-business .button-main")
    page.locator("input[name=kinds][value=hot]").locator("xpath=ancestor::label").click()
    page.click("#tour-ask-kinds .button-main")
    expect(page.locator(".handset-question")).to_have_text("您要带这 7 样")
    page.go_back()
    page.go_forward()
    only_lit(page, "phone")
    page.click("#tour-ticket .button-main")

    texted(page, "您的号码是")
    only_lit(page, "window")
    page.click("#tour-call .button-main")
    texted(page, "号窗口")
    page.click("#tour-sit .button-main")
    tail = re.sub("[^0-9X]", "", page.locator("#tour-tail-help").inner_text())
    page.fill("#tour-tail", tail)
    page.click("#tour-verify .button-main")
    page.click("#tour-receive .button-main")
    texted(page, "已收件")
    page.locator("input[value=deficient]").first.locator("xpath=ancestor::label").click()
    page.click("#tour-check button[value=correct]")
    texted(page, "需要补正")
    page.click("#tour-supplement .button-main")
    only_lit(page, "window")
    page.reload()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="收件凭证").click()
    expect(opened.value.locator(".sheet h1")).to_have_text("收件凭证")
    opened.value.close()
    page.click("#tour-check button[value=accept]")

    only_lit(page, "approval")
    texted(page, "已受理")
    page.click("#tour-grant .button-main")
    expect(page.locator("#tour-collect")).to_be_visible()  # the licence appears by itself
    texted(page, "可以领取了")
    only_lit(page, "delivery")
    page.fill("#tour-collect-tail", tail)
    page.click("#tour-collect .button-main")

    expect(page.locator("#told-head")).to_be_visible()
    texted(page, "已领取")
    told = page.locator(".told-moves").inner_text()
    for move in ("取号", "叫号", "核对证件", "收件", "一次性告知补正", "受理", "准予许可"):
        assert move in told
    assert faults(page) == []
    page.click("#tour-again .button-main")
    only_lit(page, "phone")


def test_on_a_phone_the_next_stop_is_on_top_and_nothing_is_cut(person: Person) -> None:
    page = person(width=390, height=844, language="en-GB")
    page.goto("/tour/")
    page.click("#tour-begin .button-main")
    page.locator("input[value=canteen]").locator("xpath=ancestor::label").click()
    page.click("#tour-ask-business .button-main")
    page.click("#tour-ask-kinds .button-main")
    page.click("#tour-ticket .button-main")
    expect(page.locator("#tour-call")).to_be_visible()
    tops = [box["y"] for box in (page.locator(f"#stop-{stop}").bounding_box() for stop in ("window", "phone", "approval")) if box]
    assert tops == sorted(tops) and len(tops) == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(page) == []
