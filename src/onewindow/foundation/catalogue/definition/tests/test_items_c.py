"""Items of people's lives and of their associations: limits and basis, what each situation needs, forms that refuse, and who accepts."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from onewindow.foundation.catalogue.definition import Definition, demo_folder, load, load_district, resolve, situations
from onewindow.foundation.catalogue.definition.model import Limit, StatuteSource
from onewindow.foundation.catalogue.definition.resolving import not_needed
from onewindow.foundation.catalogue.definition.sourcing import sources_of
from onewindow.kernel.errors import InvalidInput
from onewindow.stages.acceptance.rules import checked_form

ALLOWANCE, RELIEF, SUPPORT = "minimum-living-allowance", "temporary-relief", "destitute-support"
JOBLESS, BENEFIT = "unemployment-registration", "unemployment-benefit"
MARRIAGE, CARD, BIRTH = "marriage-registration", "resident-identity-card", "birth-registration"
DISABILITY, SOCIETY, UNIT = "disability-certificate", "social-organisation-registration", "private-non-enterprise-registration"
INSURANCE, VETERAN = "resident-medical-insurance", "veteran-reporting"
ITEMS = [ALLOWANCE, RELIEF, SUPPORT, JOBLESS, BENEFIT, MARRIAGE, CARD, BIRTH, DISABILITY, SOCIETY, UNIT, INSURANCE, VETERAN]
TODAY = date(2026, 11, 23)
AID, LICENSING = "社会救助暂行办法(2019-03-02)", "行政许可法(2019-04-23)"
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


# --- limits and basis -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "kind", "statutory", "promised", "correction", "delivery"),
    [
        (ALLOWANCE, "20", working(30), working(12), working(1), working(3)),
        (RELIEF, "20", working(8), working(8), working(1), working(3)),
        (SUPPORT, "20", working(12), working(12), working(1), working(3)),
        (JOBLESS, "20", working(0), working(0), working(1), working(0)),
        (BENEFIT, "20", working(10), working(2), working(1), working(1)),
        (MARRIAGE, "07", working(0), working(0), working(0), working(0)),
        (CARD, "20", natural(60), working(8), working(1), working(3)),
        (BIRTH, "07", working(0), working(0), working(1), working(0)),
        (DISABILITY, "07", working(15), working(15), working(1), working(2)),
        (SOCIETY, "01", natural(60), working(8), working(5), working(10)),
        (UNIT, "01", natural(60), working(8), working(5), working(10)),
        (INSURANCE, "20", working(10), working(0), working(1), working(0)),
        (VETERAN, "20", working(0), working(0), working(1), working(20)),
    ],
)
def test_limits_are_those_of_the_items_own_law(
    code: str, kind: str, statutory: Limit, promised: Limit, correction: Limit, delivery: Limit
) -> None:
    definition = item(code)
    limits = definition.limits
    assert (definition.item_type, definition.basic_code[2:4]) == (kind, kind)
    assert (limits.statutory, limits.promised, limits.extension) == (statutory, promised, None)
    assert (limits.correction, limits.delivery, limits.supplement) == (correction, delivery, working(20))
    assert (definition.handling_type == "1") == (promised.n == 0)


def test_what_a_statute_says_of_the_time_is_quoted_and_the_rest_is_marked() -> None:
    assert basis(MARRIAGE, "/limits/statutory/n") == [("婚姻登记条例(2003-08-08)", "第七条")]
    assert basis(CARD, "/limits/statutory/n") == [("居民身份证法(2011-10-29)", "第十二条")]
    assert basis(SOCIETY, "/limits/statutory/n") == [("社会团体登记管理条例(2016-02-06)", "第十二条"), (LICENSING, "第四十二条")]
    assert basis(UNIT, "/limits/statutory/n") == [("民办非企业单位登记管理暂行条例(1998-10-25)", "第十一条"), (LICENSING, "第四十二条")]
    for code in (ALLOWANCE, RELIEF, SUPPORT, JOBLESS, BENEFIT, BIRTH, DISABILITY, INSURANCE, VETERAN):
        assert [source.kind for source in sources_of(item(code), "/limits/statutory/n")] == ["unverified"], code


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (ALLOWANCE, [(AID, "第九条"), (AID, "第十一条"), (AID, "第十一条")]),
        (RELIEF, [(AID, "第四十七条"), (AID, "第四十八条")]),
        (SUPPORT, [(AID, "第十四条"), (AID, "第十六条"), (AID, "第十六条")]),
        (JOBLESS, [("就业促进法(2015-04-24)", "第三十五条"), ("就业促进法(2015-04-24)", "第四十三条"), ("社会保险法(2018-12-29)", "第五十条")]),
        (BENEFIT, [("社会保险法(2018-12-29)", "第四十五条"), ("社会保险法(2018-12-29)", "第五十条"), ("失业保险条例(1999-01-22)", "第十四条")]),
        (MARRIAGE, [("婚姻登记条例(2003-08-08)", "第二条"), ("婚姻登记条例(2003-08-08)", "第四条"), ("婚姻登记条例(2003-08-08)", "第七条")]),
        (CARD, [("居民身份证法(2011-10-29)", "第二条"), ("居民身份证法(2011-10-29)", "第八条"), ("居民身份证法(2011-10-29)", "第十一条")]),
        (BIRTH, [("户口登记条例(1958-01-09)", "第三条"), ("户口登记条例(1958-01-09)", "第七条")]),
        (DISABILITY, [("残疾人保障法(2018-10-26)", "第二条"), ("残疾人保障法(2018-10-26)", "第八条")]),
        (INSURANCE, [("社会保险法(2018-12-29)", "第二十四条"), ("社会保险法(2018-12-29)", "第二十五条")]),
        (VETERAN, [("退役军人保障法(2020-11-11)", "第十三条"), ("退役军人保障法(2020-11-11)", "第十四条"), ("退役军人保障法(2020-11-11)", "第十五条")]),
    ],
)
def test_the_basis_is_the_items_own_law(code: str, expected: list[tuple[str, str]]) -> None:
    assert [(source.law, source.article) for source in item(code).basis] == expected


@pytest.mark.parametrize("code", ITEMS)
def test_only_permits_rest_on_the_licensing_law(code: str) -> None:
    definition = item(code)
    laws = {source.law for source in definition.citations.values() if isinstance(source, StatuteSource)}
    assert (LICENSING in laws) == (definition.item_type == "01")


def test_the_revised_regulations_on_marriage_are_named_where_they_differ_from_the_kept_text() -> None:
    definition = item(MARRIAGE)
    note = definition.citations["revision-2025"]
    assert note.kind == "unverified" and "国务院令第804号" in note.note.zh
    assert {place for place, names in definition.sources.items() if "revision-2025" in names} == {"/materials/id-card/name", "/fees", "/service/city_wide"}
    assert not any("户口簿" in material.name.zh for material in definition.materials)


# --- situations -------------------------------------------------------------------------------------

FAMILY = {"matter": "first", "household": "all-here", "income": "wages", "who": "self"}
SICK = {"cause": "illness", "urgent": "no", "household": "here", "who": "self"}
OLD = {"person": "old", "carers": "none", "care": "home", "selfcare": "yes", "who": "self"}
LAID_OFF = {"why": "dismissed", "years": "five", "registered": "yes", "again": "no", "card": "social"}
COUPLE = {"matter": "first", "who": "mainland", "age": "yes", "presence": "both"}
RENEWAL = {"matter": "expired", "age": "from-26", "household": "here", "relief": "no", "temporary": "no"}
NEWBORN = {"born": "hospital", "with": "mother", "married": "yes", "household": "family", "who": "parent"}
BEDRIDDEN = {"matter": "new", "category": "mental", "household": "here", "come": "no", "who": "guardian"}
WALKING = {"matter": "new", "category": "sight", "household": "elsewhere", "come": "yes", "who": "self"}
CLUB = {"kind": "society", "area": "district", "members": "individuals", "premises": "rented", "agent": "self"}
HOME = {"purpose": "service", "form": "legal-person", "licence": "no", "premises": "own", "agent": "self"}
BABY = {"job": "none", "person": "newborn", "household": "here", "help": "none", "pay": "bank"}
SOLDIER: dict[str, str | list[str]] = {"matter": "report", "place": "here", "kind": "conscript", "time": "in-time", "family": []}
BODY_END = ["leaders", "leaders-id", "articles"]


@pytest.mark.parametrize(
    ("code", "answers", "expected"),
    [
        (ALLOWANCE, {**FAMILY, "hardship": []}, ["application", "consent", "id-card", "household-book", "wage-proof"]),
        (
            ALLOWANCE, {**FAMILY, "household": "mixed", "hardship": ["disabled", "ill", "student"], "income": "none", "who": "committee"},
            [
                "application", "consent", "id-card", "household-book", "not-elsewhere", "disability-certificate", "diagnosis", "school-proof",
                "mandate",
            ],
        ),
        (RELIEF, SICK, ["application", "id-card", "consent", "diagnosis", "bills"]),
        (RELIEF, {**SICK, "cause": "accident", "urgent": "yes"}, ["application", "id-card", "accident-proof"]),
        (
            RELIEF, {"cause": "spending", "urgent": "no", "household": "resident", "who": "relative"},
            ["application", "id-card", "consent", "allowance", "spending-proof", "residence-proof", "agent-id"],
        ),
        (SUPPORT, OLD, ["application", "id-card", "household-book", "consent"]),
        (
            SUPPORT, {"person": "disabled", "carers": "unable", "care": "institution", "selfcare": "no", "who": "committee"},
            [
                "application", "id-card", "household-book", "consent", "disability-certificate", "carers-statement", "selfcare-assessment",
                "home-consent", "mandate",
            ],
        ),
        (JOBLESS, {"status": "none", "before": "employee", "place": "household", "training": "no"}, ["application", "id-card", "termination"]),
        (JOBLESS, {"status": "none", "before": "graduate", "place": "living", "training": "yes"}, ["application", "id-card", "diploma", "living-proof"]),
        (BENEFIT, LAID_OFF, ["application", "id-card", "termination", "registration"]),
        (BENEFIT, {**LAID_OFF, "registered": "together", "card": "bank"}, ["application", "id-card", "termination", "job-wish", "bank-card"]),
        (MARRIAGE, {**COUPLE, "former": []}, ["id-card", "declaration", "photo"]),
        (
            MARRIAGE, {**COUPLE, "matter": "late", "former": ["divorced", "widowed"]},
            ["id-card", "declaration", "photo", "divorce-proof", "death-proof", "late-statement"],
        ),
        (CARD, RENEWAL, ["application", "household-book", "photo", "old-card"]),
        (
            CARD, {**RENEWAL, "matter": "first", "age": "under-16", "household": "elsewhere", "relief": "yes"},
            ["application", "household-book", "photo", "relief-proof", "guardian-id", "guardianship", "away-proof"],
        ),
        (BIRTH, NEWBORN, ["application", "birth-certificate", "household-book", "parent-id", "marriage-certificate"]),
        (
            BIRTH, {**NEWBORN, "born": "no-certificate", "with": "father", "married": "no", "household": "collective", "who": "other"},
            ["application", "kinship-test", "birth-statement", "collective-page", "parent-id", "unmarried-statement", "agent-id"],
        ),
        (BIRTH, {"born": "found", "household": "family", "who": "parent"}, ["application", "adoption", "household-book", "parent-id"]),
        (DISABILITY, WALKING, ["application", "id-card", "household-book", "photo", "records", "assessment"]),
        (
            DISABILITY, BEDRIDDEN,
            ["application", "id-card", "household-book", "photo", "records", "assessment", "mind-history", "agent-id", "guardianship"],
        ),
        (SOCIETY, CLUB, ["application", "approval", "capital-report", "lease", *BODY_END]),
        (
            SOCIETY, {**CLUB, "members": "mixed", "premises": "lent", "agent": "agent"},
            ["application", "approval", "capital-report", "free-use", *BODY_END, "authorisation", "agent-id"],
        ),
        (UNIT, HOME, ["application", "approval", "capital-report", "premises-title", *BODY_END]),
        (
            UNIT, {"purpose": "service", "form": "partnership", "licence": "yes", "agent": "agent"},
            ["application", "approval", "practice-licence", *BODY_END, "partnership-agreement", "authorisation", "agent-id"],
        ),
        (INSURANCE, BABY, ["application", "id-card", "birth-certificate", "debit", "guardian-id"]),
        (
            INSURANCE, {"job": "none", "person": "old", "household": "living", "help": "low-income", "pay": "self"},
            ["application", "id-card", "residence-permit", "help-proof"],
        ),
        (VETERAN, SOLDIER, ["application", "discharge", "introduction", "id-card", "photo"]),
        (
            VETERAN, {**SOLDIER, "time": "late", "family": ["spouse", "children"]},
            ["application", "discharge", "introduction", "id-card", "photo", "late-reason", "spouse-insurance", "children-school"],
        ),
        (VETERAN, {"matter": "card", "kind": "officer"}, ["application", "discharge", "id-card", "photo"]),
    ],
)  # fmt: skip
def test_a_situation_needs_exactly_these_materials(code: str, answers: dict[str, str | list[str]], expected: list[str]) -> None:
    resolved = resolve(item(code), answers)
    assert resolved.not_needed is None
    assert [material.code for material in resolved.materials] == expected


@pytest.mark.parametrize(
    ("code", "answers", "begins"),
    [
        (ALLOWANCE, {"matter": "changed"}, "不用重新申请"),
        (ALLOWANCE, {"matter": "first", "household": "none-here"}, "请向户籍所在地的街道办事处、镇人民政府申请"),
        (RELIEF, {"cause": "street"}, "请直接到救助管理机构求助"),
        (SUPPORT, {"person": "other"}, "特困供养只给老年人、残疾人和未满16周岁的未成年人"),
        (SUPPORT, {"person": "old", "carers": "able"}, "义务人有能力的"),
        (JOBLESS, {"status": "working"}, "失业登记是给没有工作的人办的"),
        (BENEFIT, {"why": "own-will"}, "失业保险金发给非因本人意愿中断就业的人"),
        (BENEFIT, {"why": "closed", "years": "less"}, "缴费满一年才能领失业保险金"),
        (MARRIAGE, {"matter": "replace"}, "不用重新登记"),
        (MARRIAGE, {"matter": "first", "who": "outside"}, "请到省级民政部门或者其确定的登记机关办理"),
        (MARRIAGE, {"matter": "first", "who": "mainland", "age": "no"}, "未到法定结婚年龄的，不予登记"),
        (MARRIAGE, {"matter": "first", "who": "mainland", "age": "yes", "presence": "one"}, "结婚登记必须双方共同到场"),
        (BIRTH, {"born": "died"}, "请同时申报出生、死亡两项登记"),
        (BIRTH, {"born": "hospital", "with": "neither"}, "请到父亲或者母亲户口所在地申报"),
        (DISABILITY, {"matter": "lost"}, "请办理残疾人证挂失补办"),
        (SOCIETY, {"kind": "internal"}, "机关、团体、企业事业单位内部经本单位批准成立"),
        (SOCIETY, {"kind": "society", "area": "wider"}, "跨行政区域的由所跨区域的共同上一级登记管理机关登记"),
        (UNIT, {"purpose": "branch"}, "民办非企业单位不得设立分支机构"),
        (INSURANCE, {"job": "employed"}, "在单位上班的参加职工基本医疗保险"),
        (VETERAN, {"matter": "report", "place": "elsewhere"}, "请到退役证明上写明的安置地报到"),
    ],
)
def test_who_needs_no_such_item_is_told_why(code: str, answers: dict[str, str], begins: str) -> None:
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
        assert resolved.steps[0].order == 1


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (RENEWAL, {"renewal": "20.00"}),
        ({**RENEWAL, "relief": "yes"}, {}),
        ({**RENEWAL, "matter": "first"}, {}),
        ({**RENEWAL, "matter": "wrong"}, {}),
        ({**RENEWAL, "matter": "damaged"}, {"damaged": "40.00"}),
        ({**RENEWAL, "matter": "lost", "relief": "yes", "temporary": "yes"}, {"lost": "40.00", "temporary": "10.00"}),
    ],
)
def test_an_identity_card_costs_what_its_situation_says(answers: dict[str, str], expected: dict[str, str]) -> None:
    assert {fee.code: fee.amount for fee in resolve(item(CARD), answers).fees} == expected


def test_only_the_identity_card_costs_anything() -> None:
    assert [code for code in ITEMS if item(code).fees.charged] == [CARD]
    assert [source.kind for source in sources_of(item(CARD), "/fees/items/lost/amount")] == ["statute", "unverified"]


def test_relief_that_is_urgent_is_not_published_first_and_the_bedridden_are_visited_by_two() -> None:
    steps = lambda code, answers: [(s.code, s.staff) for s in resolve(item(code), answers).steps]  # noqa: E731
    assert steps(RELIEF, SICK) == [("verify", 1), ("publicity", 1), ("decision", 1), ("issuing", 1)]
    assert steps(RELIEF, {**SICK, "urgent": "yes"}) == [("verify", 1), ("decision", 1), ("issuing", 1)]
    assert steps(DISABILITY, BEDRIDDEN) == [("home-assessment", 2), ("publicity", 1), ("decision", 1), ("issuing", 1)]
    assert steps(DISABILITY, WALKING) == [("assessment", 1), ("home-district", 1), ("publicity", 1), ("decision", 1), ("issuing", 1)]


# --- forms ------------------------------------------------------------------------------------------

SITUATIONS: dict[str, dict[str, str] | dict[str, str | list[str]]] = {
    ALLOWANCE: {**FAMILY, "hardship": []}, RELIEF: SICK, SUPPORT: OLD, BENEFIT: LAID_OFF, MARRIAGE: {**COUPLE, "former": []}, CARD: RENEWAL,
    JOBLESS: {"status": "none", "before": "employee", "place": "household", "training": "no"},
    BIRTH: NEWBORN, DISABILITY: WALKING, SOCIETY: CLUB, UNIT: HOME, INSURANCE: BABY, VETERAN: SOLDIER,
}  # fmt: skip
FITTING = {
    ALLOWANCE: {"account": "1200 0000 0001"}, BIRTH: {"certificate-number": "A120000001"}, SOCIETY: {"individuals": "50"},
    INSURANCE: {"account": "120000000001", "year": "2027"},
}  # fmt: skip


def filled(code: str, **changed: str) -> dict[str, str]:
    fields = resolve(item(code), SITUATIONS[code]).fields
    values = {f.code: f.choices[0].code if f.kind == "choice" else SAMPLES[f.kind] for f in fields}
    return checked_form(fields, {**values, **FITTING.get(code, {}), **{k.replace("_", "-"): v for k, v in changed.items()}}, on=TODAY)


@pytest.mark.parametrize("code", ITEMS)
def test_a_form_well_filled_in_stands(code: str) -> None:
    assert set(filled(code)) == {field.code for field in resolve(item(code), SITUATIONS[code]).fields}


@pytest.mark.parametrize(
    ("code", "changed", "message"),
    [
        (ALLOWANCE, {"members": "0"}, "至少一人。"),
        (ALLOWANCE, {"account": "12"}, "请填写10至30位数字的账号。"),
        (RELIEF, {"happened": "2026-11-24"}, "发生日期不能晚于今天。"),
        (BENEFIT, {"months": "11"}, "缴费满十二个月才能申领。"),
        (MARRIAGE, {"wanted_date": "2026-11-22"}, "请选今天或者以后的日期。"),
        (CARD, {"name": ""}, "请填写此项"),
        (BIRTH, {"certificate_number": "120000001"}, "请填写1位大写字母加9位数字。"),
        (SOCIETY, {"individuals": "49"}, "个人会员应有50个以上。"),
        (SOCIETY, {"capital": "2.9"}, "活动资金应在3万元以上。"),
        (SOCIETY, {"name": "中国演示协会"}, "区级社会团体的名称不得冠以"),
        (UNIT, {"name": "演示全国服务中心"}, "名称不得冠以"),
        (INSURANCE, {"guardian_id_number": "110105194912310021"}, "校验码"),
        (VETERAN, {"left": "2026-11-24"}, "不能晚于今天。"),
    ],
)
def test_a_form_with_a_wrong_value_is_refused_with_its_message(code: str, changed: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        filled(code, **changed)
    assert message in str(refused.value.details)


# --- the people around them ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", ITEMS)
def test_somebody_accepts_and_at_least_two_may_decide(code: str) -> None:
    district, definition = load_district(demo_folder()), item(code)
    department = definition.department.code
    assert len([one for one in district.staff if "approver" in one.roles and one.department == department]) >= 2
    assert any(
        one.covers(item=code, clerk="clerk01", scope="accept", on=TODAY) for one in district.authorisations if one.department == department
    )


@pytest.mark.parametrize("code", ITEMS)
def test_the_register_lists_it_as_it_is(code: str) -> None:
    lines = [line for line in load_district(demo_folder()).register if line.item == code]
    definition = item(code)
    hall = {"A": "company", "B": "person"}[definition.service.hall]
    assert {(line.type, line.department, line.serves, line.city_wide) for line in lines} == {
        (definition.item_type, definition.department.code, hall, definition.service.city_wide)
    }
