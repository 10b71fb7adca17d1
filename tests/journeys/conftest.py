"""One installation and one browser for all journeys; a fresh context, and so a fresh person, each time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.faults.cluster_support import open_folder
from tests.support.stack import Stack

PASSWORD = "onewindow-demo"
PATIENCE_MS = 30_000


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    with open_folder(on_disk=True) as folder:
        made = Stack(folder / "home").start()
        yield made
        made.stop()


expect.set_options(timeout=PATIENCE_MS)  # it looks until then, and goes on at once when it sees


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What launches browsers: one a process, whatever the order of the journeys."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    launched = driver.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    )
    yield launched
    launched.close()


@pytest.fixture
def person(browser: Browser, stack: Stack) -> Iterator[Callable[..., Page]]:
    """Makes a page of a new person; signed in when a username is given. Pages that log an error fail the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def make(username: str = "", *, width: int = 1366, height: int = 860, language: str = "zh-CN") -> Page:
        context = browser.new_context(
            base_url=stack.url, viewport={"width": width, "height": height}, locale=language, timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.append(request.url) if not _ours(request.url) else None)
        if username:
            page.goto("/signin/")
            page.fill("#username", username)
            page.fill("#password", PASSWORD)
            page.click("#sign-in button")
            page.wait_for_url(lambda url: "/signin/" not in url)
        return page

    yield make
    for place, context in enumerate(contexts):
        if os.environ.get("ONEWINDOW_SHOTS"):  # what everybody saw last, for whoever mends a journey
            context.pages[0].screenshot(path=f"{os.environ['ONEWINDOW_SHOTS']}/{place}.png", full_page=True)
        context.close()
    assert wrong == [], "no script fails and no request leaves the machine"


def _ours(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "about:"))
