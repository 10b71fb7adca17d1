"""The system was away: a booklet printed beforehand, a receipt written by hand, entered afterwards as of its true time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import Page, expect

from onewindow.foundation.catalogue.definition.model import Limit
from onewindow.kernel import clock
from onewindow.law.calendars import packaged
from onewindow.spine.cases.rules import ends
from tests.journeys import steps
from tests.support.stack import Stack

Person = Callable[..., Page]
OFFICE = "/outage/"


def chinese(day: object) -> str:
    return f"{day.year}年{day.month}月{day.day}日"  # type: ignore[attr-defined]


def at(page: Page, form: str, moment: datetime) -> None:
    page.fill(f"#{form}-on", f"{moment:%Y-%m-%d}")
    page.fill(f"#{form}-at", f"{moment:%H:%M}")


def send(page: Page, form: str) -> None:
    """Send; where the machine's own time of day is outside office hours, confirm what the paper says."""
    page.click(f"#{form} .button-main")
    box = page.locator(f"#{form} input[name=confirmed]")
    if box.count():
        expect(page.locator("[role=alert]")).to_contain_text("不在办公时间")
        box.locator("xpath=ancestor::label").click()
        page.click(f"#{form} .button-main")


def called_by(page: Page) -> str:
    """The next person, called and seated; the number on their ticket."""
    page.goto("/counter/")
    return steps.call_and_sit(page)


def test_a_booklet_is_printed_a_receipt_entered_afterwards_and_its_limits_are_right(person: Person, stack: Stack) -> None:
    manager = person("manager01")
    manager.goto(OFFICE)
    manager.fill("#count", "3")
    manager.click("#outage-booklets .button-main")
    expect(manager.locator("main")).to_contain_text("A-备001")
    with manager.expect_download() as kept:
        manager.locator("a[href$='.pdf']").first.click()
    assert kept.value.path().read_bytes().startswith(b"%PDF-")

    board = person(width=1920, height=1080)
    board.goto("/board/demo-centre/A/")
    happened = clock.local(clock.now())
    manager.fill("#reason", "机房断电")
    at(manager, "declare", happened)
    manager.click("#outage-declare .button-main")
    expect(board.locator("body")).to_contain_text("系统维护，凭纸号等候")  # without being touched

    clerk = person("clerk07")
    steps.open_window(clerk)
    clerk.goto("/outage/enter/")
    clerk.fill("#ticket-number", "1")
    at(clerk, "ticket", happened)
    send(clerk, "outage-tickets")
    expect(board.locator("body")).to_contain_text("A-备001")
    assert called_by(clerk) == "A-备001"
    steps.leave(clerk)

    clerk.click("a[href='/outage/enter/']")
    clerk.fill("#receipt-number", "A-备收002")
    at(clerk, "receipt", happened)
    clerk.fill("#accepted", f"{happened:%Y-%m-%d}")
    send(clerk, "outage-enter")
    expect(clerk.locator("#on-paper")).to_contain_text("A-备收002")
    clerk.locator("#party-new > summary").click()
    clerk.fill("#new-name", "停机那天来的单位（演示）")
    clerk.fill("#new-number", "11440100007483172Q")
    clerk.click("#counter-parties-new .button-main")
    steps.apply_for(clerk, steps.FOOD)
    due = ends(Limit(n=5, unit="working-day"), happened.date(), packaged()).due
    case = clerk.locator("main")
    expect(case).to_contain_text("补录")
    expect(case).to_contain_text(re.compile(f"实际收件 ?{chinese(happened)} ?{happened:%H:%M}"))
    expect(case.locator("dl.pairs").last).to_contain_text(chinese(due))
    steps.accept(clerk)
    assert stack.rows("SELECT accepted_on, paper, notice_due_on FROM cases_case WHERE paper <> ''") == [(happened.date(), "A-备收002", due)]

    manager.goto(OFFICE)
    expect(manager.locator("main")).to_contain_text("机房断电")
    manager.click("#outage-confirm-2 button")
    expect(manager.locator("main")).to_contain_text("已核对")
    manager.click("#outage-end .button-main")
    expect(board.locator("body")).not_to_contain_text("凭纸号等候")
    steps.leave(clerk)
