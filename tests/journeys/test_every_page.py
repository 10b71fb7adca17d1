"""Every page there is, with a few days' work on it, for whoever it is made: no fault that axe finds, no Chinese in the English, nothing that runs off the side.

`test_everybody` walks the front doors of an empty house; here the lists are full and the files are thick.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from onewindow.foundation.catalogue.definition.labels import PARTS
from tests.faults.cluster_support import open_folder
from tests.journeys.axe import faults
from tests.journeys.test_everybody import CHINESE, spoken
from tests.support.stack import ROOT, Stack

pytestmark = pytest.mark.soak  # two minutes: `test_everybody` walks the front doors every time
Person = Callable[..., Page]
WIDTHS = (390, 1366, 1920)
LIST = """
import json
from onewindow.config.commands.database import attached
with attached(demonstration=False):
    from onewindow.bench.pages import every_page
    print(json.dumps([(page.account, page.name, page.path) for page in every_page()]))
"""
# Pages that a house with some days' past must have: without them this walk would prove little.
FULL = {
    "permit", "secrecy", "cashier-order", "pay", "progress-fee", "registry-record", "registry-beside", "evaluation", "editor-item", "editor-review",
    "editor-editions", "office-import", "office-missed", "approver-file", "today-clock", "progress", "progress-paper",
}  # fmt: skip


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """An installation of its own, with a short past and nobody about."""
    with open_folder(on_disk=True) as folder:
        made = Stack(folder / "home", extra={"ONEWINDOW_CLOCK": "demo", "ONEWINDOW_HISTORY": "6", "ONEWINDOW_VISITORS": "0"}).start()
        yield made
        made.stop()


def lay_out(person: Person) -> None:
    """What only people make: a draft with a change in it, a file with a bad row, something looked for in vain and something settled."""
    editor = person("editor01")
    editor.click("form[action='/editor/food-business-licence/open/'] button")
    editor.goto("/editor/food-business-licence/?part=facts")
    editor.locator('[data-at="/summary/zh"]').fill("开餐馆、食堂、食品店以前要办的许可。")
    expect(editor.locator("#editor-status")).to_contain_text("已保存")
    for vain in ("红烧肉怎么做", "天鹅湖演出门票"):
        citizen = person()
        with citizen.expect_response(lambda answer: "/items/missed/" in answer.url):
            citizen.goto(f"/items/?q={vain}")
    office = person("administrator01")
    office.goto("/office/missed/")
    office.locator("tr", has_text="天鹅湖").locator("button[value=no]").click()
    expect(office.locator(".messages")).to_contain_text("不归中心办")
    head = "事项编码,事项名称,事项类型,部门代码,服务对象\n"
    rows = "DEMO-1,演示事项,01,market,法人\nDEMO-2,没有这个部门的演示事项,77,kites,法人\nDEMO-1,编码重复的演示事项,01,market,也许\n"
    office.goto("/office/catalogue/")
    office.set_input_files("#bring-file", {"name": "一份名字很长很长很长的事项清单（演示）.csv", "mimeType": "text/csv", "buffer": (head + rows).encode()})
    office.click("#catalogue-bring button")
    expect(office.locator("#report-head")).to_be_visible()


def pages_of(stack: Stack) -> list[tuple[str, str, str]]:
    done = subprocess.run([sys.executable, "-c", LIST], cwd=ROOT, env=stack.environment(), capture_output=True, text=True, check=True)
    found = [(account, name, path) for account, name, path in json.loads(done.stdout.splitlines()[-1])]
    parts = [("editor01", f"editor-item-{part}", f"/editor/food-business-licence/?part={part}") for part in PARTS]
    return [*found, *parts, ("administrator01", "office-missed-settled", "/office/missed/?settled"), ("reviewer01", "editor-of-reviewer", "/editor/"),
            ("chiefeditor01", "editor-of-chief", "/editor/"), ("handover01", "cashier-of-handover", "/cashier/")]  # fmt: skip


def wrong_with(page: Page, path: str) -> list[object]:
    answer = page.goto(path)
    assert answer is not None
    if answer.status != 200:
        return [answer.status]
    found: list[object] = list(faults(page))
    if "/office/catalogue/imports/" not in path and (chinese := CHINESE.findall(spoken(page))):  # its sentences name the file's headings
        found.append(("chinese", "".join(chinese)[:90]))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 860})
        if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            found.append((f"{over} px too wide at {width}",))
    page.set_viewport_size({"width": 1366, "height": 860})
    return found


def test_every_page_with_work_on_it_is_without_fault(person: Person, stack: Stack) -> None:
    lay_out(person)
    pages = pages_of(stack)
    assert {name for _, name, _ in pages} >= FULL
    wrong = {}
    for account in sorted({account for account, _, _ in pages}):
        page = person(account, language="en-GB")
        for _, name, path in (one for one in pages if one[0] == account):
            if found := wrong_with(page, path):
                wrong[name] = found
        assert not re.search(r"/signin/", page.url) or not account
    assert wrong == {}, json.dumps(wrong, ensure_ascii=False, indent=1)
