"""Somebody leaves the window dissatisfied: the tablet asks by itself, a reason is given, and the manager calls back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.support.stack import Stack

Person = Callable[..., Page]


def test_from_the_tablet_to_the_manager_s_reply(person: Person, stack: Stack) -> None:
    clerk, tablet = person("clerk06"), person(width=800, height=1280)
    number = steps.take_ticket(person())
    steps.open_window(clerk)
    (address,) = stack.rows("SELECT w.uuid::text FROM places_window w JOIN staff_staff s ON s.id = w.clerk_id WHERE s.username = 'clerk06'")[0]
    tablet.goto(f"/evaluate/{address}/")
    expect(tablet.locator("main")).not_to_contain_text(f"{number}号")
    steps.call_and_sit(clerk)
    steps.check_document(clerk)
    steps.leave(clerk)

    expect(tablet.locator("main")).to_contain_text(f"{number}号")  # it asks by itself
    assert tablet.locator(".level").count() == 5
    assert all(box["height"] >= 80 for box in (button.bounding_box() for button in tablet.locator(".level").all()) if box)
    tablet.click("button[value=dissatisfied]")
    tablet.click("#why .button-main")
    expect(tablet.locator("#why-wrong")).to_contain_text("请至少勾一项")
    tablet.locator("input[value=manner]").locator("xpath=ancestor::label").click()
    tablet.locator("input[name=contact]").locator("xpath=ancestor::label").click()
    tablet.click("#why .button-main")
    expect(tablet.locator("h1")).to_have_text("谢谢您的评价")

    manager = person("manager01")
    manager.goto("/today/evaluations/?show=open")
    manager.locator("a.row-link").first.click()
    expect(manager.locator("main")).to_contain_text("愿意联系")
    for verb, words, state in (("contact", "已致电（演示）", "已联系核实"), ("correct", "已提醒窗口人员（演示）", "已整改，待回访")):
        manager.fill(f"#words-{verb}", words)
        manager.click(f"#follow-{verb} button")
        expect(manager.locator(".desk-head")).to_contain_text(state)
    manager.click("#follow-revisit button")
    expect(manager.locator(".desk-head")).to_contain_text("已回访办结")

    citizen = person(width=390, height=844)
    citizen.goto("/satisfaction/")
    expect(citizen.locator("main")).to_contain_text("已提醒窗口人员（演示）")
    clerk.goto("/evaluations/mine/")
    expect(clerk.locator("main")).to_contain_text("还不到能看的时候")
    assert re.search("不满意|不耐烦", clerk.locator("main").inner_text()) is None
