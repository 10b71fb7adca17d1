"""The main line as people walk it: one ticket, one sitting, two departments, one window hands over both."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.support.stack import Stack, until

Person = Callable[..., Page]

MESSAGES = [
    r"您的号码是 A\d{3}，前面还有 \d+ 位",
    r"请 A\d{3} 号到 \d+号窗口",
    r"“食品经营许可（新办）”已收件。进度查询码 [A-Z2-9]{10}",
    r"“公共场所卫生许可（新办）”已收件。进度查询码 [A-Z2-9]{10}",
    r"“食品经营许可（新办）”已受理，承诺不晚于\d{4}年\d{1,2}月\d{1,2}日办结",
    r"“公共场所卫生许可（新办）”已受理，承诺不晚于\d{4}年\d{1,2}月\d{1,2}日办结",
    r"“食品经营许可（新办）”已准予许可",
    r"“公共场所卫生许可（新办）”已准予许可",
    r"“食品经营许可（新办）”的结果可以领取了",
    r"“公共场所卫生许可（新办）”的结果可以领取了",
    r"“食品经营许可（新办）”的结果已领取",
    r"“公共场所卫生许可（新办）”的结果已领取",
]


def arrived(stack: Stack) -> list[str]:
    """Every message that reached a phone, straight from the device."""
    path = stack.home / "devices" / "phones.sqlite"
    if not path.exists():
        return []
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as device:
        return [text for (text,) in device.execute("SELECT text FROM message ORDER BY rowid")]


def matches(found: list[str]) -> Counter[str]:
    return Counter(pattern for text in found for pattern in MESSAGES if re.search(pattern, text))


def file_two(page: Page) -> list[str]:
    """Take in two items of two departments in one sitting, check and accept both; their keys."""
    cases = []
    for item in (steps.FOOD, steps.HYGIENE):
        steps.apply_for(page, item)
        cases.append(steps.case_shown(page))
        steps.accept(page)
    return cases


def hand_out_what_waits(page: Page, stack: Stack) -> None:
    """Give out whatever other sittings left for the agent, so that what is given out later is this sitting's."""
    page.goto("/handover/")
    page.fill("#number", steps.AGENT)
    page.click("#handover button")
    expect(page.locator("#number")).to_be_visible()
    if waiting := page.locator("input[name=result]").count():
        before = len(arrived(stack))
        page.fill("#tail", steps.AGENT[-4:])
        page.click("#handover-collect .button-main")
        expect(page.locator("body")).to_contain_text(f"已发放 {waiting} 份结果")
        until(lambda: len(arrived(stack)) >= before + waiting, "a message for each")


def test_two_items_of_two_departments_from_ticket_to_hand(person: Person, stack: Stack) -> None:
    handover = person("handover01")
    hand_out_what_waits(handover, stack)
    before = len(arrived(stack))
    visitor, clerk = person(width=390, height=844), person("clerk01")
    number = steps.take_ticket(visitor)
    steps.open_window(clerk)
    assert steps.call_and_sit(clerk) == number
    expect(visitor.locator("#ticket")).to_contain_text("为您办理")  # the phone follows without being touched
    steps.for_the_company(clerk)
    cases = file_two(clerk)
    code = steps.query_code(clerk)
    steps.leave(clerk)

    for approver, case in zip(("market01", "health01"), cases, strict=True):
        steps.decide(person(approver), case)
    until(lambda: len(arrived(stack)) >= before + 10, "ten messages")

    handover.goto("/handover/")
    handover.fill("#number", steps.AGENT)
    handover.click("#handover button")
    expect(handover.locator("input[name=result]")).to_have_count(2)
    handover.fill("#tail", steps.AGENT[-4:])
    handover.click("#handover-collect .button-main")
    expect(handover.locator("body")).to_contain_text("已发放 2 份结果")

    until(lambda: len(arrived(stack)) >= before + 12, "twelve messages")
    assert matches(arrived(stack)[before:]) == Counter(MESSAGES)
    assert matches(steps.messages(person(width=390, height=844))) >= Counter(MESSAGES)

    visitor.goto("/progress/")
    visitor.fill("#code", f" {code[:5].lower()} {code[5:]} ")
    visitor.click("#ask button")
    visitor.wait_for_url(re.compile(rf"/p/{code}/"))
    expect(visitor.locator("main")).to_contain_text("食品经营许可")
    expect(visitor.locator("main")).to_contain_text("公共场所卫生许可")
    assert visitor.locator("main").inner_text().count("已办结") >= 2
    assert stack.run("audit", "verify").returncode == 0


def test_the_worker_killed_in_the_middle_and_every_message_arrives_once(person: Person, stack: Stack) -> None:
    before = len(arrived(stack))
    visitor, clerk = person(width=390, height=844), person("clerk02")
    steps.take_ticket(visitor)
    steps.open_window(clerk)
    steps.call_and_sit(clerk)
    assert stack.kill("config.processes worker") == 1
    steps.for_the_company(clerk)
    steps.apply_for(clerk, steps.FOOD)
    cases = [steps.case_shown(clerk)]
    steps.accept(clerk)
    stack.kill("config.processes worker")
    steps.apply_for(clerk, steps.HYGIENE)
    cases.append(steps.case_shown(clerk))
    steps.accept(clerk)
    steps.leave(clerk)
    stack.kill("config.processes worker")
    for approver, case in zip(("market01", "health01"), cases, strict=True):
        steps.decide(person(approver), case)
    until(lambda: len(arrived(stack)) >= before + 10, "ten messages although the worker was killed three times", 90)
    assert matches(arrived(stack)[before:]) == Counter(MESSAGES[:10])


def test_a_correction_notice_is_given_once_and_then_the_case_is_accepted(person: Person, stack: Stack) -> None:
    clerk = person("clerk03")
    steps.sit_down(person(), clerk)
    steps.apply_for(clerk, steps.FOOD, leave_out=("layout",))
    steps.check_all_in_order(clerk)
    clerk.locator("input[name='standing.layout'][value=missing]").locator("xpath=ancestor::label").click()
    clerk.click("button[name=verb][value=accept]")
    expect(clerk.locator("body")).to_contain_text("还有 1 份必要材料未核对通过")
    clerk.click("button[name=verb][value=correct]")
    clerk.locator("dialog[open] button.button-main, dialog[open] .button-grave, dialog[open] [value=yes]").first.click()
    expect(clerk.locator("body")).to_contain_text("一次性告知书已生成")
    clerk.locator("input[name=given][value=layout]").locator("xpath=ancestor::label").click()
    clerk.locator("#counter-supplement .button-main").click()
    expect(clerk.locator("body")).to_contain_text("补正材料已收")
    expect(clerk.locator("button[name=verb][value=correct]")).to_have_count(0)
    steps.accept(clerk)
    steps.leave(clerk)


def test_twenty_approvers_race_and_one_wins(person: Person, stack: Stack) -> None:
    clerk = person("clerk04")
    steps.sit_down(person(), clerk)
    steps.apply_for(clerk, steps.HYGIENE)
    steps.accept(clerk)
    case = re.search(r"[0-9a-f-]{36}", clerk.url)
    assert case is not None
    steps.leave(clerk)

    pages = [person(f"health0{1 + n % 2}") for n in range(20)]
    for page in pages:
        page.goto(f"/approver/{case[0]}/")
    now = pages[0].evaluate("Date.now()")
    for page in pages:  # armed, then all at the same moment
        page.evaluate(
            "at => { window.fired = false; setTimeout(() => { window.fired = true;"
            " document.querySelector('#approver-decision button[value=grant]').click() }, at - Date.now()) }",
            now + 4000,
        )
    for page in pages:
        page.wait_for_function("() => /已作出决定|刚刚已有变化/.test(document.body.innerText)", timeout=30_000)
    texts = [page.locator("body").inner_text() for page in pages]
    won = [text for text in texts if "已作出决定：准予许可。结果将自动制证" in text]
    lost = [text for text in texts if "这件事刚刚已有变化（现为“准予许可”）" in text]
    assert (len(won), len(lost)) == (1, 19)
    verified = stack.run("audit", "verify", "--json")
    assert verified.returncode == 0
    ledger = stack.rows("SELECT verb, count(*) FROM ledger_entry JOIN cases_case c ON c.id = subject_id AND subject_kind = 'case'"
                        f" WHERE c.uuid = '{case[0]}' GROUP BY verb ORDER BY verb")  # fmt: skip
    assert ledger == [("accept", 1), ("check", 1), ("grant", 1), ("receive", 1)]
