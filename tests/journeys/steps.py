"""What people do at the desks, said once."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

AGENT = "440524188001010014"  # GB 11643's own sample number
ANSWERS = {
    "business": "catering", "kinds": "hot", "machine": "no", "agent": "agent",
    "place": "lodging", "air": "no", "building": "as-it-was",
}  # fmt: skip
FOOD, HYGIENE = "food-business-licence", "public-place-hygiene-licence"

def take_ticket(page: Page, *, number: str = AGENT) -> str:
    """Take a ticket for hall A; the number printed."""
    page.goto("/tickets/")
    page.fill("#number", number)
    page.click("button[name=hall][value=A]")
    page.wait_for_url(re.compile(r"/tickets/[0-9a-f-]{36}/"))
    return page.locator(".ticket-number").inner_text().strip()


def open_window(page: Page) -> str:
    """Sit down at a window that is free; what it is called."""
    page.goto("/counter/")
    if page.locator("#counter-next").count() or page.locator("#counter-sit").count():
        return page.locator(".call").inner_text()
    page.locator("form[action*='/counter/windows/'] button").first.click()
    expect(page.locator("#counter-next")).to_be_visible()
    return page.locator("#call-head").inner_text()


def call_and_sit(page: Page) -> str:
    """Call the next person and begin; the number called."""
    page.click("#counter-next button")
    number = page.locator(".call .ticket-number").inner_text().strip()
    page.click("#counter-sit button")
    expect(page.locator("#counter-end")).to_be_visible()
    return number


def check_document(page: Page, *, number: str = AGENT) -> None:
    """The clerk looks at the document and types its last four."""
    page.fill("#tail", number[-4:])
    page.click("#counter-verify button")
    expect(page.locator("#counter-verify")).to_have_count(0)


def for_the_company(page: Page) -> None:
    """The agent, whose document was compared, comes for the company that appointed them."""
    check_document(page)
    page.locator("#counter-parties button").first.click()
    expect(page.locator("#counter-parties-new")).to_have_count(1)


def sit_down(visitor: Page, clerk: Page) -> None:
    """From the ticket machine to the chair: the agent takes a ticket, is called by the clerk, and comes for the company."""
    take_ticket(visitor)
    open_window(clerk)
    call_and_sit(clerk)
    for_the_company(clerk)


def answer(page: Page, item: str) -> None:
    """Answer the questions as in `ANSWERS`; the form is what comes next."""
    page.goto(f"/counter/apply/{item}/")
    while page.locator("input[name=once]").count() == 0:
        wanted = [f"input[name='answers.{question}'][value='{answer}']" for question, answer in ANSWERS.items()]
        page.locator(", ".join(wanted)).locator("visible=true").first.locator("xpath=ancestor::label").click()
        with page.expect_navigation():
            page.click("#counter-apply .button-main")


def apply_for(page: Page, item: str, *, leave_out: tuple[str, ...] = ()) -> None:
    """Answer the questions, fill what is empty, hand in the materials, 收件."""
    answer(page, item)
    fill_form(page)
    for box in page.locator("input[name=given]").all():
        if box.get_attribute("value") not in leave_out:
            box.locator("xpath=ancestor::label").click()
    page.locator("#counter-apply .button-main").click()
    page.wait_for_url(re.compile(r"/counter/case/"))


SAMPLES = {"date": "2026-01-01", "tel": "12000000001"}


def fill_form(page: Page) -> None:
    """Fill every field that is still empty with a sample of its kind."""
    for field in page.locator("[name^='form.']").all():
        tag, kind = field.evaluate("e => [e.tagName, e.type]")
        if tag == "SELECT":
            field.select_option(index=1)
        elif kind == "radio":
            field.locator("xpath=ancestor::label").click()
        elif not field.input_value():
            field.fill(sample(field))


def sample(field: Locator) -> str:
    """What a field of a form takes, by its kind and name."""
    name = field.get_attribute("name") or ""
    if field.get_attribute("inputmode") == "decimal":
        return "200"
    if kind := SAMPLES.get(field.get_attribute("type") or ""):
        return kind
    if "id-number" in name or name.endswith("-id"):
        return "11010519491231002X"
    if "phone" in name:
        return "12000000001"
    if "credit" in name:
        return "91110000600037341L"
    return "演示内容"


def check_all_in_order(page: Page) -> None:
    """Every material is as it should be."""
    for radio in page.locator("input[type=radio][value=in-order]").all():
        radio.locator("xpath=ancestor::label").click()


def accept(page: Page) -> None:
    check_all_in_order(page)
    page.click("button[name=verb][value=accept]")
    expect(page.locator("body")).to_contain_text("已受理")


def case_shown(page: Page) -> str:
    """The key of the case whose page this is."""
    found = re.search(r"/case/([0-9a-f-]{36})/", page.url)
    assert found is not None, page.url
    return found[1]


def decide(page: Page, case: str, verb: str = "grant") -> None:
    """Decide this case, whoever else's cases wait."""
    page.goto(f"/approver/{case}/")
    page.click(f"button[name=verb][value={verb}]")
    expect(page.locator(".messages .is-done, .messages .is-trouble").first).to_be_visible()


def leave(page: Page) -> None:
    """The person leaves; the window is free again."""
    page.goto("/counter/")
    page.click("#counter-end button")
    expect(page.locator("#counter-next")).to_be_visible()


def query_code(page: Page) -> str:
    """The query code as the visit's page shows it."""
    page.goto("/counter/")
    return re.sub(r"\s", "", page.locator("#query-code").inner_text())


def messages(page: Page) -> list[str]:
    """What the latest virtual phone shows, oldest first."""
    page.goto("/devices/phones/")
    return [text.strip() for text in reversed(page.locator(".bubble").all_inner_texts())]
