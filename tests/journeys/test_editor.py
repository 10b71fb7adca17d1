"""An item is changed for tomorrow: today's case keeps the old list, tomorrow's has the new. Two editors at one field lose nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from onewindow.config import demonstration_clock
from onewindow.kernel.clock import LOCAL
from tests.faults.cluster_support import open_folder
from tests.journeys import steps
from tests.journeys.axe import faults
from tests.support.stack import Stack, until

Person = Callable[..., Page]
HERE = f"/editor/{steps.FOOD}/"
TEXT = "食品经营许可申请书（新版）"
NEED = "/materials/application/need"
NAME = "/materials/application/name/zh"


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """An installation of its own, whose clock the test sets."""
    with open_folder(on_disk=True) as folder:
        made = Stack(folder / "home", extra={"ONEWINDOW_CLOCK": "demo", "ONEWINDOW_HISTORY": "0", "ONEWINDOW_VISITORS": "0"}).start()
        yield made
        made.stop()


def midnight_passes(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machines are set to ten past nine of the next day; each process tells it from its own start."""
    monkeypatch.setenv("ONEWINDOW_HOME", str(stack.home))
    ahead = demonstration_clock.standing()
    assert ahead is not None
    now = datetime.now(LOCAL) + ahead
    demonstration_clock.set_to((now + timedelta(days=1)).replace(hour=9, minute=10))
    for pid in (pid for words in ("granian", "processes relay", "processes worker") for pid in stack.pids(*words.split())):
        try:
            os.kill(pid, 9)
        except ProcessLookupError:
            continue
    until(lambda: stack.status("/signin/") == 200, "the web answers again")


def field(page: Page, at: str) -> object:
    return page.locator(f'[data-at="{at}"]')


def versions(stack: Stack) -> list[tuple[object, ...]]:
    return stack.rows(f"SELECT version, state FROM catalogue_item_version WHERE code = '{steps.FOOD}' ORDER BY version")


def received(page: Page) -> str:
    """A case of this item, received; what its page says of the materials."""
    steps.open_window(page)
    steps.take_ticket(page)
    page.goto("/counter/")
    steps.call_and_sit(page)
    steps.for_the_company(page)
    steps.apply_for(page, steps.FOOD)
    shown = page.url
    steps.leave(page)
    page.goto(shown)
    return page.locator("main").inner_text()


def test_an_editor_changes_a_material_for_tomorrow(person: Person, stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = person("editor01")
    expect(editor).to_have_url(re.compile(r"/editor/$"))
    editor.click(f"form[action='{HERE}open/'] button")
    editor.goto(f"{HERE}?part=materials&of=application")
    editor.locator(f'[data-at="{NAME}"]').fill(TEXT)
    expect(editor.locator("#editor-status")).to_contain_text("已保存")
    editor.locator(f'[data-at="{NEED}"]').select_option("3")
    expect(editor.locator("#edition-shown")).to_have_text("2")

    # What is wrong is told beside the field while it is typed, and keeps the draft from being submitted.
    editor.locator(f'[data-at="{NAME}"]').fill("")
    expect(editor.locator('[data-remarks="/materials/application/name"]')).to_contain_text("文字太短或为空")
    expect(editor.locator(".jumps summary")).to_contain_text("还有 1 处要改")
    editor.keyboard.press("Escape")
    editor.locator(f'[data-at="{NAME}"]').fill(TEXT)
    expect(editor.locator('[data-remarks="/materials/application/name"]')).to_be_empty()

    # A colleague at the same field sees both and chooses; at another field nothing is noticed.
    colleague = person("editor02")
    colleague.goto(f"{HERE}?part=materials&of=application")
    editor.locator('[data-at="/materials/application/sample/zh"]').fill("在窗口领取。")
    expect(editor.locator("#edition-shown")).to_have_text("5")
    colleague.locator('[data-at="/materials/application/sample/zh"]').fill("网上填写后自动生成。")
    taken = colleague.locator(".taken")
    expect(taken).to_contain_text("市场监管编写一号（演示）")
    expect(taken).to_contain_text("网上填写后自动生成。")
    taken.get_by_role("button", name="用对方写的").click()
    expect(colleague.locator('[data-at="/materials/application/sample/zh"]')).to_have_value("在窗口领取。")
    colleague.locator('[data-at="/materials/application/sample/en"]').fill("Handed out at the window.")
    expect(colleague.locator("#editor-status")).to_contain_text("已保存")
    editor.locator('[data-at="/materials/application/copies/duplicates"]').fill("1")
    expect(editor.locator("#editor-status")).to_contain_text("市场监管编写二号（演示）")
    expect(editor.locator('[data-at="/materials/application/sample/en"]')).to_have_value("Handed out at the window.")
    assert faults(editor) == []

    # The preview beside it is the draft.
    editor.click("#preview a:has-text('申请表')")
    expect(editor.locator("#preview")).to_contain_text("第 1 个问题")

    editor.click("#editor-undo a")
    expect(editor.locator("main")).to_contain_text("由“必要”改为“容缺后补”")
    assert faults(editor) == []
    editor.click("#editor-submit button")
    expect(editor.locator(".messages")).to_contain_text("已提交部门审核")

    reviewer = person("reviewer01")
    reviewer.click("a:has-text('去审')")
    reviewer.click("#editor-endorse button")
    expect(reviewer.locator(".messages")).to_contain_text("等总编批准")
    chief = person("chiefeditor01")
    chief.click("a:has-text('去审')")
    chief.click("#editor-approve button")  # the day offered is tomorrow
    expect(chief.locator(".messages")).to_contain_text("已批准")

    clerk = person("clerk01")
    today = received(clerk)
    kept = clerk.url
    assert TEXT not in today and "食品经营许可申请书" in today and versions(stack) == [(1, "published")]

    midnight_passes(stack, monkeypatch)
    until(lambda: versions(stack) == [(1, "superseded"), (2, "published")], "the worker publishes what was approved for today")
    tomorrow = person("clerk02")
    assert TEXT in received(tomorrow)
    clerk.goto(kept)
    assert TEXT not in clerk.locator("main").inner_text()
    citizen = person()
    citizen.goto(f"/items/{steps.FOOD}/")
    editor.goto(f"{HERE}versions/")
    expect(editor.locator("main")).to_contain_text("第 1 版到第 2 版")


def test_a_session_that_ends_takes_nothing_with_it(person: Person, browser: Browser) -> None:
    editor = person("editor01")
    item = "/editor/individual-food/"
    editor.goto("/editor/")
    form = editor.locator("form[action$='/open/']").first
    item = str(form.get_attribute("action")).removesuffix("open/")
    form.locator("button").click()
    editor.goto(f"{item}?part=facts")
    editor.context.clear_cookies()
    editor.locator('[data-at="/summary/zh"]').fill("登录过期以后写的话。")
    expect(editor.locator("#editor-signed-out")).to_be_visible()
    expect(editor.locator('[data-at="/summary/zh"]')).to_have_value("登录过期以后写的话。")
    other = editor.context.new_page()
    other.goto("/signin/")
    other.fill("#username", "editor01")
    other.fill("#password", "onewindow-demo")
    other.click("#sign-in button")
    other.wait_for_url(re.compile(r"/editor/"))
    editor.bring_to_front()
    editor.evaluate("dispatchEvent(new Event('focus'))")
    expect(editor.locator("#editor-status")).to_contain_text("已保存")
    editor.reload()
    expect(editor.locator('[data-at="/summary/zh"]')).to_have_value("登录过期以后写的话。")
