"""A clerk's session ends in the middle of a form: nothing typed is lost, whether they go on typing or press the button."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import PASSWORD
from tests.support.stack import Stack

Person = Callable[..., Page]


def filled_in(page: Page, item: str) -> None:
    """Everything answered and filled, and kept by itself."""
    steps.answer(page, item)
    steps.fill_form(page)
    for box in page.locator("input[name=given]").all():
        box.locator("xpath=ancestor::label").click()
    expect(page.locator("#draft-status")).to_contain_text("已自动保存")


def end_every_session(stack: Stack) -> None:
    assert stack.rows("DELETE FROM django_session RETURNING 1")


def sign_in(page: Page, username: str) -> None:
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.click("#sign-in button")


def test_a_session_that_ends_takes_no_form_with_it(person: Person, stack: Stack) -> None:
    clerk = person("clerk05")
    steps.sit_down(person(), clerk)

    filled_in(clerk, steps.FOOD)
    expect(clerk.locator("input[name='form.agent-id-number']")).to_have_value("440***********0014")
    end_every_session(stack)
    clerk.fill("input[name='form.premises']", "示范路 2 号，登录过期后才填的")
    expect(clerk.locator("#draft-signed-out")).to_be_visible()  # told at once, on the page itself
    clerk.click("#counter-apply .button-main")
    expect(clerk.locator("#draft-signed-out a")).to_be_focused()  # and nothing is sent
    assert stack.rows("SELECT count(*) FROM cases_case WHERE visit_id = (SELECT max(id) FROM visits_visit)") == [(0,)]
    with clerk.context.expect_page() as opened:
        clerk.click("#draft-signed-out a")
    elsewhere = opened.value
    sign_in(elsewhere, "clerk05")
    elsewhere.wait_for_url(re.compile("/counter/$"))
    elsewhere.close()
    clerk.evaluate("dispatchEvent(new Event('focus'))")
    expect(clerk.locator("#draft-signed-out")).to_be_hidden()
    expect(clerk.locator("#draft-status")).to_contain_text("已自动保存")
    clerk.click("#counter-apply .button-main")
    clerk.wait_for_url(re.compile("/counter/case/"))
    expect(clerk.locator("main")).to_contain_text("登录过期后才填的")

    filled_in(clerk, steps.HYGIENE)
    clerk.fill("input[name='form.legal-person']", "半路上的负责人")
    clerk.wait_for_timeout(1500)
    end_every_session(stack)
    clerk.click("#counter-apply .button-main")
    clerk.wait_for_url(re.compile("/signin/"))
    expect(clerk.locator(".messages")).to_contain_text("存在本窗口的这次办理里")
    sign_in(clerk, "clerk05")
    expect(clerk.locator("#apply-resumed")).to_be_visible()
    expect(clerk.locator("input[name='form.legal-person']")).to_have_value("半路上的负责人")
    clerk.click("#counter-apply .button-main")
    clerk.wait_for_url(re.compile("/counter/case/"))
    assert stack.rows("SELECT count(*) FROM acceptance_draft") == [(0,)]
    steps.leave(clerk)
