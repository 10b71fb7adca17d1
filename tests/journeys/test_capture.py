"""A clerk photographs what was brought: camera, keys, files, a bad file, a session that ends; the approver sees the pages."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from onewindow.instruments.reading.tests.handed import jpeg, pdf
from tests.journeys import steps
from tests.journeys.conftest import PASSWORD
from tests.support.stack import Stack

Person = Callable[..., Page]


@pytest.fixture(scope="module")
def browser(driver: Playwright) -> Iterator[Browser]:
    """A browser with a camera that shows a moving picture, and that may be used."""
    launched = driver.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", "--disable-background-networking", "--disable-gpu", "--use-fake-device-for-media-stream",
              "--use-fake-ui-for-media-stream"],
    )  # fmt: skip
    yield launched
    launched.close()


def shots(page: Page, group: str = "") -> int:
    return page.locator(f"{group} .shot").count()


def settled(page: Page, count: int, group: str = "") -> None:
    expect(page.locator(f"{group} .shot")).to_have_count(count)
    expect(page.locator("#capture-status")).to_have_text("")


def chosen(page: Page, *files: tuple[str, bytes]) -> None:
    page.set_input_files("#file", [{"name": name, "mimeType": "image/jpeg", "buffer": data} for name, data in files])
    page.click("#attach .choose button")


def shown(page: Page, name: str) -> None:
    """Keep what is seen at three widths, when asked."""
    if folder := os.environ.get("ONEWINDOW_SHOTS"):
        for width in (390, 1366, 1920):
            page.set_viewport_size({"width": width, "height": 860})
            page.wait_for_timeout(300)
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
        page.set_viewport_size({"width": 1366, "height": 860})


def test_pages_are_photographed_sorted_and_seen_by_the_approver(person: Person, stack: Stack) -> None:
    clerk = person("clerk06")
    steps.sit_down(person(), clerk)
    steps.apply_for(clerk, steps.FOOD)
    case = clerk.url
    clerk.locator("main").get_by_text("拍摄、上传").first.click()
    clerk.wait_for_url(re.compile(r"/pages/\?material="))
    first = clerk.locator("#attach input[name=material]:checked").get_attribute("value")
    group = f"[data-drop='{first}']"

    expect(clerk.locator("#camera-take")).to_be_enabled()  # the camera came by itself
    clerk.locator("h1").click()
    clerk.keyboard.press("Space")
    settled(clerk, 1, group)
    clerk.keyboard.press("Space")
    clerk.click("#camera-take")
    settled(clerk, 3, group)
    assert clerk.evaluate("getComputedStyle(document.querySelector('.shot img')).width") != "0px"
    expect(clerk.locator(".shot img").first).to_have_js_property("complete", True)
    assert clerk.locator(".shot img").first.evaluate("e => e.naturalWidth") > 300

    clerk.locator(f"{group} .shot").nth(2).focus()
    clerk.keyboard.press("2")  # to the second material
    second = clerk.locator("#attach input[data-key='2']").get_attribute("value")
    settled(clerk, 1, f"[data-drop='{second}']")
    clerk.locator(f"{group} .shot").nth(0).focus()
    clerk.keyboard.press("r")
    expect(clerk.locator(f"{group} .shot img").first).to_have_attribute("src", re.compile(r"\?90$"))
    clerk.locator(f"{group} .shot").nth(1).drag_to(clerk.locator(f"[data-drop='{second}'] h2"))
    settled(clerk, 2, f"[data-drop='{second}']")
    page = clerk.locator(f"{group} .shot")
    page.focus()
    clerk.keyboard.press("n")
    page.locator("input[name=title]").fill("申请书首页")
    clerk.keyboard.press("Enter")
    expect(page.locator(".shot-name")).to_contain_text("申请书首页")

    shown(clerk, "capture")

    clerk.goto(case)
    expect(clerk.locator(".sheets img")).to_have_count(3)
    shown(clerk, "case")
    steps.accept(clerk)
    approver = person("market01")
    approver.goto(case.replace("/counter/case/", "/approver/"))
    expect(approver.locator(".sheets img")).to_have_count(3)
    approver.locator(".sheets img").first.scroll_into_view_if_needed()
    expect(approver.locator(".sheets img").first).to_have_js_property("complete", True)
    assert approver.locator(".sheets img").first.evaluate("e => e.naturalWidth") > 300
    shown(approver, "approver")
    steps.leave(clerk)


def test_bad_files_are_told_and_a_session_that_ends_takes_no_photo_with_it(person: Person, stack: Stack, tmp_path: Path) -> None:
    clerk = person("clerk08")
    steps.sit_down(person(), clerk)
    steps.apply_for(clerk, steps.FOOD)
    clerk.goto(f"{clerk.url}pages/")
    group = "[data-drop='']"
    expect(clerk.locator("#camera-take")).to_be_enabled()
    chosen(clerk, ("合同.pdf", pdf(3)), ("程序.jpg", b"MZ" + bytes(4000)))
    settled(clerk, 3, group)
    expect(clerk.locator(".messages")).to_contain_text("没有收下“程序.jpg”：这是一个程序")
    with open(tmp_path / "太大.jpg", "wb") as large:
        large.truncate(21 * 1024 * 1024)
    clerk.set_input_files("#file", tmp_path / "太大.jpg")
    clerk.click("#attach .choose button")
    expect(clerk.locator("#capture-status")).to_contain_text("没有上传：太大.jpg")
    clerk.locator(f"{group} .shot").nth(2).focus()
    clerk.keyboard.press("Delete")
    clerk.locator("dialog [data-part=yes]").click()
    expect(clerk.locator(f"{group} .shot")).to_have_count(2)
    expect(clerk.locator("#pages")).to_contain_text("已取出 1 页")

    stack.rows("DELETE FROM django_session RETURNING 1")
    clerk.locator("h1").click()
    clerk.keyboard.press("Space")
    expect(clerk.locator("#capture-status")).to_contain_text("登录已过期，照片还在本页")
    elsewhere = clerk.context.new_page()
    elsewhere.goto("/signin/")
    elsewhere.fill("#username", "clerk08")
    elsewhere.fill("#password", PASSWORD)
    elsewhere.click("#sign-in button")
    elsewhere.wait_for_url(lambda url: "/signin/" not in url)
    elsewhere.close()
    settled(clerk, 3, group)  # the photo of before went up by itself
    steps.leave(clerk)


def test_without_scripts_the_same_is_a_form(browser: Browser, person: Person, stack: Stack) -> None:
    clerk = person("clerk07")
    steps.sit_down(person(), clerk)
    steps.apply_for(clerk, steps.FOOD)
    plain = browser.new_context(base_url=stack.url, java_script_enabled=False, storage_state=clerk.context.storage_state(), locale="zh-CN")
    page = plain.new_page()
    page.goto(f"{clerk.url}pages/")
    expect(page.locator("#camera")).to_be_hidden()
    chosen(page, ("一.jpg", jpeg()), ("空.jpg", b""))
    expect(page.locator(".messages")).to_contain_text("没有收下“空.jpg”")
    assert shots(page) == 1
    page.click(".shot button[value=turn]")
    expect(page.locator(".shot img")).to_have_attribute("src", re.compile(r"\?90$"))
    page.click(".shot summary")
    page.locator(".shot select").select_option(index=1)
    page.click(".shot button[data-do=sort]")
    assert shots(page, "[data-drop='']") == 0 and shots(page) == 1
    plain.close()
    steps.leave(clerk)
