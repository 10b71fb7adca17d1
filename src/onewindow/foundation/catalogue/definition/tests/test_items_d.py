"""Twelve more items, from a home's transfer to a heritage repair: limits and basis of their own laws, what each situation needs, forms that refuse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

import pytest

from onewindow.foundation.catalogue.definition import Definition, demo_folder, load, load_district, resolve, situations
from onewindow.foundation.catalogue.definition.model import Limit, StatuteSource
from onewindow.foundation.catalogue.definition.resolving import not_needed
from onewindow.foundation.catalogue.definition.sourcing import sources_of
from onewindow.kernel.errors import InvalidInput
from onewindow.stages.acceptance.rules import checked_form

Given = dict[str, str | Sequence[str]]

HOME, ARCHIVE, AGENCY, RADIATION = "real-estate-transfer", "archive-consultation", "job-agency-licence", "radiation-hazard-review"
INSURANCE, CHANGE, CLOSE, PARTNERS = (
    "social-insurance-registration",
    "company-change",
    "company-deregistration",
    "partnership-registration",
)
ELDERLY, INFORMATION, EQUIPMENT, HERITAGE = (
    "elderly-allowance",
    "government-information",
    "special-equipment-registration",
    "heritage-repair-approval",
)
ITEMS = [HOME, ARCHIVE, AGENCY, RADIATION, INSURANCE, CHANGE, CLOSE, PARTNERS, ELDERLY, INFORMATION, EQUIPMENT, HERITAGE]
PERMITS = {AGENCY, RADIATION, EQUIPMENT, HERITAGE}
LICENSING_LAW = "行政许可法(2019-04-23)"
TODAY = date(2026, 11, 23)
SAMPLES = {
    "text": "演示", "number": "12", "date": "2026-11-23", "id-number": "11010519491231002X",
    "credit-code": "91110000600037341L", "phone": "12000000001", "address": "示范路 1 号（演示）",
}  # fmt: skip


@cache
def item(code: str) -> Definition:
    return load(demo_folder() / "items" / f"{code}.json")


def working(n: int) -> Limit:
    return Limit(n=n, unit="working-day")


def natural(n: int) -> Limit:
    return Limit(n=n, unit="calendar-day")


def basis(code: str, address: str) -> list[tuple[str, str]]:
    return [(s.law, s.article) for s in sources_of(item(code), address) if isinstance(s, StatuteSource)]


# --- limits -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "statutory", "promised", "extension", "correction", "delivery"),
    [
        (HOME, working(30), working(3), None, working(0), working(1)),
        (ARCHIVE, working(0), working(0), None, working(0), working(0)),
        (AGENCY, natural(20), working(2), None, working(5), working(10)),
        (RADIATION, natural(30), working(4), None, working(5), working(10)),
        (INSURANCE, natural(15), working(1), None, working(1), working(1)),
        (CHANGE, working(3), working(1), working(3), working(1), working(1)),
        (CLOSE, working(3), working(1), working(3), working(1), working(1)),
        (PARTNERS, working(3), working(1), working(3), working(1), working(1)),
        (ELDERLY, working(10), working(2), None, working(0), working(1)),
        (INFORMATION, working(20), working(4), working(20), working(7), working(1)),
        (EQUIPMENT, working(20), working(4), working(10), working(5), working(10)),
        (HERITAGE, working(20), working(4), working(10), working(5), working(10)),
    ],
)
def test_limits_are_those_of_the_items_own_law(
    code: str, statutory: Limit, promised: Limit, extension: Limit | None, correction: Limit, delivery: Limit
) -> None:
    limits = item(code).limits
    assert (limits.statutory, limits.promised, limits.extension) == (statutory, promised, extension)
    assert (limits.correction, limits.delivery) == (correction, delivery)
    assert limits.supplement == working(20)
    assert [s.kind for s in sources_of(item(code), "/limits/supplement/n")] == ["demo"]


@pytest.mark.parametrize(
    ("code", "law", "article"),
    [
        (HOME, "不动产登记暂行条例(2019-03-24)", "第二十条"),
        (AGENCY, "人力资源市场暂行条例(2018-06-29)", "第十九条"),
        (RADIATION, "职业病防治法(2018-12-29)", "第十七条"),
        (INSURANCE, "社会保险法(2018-12-29)", "第五十七条"),
        (CHANGE, "市场主体登记管理条例(2021-07-27)", "第十九条"),
        (CLOSE, "市场主体登记管理条例(2021-07-27)", "第十九条"),
        (PARTNERS, "市场主体登记管理条例(2021-07-27)", "第十九条"),
        (INFORMATION, "政府信息公开条例(2019-04-03)", "第三十三条"),
        (EQUIPMENT, LICENSING_LAW, "第四十二条"),
        (HERITAGE, LICENSING_LAW, "第四十二条"),
    ],
)
def test_the_statutory_limit_is_quoted_from_its_article(code: str, law: str, article: str) -> None:
    assert basis(code, "/limits/statutory/n")[0] == (law, article)


@pytest.mark.parametrize("code", [ARCHIVE, ELDERLY])
def test_a_limit_without_a_text_does_not_claim_to_be_law(code: str) -> None:
    assert "statute" not in {s.kind for s in sources_of(item(code), "/limits/statutory/n")}


def test_what_the_laws_say_of_one_time_notices() -> None:
    assert basis(HOME, "/limits/correction/n") == [
        ("不动产登记暂行条例(2019-03-24)", "第十七条")
    ]  # on the spot, or it counts as accepted
    assert basis(INFORMATION, "/limits/correction/n") == [("政府信息公开条例(2019-04-03)", "第三十条")]
    assert basis(INFORMATION, "/limits/extension/n") == [("政府信息公开条例(2019-04-03)", "第三十三条")]


@pytest.mark.parametrize(
    ("code", "kind", "department", "hall"),
    [
        (HOME, "07", "planning", "B"), (ARCHIVE, "20", "archives", "B"), (AGENCY, "01", "human-resources", "A"), (RADIATION, "01", "health", "A"),
        (INSURANCE, "20", "human-resources", "A"), (CHANGE, "07", "market", "A"), (CLOSE, "07", "market", "A"), (PARTNERS, "07", "market", "A"),
        (ELDERLY, "05", "civil-affairs", "B"), (INFORMATION, "20", "planning", "B"), (EQUIPMENT, "01", "market", "A"), (HERITAGE, "01", "culture", "A"),
    ],
)  # fmt: skip
def test_type_department_and_hall(code: str, kind: str, department: str, hall: str) -> None:
    definition = item(code)
    assert (definition.item_type, definition.basic_code[2:4], definition.department.code, definition.service.hall) == (
        kind,
        kind,
        department,
        hall,
    )
    laws = {source.law for source in definition.citations.values() if isinstance(source, StatuteSource)}
    assert (LICENSING_LAW in laws) == (code in PERMITS)


def test_what_is_done_on_the_spot_has_neither_days_nor_many_steps() -> None:
    assert [code for code in ITEMS if item(code).handling_type == "1"] == [ARCHIVE]
    assert [(step.code, step.days) for step in item(ARCHIVE).steps] == [("decision", 0), ("issuing", 0)]


def test_nothing_is_charged_without_a_text() -> None:
    assert not any(item(code).fees.charged for code in ITEMS)
    assert basis(INFORMATION, "/fees/charged") == [("政府信息公开条例(2019-04-03)", "第四十二条")] * 2
    assert basis(INSURANCE, "/fees/charged") == [("社会保险法(2018-12-29)", "第七十二条")]
    assert [s.kind for s in sources_of(item(HOME), "/fees/charged")] == ["unverified"]


# --- situations -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "answers", "materials", "steps"),
    [
        (
            HOME, {"registered": "yes", "cause": "sale", "party": "person", "elderly": "yes", "agent": "self"},
            ["application", "owner-id", "giver-id", "certificate", "sale-contract", "tax-proof"],
            ["review", "asking", "decision", "issuing"],
        ),
        (
            HOME, {"registered": "yes", "cause": "inherit", "party": "person", "agent": "agent"},
            ["application", "owner-id", "certificate", "death-and-kinship", "heirs-statement", "tax-proof", "authorisation", "agent-id"],
            ["review", "decision", "issuing"],
        ),
        (
            HOME, {"registered": "yes", "cause": "ruling", "party": "company", "agent": "self"},
            ["application", "owner-licence", "ruling", "tax-proof"], ["review", "decision", "issuing"],
        ),
        (ARCHIVE, {"what": "open", "who": "person", "want": "read", "by": "self"}, ["application", "id-card"], ["decision"]),
        (
            ARCHIVE, {"what": "own", "who": "person", "want": "proof", "by": "relative"},
            ["application", "id-card", "kinship", "by-id"], ["decision", "issuing"],
        ),
        (
            ARCHIVE, {"what": "deposited", "who": "unit", "want": "copy"},
            ["application", "unit-letter", "deposit-receipt"], ["decision", "issuing"],
        ),
        (
            AGENCY, {"activity": "agency", "registered": "yes", "premises": "own", "online": "no", "agent": "self"},
            ["application", "business-licence", "articles", "rules", "premises-title", "equipment-and-funds", "staff-list"],
            ["review", "site-visit", "decision", "issuing"],
        ),
        (
            AGENCY, {"activity": "agency", "registered": "yes", "premises": "rented", "online": "yes", "agent": "agent"},
            [
                "application", "business-licence", "articles", "rules", "lease", "equipment-and-funds", "staff-list", "online-filing",
                "authorisation", "agent-id",
            ],
            ["review", "site-visit", "decision", "issuing"],
        ),
        (
            RADIATION, {"project": "radiology", "hazard": "general", "institution": "planned", "agent": "self"},
            ["application", "report-form", "plan", "setting-up-consent"], ["review", "decision", "issuing"],
        ),
        (
            RADIATION, {"project": "radiology", "hazard": "serious", "institution": "licensed", "works": "change", "agent": "self"},
            ["application", "report-book", "expert-opinion", "plan", "practice-licence", "radiology-licence"],
            ["review", "expert-review", "decision", "issuing"],
        ),
        (
            INSURANCE, {"kind": "company", "staff": "yes", "bank": "debit", "agent": "self"},
            ["application", "business-licence", "staff-list", "contracts", "debit-agreement"], ["decision", "issuing"],
        ),
        (
            INSURANCE, {"kind": "other", "staff": "no", "bank": "self", "agent": "agent"},
            ["application", "registration-certificate", "authorisation", "agent-id"], ["decision", "issuing"],
        ),
        (
            CHANGE, {"kind": "limited", "what": ["premises"], "agent": "self"},
            ["application", "resolution", "articles", "premises-papers", "old-licence"], ["review", "decision", "issuing"],
        ),
        (
            CHANGE, {"kind": "limited", "what": ["legal-representative"], "agent": "agent"},
            ["application", "appointment", "new-representative-id", "old-licence", "authorisation", "agent-id"], ["review", "decision", "issuing"],
        ),
        (
            CHANGE, {"kind": "limited", "what": ["name", "capital", "holders"], "capital": "down", "new-holder": "legal", "agent": "self"},
            [
                "application", "resolution", "articles", "name-declaration", "reduction-statement", "transfer", "new-holder-licence", "old-licence",
            ],
            ["review", "decision", "issuing"],
        ),
        (
            CLOSE, {"kind": "limited", "debts": "clear", "bar": "none", "public": "done", "agent": "self"},
            ["application", "promise", "old-licence"], ["review", "decision", "issuing"],
        ),
        (
            CLOSE, {"kind": "limited", "debts": "clear", "bar": "some", "cause": "resolved", "agent": "self"},
            ["application", "resolution", "report", "tax-clearance", "old-licence"], ["review", "decision", "issuing"],
        ),
        (
            CLOSE, {"kind": "limited", "debts": "liquidated", "cause": "revoked", "agent": "agent"},
            ["application", "revocation", "report", "tax-clearance", "old-licence", "authorisation", "agent-id"], ["review", "decision", "issuing"],
        ),
        (
            CLOSE, {"kind": "limited", "debts": "merged", "agent": "self"},
            ["application", "resolution", "tax-clearance", "merger-agreement", "old-licence"], ["review", "decision", "issuing"],
        ),
        (CLOSE, {"kind": "limited", "debts": "court", "agent": "self"}, ["application", "ruling"], ["review", "decision", "issuing"]),
        (
            PARTNERS, {"kind": "general", "partners": "natural", "executor": "all", "approval": "no", "agent": "self"},
            ["application", "agreement", "partner-ids", "premises-papers"], ["review", "decision", "issuing"],
        ),
        (
            PARTNERS, {"kind": "limited", "partners": "both", "executor": "legal", "approval": "yes", "agent": "agent"},
            [
                "application", "agreement", "limited-clauses", "partner-ids", "partner-licences", "executor-mandate", "delegate-mandate",
                "premises-papers", "approval", "authorisation", "agent-id",
            ],
            ["review", "decision", "issuing"],
        ),
        (
            PARTNERS, {"kind": "special", "partners": "natural", "executor": "natural", "approval": "no", "agent": "self"},
            ["application", "agreement", "partner-ids", "executor-mandate", "professional-papers", "premises-papers"],
            ["review", "decision", "issuing"],
        ),
        (
            ELDERLY, {"age": "eighties", "household": "here", "income": "minimum", "card": "social-card", "who": "self"},
            ["application", "id-card", "household-page", "minimum-proof"], ["review", "decision", "issuing"],
        ),
        (
            ELDERLY, {"age": "hundred", "household": "here", "income": "low", "card": "bank", "who": "agent"},
            ["application", "id-card", "household-page", "income-statement", "bank-book", "authorisation", "by-id"],
            ["review", "decision", "issuing"],
        ),
        (
            INFORMATION, {"kind": "information", "concerns": "others", "who": "person", "how": "electronic", "agent": "self"},
            ["application", "id-card"], ["review", "third-party", "decision", "issuing"],
        ),
        (
            INFORMATION, {"kind": "information", "concerns": "own-wrong", "who": "unit", "how": "paper", "agent": "agent"},
            ["application", "unit-licence", "evidence", "authorisation", "agent-id"], ["review", "decision", "issuing"],
        ),
        (
            EQUIPMENT,
            {"matter": "first", "device": "lift", "history": "new", "when-used": "before", "manager": "entrusted", "agent": "self"},
            [
                "application", "standing", "quality-certificate", "supervision-certificate", "safety-rules", "manager-certificate",
                "maintenance-contract", "entrustment",
            ],
            ["review", "decision", "issuing"],
        ),
        (
            EQUIPMENT,
            {"matter": "first", "device": "vehicle", "history": "used", "when-used": "late", "manager": "own", "agent": "agent"},
            [
                "application", "standing", "periodic-report", "transfer-papers", "safety-rules", "manager-certificate", "late-statement",
                "authorisation", "agent-id",
            ],
            ["review", "decision", "issuing"],
        ),
        (
            HERITAGE, {"site": "district", "works": "repair", "owner": "private", "applicant": "person", "agent": "self"},
            ["application", "owner-papers", "applicant-id", "survey", "scheme", "qualification"],
            ["review", "site-visit", "expert-review", "decision", "issuing"],
        ),
        (
            HERITAGE, {"site": "district", "works": "urgent", "owner": "state", "applicant": "unit", "agent": "agent"},
            ["application", "owner-papers", "applicant-licence", "emergency-scheme", "qualification", "authorisation", "agent-id"],
            ["review", "site-visit", "decision", "issuing"],
        ),
    ],
)  # fmt: skip
def test_a_situation_needs_exactly_these_materials_and_steps(
    code: str, answers: Given, materials: list[str], steps: list[str]
) -> None:
    resolved = resolve(item(code), answers)
    assert resolved.not_needed is None
    assert [material.code for material in resolved.materials] == materials
    assert [step.code for step in resolved.steps] == steps


@pytest.mark.parametrize(
    ("code", "answers", "begins"),
    [
        (HOME, {"registered": "first"}, "尚未登记的不动产先办理首次登记"),
        (ARCHIVE, {"what": "closed"}, "利用其他未开放的档案"),
        (ARCHIVE, {"what": "not-here"}, "移交期限届满前的政府信息"),
        (AGENCY, {"activity": "information"}, "这些业务不需要许可，自开展业务之日起15日内备案即可"),
        (AGENCY, {"activity": "agency", "registered": "no"}, "职业中介机构应当先办理登记，再申请许可"),
        (RADIATION, {"project": "not-medical"}, "其他单位的职业病危害由建设单位自行预评价"),
        (INSURANCE, {"kind": "alone"}, "您不是用人单位"),
        (CHANGE, {"kind": "filing"}, "这些是备案事项"),
        (CLOSE, {"kind": "limited", "debts": "not-yet"}, "请先组成清算组清算"),
        (
            CLOSE,
            {"kind": "limited", "debts": "clear", "bar": "none", "public": "not-yet"},
            "请先通过国家企业信用信息公示系统公示",
        ),
        (PARTNERS, {"kind": "alone"}, "合伙企业至少有两个合伙人"),
        (ELDERLY, {"age": "below"}, "高龄津贴发给八十周岁以上的老年人"),
        (INFORMATION, {"kind": "register"}, "不动产登记资料的查询有专门规定"),
        (INFORMATION, {"kind": "complaint"}, "投诉、举报、信访不作为信息公开申请处理"),
        (EQUIPMENT, {"matter": "unlisted"}, "国家对特种设备实行目录管理"),
        (HERITAGE, {"site": "higher"}, "按文物保护单位的级别报相应的文物行政部门批准"),
        (HERITAGE, {"site": "district", "works": "care"}, "日常保养不改动文物"),
    ],
)
def test_who_needs_no_such_item_is_told_why(code: str, answers: Given, begins: str) -> None:
    resolved = resolve(item(code), answers)
    assert resolved.not_needed is not None
    assert resolved.not_needed.zh.startswith(begins)
    assert (resolved.materials, resolved.form, resolved.steps) == ((), (), ())


@pytest.mark.parametrize("code", ITEMS)
def test_in_every_situation_a_matching_point_finds_its_field_and_somebody_decides(code: str) -> None:
    for answers in situations(item(code)):
        resolved = resolve(item(code), answers)
        if not_needed(item(code), answers):
            continue
        fields = {field.code for field in resolved.fields}
        assert {point.field for m in resolved.materials for point in m.acceptance_points if point.field} <= fields
        assert [step.kind for step in resolved.steps].count("decision") == 1


@pytest.mark.parametrize("code", ITEMS)
def test_what_applicants_write_themselves_has_a_sample(code: str) -> None:
    assert {m.code for m in item(code).materials if m.kind == "2"} <= {m.code for m in item(code).materials if m.specimen}
    assert all(line.wrong is None or line.point for m in item(code).materials if m.specimen for line in m.specimen.lines)


def test_a_refusal_of_information_goes_to_reconsideration_first() -> None:
    remedies = item(INFORMATION).remedies
    assert "应当先申请行政复议" in remedies.reconsideration.text.zh
    assert ("行政复议法(2023-09-01)", "第二十三条") in basis(INFORMATION, "/remedies/lawsuit/text/zh")


# --- forms ------------------------------------------------------------------------------------------

SALE: Given = {"registered": "yes", "cause": "sale", "party": "person", "elderly": "no", "agent": "self"}
MOVE: Given = {"kind": "limited", "what": ["name", "capital"], "capital": "up", "agent": "self"}
LIMITED: Given = {"kind": "limited", "partners": "both", "executor": "legal", "approval": "no", "agent": "self"}
XRAY: Given = {"project": "radiology", "hazard": "general", "institution": "planned", "agent": "self"}
BANK: Given = {"age": "nineties", "household": "here", "income": "low", "card": "bank", "who": "self"}
MAIL: Given = {"kind": "information", "concerns": "general", "who": "person", "how": "electronic", "agent": "self"}
FITTING: dict[str, dict[str, str]] = {
    HOME: {},
    CHANGE: {"new-name": "上海演示某某科技有限公司", "paid-within": "5"},
    PARTNERS: {"partnership-name": "上海演示某某咨询中心（有限合伙）", "limited-count": "50"},
    RADIATION: {"start": "2027-03-01"},
    ELDERLY: {"born": "1935-01-01", "bank-account": "12000000001"},
    INFORMATION: {"email": "yanshi@example.cn"},
}
FILLED = [(HOME, SALE), (CHANGE, MOVE), (PARTNERS, LIMITED), (RADIATION, XRAY), (ELDERLY, BANK), (INFORMATION, MAIL)]


def filled(code: str, answers: Given, **changed: str) -> dict[str, str]:
    fields = resolve(item(code), answers).fields
    values = {f.code: f.choices[0].code if f.kind == "choice" else SAMPLES[f.kind] for f in fields}
    return checked_form(fields, {**values, **FITTING[code], **{k.replace("_", "-"): v for k, v in changed.items()}}, on=TODAY)


@pytest.mark.parametrize(("code", "answers"), FILLED)
def test_a_form_well_filled_in_stands(code: str, answers: Given) -> None:
    assert set(filled(code, answers)) == {field.code for field in resolve(item(code), answers).fields}


@pytest.mark.parametrize(
    ("code", "answers", "changed", "message"),
    [
        (HOME, SALE, {"area": "0"}, "面积应不小于 1 平方米。"),
        (HOME, SALE, {"price": "0"}, "价格应大于零。"),
        (CHANGE, MOVE, {"new_name": "上海演示某某科技"}, "请以“有限责任公司”或者“有限公司”结尾。"),
        (CHANGE, MOVE, {"paid_within": "6"}, "出资应当在五年内缴足。"),
        (CHANGE, MOVE, {"decided_on": "2026-11-24"}, "日期应不晚于今天。"),
        (PARTNERS, LIMITED, {"limited_count": "51"}, "二个以上五十个以下"),
        (PARTNERS, LIMITED, {"limited_count": "1"}, "二个以上五十个以下"),
        (PARTNERS, LIMITED, {"partnership_name": "上海演示某某咨询中心"}, "名称中应当标明"),
        (RADIATION, XRAY, {"start": "2026-11-22"}, "审核同意前不得开工"),
        (ELDERLY, BANK, {"bank_account": "12"}, "账号为 8 至 30 位数字。"),
        (INFORMATION, MAIL, {"email": "yanshi"}, "请填写电子邮箱地址。"),
        (INFORMATION, MAIL, {"title": ""}, "请填写此项"),
    ],
)
def test_a_form_with_a_wrong_value_is_refused_with_its_message(
    code: str, answers: Given, changed: dict[str, str], message: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        filled(code, answers, **changed)
    assert message in str(refused.value.details)


# --- the people around them ---------------------------------------------------------------------------


def test_any_clerk_accepts_and_somebody_decides_and_may_extend() -> None:
    district = load_district(demo_folder())
    for code in ITEMS:
        department = item(code).department.code
        approvers = [one for one in district.staff if "approver" in one.roles and one.department == department]
        assert approvers, code
        assert any(one.head for one in approvers) or item(code).limits.extension is None, code
        records = [one for one in district.authorisations if one.department == department]
        assert any(one.covers(item=code, clerk="clerk01", scope="accept", on=TODAY) for one in records), code


def test_each_stands_once_in_the_register() -> None:
    lines = [line for line in load_district(demo_folder()).register if line.item in ITEMS]
    assert sorted(line.item for line in lines) == sorted(ITEMS)
    assert all(line.entered and line.department == item(line.item).department.code for line in lines)
    assert {line.item: line.serves for line in lines} == {
        code: "person" if item(code).service.hall == "B" else "company" for code in ITEMS
    }
