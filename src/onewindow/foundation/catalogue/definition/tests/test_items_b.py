"""Thirteen items of health, education, building, water, transport and farming: their laws' limits, what each situation needs, who goes where else."""

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

HOSPITAL, NURSE, DOCTOR = "medical-institution-registration", "nurse-registration", "doctor-registration"
SCHOOL, TEACHER = "private-training-school", "teacher-qualification"
BUILD, PLAN, DIG = "construction-permit", "construction-planning-permit", "road-occupation-excavation"
SEWER, PIPE = "sewer-discharge-permit", "sewer-removal-approval"
LORRY, FARM, VET = "road-freight-licence", "animal-epidemic-certificate", "veterinarian-filing"
CODES = (HOSPITAL, NURSE, DOCTOR, SCHOOL, TEACHER, BUILD, SEWER, PLAN, PIPE, FARM, LORRY, DIG, VET)
TODAY = date(2026, 11, 23)
LICENSING_LAW = "行政许可法(2019-04-23)"
AGENT = ["authorisation", "agent-id"]


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
    ("code", "department", "statutory", "promised", "extension", "law", "article"),
    [
        (HOSPITAL, "health", natural(45), working(6), None, "医疗机构管理条例(2016-02-06)", "第十九条"),
        (NURSE, "health", working(20), working(2), None, "护士条例(2020-03-27)", "第八条"),
        (DOCTOR, "health", working(20), working(2), None, "医师法(2021-08-20)", "第十三条"),
        (SCHOOL, "education", Limit(n=3, unit="month"), working(10), None, "民办教育促进法(2018-12-29)", "第十七条"),
        (TEACHER, "education", natural(30), working(4), None, "教师资格条例(1995-12-12)", "第十六条"),
        (BUILD, "construction", natural(7), working(1), None, "建筑法(2019-04-23)", "第八条"),
        (SEWER, "water", working(20), working(4), working(10), LICENSING_LAW, "第四十二条"),
        (PLAN, "planning", working(20), working(4), working(10), LICENSING_LAW, "第四十二条"),
        (PIPE, "water", working(20), working(4), working(10), LICENSING_LAW, "第四十二条"),
        (FARM, "agriculture", working(20), working(4), working(10), LICENSING_LAW, "第四十二条"),
        (LORRY, "transport", natural(20), working(0), None, "道路运输条例(2023-07-20)", "第二十四条"),
        (DIG, "greening", working(20), working(4), working(10), LICENSING_LAW, "第四十二条"),
    ],
)
def test_limits_are_those_of_the_law(
    code: str, department: str, statutory: Limit, promised: Limit, extension: Limit | None, law: str, article: str
) -> None:
    definition, limits = item(code), item(code).limits
    assert (definition.department.code, definition.item_type, definition.level) == (department, "01", "4")
    assert (limits.statutory, limits.promised, limits.extension) == (statutory, promised, extension)
    assert (limits.correction, limits.delivery) == (working(5), working(10))
    assert (law, article) in basis(code, "/limits/statutory/n")
    assert [s.kind for s in sources_of(definition, "/limits/promised/n")] == ["demo"]


def test_a_filing_is_no_permit_and_its_ceiling_is_the_districts_own() -> None:
    definition = item(VET)
    assert (definition.item_type, definition.basic_code[2:4], definition.department.code) == ("10", "10", "agriculture")
    assert LICENSING_LAW not in {source.law for source in definition.citations.values() if isinstance(source, StatuteSource)}
    assert [s.kind for s in sources_of(definition, "/limits/statutory/n")] == ["unverified", "demo"]
    assert [(source.law, source.article) for source in definition.basis] == [("动物防疫法(2021-01-22)", "第六十九条")]


@pytest.mark.parametrize("code", CODES)
def test_the_promise_is_at_least_eighty_per_cent_shorter_than_the_law(code: str) -> None:
    limits = item(code).limits
    assert limits.promised.unit == "working-day"
    in_working_days = {"working-day": 1.0, "calendar-day": 5 / 7, "month": 21.0}[limits.statutory.unit] * limits.statutory.n
    assert limits.promised.n <= 0.2 * in_working_days


@pytest.mark.parametrize("code", [LORRY, VET])
def test_what_is_done_on_the_spot_has_no_days(code: str) -> None:
    definition = item(code)
    assert definition.handling_type == "1"
    assert (definition.steps[0].kind, definition.steps[0].days) == ("decision", 0)
    assert len(definition.steps) == 2


@pytest.mark.parametrize(
    ("code", "validity", "recheck"),
    [
        (HOSPITAL, None, Limit(n=1, unit="year")), (NURSE, Limit(n=5, unit="year"), None), (DOCTOR, None, None),
        (SCHOOL, Limit(n=3, unit="year"), None), (TEACHER, None, None), (BUILD, None, None), (SEWER, Limit(n=5, unit="year"), None),
        (PLAN, None, None), (PIPE, None, None), (FARM, None, None), (LORRY, Limit(n=4, unit="year"), None), (DIG, None, None), (VET, None, None),
    ],
)  # fmt: skip
def test_how_long_the_result_holds(code: str, validity: Limit | None, recheck: Limit | None) -> None:
    assert (item(code).result.validity, item(code).result.recheck) == (validity, recheck)


def test_nothing_is_charged_and_the_charge_for_roads_names_no_sum() -> None:
    assert not any(item(code).fees.charged for code in CODES)
    assert ("城市道路管理条例(2019-03-24)", "第三十七条") in basis(DIG, "/fees/text/zh")
    assert ("道路运输条例(2023-07-20)", "第八十条") in basis(LORRY, "/fees/text/zh")
    assert basis(VET, "/fees/charged") == []


# --- situations -------------------------------------------------------------------------------------

BEFORE = ["application", "id-card", "photo"]


@pytest.mark.parametrize(
    ("code", "answers", "expected"),
    [
        (
            HOSPITAL,
            {"kind": "outpatient", "approved-by": "district", "premises": "rented", "radiology": "yes", "agent": "agent"},
            ["application", "approval-paper", "lease", "floor-plan", "capital", "staff-list", "rules-list", "radiation-acceptance", *AGENT],
        ),
        (
            HOSPITAL,
            {"kind": "internal", "premises": "own", "radiology": "no", "agent": "self"},
            ["application", "internal-filing", "premises-title", "floor-plan", "capital", "staff-list", "rules-list"],
        ),
        (
            NURSE,
            {"matter": "first", "passed": "within-three-years", "studied": "mainland", "who": "self"},
            [*BEFORE, "diploma", "practice", "exam-result", "health-check", "employment"],
        ),
        (
            NURSE,
            {"matter": "first", "passed": "over-three-years", "studied": "abroad", "who": "employer"},
            [*BEFORE, "foreign-diploma", "practice", "exam-result", "health-check", "employment", "late-training", "joint-list"],
        ),
        (
            DOCTOR,
            {"matter": "first", "grade": "doctor", "category": "clinical", "since": "within-two-years", "who": "self"},
            [*BEFORE, "qualification", "health-check", "employment"],
        ),
        (
            DOCTOR,
            {"matter": "again", "grade": "assistant", "category": "tcm-specialist", "who": "agent"},
            [*BEFORE, "qualification", "health-check", "employment", "reassessment", "interruption", "skill-assessment", *AGENT],
        ),
        (
            SCHOOL,
            {"teaches": "adults", "route": "direct", "founder": "person", "profit": "profit", "gift": "no", "agent": "self"},
            ["report", "application", "founder-id", "charter", "funds-proof", "staff-proof", "premises-proof"],
        ),
        (
            SCHOOL,
            {"teaches": "self-taught", "route": "prepared", "founder": "joint", "profit": "nonprofit", "gift": "yes", "agent": "agent"},
            [
                "report", "application", "business-licence", "joint-agreement", "charter", "funds-proof", "gift-agreement",
                "staff-proof", "premises-proof", "preparation", *AGENT,
            ],
        ),
        (
            TEACHER,
            {"level": "primary", "ground": "exam-full", "place": "household", "abroad": "mainland"},
            [*BEFORE, "household", "diploma", "exam-certificate", "mandarin", "health-check", "conduct"],
        ),
        (
            TEACHER,
            {"level": "nursery", "ground": "diploma-other", "place": "permit", "abroad": "outside"},
            [*BEFORE, "residence-permit", "foreign-diploma", "mandarin", "health-check", "conduct"],
        ),
        (
            BUILD,
            {"size": "above", "kind": "new", "demolition": "yes", "builder": "tender", "agent": "agent"},
            [
                "application", "business-licence", "land-approval", "planning-permit", "demolition-progress", "tender-result",
                "contract", "drawings", "funds-promise", "safety-plan", *AGENT,
            ],
        ),
        (
            BUILD,
            {"size": "above", "kind": "fitting-out", "demolition": "no", "builder": "direct", "agent": "self"},
            ["application", "business-licence", "land-approval", "contract", "drawings", "funds-promise", "safety-plan"],
        ),
        (
            SEWER,
            {"where": "sewer", "who": "catering", "network": "separate", "running": "no", "agent": "self"},
            ["application", "business-licence", "drain-plan", "pretreatment", "quality-forecast"],
        ),
        (
            SEWER,
            {"where": "sewer", "who": "industry", "network": "combined", "running": "yes", "key": "yes", "agent": "agent"},
            ["application", "business-licence", "drain-plan", "pretreatment", "quality-report", "monitoring", *AGENT],
        ),
        (
            SEWER,
            {"where": "sewer", "who": "site", "network": "separate", "agent": "self"},
            ["application", "business-licence", "drain-plan", "pretreatment", "site-plan"],
        ),
        (
            PLAN,
            {"where": "town", "kind": "building", "detailed": "yes", "land": "granted", "agent": "self"},
            ["application", "standing", "land-proof", "grant-contract", "design", "detailed-plan"],
        ),
        (
            PLAN,
            {"where": "town", "kind": "temporary", "agent": "agent"},
            ["application", "standing", "land-proof", "temporary-plan", "removal-promise", *AGENT],
        ),
        (
            PIPE,
            {"what": "alter", "facility": "rain", "inside": "no", "bypass": "no", "agent": "self"},
            ["application", "business-licence", "plan", "survey", "cost-promise"],
        ),
        (
            PIPE,
            {"what": "move", "facility": "wastewater", "inside": "yes", "bypass": "yes", "agent": "agent"},
            ["application", "business-licence", "plan", "survey", "protection", "bypass-plan", "cost-promise", *AGENT],
        ),
        (
            FARM,
            {"kind": "farm", "size": "above", "species": "pigs", "new": "new", "agent": "self"},
            ["application", "standing", "site-plan", "facilities", "staff-proof", "rules"],
        ),
        (
            FARM,
            {"kind": "harmless", "new": "changed", "agent": "agent"},
            ["application", "standing", "site-plan", "facilities", "staff-proof", "rules", "pathogen-tests", "construction-proof", *AGENT],
        ),
        (
            LORRY,
            {"what": "general", "weight": "heavy", "vehicles": "owned", "applicant": "company", "agent": "self"},
            ["application", "business-licence", "vehicle-papers", "drivers", "safety-rules"],
        ),
        (
            LORRY,
            {"what": "special", "vehicles": "planned", "applicant": "self-employed", "agent": "agent"},
            ["application", "business-licence", "id-card", "vehicle-promise", "drivers", "safety-rules", *AGENT],
        ),
        (DIG, {"what": "occupy", "where": "pavement", "agent": "self"}, ["application", "business-licence", "location-plan", "traffic-plan"]),
        (
            DIG,
            {"what": "dig", "age": "new", "where": "carriageway", "agent": "agent"},
            ["application", "business-licence", "location-plan", "traffic-plan", "planning-paper", "design", "government-approval", *AGENT],
        ),
        (DIG, {"what": "emergency", "where": "pavement", "agent": "self"}, ["application", "business-licence", "location-plan", "repair-record"]),
        (
            VET,
            {"grade": "vet", "works": "employed", "where": "here", "change": "first"},
            ["application", "id-card", "certificate", "employment"],
        ),
        (
            VET,
            {"grade": "assistant", "works": "own", "where": "here", "change": "from-elsewhere"},
            ["application", "id-card", "certificate", "own-clinic", "previous-filing"],
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
        (HOSPITAL, {"kind": "clinic"}, "诊所据信已改为备案"),
        (HOSPITAL, {"kind": "hospital", "approved-by": "higher"}, "执业登记由批准其设置的卫生行政部门办理"),
        (NURSE, {"matter": "moved"}, "不用重新注册，请办理护士变更执业注册，7个工作日内办结"),
        (NURSE, {"matter": "expiring"}, "请在有效期届满前30日申请护士延续执业注册"),
        (NURSE, {"matter": "trainee"}, "实习不需要注册"),
        (DOCTOR, {"matter": "change"}, "不用重新注册，请办理医师执业变更注册"),
        (DOCTOR, {"matter": "temporary"}, "这些活动可以不办理变更注册手续"),
        (SCHOOL, {"teaches": "skills"}, "请到人力资源社会保障窗口"),
        (SCHOOL, {"teaches": "pupils-subjects"}, "国家据信已不再审批新的此类机构"),
        (SCHOOL, {"teaches": "pupils-others"}, "请先向体育、文化和旅游或者科技部门申请"),
        (SCHOOL, {"teaches": "school"}, "请办理“幼儿园设立审批”"),
        (TEACHER, {"level": "senior"}, "由本区审查后报上一级教育行政部门认定"),
        (TEACHER, {"level": "college"}, "高等学校教师资格由受委托的高等学校"),
        (BUILD, {"size": "below"}, "限额以下的小型工程不需要施工许可证"),
        (BUILD, {"size": "report"}, "已批准开工报告的建筑工程"),
        (BUILD, {"size": "outside"}, "这些建筑活动不适用建筑法"),
        (SEWER, {"where": "river"}, "不接管网的不办本项"),
        (SEWER, {"where": "sewer", "who": "household"}, "许可针对从事工业、建筑、餐饮、医疗等活动的单位和个体工商户"),
        (PLAN, {"where": "village"}, "乡、村庄规划区内建设"),
        (PLAN, {"where": "town", "kind": "interior"}, "据信不需要建设工程规划许可证"),
        (PIPE, {"what": "own"}, "自己的内部管道不是城镇排水设施"),
        (FARM, {"kind": "market"}, "集贸市场不发合格证"),
        (FARM, {"kind": "pets"}, "动物诊疗机构请申请动物诊疗许可证"),
        (FARM, {"kind": "farm", "size": "below"}, "散养户据信不需要合格证"),
        (LORRY, {"what": "dangerous"}, "危险货物运输经营，请向设区的市级交通运输主管部门申请"),
        (LORRY, {"what": "general", "weight": "light"}, "使用总质量4500千克及以下普通货运车辆"),
        (DIG, {"what": "own-ground"}, "没有占用、挖掘城市道路"),
        (VET, {"grade": "village"}, "乡村兽医可以在乡村从事动物诊疗活动"),
        (VET, {"grade": "vet", "works": "nowhere"}, "不从事动物诊疗等经营活动的，不需要备案"),
        (VET, {"grade": "vet", "works": "employed", "where": "elsewhere"}, "请向从业所在地县级农业农村部门备案"),
    ],
)
def test_who_needs_no_such_item_is_told_why(code: str, answers: dict[str, str], begins: str) -> None:
    resolved = resolve(item(code), answers)
    assert resolved.not_needed is not None
    assert resolved.not_needed.zh.startswith(begins)
    assert (resolved.materials, resolved.form, resolved.steps) == ((), (), ())


@pytest.mark.parametrize("code", CODES)
def test_in_every_situation_a_matching_point_finds_its_field_and_somebody_decides(code: str) -> None:
    for answers in situations(item(code)):
        resolved = resolve(item(code), answers)
        if not_needed(item(code), answers):
            continue
        fields = {field.code for field in resolved.fields}
        assert {point.field for m in resolved.materials for point in m.acceptance_points if point.field} <= fields
        assert [step.kind for step in resolved.steps].count("decision") == 1


@pytest.mark.parametrize("code", CODES)
def test_whoever_writes_a_form_or_statement_sees_a_sample_of_it(code: str) -> None:
    written = [m for m in item(code).materials if m.kind == "2"]
    assert written and all(m.specimen for m in written)
    assert all(any(line.point for line in m.specimen.lines) for m in item(code).materials if m.specimen)


def test_an_interview_is_held_only_where_none_was_passed() -> None:
    at = {"level": "primary", "place": "household", "abroad": "mainland"}
    steps = {ground: [s.code for s in resolve(item(TEACHER), {**at, "ground": ground}).steps] for ground in ("exam-full", "exam-written")}
    assert steps == {"exam-full": ["review", "decision", "issuing"], "exam-written": ["review", "interview", "decision", "issuing"]}


def test_the_police_are_asked_beside_the_review_and_a_burst_pipe_waits_for_nobody() -> None:
    dug = resolve(item(DIG), {"what": "dig", "age": "old", "where": "pavement", "agent": "self"})
    burst = resolve(item(DIG), {"what": "emergency", "where": "pavement", "agent": "self"})
    assert [(s.code, s.order) for s in dug.steps] == [("review", 1), ("traffic-police", 1), ("site-visit", 2), ("decision", 3), ("issuing", 4)]
    assert [s.code for s in burst.steps] == ["review", "site-visit", "decision", "issuing"]
    assert ([c.code for c in burst.conditions], "traffic" in [c.code for c in dug.conditions]) == (["burst"], True)


# --- forms ------------------------------------------------------------------------------------------

SAMPLES = {
    "text": "演示", "number": "12", "date": "2026-11-23", "id-number": "11010519491231002X",
    "credit-code": "91110000600037341L", "phone": "12000000001", "address": "示范路 1 号（演示）",
}  # fmt: skip
WARD = {"matter": "first", "passed": "within-three-years", "studied": "mainland", "who": "self"}
ADULTS = {"teaches": "adults", "route": "direct", "founder": "unit", "profit": "profit", "gift": "no", "agent": "self"}
TOWER = {"size": "above", "kind": "new", "demolition": "no", "builder": "tender", "agent": "self"}
GOODS = {"what": "general", "weight": "heavy", "vehicles": "owned", "applicant": "company", "agent": "self"}
MEND = {"what": "alter", "facility": "rain", "inside": "no", "bypass": "no", "agent": "self"}
BEDS = {"kind": "hospital", "approved-by": "district", "premises": "own", "radiology": "no", "agent": "self"}
FITTING = {LORRY: {"heaviest": "18000"}, PIPE: {"size": "300"}}


@pytest.mark.parametrize(
    ("code", "answers", "changed", "message"),
    [
        (NURSE, WARD, {"practice-months": "7"}, "临床实习应满8个月"),
        (SCHOOL, ADULTS, {"board": "4"}, "由五人以上组成"),
        (BUILD, TOWER, {"begins": "2026-11-22"}, "取得许可证后才能开工"),
        (LORRY, GOODS, {"heaviest": "4500"}, "不需要许可"),
        (PIPE, MEND, {"size": "49"}, "管径应不小于 50 毫米"),
        (HOSPITAL, BEDS, {"beds": "100"}, "请向批准设置的机关申请登记"),
    ],
)
def test_a_form_stands_and_a_wrong_value_is_refused_with_its_message(
    code: str, answers: dict[str, str], changed: dict[str, str], message: str
) -> None:
    fields = resolve(item(code), answers).fields
    values = {f.code: f.choices[0].code if f.kind == "choice" else SAMPLES[f.kind] for f in fields} | FITTING.get(code, {})
    assert set(checked_form(fields, values, on=TODAY)) == {field.code for field in fields}
    with pytest.raises(InvalidInput) as refused:
        checked_form(fields, {**values, **changed}, on=TODAY)
    assert message in str(refused.value.details)


# --- the people around them ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_any_clerk_accepts_two_may_decide_and_a_head_may_extend(code: str) -> None:
    district, department = load_district(demo_folder()), item(code).department.code
    approvers = [one for one in district.staff if "approver" in one.roles and one.department == department]
    assert len(approvers) >= 2
    assert any(one.head for one in approvers)
    own = [one for one in district.authorisations if one.department == department]
    assert any(one.covers(item=code, clerk="clerk07", scope="accept", on=TODAY) for one in own)
    assert [line.department for line in district.register if line.item == code] == [department]
