"""收件: whatever is lacking, an application is received; what is wrong in its form is named, and nothing is filed."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from onewindow.errands import sitting
from onewindow.errands.tests.scene import (
    FOOD,
    HYGIENE,
    SITE,
    agent,
    application,
    at_once,
    company,
    day,
    everything,
    newest,
    nobody,
    refused,
    rows_written,
    seated,
    staff,
    stranger,
    ticket,
    verbs,
)
from onewindow.foundation.catalogue.queries import published
from onewindow.kernel import clock
from onewindow.kernel.errors import IdentityUnverified, InvalidInput, NotPermitted
from onewindow.spine.cases.models import Case, Document
from onewindow.spine.cases.queries import document, form_of
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.queries import query_code
from onewindow.stages.acceptance.actions import receive


def take_in(visit: Visit, item: str = FOOD, **wanted: Any) -> Case:
    """Receive at the stage itself, without the errand around it."""
    asked = application(item, **wanted)
    return receive(
        by=staff("clerk01"), visit=visit, item=published(item), answers=asked.answers, form=asked.form,
        given=set(asked.given), once=asked.once,
    )  # fmt: skip


def test_a_case_is_received_with_its_materials_and_a_receipt(morning: clock.Hand) -> None:
    _, visit = seated()
    with rows_written() as rows:
        case = take_in(visit, lacking=frozenset({"layout"}))
    assert rows == ["case.receive"]
    case.refresh_from_db()
    assert (case.state, case.received_on, case.notice_due_on) == ("received", day("2026-09-24"), day("2026-10-09"))
    assert (case.accepted_on, case.due_on, case.applicant_id, case.agent_id) == (None, None, company().pk, agent().pk)
    assert case.number == f"{case.item.implementation_code}202609240001" and len(case.number) == 43
    standing = {m.code: m.standing for m in case.materials.all()}
    assert standing == {
        "application": "given", "business-licence": "given", "layout": "missing", "rules": "given", "manager": "given",
        "authorisation": "given", "agent-id": "given",
    }  # fmt: skip
    receipt = case.documents.get()
    assert (receipt.kind, receipt.number) == ("receipt", f"{case.number}-SJ")
    listed = [line["zh"] for line in receipt.content["blocks"][1]["list"]]
    assert len(listed) == 6 and "与食品经营相适应的主要设备设施、经营布局、操作流程" not in listed
    # Sealed in what is stored; in its place on what is shown.
    assert query_code(visit) not in json.dumps(receipt.content)
    shown = document(case, "receipt")
    assert shown is not None
    assert f"办理进度查询码：{query_code(visit)}" in [block.get("zh") for block in shown.content["blocks"]]
    assert newest(case).facts == {
        "item": FOOD, "version": 1, "visit": visit.pk, "applicant": company().pk, "agent": agent().pk, "window": "A01",
        "documents": [{"kind": "receipt", "number": receipt.number, "digest": receipt.digest}],
    }  # fmt: skip


def test_the_form_is_sealed_and_opens_again_as_filled_in(morning: clock.Hand) -> None:
    _, visit = seated()
    case = take_in(visit, form={"premises": "  示范路 9 号  ", "unasked": "x"})
    form = form_of(case)
    assert form["premises"] == "示范路 9 号" and "unasked" not in form
    assert list(form) == [f.code for f in published(FOOD).definition.fields if f.code in form]
    assert "示范路".encode() not in bytes(case.form_sealed)


def test_numbers_count_on_within_an_item_and_a_day(morning: clock.Hand) -> None:
    _, visit = seated()
    food, again, hygiene = take_in(visit), take_in(visit), take_in(visit, HYGIENE)
    morning.forward(days=1)
    later = take_in(visit)
    assert [case.number[31:] for case in (food, again, hygiene, later)] == [
        "202609240001", "202609240002", "202609240001", "202609250001",
    ]  # fmt: skip


def test_the_same_click_twice_files_one_case(morning: clock.Hand) -> None:
    clerk, visit = seated()
    asked = application()
    first = sitting.take_in(by=clerk, visit=visit, applications=[asked])
    before = everything()
    second = sitting.take_in(by=clerk, visit=visit, applications=[asked])
    assert [case.pk for case in second.cases] == [case.pk for case in first.cases]
    assert everything() == before


def test_the_same_click_twice_at_once_files_one_case(fresh_database: str, morning: clock.Hand) -> None:
    clerk, visit = seated()
    asked = application()
    with rows_written() as rows:
        outcomes = at_once([partial(sitting.take_in, by=clerk, visit=visit, applications=[asked])] * 4)
    assert [type(outcome) for outcome in outcomes] == [sitting.Outcome] * 4, outcomes
    assert {case.pk for outcome in outcomes for case in outcome.cases} == {Case.objects.get().pk}
    assert [outcome.refusals for outcome in outcomes] == [{}] * 4
    assert rows == ["case.receive"]
    assert Document.objects.count() == 1


WRONG_FIELDS = [
    ("name", "", "经营者名称", "请填写此项"),
    ("name", "  ", "经营者名称", "请填写此项"),
    ("name", "长" * 101, "经营者名称", "最多 100 个字"),
    ("area", "一百", "经营场所面积（平方米）", "请填写数字"),
    ("area", "-5", "经营场所面积（平方米）", "请填写数字"),
    ("area", "1e5", "经营场所面积（平方米）", "请填写数字"),
    ("area", "12.", "经营场所面积（平方米）", "请填写数字"),
    ("area", "१२", "经营场所面积（平方米）", "请填写数字"),
    ("area", "0.5", "经营场所面积（平方米）", "面积应不小于 1 平方米。"),
    ("area", "123456789", "经营场所面积（平方米）", "最多 8 个字"),
    ("manager-post", "sometimes", "食品安全管理人员任职方式", "请从选项中选择"),
    ("phone", "call me", "联系电话", "请填写 11 位手机号或带区号的电话"),
    ("phone", "123456", "联系电话", "请填写 11 位手机号或带区号的电话"),
    ("phone", "1234567890123", "联系电话", "请填写 11 位手机号或带区号的电话"),
    ("phone", "１２００００００００１", "联系电话", "请填写 11 位手机号或带区号的电话"),
    ("agent-phone", "", "代理人手机号码", "请填写此项"),
]
WRONG_NUMBERS = [
    ("credit-code", "91110000600037341M", "统一社会信用代码", "18"),
    ("credit-code", "9111", "统一社会信用代码", "18"),
    ("agent-id-number", "110105194912310021", "代理人身份证号码", "18"),
    ("agent-id-number", "11010519491331002X", "代理人身份证号码", "11"),
]


def test_a_wrong_field_is_named_and_nothing_is_filed(morning: clock.Hand) -> None:
    _, visit = seated()
    for field, value, label, reason in WRONG_FIELDS:
        with refused(InvalidInput) as no:
            take_in(visit, form={field: value})
        assert (no.value.details["field"], no.value.details["reason_zh"]) == (label, reason), value


def test_a_wrong_number_is_refused_with_its_place_and_never_repeated(morning: clock.Hand) -> None:
    _, visit = seated()
    for field, value, label, named in WRONG_NUMBERS:
        with refused(InvalidInput) as no:
            take_in(visit, form={field: value})
        assert no.value.details["field"] == label
        assert named in no.value.message("zh-hans") and named in no.value.message("en"), value
        assert value not in no.value.message("zh-hans") + no.value.message("en")


def test_a_date_is_written_in_one_way(morning: clock.Hand) -> None:
    _, visit = seated()
    answers = {"place": ["hairdressing"], "air": ["no"], "building": ["new"], "agent": ["agent"]}
    for value in ("2026-13-01", "20260101", "2026-W01-1", "昨天", "2026-02-29"):
        with refused(InvalidInput) as no:
            take_in(visit, HYGIENE, answers=answers, form={"finished-on": value})
        assert no.value.details["field"] == "竣工日期", value
        assert no.value.details["reason_zh"].startswith("请按“年-月-日”填写日期")


def test_a_date_that_must_be_past_may_be_today_and_not_tomorrow(morning: clock.Hand) -> None:
    _, visit = seated()
    answers = {"place": ["hairdressing"], "air": ["no"], "building": ["new"], "agent": ["agent"]}
    with refused(InvalidInput) as no:
        take_in(visit, HYGIENE, answers=answers, form={"finished-on": "2026-09-25"})
    assert no.value.details["reason_zh"] == "竣工日期不能晚于今天。"
    case = take_in(visit, HYGIENE, answers=answers, form={"finished-on": "2026-09-24"})
    assert form_of(case)["finished-on"] == "2026-09-24"


def test_an_optional_field_may_stay_empty(morning: clock.Hand) -> None:
    _, visit = seated()
    assert form_of(take_in(visit, form={"storage": ""}))["storage"] == ""


@pytest.mark.parametrize(
    ("answers", "zh"),
    [
        ({}, "还没有回答"),
        ({"business": ["flying"], "agent": ["agent"]}, "没有“flying”这个选项"),
        ({"business": ["catering", "sales"], "kinds": [], "machine": ["no"], "agent": ["self"]}, "只能选一项"),
    ],
)
def test_answers_that_do_not_fit_are_refused(morning: clock.Hand, answers: dict[str, list[str]], zh: str) -> None:
    _, visit = seated()
    asked = application()
    with refused(InvalidInput) as no:
        receive(by=staff("clerk01"), visit=visit, item=published(FOOD), answers=answers, form=asked.form, given=set(), once=asked.once)
    assert no.value.details["field"] == "情形" and zh in no.value.details["reason_zh"]


def test_nothing_is_received_before_it_is_said_for_whom(morning: clock.Hand) -> None:
    clerk, visit = seated()
    sitting.end_sitting(by=clerk, visit=visit)
    ticket(stranger())
    sitting.call_next(by=clerk)
    unnamed = sitting.sit_down(by=clerk)
    with refused(IdentityUnverified):
        take_in(unnamed)
    sitting.check_document(by=clerk, visit=unnamed, tail="002X")
    unnamed.refresh_from_db()
    with refused(InvalidInput) as no:
        take_in(unnamed)
    assert no.value.details["field"] == "申请人"


def test_no_other_post_may_receive(morning: clock.Hand) -> None:
    _, visit = seated()
    asked = application()
    for username in ("market01", "handover01", "manager01", "administrator01", "specialist01", "supervisor01"):
        with refused(NotPermitted) as no:
            receive(by=staff(username), visit=visit, item=published(FOOD), answers=asked.answers, form=asked.form, given=set(), once=asked.once)
        assert no.value.details == {"permission": "收件"}


def test_a_receipt_that_cannot_be_written_leaves_no_case(
    fresh_database: str, morning: clock.Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Receipt and case are one: the action itself undoes both, whoever calls it."""
    _, visit = seated()
    monkeypatch.setattr("onewindow.stages.acceptance.papers.receipt", lambda *_, **__: 1 // 0)
    before = everything()
    with pytest.raises(ZeroDivisionError):
        take_in(visit)
    assert everything() == before


def test_a_denied_actor_receives_nothing_even_with_a_used_click(morning: clock.Hand) -> None:
    clerk, visit = seated()
    asked = application()
    sitting.take_in(by=clerk, visit=visit, applications=[asked])
    with refused(NotPermitted):
        receive(by=nobody(), visit=visit, item=published(FOOD), answers=asked.answers, form=asked.form, given=set(), once=asked.once)
    assert verbs(Case.objects.get()) == ["receive"]
    assert Case.objects.get().site == SITE
