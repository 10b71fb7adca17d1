"""Four more items: their own laws' limits and units, what each situation needs, and forms that refuse."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from onewindow.foundation.catalogue.definition import Definition, demo_folder, load, load_district, resolve, situations
from onewindow.foundation.catalogue.definition.model import Limit, StatuteSource
from onewindow.foundation.catalogue.definition.resolving import not_needed
from onewindow.foundation.catalogue.definition.sourcing import covering, sources_of
from onewindow.kernel.errors import InvalidInput
from onewindow.stages.acceptance.rules import checked_form

LABOUR, COMPANY, SIGN, PERMIT = "labour-dispatch-licence", "company-registration", "outdoor-signboard", "residence-permit"
TODAY = date(2026, 11, 23)
LICENSING_LAW = "行政许可法(2019-04-23)"
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
        (LABOUR, working(20), working(4), working(10), working(5), working(10)),
        (SIGN, working(20), working(4), working(10), working(5), working(10)),
        (COMPANY, working(3), working(1), working(3), working(1), working(1)),
        (PERMIT, natural(15), natural(3), None, working(1), natural(5)),
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


def test_the_statutory_limit_is_quoted_from_its_article() -> None:
    assert (LICENSING_LAW, "第四十二条") in basis(LABOUR, "/limits/statutory/n")
    assert (LICENSING_LAW, "第四十二条") in basis(SIGN, "/limits/statutory/n")
    assert basis(COMPANY, "/limits/statutory/n") == [
        ("市场主体登记管理条例(2021-07-27)", "第十九条"), ("市场主体登记管理条例实施细则(2022-03-01)", "第十八条"),
    ]  # fmt: skip
    assert basis(COMPANY, "/limits/promised/n")[0] == ("上海市优化营商环境条例(2024-09-27)", "第三十一条")
    assert basis(PERMIT, "/limits/statutory/n") == [("居住证暂行条例(2015-11-26)", "第九条")]


def test_making_and_handing_over_a_permit_fit_into_the_fifteen_days() -> None:
    limits = item(PERMIT).limits
    assert limits.promised.n + limits.delivery.n <= limits.statutory.n
    assert sum(step.days for step in item(PERMIT).steps if step.kind != "issuing") <= limits.promised.n


@pytest.mark.parametrize(("code", "kind"), [(LABOUR, "01"), (SIGN, "01"), (COMPANY, "07"), (PERMIT, "20")])
def test_only_permits_rest_on_the_licensing_law(code: str, kind: str) -> None:
    definition = item(code)
    assert (definition.item_type, definition.basic_code[2:4]) == (kind, kind)
    laws = {source.law for source in definition.citations.values() if isinstance(source, StatuteSource)}
    assert (LICENSING_LAW in laws) == (kind == "01")
    assert all(source.law != LICENSING_LAW for source in definition.basis) == (kind != "01")


def test_the_type_of_a_registration_is_marked_as_doubtful() -> None:
    assert covering(item(COMPANY), "/item_type") == ("registration-19-confirm", "shanghai-31-confirm", "item-type")
    assert item(COMPANY).citations["item-type"].kind == item(PERMIT).citations["item-type"].kind == "unverified"


def test_fees_results_and_service() -> None:
    assert not any(item(code).fees.charged for code in (LABOUR, COMPANY, SIGN, PERMIT))
    assert basis(PERMIT, "/fees/charged") == [("居住证暂行条例(2015-11-26)", "第二十一条")]
    assert [s.kind for s in sources_of(item(COMPANY), "/fees/charged")] == ["unverified"]
    assert item(LABOUR).result.validity == Limit(n=3, unit="year")
    assert (item(COMPANY).result.validity, item(PERMIT).result.validity) == (None, None)
    assert item(PERMIT).result.recheck == Limit(n=1, unit="year")
    assert (item(SIGN).result.kind, item(COMPANY).result.kind) == ("20", "10")
    assert [(code, item(code).service.hall, item(code).service.city_wide) for code in (LABOUR, COMPANY, SIGN, PERMIT)] == [
        (LABOUR, "A", False), (COMPANY, "A", False), (SIGN, "A", False), (PERMIT, "B", True),
    ]  # fmt: skip


# --- situations -------------------------------------------------------------------------------------

LABOUR_END = ["equipment", "legal-person-id", "rules", "agreement-sample"]


@pytest.mark.parametrize(
    ("code", "answers", "expected"),
    [
        (
            LABOUR,
            {"activity": "dispatch", "company": "registered", "capital-proof": "audit", "premises": "rented", "agent": "self"},
            ["application", "business-licence", "articles", "audit-report", "lease", *LABOUR_END],
        ),
        (
            LABOUR,
            {"activity": "dispatch", "company": "registered", "capital-proof": "verification", "premises": "own", "agent": "agent"},
            ["application", "business-licence", "articles", "capital-verification", "premises-title", *LABOUR_END, "authorisation", "agent-id"],
        ),
        (
            LABOUR,
            {"activity": "dispatch", "company": "planned", "premises": "rented", "agent": "self"},
            ["application", "name-declaration", "articles", "capital-verification", "lease", *LABOUR_END],
        ),
        (
            COMPANY,
            {
                "kind": "limited", "shareholders": "natural", "holders": "one", "governance": "one-director",
                "oversight-without-board": "none", "name": "together", "premises": "declared", "approval": "no", "agent": "self",
            },
            ["application", "articles", "natural-shareholders", "sole-decision", "officers-id", "no-supervisor-consent", "premises-declaration"],
        ),
        (
            COMPANY,
            {
                "kind": "limited", "shareholders": "both", "holders": "several", "governance": "board",
                "oversight-with-board": "supervisory-board", "name": "declared", "premises": "rented", "approval": "yes", "agent": "agent",
            },
            [
                "application", "articles", "natural-shareholders", "legal-shareholders", "resolution", "officers-id", "staff-election",
                "lease", "approval", "authorisation", "agent-id",
            ],
        ),
        (
            COMPANY,
            {
                "kind": "limited", "shareholders": "legal", "holders": "several", "governance": "board",
                "oversight-with-board": "audit-committee", "name": "declared", "premises": "lent", "approval": "no", "agent": "self",
            },
            ["application", "articles", "legal-shareholders", "resolution", "officers-id", "free-use"],
        ),
        (
            SIGN,
            {"what": "large", "site": "own", "structure": "wall", "light": "unlit", "agent": "self"},
            ["application", "standing", "picture", "location-map", "site-title", "safety-promise"],
        ),
        (
            SIGN,
            {"what": "large", "site": "public", "structure": "freestanding", "light": "screen", "agent": "agent"},
            [
                "application", "standing", "picture", "location-map", "public-site-right", "structure-design", "lighting-design",
                "safety-promise", "authorisation", "agent-id",
            ],
        ),
        (
            SIGN,
            {"what": "banner", "banner-site": "others", "agent": "self"},
            ["application", "standing", "picture", "site-consent", "sample-of-publicity"],
        ),
        (
            PERMIT,
            {"household": "other-city", "lived": "half-year", "ground": "job", "job": "employee", "home": "rented", "who": "self"},
            ["application", "id-card", "photo", "lease", "employment-proof"],
        ),
        (
            PERMIT,
            {"household": "other-city", "lived": "half-year", "ground": "home", "home": "own", "who": "relative"},
            ["application", "id-card", "photo", "title", "agent-id"],
        ),
        (
            PERMIT,
            {"household": "other-city", "lived": "half-year", "ground": "school", "home": "lodged", "who": "guardian"},
            ["application", "id-card", "photo", "lodging-proof", "school-proof", "agent-id"],
        ),
        (
            PERMIT,
            {"household": "other-city", "lived": "half-year", "ground": "job", "job": "own-business", "home": "bought", "who": "self"},
            ["application", "id-card", "photo", "purchase-contract", "business-licence"],
        ),
    ],
)  # fmt: skip
def test_a_situation_needs_exactly_these_materials(code: str, answers: dict[str, str], expected: list[str]) -> None:
    resolved = resolve(item(code), answers)
    assert resolved.not_needed is None
    assert [material.code for material in resolved.materials] == expected


@pytest.mark.parametrize(
    ("code", "answers", "begins"),
    [
        (LABOUR, {"activity": "outsourcing"}, "承接人力资源服务外包不需要劳务派遣经营许可，请自开展业务之日起15日内"),
        (LABOUR, {"activity": "job-agency"}, "职业中介不是劳务派遣"),
        (LABOUR, {"activity": "own-staff"}, "为本单位招用员工，直接订立劳动合同即可"),
        (COMPANY, {"kind": "joint-stock"}, "股份有限公司由地市级以上登记机关登记"),
        (COMPANY, {"kind": "branch"}, "分公司不办公司设立登记"),
        (COMPANY, {"kind": "self-employed"}, "个体工商户不是公司"),
        (COMPANY, {"kind": "small-trade"}, "法律、行政法规规定无需办理登记的，不需要登记"),
        (SIGN, {"what": "signboard"}, "自己的招牌不需要审批"),
        (SIGN, {"what": "small"}, "国家规定只要求大型户外广告审批"),
        (PERMIT, {"household": "local"}, "居住证发给离开常住户口所在地、到其他城市居住的公民"),
        (PERMIT, {"household": "to-endorse"}, "不用重新申领，请到居住地公安派出所"),
        (PERMIT, {"household": "to-replace"}, "不用重新申领，请办理换领、补领"),
        (PERMIT, {"household": "hk-mo-tw"}, "港澳台居民申领港澳台居民居住证"),
        (PERMIT, {"household": "other-city", "lived": "less"}, "居住半年以上才能申领"),
    ],
)
def test_who_needs_no_such_item_is_told_why(code: str, answers: dict[str, str], begins: str) -> None:
    resolved = resolve(item(code), answers)
    assert resolved.not_needed is not None
    assert resolved.not_needed.zh.startswith(begins)
    assert (resolved.materials, resolved.form, resolved.steps) == ((), (), ())


@pytest.mark.parametrize("code", [LABOUR, COMPANY, SIGN, PERMIT])
def test_in_every_situation_a_matching_point_finds_its_field_and_somebody_decides(code: str) -> None:
    for answers in situations(item(code)):
        resolved = resolve(item(code), answers)
        if not_needed(item(code), answers):
            continue
        fields = {field.code for field in resolved.fields}
        assert {point.field for m in resolved.materials for point in m.acceptance_points if point.field} <= fields
        assert [step.kind for step in resolved.steps].count("decision") == 1


def test_conditions_follow_the_bodies_of_the_company() -> None:
    small = {"kind": "limited", "shareholders": "natural", "holders": "one", "governance": "one-director"}
    rest = {"name": "together", "premises": "own", "approval": "no", "agent": "self"}
    codes = [c.code for c in resolve(item(COMPANY), {**small, "oversight-without-board": "one-supervisor", **rest}).conditions]
    assert {"one-director", "one-supervisor"} <= set(codes)
    assert not {"board", "supervisory-board", "no-supervisor", "audit-committee", "approved"} & set(codes)


def test_a_banner_is_decided_on_paper_and_a_large_advertisement_is_visited() -> None:
    banner = resolve(item(SIGN), {"what": "banner", "banner-site": "own", "agent": "self"})
    large = resolve(item(SIGN), {"what": "large", "site": "own", "structure": "wall", "light": "lit", "agent": "self"})
    assert [step.code for step in banner.steps] == ["review", "decision", "issuing"]
    assert [step.code for step in large.steps] == ["review", "site-visit", "decision", "issuing"]
    assert "forbidden-places" in [clause.code for clause in large.prohibitions]


# --- forms ------------------------------------------------------------------------------------------

RENTED = {"activity": "dispatch", "company": "registered", "capital-proof": "audit", "premises": "rented", "agent": "self"}
BOARD = {
    "kind": "limited", "shareholders": "natural", "holders": "several", "governance": "board", "oversight-with-board": "supervisory-board",
    "name": "together", "premises": "own", "approval": "no", "agent": "self",
}  # fmt: skip
WALL = {"what": "large", "site": "own", "structure": "wall", "light": "unlit", "agent": "self"}
WORKER = {"household": "other-city", "lived": "half-year", "ground": "job", "job": "employee", "home": "rented", "who": "self"}
FITTING = {
    LABOUR: {"capital": "200"},
    COMPANY: {"company-name": "上海演示某某科技有限公司", "paid-within": "5", "shareholder-count": "50", "directors": "3", "supervisors": "3"},
    SIGN: {}, PERMIT: {"born": "1949-12-31"},
}  # fmt: skip


def filled(code: str, answers: dict[str, str], **changed: str) -> dict[str, str]:
    fields = resolve(item(code), answers).fields
    values = {f.code: f.choices[0].code if f.kind == "choice" else SAMPLES[f.kind] for f in fields}
    return checked_form(fields, {**values, **FITTING[code], **{k.replace("_", "-"): v for k, v in changed.items()}}, on=TODAY)


@pytest.mark.parametrize(("code", "answers"), [(LABOUR, RENTED), (COMPANY, BOARD), (SIGN, WALL), (PERMIT, WORKER)])
def test_a_form_well_filled_in_stands(code: str, answers: dict[str, str]) -> None:
    assert set(filled(code, answers)) == {field.code for field in resolve(item(code), answers).fields}


@pytest.mark.parametrize(
    ("code", "answers", "changed", "message"),
    [
        (LABOUR, RENTED, {"capital": "199.99"}, "注册资本不得少于人民币二百万元"),
        (LABOUR, RENTED, {"lease_until": "2026-11-22"}, "租赁合同已经到期，请先续租。"),
        (LABOUR, RENTED, {"staff": "0"}, "管理人员应不少于 1 人。"),
        (COMPANY, BOARD, {"company_name": "上海演示某某科技"}, "请以“有限责任公司”或者“有限公司”结尾。"),
        (COMPANY, BOARD, {"paid_within": "6"}, "出资应当自公司成立之日起五年内缴足"),
        (COMPANY, BOARD, {"shareholder_count": "51"}, "这里请填 2 至 50。"),
        (COMPANY, BOARD, {"shareholder_count": "1"}, "这里请填 2 至 50。"),
        (COMPANY, BOARD, {"directors": "2"}, "董事会成员为三人以上。"),
        (COMPANY, BOARD, {"supervisors": "2"}, "监事会成员为三人以上。"),
        (COMPANY, BOARD, {"capital": "0"}, "应大于零"),
        (COMPANY, BOARD, {"spare_name": "甲"}, "字号应当由两个以上汉字组成。"),
        (COMPANY, BOARD, {"legal_person_id": "110105194912310021"}, "校验码"),
        (SIGN, WALL, {"until": "2026-11-22"}, "设置届满日不能早于今天。"),
        (SIGN, WALL, {"length": "0"}, "长度应不小于 0.1 米。"),
        (PERMIT, WORKER, {"since": "2026-11-24"}, "居住起始日期不能晚于今天。"),
        (PERMIT, WORKER, {"born": "2027-01-01"}, "出生日期不能晚于今天。"),
        (PERMIT, WORKER, {"employer": ""}, "请填写此项"),
    ],
)
def test_a_form_with_a_wrong_value_is_refused_with_its_message(
    code: str, answers: dict[str, str], changed: dict[str, str], message: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        filled(code, answers, **changed)
    assert message in str(refused.value.details)


# --- the people around them ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", [LABOUR, COMPANY, SIGN, PERMIT])
def test_somebody_accepts_and_at_least_two_may_decide(code: str) -> None:
    district, definition = load_district(demo_folder()), item(code)
    department = definition.department.code
    approvers = [one for one in district.staff if "approver" in one.roles and one.department == department]
    assert len(approvers) >= 2
    assert any(one.head for one in approvers) or definition.limits.extension is None
    assert any(
        one.covers(item=code, clerk="clerk01", scope="accept", on=TODAY)
        for one in district.authorisations
        if one.department == department
    )
