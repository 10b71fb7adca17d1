"""The office brings in the catalogue: a bad file is told row by row and changes nothing, a good one is confirmed and is there for everybody.

What is written here has codes and words of its own, so that the other journeys find what they look for.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from onewindow.foundation.catalogue.definition import Definition, demo_folder, load
from onewindow.foundation.catalogue.exchange.listing import Entry
from onewindow.foundation.catalogue.exchange.workbook import workbook
from tests.journeys.axe import faults
from tests.support.stack import Stack

Person = Callable[..., Page]
HEAD = ("事项编码", "事项名称", "事项类型", "部门代码", "服务对象", "是否进驻政务大厅")
STANDS = "511A14003004-511602000000-000-115113016823646795-1-00"  # in the demonstration's register
CODE, NUMBER = "demo-import-kites", "DEMO-IMPORT-0001"
NAME, BARE = "风筝放飞演示登记", "风筝修理演示备案"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listed(*rows: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([HEAD, *rows])
    return out.getvalue().encode()


def kites(days: int) -> bytes:
    """A workbook of one item that nobody else has, and two entries of the register: the item's own, and a bare one."""
    base: Definition = load(demo_folder() / "items" / "labour-dispatch-licence.json")
    limits = base.limits.model_copy(update={"promised": base.limits.promised.model_copy(update={"n": days})})
    name = base.name.model_copy(update={"zh": NAME, "en": "Registration of kites (demonstration)"})
    number = f"{base.implementation_code[:23]}99990001"
    item = base.model_copy(update={"code": CODE, "implementation_code": number, "name": name, "limits": limits})
    entry = Entry(NUMBER, NAME, "Registration of kites (demonstration)", "01", "human-resources", "company", True, False, False, False, CODE)
    return workbook([item], [entry, entry._replace(code="DEMO-IMPORT-0002", name=BARE, name_en="", item="")])


def bring(page: Page, name: str, data: bytes) -> None:
    """Upload, and wait until the worker has made its report: the page brings it by itself."""
    page.goto("/office/catalogue/")
    page.set_input_files("#bring-file", {"name": name, "mimeType": "text/csv" if name.endswith(".csv") else XLSX, "buffer": data})
    page.click("#catalogue-bring button")
    page.wait_for_url(re.compile(r"/office/catalogue/imports/[0-9a-f-]{36}/"))
    expect(page.locator("#report-head")).to_be_visible()
    expect(page.locator(".desk-head .chip").first).to_have_text("等待确认")


def counts(page: Page) -> dict[str, int]:
    """The report's figures, as its filters show them."""
    shown = [text.split() for text in page.locator("nav[aria-label=筛选] a:has(.number)").all_inner_texts()]
    return {kind: int(n) for kind, n in shown}


def rows(page: Page) -> list[tuple[str, str, str]]:
    """Where each row stands in the file, its code, and what becomes of it."""
    found = []
    for row in page.locator("#import table tbody tr").all():
        at, outcome = row.locator("td").nth(0).inner_text(), row.locator("td").nth(1).inner_text()
        found.append((at.strip(), row.locator("th .break").inner_text().strip(), outcome.strip()))
    return found


def written(stack: Stack) -> list[tuple[object, ...]]:
    """What stands of the codes of this journey, and the entry that it must leave alone."""
    found = stack.rows(
        f"""SELECT code, version, state, body->'limits'->'promised'->>'n' FROM catalogue_item_version WHERE code = '{CODE}'
            UNION ALL SELECT code, moves, state, name_zh FROM catalogue_register_entry WHERE code LIKE 'DEMO-IMPORT-%' OR code = '{STANDS}'"""
    )
    return sorted(found)  # type: ignore[type-var]


def confirm(page: Page) -> None:
    page.click("#import-confirm button")
    expect(page.locator(".desk-head .chip").first).to_have_text("已导入")
    expect(page.locator("#import-confirm, #import-discard")).to_have_count(0)


def test_a_bad_list_is_told_row_by_row_and_changes_nothing(person: Person, stack: Stack) -> None:
    before, office = written(stack), person("administrator01")
    bring(office, "有错的清单.csv", listed(
        ("DEMO-IMPORT-0091", "写对了的演示事项", "01", "market", "法人", "是"),
        (STANDS, "改了名称的演示事项", "01", "human-resources", "法人", "是"),
        ("DEMO-IMPORT-0093", "没有这个部门的演示事项", "01", "kites", "法人", "是"),
        ("DEMO-IMPORT-0094", "类型不对的演示事项", "77", "market", "法人", "是"),
        ("DEMO-IMPORT-0091", "编码重复的演示事项", "01", "market", "法人", "也许"),
    ))  # fmt: skip
    assert counts(office) == {"新增": 1, "变更": 1, "不变": 0, "不予导入": 3}
    assert rows(office) == [
        ("2", "DEMO-IMPORT-0091", "新增"), ("3", STANDS, "变更"), ("4", "DEMO-IMPORT-0093", "不予导入"),
        ("5", "DEMO-IMPORT-0094", "不予导入"), ("6", "DEMO-IMPORT-0091", "不予导入"),
    ]  # fmt: skip
    said = [row.inner_text() for row in office.locator("#import table tbody tr").all()]
    assert "变更：事项名称" in said[1]
    assert "4 · 部门代码" in said[2] and "没有部门“kites”" in said[2]
    assert "5 · 事项类型" in said[3] and "77" in said[3]
    assert "6 · 事项编码" in said[4] and "与第 2 行的编码相同" in said[4] and "6 · 是否进驻政务大厅" in said[4]
    office.click("nav[aria-label=筛选] a:has-text('不予导入')")
    office.wait_for_url(re.compile(r"show=refused"))
    assert [row[0] for row in rows(office)] == ["4", "5", "6"]
    expect(office.locator("#import-confirm")).to_have_count(0)  # there is nothing to press
    expect(office.locator("#import")).to_contain_text("有不能导入的行，什么也不会写入")
    assert faults(office) == []
    office.click("#import-discard button")
    expect(office.locator(".messages")).to_contain_text("事项清单没有变化")
    assert written(stack) == before
    citizen = person()
    citizen.goto("/items/?q=写对了的演示事项")
    expect(citizen.locator("#found")).not_to_contain_text("写对了的演示事项")


@pytest.mark.parametrize("width", [1366, 390])
def test_an_unreadable_workbook_is_told_by_its_reason(person: Person, width: int) -> None:
    office = person("administrator01", width=width)
    bring(office, "坏了的.xlsx", b"PK\x03\x04 no workbook")
    expect(office.locator("#import")).to_contain_text("文件已损坏或者不是 Excel 工作簿")
    assert faults(office) == []
    assert office.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    office.click("#import-discard button")
    expect(office.locator(".messages")).to_contain_text("事项清单没有变化")


def test_a_good_workbook_is_tried_confirmed_and_found_by_everybody(person: Person, stack: Stack) -> None:
    office, citizen = person("administrator01"), person()
    bring(office, "风筝.xlsx", kites(7))
    assert counts(office) == {"新增": 3, "变更": 0, "不变": 0, "不予导入": 0}
    assert rows(office) == [("事项 2", CODE, "新增"), ("事项目录 2", NUMBER, "新增"), ("事项目录 3", "DEMO-IMPORT-0002", "新增")]
    before = written(stack)
    assert len(before) == 1  # tried, and nothing of it written
    assert faults(office) == []
    confirm(office)
    new = [(CODE, 1, "published", "7"), (NUMBER, 1, "listed", NAME), ("DEMO-IMPORT-0002", 1, "listed", BARE)]
    assert written(stack) == sorted([*before, *new])

    for asked, name in (("风筝放飞", NAME), ("风筝修理", BARE)):
        citizen.goto("/items/")
        citizen.fill("input[name=q]", asked)
        citizen.keyboard.press("Enter")
        expect(citizen.locator("#found")).to_contain_text(name)
    citizen.goto(f"/items/{CODE}/")
    expect(citizen.locator("h1")).to_contain_text(NAME)
    citizen.goto("/items/DEMO-IMPORT-0002/")
    expect(citizen.locator("h1")).to_contain_text(BARE)

    # The same file again changes nothing; with another promise only the item changes, and what it is said to change is the promise.
    bring(office, "风筝.xlsx", kites(6))
    assert counts(office) == {"新增": 0, "变更": 1, "不变": 2, "不予导入": 0}
    expect(office.locator("#import table tbody tr").first).to_contain_text("变更：时限")
    confirm(office)
    assert [row for row in written(stack) if row[0] == CODE] == [(CODE, 1, "superseded", "7"), (CODE, 2, "published", "6")]
    office.goto("/office/catalogue/")
    expect(office.locator("[data-rows] tr").filter(has_text="风筝.xlsx").filter(has_text="已导入")).to_have_count(2)
    assert faults(office) == []
