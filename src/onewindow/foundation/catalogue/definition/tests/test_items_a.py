"""Twelve items more: shops, places of entertainment, hotels and shows. Their own laws' limits, and what each situation needs."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from onewindow.foundation.catalogue.definition import (
    Definition,
    demo_folder,
    load,
    load_district,
    next_question,
    resolve,
    situations,
)
from onewindow.foundation.catalogue.definition.model import Limit, StatuteSource
from onewindow.foundation.catalogue.definition.resolving import not_needed
from onewindow.foundation.catalogue.definition.sourcing import sources_of
from onewindow.kernel.errors import InvalidInput
from onewindow.stages.acceptance.rules import checked_form

DRUGS, DEVICES, SELF, TOBACCO, FIRE = (
    "drug-retail-licence", "medical-device-licence", "self-employed-registration", "tobacco-retail-licence", "fire-safety-check",
)  # fmt: skip
FUN, NET, SHOW, HOTEL = "entertainment-licence", "internet-cafe-licence", "commercial-performance", "hotel-security-licence"
CHEMICALS, BRANCH, TROUPE = "dangerous-chemicals-licence", "travel-branch-filing", "performing-troupe-licence"
ALL = (DRUGS, DEVICES, SELF, TOBACCO, FIRE, FUN, NET, SHOW, HOTEL, CHEMICALS, BRANCH, TROUPE)
TODAY = date(2026, 11, 23)
LICENSING_LAW = "行政许可法(2019-04-23)"
SAMPLES = {
    "text": "演示", "number": "300", "date": "2026-11-23", "id-number": "11010519491231002X",
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

BY_THE_LICENSING_LAW = [(LICENSING_LAW, "第四十二条"), (LICENSING_LAW, "第八十二条")]


@pytest.mark.parametrize(
    ("code", "statutory", "promised", "extension", "texts"),
    [
        (DRUGS, working(15), working(3), None, [("药品管理法实施条例(2019-03-02)", "第十二条")]),
        (DEVICES, working(20), working(4), None, [("医疗器械监督管理条例(2021-02-09)", "第四十二条")]),
        (SELF, working(3), working(0), working(3), [("市场主体登记管理条例(2021-07-27)", "第十九条")]),
        (TOBACCO, working(20), working(4), working(10), BY_THE_LICENSING_LAW),
        (FIRE, working(10), working(2), None, [("消防法(2021-04-29)", "第十五条")]),
        (FUN, working(20), working(4), working(10), BY_THE_LICENSING_LAW),
        (NET, working(15), working(3), None, [("互联网上网服务营业场所管理条例(2022-03-29)", "第十一条")]),
        (SHOW, natural(3), natural(1), None, [("营业性演出管理条例(2020-11-29)", "第十三条")]),
        (HOTEL, natural(20), natural(4), None, [("上海市特种行业和公共场所治安管理条例", "第十一条")]),
        (CHEMICALS, natural(30), natural(6), None, [("危险化学品安全管理条例(2013-12-07)", "第三十五条")]),
        (BRANCH, working(0), working(0), None, []),
        (TROUPE, natural(20), natural(4), None, [("营业性演出管理条例(2020-11-29)", "第六条")]),
    ],
)
def test_limits_are_those_of_the_items_own_law(
    code: str, statutory: Limit, promised: Limit, extension: Limit | None, texts: list[tuple[str, str]]
) -> None:
    limits = item(code).limits
    assert (limits.statutory, limits.promised, limits.extension) == (statutory, promised, extension)
    assert basis(code, "/limits/statutory/n") == texts
    assert limits.supplement == working(20)
    assert sum(step.days for step in item(code).steps if step.kind != "issuing" and step.code != "police") <= promised.n


@pytest.mark.parametrize("code", [code for code in ALL if code != BRANCH])
def test_a_permit_keeps_the_times_of_the_licensing_law_around_its_own(code: str) -> None:
    limits = item(code).limits
    assert (limits.correction, limits.delivery) == (working(5), working(1 if code == SELF else 10))
    assert basis(code, "/limits/correction/n") == [(LICENSING_LAW, "第三十二条"), (LICENSING_LAW, "第八十二条")]


def test_a_filing_rests_on_its_own_law_alone() -> None:
    laws = {source.law for source in item(BRANCH).citations.values() if isinstance(source, StatuteSource)}
    assert (item(BRANCH).item_type, LICENSING_LAW in laws) == ("10", False)
    assert [source.article for source in item(BRANCH).basis] == ["第十条", "第十条", "第十四条"]
    assert [s.kind for s in sources_of(item(BRANCH), "/limits/statutory/n")] == ["unverified"]


def test_what_is_done_on_the_spot_and_what_is_visited() -> None:
    assert {code for code in ALL if item(code).handling_type == "1"} == {SELF, BRANCH}
    visited = {code: [step.staff for step in item(code).steps if step.kind == "site-visit"] for code in ALL}
    assert {code for code, staff in visited.items() if staff == [2]} == {DRUGS, DEVICES, TOBACCO, FIRE, FUN, NET, HOTEL, CHEMICALS}
    assert {code for code, staff in visited.items() if not staff} == {SELF, SHOW, BRANCH, TROUPE}


def test_an_entertainment_place_is_checked_seen_and_heard_before_it_is_decided() -> None:
    assert [(step.order, step.kind) for step in item(FUN).steps] == [
        (1, "review"), (2, "consultation"), (2, "site-visit"), (3, "hearing"), (4, "decision"), (5, "issuing"),
    ]  # fmt: skip
    assert basis(FUN, "/steps/hearing/name") == [("娱乐场所管理条例(2020-11-29)", "第十条")]


def test_with_a_commitment_nobody_inspects_before_the_fire_permit() -> None:
    answers = {"place": "hotel", "building": "existing", "agent": "self"}
    committed = resolve(item(FIRE), {**answers, "way": "commitment"})
    inspected = resolve(item(FIRE), {**answers, "way": "inspection"})
    assert [step.code for step in committed.steps] == ["review", "decision", "issuing"]
    assert [step.code for step in inspected.steps] == ["review", "site-visit", "decision", "issuing"]
    assert [c.code for c in committed.conditions if c.code == "commitment"] == ["commitment"]
    assert not [c.code for c in inspected.conditions if c.code == "commitment"]
    assert item(FIRE).service.commitment and basis(FIRE, "/service/commitment") == [("消防法(2021-04-29)", "第十五条")]
    assert basis(FIRE, "/fees/charged")[0] == ("消防法(2021-04-29)", "第五十六条")


def test_validity_and_whose_word_it_is() -> None:
    assert {code: item(code).result.validity for code in ALL if item(code).result.validity} == {
        DRUGS: Limit(n=5, unit="year"), DEVICES: Limit(n=5, unit="year"), TOBACCO: Limit(n=5, unit="year"), CHEMICALS: Limit(n=3, unit="year"),
    }  # fmt: skip
    assert [(code, [s.kind for s in sources_of(item(code), "/result/validity/n")]) for code in (DRUGS, DEVICES, TOBACCO, CHEMICALS)] == [
        (DRUGS, ["statute"]), (DEVICES, ["statute"]), (TOBACCO, ["unverified"]), (CHEMICALS, ["unverified"]),
    ]  # fmt: skip


# --- situations -------------------------------------------------------------------------------------

Given = dict[str, str | tuple[str, ...]]
DRUGSTORE: Given = {"activity": "retail", "chain": "single", "medicines": "class-b", "premises-right": "rented", "agent": "self"}
PHARMACY: Given = {
    "activity": "retail", "chain": "store", "medicines": "prescription", "kinds": ("cold", "herbs"), "premises-right": "own", "agent": "agent",
}  # fmt: skip
IMPLANTS: Given = {"class": "third", "mode": "both", "kinds": ("cold", "implant"), "storage": "own", "premises-right": "rented", "agent": "agent"}
LENSES: Given = {"class": "third", "mode": "retail", "kinds": (), "storage": "shop", "premises-right": "own", "agent": "self"}
STALL: Given = {"what": "citizen", "form": "person", "premises": "online", "approval": "no", "agent": "self"}
FAMILY: Given = {"what": "hk-mo-tw", "form": "family", "premises": "shared", "approval": "yes", "agent": "agent"}
GROCERY: Given = {"goods": "cigarettes", "applicant": "self-employed", "premises-right": "own", "agent": "self"}
VAPES: Given = {"goods": "both", "applicant": "company", "premises-right": "rented", "agent": "agent"}
RESTAURANT: Given = {"place": "restaurant", "way": "commitment", "building": "project", "agent": "self"}
ARENA: Given = {"place": "sports", "way": "inspection", "building": "existing", "agent": "agent"}
KARAOKE: Given = {"kind": "song-dance", "investor": "domestic", "rooms": "yes", "premises-right": "rented", "agent": "self"}
ARCADE: Given = {"kind": "games", "investor": "domestic", "machines": "yes", "premises-right": "own", "agent": "agent"}
CAFE: Given = {"place": "public", "stage": "built", "plan": "same", "premises-right": "rented", "agent": "self"}
BIGGER: Given = {"place": "public", "stage": "built", "plan": "changed", "premises-right": "own", "agent": "agent"}
CONCERT: Given = {"performers": "mainland", "organiser": "agency", "programme": "joint", "where": "public", "stage": "yes", "agent": "self"}
PLAY: Given = {"performers": "mainland", "organiser": "troupe", "where": "hall", "agent": "self"}
SPA: Given = {"kind": "bath", "foreign": "no", "premises-right": "own", "agent": "self"}
INN: Given = {"kind": "hotel", "foreign": "yes", "premises-right": "rented", "agent": "agent"}
TRADER: Given = {"who": "dealer", "goods": "others", "storage": "none", "premises-right": "rented", "agent": "self"}
PAINT_SHOP: Given = {"who": "dealer", "goods": "others", "storage": "shop", "premises-right": "own", "agent": "agent"}
INLAND: Given = {"what": "branch", "scope": "domestic", "agent": "self"}
ABROAD: Given = {"what": "branch", "scope": "outbound", "agent": "agent"}
THEATRE: Given = {"investor": "mainland", "genre": "stage", "proof": ("diploma",), "agent": "self"}
CIRCUS: Given = {"investor": "mainland", "genre": "acrobatics", "proof": ("title", "experience"), "agent": "agent"}
AGENT = ["authorisation", "agent-id"]


@pytest.mark.parametrize(
    ("code", "answers", "expected"),
    [
        (DRUGS, DRUGSTORE, ["application", "business-licence", "staff-list", "class-b-certificate", "layout", "equipment", "rules", "lease"]),
        (
            DRUGS, PHARMACY,
            ["application", "business-licence", "staff-list", "pharmacist-certificate", "layout", "equipment", "cold-chain", "herb-dispensing",
             "rules", "chain-licence", "premises-title", *AGENT],
        ),
        (
            DEVICES, IMPLANTS,
            ["application", "business-licence", "organisation", "premises-plan", "warehouse-plan", "cold-chain", "implant-person", "rules",
             "records-system", "lease", *AGENT],
        ),
        (DEVICES, LENSES, ["application", "business-licence", "organisation", "premises-plan", "rules", "premises-title"]),
        (SELF, STALL, ["application", "owner-id", "platform-proof"]),
        (SELF, FAMILY, ["application", "hk-mo-tw-id", "family-members", "shared-address", "approval", *AGENT]),
        (TOBACCO, GROCERY, ["application", "business-licence", "owner-id", "map", "premises-title"]),
        (TOBACCO, VAPES, ["application", "business-licence", "company-decision", "map", "no-exclusive", "lease", *AGENT]),
        (FIRE, RESTAURANT, ["application", "commitment", "business-licence", "rules", "plan", "acceptance-opinion"]),
        (FIRE, ARENA, ["application", "business-licence", "rules", "plan", *AGENT]),
        (
            FUN, KARAOKE,
            ["application", "business-licence", "declaration", "floor-plan", "room-plan", "song-system", "safety-plan", "fire-check", "lease"],
        ),
        (
            FUN, ARCADE,
            ["application", "business-licence", "declaration", "floor-plan", "machine-list", "safety-plan", "fire-check", "premises-title", *AGENT],
        ),
        (
            NET, CAFE,
            ["application", "business-licence", "articles", "setup-approval", "network-commitment", "fire-check", "layout", "network-rules", "staff",
             "lease"],
        ),
        (
            NET, BIGGER,
            ["application", "business-licence", "articles", "setup-approval", "network-commitment", "fire-check", "layout", "network-rules", "staff",
             "change-statement", "premises-title", *AGENT],
        ),
        (
            SHOW, CONCERT,
            ["application", "organiser-licence", "programme", "performers", "consent", "site-papers", "police-approval", "stage-certificate"],
        ),
        (SHOW, PLAY, ["application", "organiser-licence", "programme", "performers", "hall-agreement"]),
        (HOTEL, SPA, ["application", "business-licence", "declaration", "floor-plan", "fire-check", "rules", "guards", "registration-system", "premises-title"]),
        (
            HOTEL, INN,
            ["application", "business-licence", "declaration", "floor-plan", "fire-check", "rules", "guards", "registration-system",
             "foreign-guests", "lease", *AGENT],
        ),
        (
            CHEMICALS, TRADER,
            ["application", "business-licence", "safety-rules", "training", "officer-appointment", "emergency-plan", "trade-only", "lease"],
        ),
        (
            CHEMICALS, PAINT_SHOP,
            ["application", "business-licence", "safety-rules", "training", "officer-appointment", "emergency-plan", "shop-plan", "premises-title",
             *AGENT],
        ),
        (BRANCH, INLAND, ["application", "agency-licence", "branch-licence", "deposit-domestic", "manager"]),
        (BRANCH, ABROAD, ["application", "agency-licence", "branch-licence", "deposit-outbound", "manager", *AGENT]),
        (TROUPE, THEATRE, ["application", "business-licence", "actor-list", "diplomas", "equipment"]),
        (TROUPE, CIRCUS, ["application", "business-licence", "actor-list", "titles", "experience", "equipment", "safety-rules", *AGENT]),
    ],
)  # fmt: skip
def test_a_situation_needs_exactly_these_materials(code: str, answers: Given, expected: list[str]) -> None:
    resolved = resolve(item(code), answers)
    assert resolved.not_needed is None
    assert [material.code for material in resolved.materials] == expected


@pytest.mark.parametrize(
    ("code", "answers", "begins"),
    [
        (DRUGS, {"activity": "wholesale"}, "药品批发由省、自治区、直辖市药品监督管理部门批准"),
        (DRUGS, {"activity": "herb-market"}, "城乡集市贸易市场可以出售中药材"),
        (DEVICES, {"class": "second"}, "只经营第二类医疗器械的，不需要许可"),
        (DEVICES, {"class": "own"}, "医疗器械注册人、备案人经营其注册、备案的医疗器械"),
        (SELF, {"what": "small-trade"}, "法律、行政法规规定无需办理登记的"),
        (TOBACCO, {"goods": "wholesale"}, "批发要申请烟草专卖批发企业许可证"),
        (FIRE, {"place": "none"}, "不是公众聚集场所的，不需要办理"),
        (FUN, {"kind": "games", "investor": "foreign"}, "外商投资的娱乐场所，应当向所在地省"),
        (NET, {"place": "inside"}, "学校、图书馆等单位内部附设"),
        (NET, {"place": "public", "stage": "not-approved"}, "请先申请筹建"),
        (SHOW, {"performers": "foreign"}, "有外国团体、个人参加的"),
        (HOTEL, {"kind": "bath-day"}, "不接待旅客住宿的，不是旅馆业"),
        (CHEMICALS, {"who": "producer"}, "生产企业在其厂区范围内销售本企业生产的危险化学品"),
        (CHEMICALS, {"who": "dealer", "goods": "toxic"}, "剧毒化学品由设区的市级"),
        (CHEMICALS, {"who": "dealer", "goods": "others", "storage": "tank"}, "有储存设施的，应当向所在地设区的市级"),
        (BRANCH, {"what": "new"}, "新设旅行社经营国内和入境旅游业务"),
        (TROUPE, {"investor": "foreign"}, "外国投资者不得设立文艺表演团体"),
    ],
)
def test_who_needs_no_such_item_is_told_why(code: str, answers: Given, begins: str) -> None:
    resolved = resolve(item(code), answers)
    assert resolved.not_needed is not None
    assert resolved.not_needed.zh.startswith(begins)
    assert (resolved.materials, resolved.form, resolved.steps) == ((), (), ())


@pytest.mark.parametrize("code", ALL)
def test_in_every_situation_a_matching_point_finds_its_field_and_somebody_decides(code: str) -> None:
    for answers in situations(item(code)):
        resolved = resolve(item(code), answers)
        assert next_question(item(code), answers) is None
        if not_needed(item(code), answers):
            continue
        fields = {field.code for field in resolved.fields}
        assert {point.field for m in resolved.materials for point in m.acceptance_points if point.field} <= fields
        assert [step.kind for step in resolved.steps].count("decision") == 1


@pytest.mark.parametrize("code", ALL)
def test_what_the_applicant_writes_himself_has_a_specimen(code: str) -> None:
    written = [m for m in item(code).materials if m.kind == "2"]
    assert written and all(material.specimen for material in written)
    assert len(item(code).questions) <= 6 and all(len(q.answers) <= 6 for q in item(code).questions if q.kind == "many")


# --- forms ------------------------------------------------------------------------------------------


def filled(code: str, answers: Given, **changed: str) -> dict[str, str]:
    fields = resolve(item(code), answers).fields
    values = {f.code: f.choices[0].code if f.kind == "choice" else SAMPLES[f.kind] for f in fields}
    return checked_form(fields, {**values, **{k.replace("_", "-"): v for k, v in changed.items()}}, on=TODAY)


@pytest.mark.parametrize(
    ("code", "answers"),
    [
        (DRUGS, PHARMACY), (DEVICES, IMPLANTS), (SELF, FAMILY), (TOBACCO, VAPES), (FIRE, RESTAURANT), (FUN, KARAOKE), (NET, BIGGER),
        (SHOW, CONCERT), (HOTEL, INN), (CHEMICALS, PAINT_SHOP), (BRANCH, ABROAD), (TROUPE, CIRCUS),
    ],
)  # fmt: skip
def test_a_form_well_filled_in_stands(code: str, answers: Given) -> None:
    members = {"members": "3"} if code == SELF else {}  # two digits are enough for a family
    assert set(filled(code, answers, **members)) == {field.code for field in resolve(item(code), answers).fields}


@pytest.mark.parametrize(
    ("code", "answers", "changed", "message"),
    [
        (DRUGS, DRUGSTORE, {"lease_until": "2026-11-22"}, "租赁合同已经到期，请先续租。"),
        (DEVICES, IMPLANTS, {"cold_volume": "0"}, "容积应大于零。"),
        (SELF, FAMILY, {"members": "0"}, "家庭经营的，至少一名家庭成员。"),
        (TOBACCO, GROCERY, {"owner_id_number": "110105194912310021"}, "校验码"),
        (FIRE, ARENA, {"exits": "0"}, "安全出口应不少于 1 个。"),
        (FUN, ARCADE, {"machine_count": "0"}, "数量应不少于 1 台。"),
        (NET, CAFE, {"school_distance": "199"}, "中学、小学校园周围200米范围内不得设立。"),
        (SHOW, PLAY, {"first_day": "2026-11-22"}, "演出日期不能早于今天。"),
        (HOTEL, SPA, {"beds": "0"}, "床位应不少于 1 张。"),
        (CHEMICALS, TRADER, {"staff": "1"}, "人数不少于 2 人。"),
        (BRANCH, INLAND, {"deposit": "4.9"}, "增存金额不少于 5 万元。"),
        (BRANCH, ABROAD, {"deposit_out": "29"}, "增存金额不少于 30 万元。"),
        (TROUPE, THEATRE, {"actors": "0"}, "专职演员应不少于 1 人。"),
    ],
)
def test_a_form_with_a_wrong_value_is_refused_with_its_message(code: str, answers: Given, changed: dict[str, str], message: str) -> None:
    changed = {"members": "3", **changed} if code == SELF else changed
    with pytest.raises(InvalidInput) as refused:
        filled(code, answers, **changed)
    assert message in str(refused.value.details)


# --- the people around them ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", ALL)
def test_somebody_accepts_and_at_least_two_may_decide(code: str) -> None:
    district, department = load_district(demo_folder()), item(code).department.code
    approvers = [one for one in district.staff if "approver" in one.roles and one.department == department]
    assert len(approvers) >= 2
    assert any(one.head for one in approvers) or item(code).limits.extension is None
    assert any(one.department == department and one.covers(item=code, clerk="clerk01", scope="accept", on=TODAY) for one in district.authorisations)
