"""A sitting from the call to the farewell without a mouse: three items of three departments, one refused; the other two stand."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from onewindow.foundation.catalogue.definition import Definition, demo_folder, load, next_question
from tests.journeys import steps
from tests.journeys.axe import faults

Person = Callable[..., Page]
LABOUR = "labour-dispatch-licence"
SAID = {steps.FOOD: "想开个小饭馆"}  # by what people say; the others by their names
FARTHEST = 150


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Go there by Tab alone, as somebody does who has no mouse."""
    for _ in range(FARTHEST):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"no way by Tab to {wanted}")


def press(page: Page, key: str) -> None:
    """One key, and wherever it leads."""
    page.keyboard.press(key)
    page.wait_for_load_state()


def go(page: Page, key: str) -> None:
    """One key that leads to another page; there and ready, scripts and all."""
    with page.expect_navigation():
        page.keyboard.press(key)


def answers_of(definition: Definition) -> dict[str, str]:
    """The first answer to each question that does not end the matter, but for what `steps` knows better."""
    given: dict[str, list[str]] = {}
    while (question := next_question(definition, given)) is not None:
        known = steps.ANSWERS.get(question.code)
        codes = [answer.code for answer in question.answers if answer.not_needed is None]
        given[question.code] = [known if known in codes else codes[0]]
    return {code: chosen[0] for code, chosen in given.items()}


def take_in(page: Page, item: str) -> None:
    """Find the item by its name or by what people say, answer by digits, fill in, tick what was brought, 收件."""
    definition = load(demo_folder() / "items" / f"{item}.json")
    press(page, "f")
    page.keyboard.type(SAID.get(item, definition.name.zh))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/counter/apply/{item}/"))
    for code, value in answers_of(definition).items():
        choice = page.locator(f"input[name='answers.{code}'][value='{value}']:not([type=hidden])")
        press(page, choice.get_attribute("data-key") or "")
        expect(choice).to_be_checked()
        go(page, "n")
        expect(choice).to_have_count(0)
    for place in range(page.locator("#counter-apply input[name^='form.']").count()):
        field = page.locator("#counter-apply input[name^='form.']").nth(place)
        if field.get_attribute("type") == "radio":
            if not page.locator(f"input[name='{field.get_attribute('name')}']:checked").count():
                tab_to(page, field)
                press(page, "Space")
        elif not field.input_value():
            tab_to(page, field)
            page.keyboard.type("20260101" if field.get_attribute("type") == "date" else steps.sample(field))
    for place in range(page.locator("input[name=given]").count()):
        box = page.locator("input[name=given]").nth(place)
        tab_to(page, box)
        press(page, "Space")
        expect(box).to_be_checked()
    go(page, "s")
    page.wait_for_url(re.compile("/counter/case/"))


def accept(page: Page) -> None:
    """Down the list of materials by J, each judged by 1; then A and Enter."""
    press(page, "j")
    for _ in range(page.locator("[data-marks]").count()):
        press(page, "1")
    assert page.locator("input[value=in-order]:checked").count() == page.locator("[data-marks]").count()
    press(page, "a")
    go(page, "Enter")
    expect(page.locator("#counter-check")).to_have_count(0)


def refuse(page: Page) -> None:
    """X opens the grave form; the question before it is answered by going to the other button."""
    press(page, "x")
    ground = page.locator("input[name=ground][value=not-ours]")
    expect(page.locator("#refuse")).to_have_attribute("open", "")
    tab_to(page, ground, "Shift+Tab")  # the form opens at the first thing to type; the ground stands before it
    press(page, "Space")
    expect(ground).to_be_checked()
    for name, words in (("#refuse-agency", "邻区主管部门（演示）"), ("#refuse-reason", "经营场所不在本区（演示）")):
        tab_to(page, page.locator(name))
        page.keyboard.type(words)
    tab_to(page, page.locator("#counter-refuse .button-grave"))
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open] [data-part=no]")).to_be_focused()
    tab_to(page, page.locator("dialog[open] [data-part=yes]"))
    go(page, "Enter")
    expect(page.locator("#counter-refuse")).to_have_count(0)


def test_three_items_without_a_mouse_one_refused_and_two_stand(person: Person) -> None:
    number = steps.take_ticket(person())
    page = person("clerk08")
    page.goto("/counter/")
    if page.locator("#counter-next").count() == 0:
        tab_to(page, page.locator("form[action*='/counter/windows/'] button").first)
        press(page, "Enter")
    expect(page.locator("#counter-next")).to_be_visible()

    press(page, "?")
    keys = page.locator("dialog.keys")
    expect(keys).to_contain_text("叫下一位")
    assert faults(page) == []
    press(page, "?")
    expect(keys).to_have_count(0)

    press(page, "n")
    expect(page.locator(".call .ticket-number")).to_have_text(number)
    press(page, "s")
    expect(page.locator("#tail")).to_be_focused()
    page.keyboard.type(steps.AGENT[-4:])
    press(page, "Enter")
    expect(page.locator("#counter-parties")).to_be_visible()
    press(page, "g")
    expect(page.locator("#items-filter")).to_be_visible()

    for item, judge in ((steps.FOOD, accept), (LABOUR, refuse), (steps.HYGIENE, accept)):
        take_in(page, item)
        judge(page)
        go(page, "b")
        expect(page.locator("#counter-end")).to_be_visible()
    states = [text.strip() for text in page.locator("[aria-labelledby=cases-head] tbody tr td:nth-child(3)").all_inner_texts()]
    assert states == ["已受理", "不予受理", "已受理"]
    press(page, "e")
    press(page, "Enter")
    expect(page.locator("#counter-next")).to_be_visible()
