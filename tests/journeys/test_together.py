"""One thing at once as people walk it: a restaurant opened in one sitting; one part refused, the others standing."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.support.stack import Stack, until

Person = Callable[..., Page]
BUNDLE = "open-restaurant"
ANSWERS = {
    "standing": "self-employed", "signs": "own", "agent": "agent", "self-employed-registration.what": "citizen", "self-employed-registration.form": "person",
    "self-employed-registration.premises": "rented", "self-employed-registration.approval": "no", "food-business-licence.kinds": "hot",
    "food-business-licence.machine": "no", "fire-safety-check.way": "commitment", "fire-safety-check.building": "existing",
    "sewer-discharge-permit.where": "sewer", "sewer-discharge-permit.network": "separate",
}  # fmt: skip
LICENCE, FOOD, FIRE, SEWER = FOUR = "个体工商户设立登记", "食品经营许可（新办）", "公众聚集场所投入使用、营业前消防安全检查", "城镇污水排入排水管网许可"


def answer_all(page: Page) -> list[str]:
    """Answer every question by the keyboard alone; which were asked, in order."""
    asked = []
    while page.locator("#counter-together").count():
        boxes = page.locator("#counter-together input[data-key]")
        asked.append((boxes.first.get_attribute("name") or "").removeprefix("answers."))
        wanted = page.locator(f"#counter-together input[name='answers.{asked[-1]}'][value='{ANSWERS[asked[-1]]}']")
        page.keyboard.press(wanted.get_attribute("data-key") or "")
        expect(wanted).to_be_checked()
        with page.expect_navigation():
            page.keyboard.press("n")
    return asked


def fill_in(page: Page) -> None:
    """The one form, and every paper in the hand."""
    page.fill("input[name='form.fire-safety-check.opening']", "2099-12-01")
    steps.fill_form(page)
    for box in page.locator("input[name=given]").all():
        box.locator("xpath=ancestor::label").click()


def file_all(page: Page) -> None:
    """One press for all of them."""
    page.keyboard.press("s")
    page.wait_for_url(re.compile(r"/counter/$"))
    expect(page.locator("body")).to_contain_text("已一并收件 4 件，综合收件凭证已生成")


def open_case(page: Page, name: str) -> str:
    """The page of one of the sitting's cases; its key."""
    page.goto("/counter/")
    page.locator("a.row-link[data-row]", has_text=name).click()
    page.wait_for_url(re.compile(r"/counter/case/"))
    return page.url.rstrip("/").rpartition("/")[2]


def turn_away(page: Page) -> None:
    """Not accepted: another agency's business."""
    page.click("#refuse summary")
    page.locator("input[name=ground][value=not-ours]").locator("xpath=ancestor::label").click()
    page.fill("#refuse-agency", "示范市水务局（演示）")
    page.fill("#refuse-reason", "接入的管网不归本区管")
    page.click("#counter-refuse .button-grave")
    page.locator("dialog[open] button.button-main, dialog[open] .button-grave, dialog[open] [value=yes]").first.click()
    expect(page.locator("main")).to_contain_text("不予受理")


def states(page: Page) -> dict[str, str]:
    """What the progress page says of each case filed together."""
    lines = page.locator("ol.lines li").all()
    return {line.locator("a").inner_text(): line.locator(".state, .chip").last.inner_text().strip() for line in lines}


def test_a_restaurant_is_opened_in_one_sitting_and_one_refusal_leaves_the_others(person: Person, stack: Stack) -> None:
    visitor, clerk = person(width=390, height=844), person("clerk05")
    steps.sit_down(visitor, clerk)
    clerk.goto("/counter/")
    clerk.click(f"a.item[href='/counter/together/{BUNDLE}/']")
    assert answer_all(clerk) == list(ANSWERS), "each once, and none that another answer settles"
    fill_in(clerk)
    file_all(clerk)
    assert [row.inner_text() for row in clerk.locator("a.row-link[data-row]").all()] == list(FOUR)

    open_case(clerk, SEWER)
    turn_away(clerk)
    licence = open_case(clerk, LICENCE)
    steps.accept(clerk)
    food = open_case(clerk, FOOD)
    expect(clerk.locator("#counter-check")).to_contain_text("办成后自动转入，不用申请人交")
    code = steps.query_code(clerk)
    steps.leave(clerk)

    visitor.goto(f"/p/{code}/")
    assert states(visitor) == {LICENCE: "已受理", FOOD: "已收件", FIRE: "已收件", SEWER: "不予受理"}
    numbers = visitor.locator(".case-card code").all_inner_texts()
    assert len(set(numbers)) == 4, "each case its own number"
    assert visitor.locator(".case-card").filter(has_text="最迟哪天有结果").count() == 1, "only what was accepted has its clock running"
    visitor.get_by_role("link", name="综合收件凭证").click()
    for number in numbers:
        expect(visitor.locator("main")).to_contain_text(number)

    approver = person("market01")
    approver.goto(f"/approver/{licence}/")
    approver.click("button[name=verb][value=grant]")
    expect(approver.locator(".messages .is-done").first).to_be_visible()
    visitor.goto(f"/p/{code}/")
    until(lambda: (visitor.reload(), states(visitor)[LICENCE])[1] != "已受理", "the licence is decided")

    def arrived() -> bool:
        clerk.goto(f"/counter/case/{food}/")
        return clerk.locator("input[name='standing.business-licence'][value=given]").is_checked()

    until(arrived, "the licence reaches the food case by itself")
    assert states(visitor) == {LICENCE: "准予许可", FOOD: "已收件", FIRE: "已收件", SEWER: "不予受理"}
    assert stack.run("audit", "verify").returncode == 0
