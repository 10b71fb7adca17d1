"""For everybody: every page without a fault that axe finds, in English without a Chinese sentence of ours, and large for who needs it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.axe import faults

Person = Callable[..., Page]
PUBLIC = (
    "/", "/progress/", "/signin/", "/tickets/", "/items/", "/items/?q=食品", f"/items/{steps.FOOD}/", f"/items/{steps.FOOD}/mine/", "/together/",
    "/together/open-restaurant/", "/together/open-restaurant/mine/", "/satisfaction/",
    "/today/", "/today/measures/", "/tour/", "/board/demo-centre/A/", "/permits/", "/devices/phones/", "/devices/tray/",
)  # fmt: skip
POSTS = {
    "clerk07": ("/counter/", "/outage/enter/", "/evaluations/mine/", "/password/"),
    "market01": ("/approver/",),
    "handover01": ("/handover/", "/cashier/"),
    "manager01": ("/today/evaluations/", "/outage/", "/cashier/"),
    "editor01": ("/editor/", f"/editor/{steps.FOOD}/", f"/editor/{steps.FOOD}/versions/"),
    "reviewer01": ("/editor/", f"/editor/{steps.FOOD}/versions/"),
    "chiefeditor01": ("/editor/", f"/editor/{steps.FOOD}/versions/"),
    "administrator01": (
        "/office/", "/office/accounts/", "/office/places/", "/office/places/hours/", "/office/calendar/", "/office/health/", "/office/missed/",
        "/office/missed/?settled", "/office/catalogue/", "/registry/",
    ),
}
CHINESE = re.compile(r"[一-鿿]")


def spoken(page: Page) -> str:
    """The words of the page that are ours: what is marked as Chinese stays Chinese (names, statutes, the language's own button); a field holds its writer's."""
    words: str = page.evaluate(
        """() => { const body = document.body.cloneNode(true);
        for (const part of body.querySelectorAll('[lang="zh-Hans"], textarea, script, template, [hidden]')) part.remove(); return body.textContent; }"""
    )
    return words


@pytest.mark.parametrize("who", ["", *POSTS])
def test_every_page_is_without_fault_and_speaks_english(person: Person, who: str) -> None:
    page = person(who, language="en-GB")
    wrong = {}
    for path in POSTS.get(who, PUBLIC):
        page.goto(path)
        chinese = CHINESE.findall(spoken(page))
        if found := [*faults(page), *(["chinese", "".join(chinese)[:60]] if chinese else [])]:
            wrong[path] = found
    assert wrong == {}


def test_larger_print_stays_from_page_to_page_and_nothing_is_cut(person: Person) -> None:
    page = person(width=390, height=844)
    page.goto("/")
    usual = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.click("[data-elder-toggle]")
    for path in PUBLIC[:9]:
        page.goto(path)
        expect(page.locator("html[data-elder]")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > usual or "tickets" in path, path
    page.goto("/")
    page.click("[data-elder-toggle]")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == usual
