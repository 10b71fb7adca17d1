"""Where one item's law is peculiar: times that must fit together, types in doubt, a text that changed, a way one must go first."""

from __future__ import annotations

from onewindow.foundation.catalogue.definition import resolve
from onewindow.foundation.catalogue.definition.sourcing import covering
from onewindow.foundation.catalogue.definition.tests.items import CODES, basis, item, laws


def test_making_and_handing_over_a_residence_permit_fit_into_the_fifteen_days() -> None:
    limits = item("residence-permit").limits
    assert {limits.promised.unit, limits.delivery.unit, limits.statutory.unit} == {"calendar-day"}
    assert limits.promised.n + limits.delivery.n <= limits.statutory.n


def test_the_type_of_a_registration_is_marked_as_doubtful() -> None:
    company = item("company-registration")
    assert covering(company, "/item_type") == ("registration-19-confirm", "shanghai-31-confirm", "item-type")
    assert company.citations["item-type"].kind == item("residence-permit").citations["item-type"].kind == "unverified"


def test_a_limit_without_a_text_does_not_claim_to_be_law() -> None:
    without = {code for code in CODES if set(basis(code, "/limits/statutory/n")) <= {"unverified", "demo"}}
    assert without == {
        "archive-consultation", "birth-registration", "destitute-support", "disability-certificate", "elderly-allowance",
        "minimum-living-allowance", "resident-medical-insurance", "temporary-relief", "travel-branch-filing", "unemployment-benefit",
        "unemployment-registration", "veteran-reporting", "veterinarian-filing",
    }  # fmt: skip


def test_only_the_identity_card_and_the_registration_of_a_building_cost_anything() -> None:
    assert [code for code in CODES if item(code).fees.charged] == ["real-estate-transfer", "resident-identity-card"]
    assert {fee.code: fee.amount for fee in item("real-estate-transfer").fees.items} == {"registration-home": "80.00", "registration-other": "550.00"}


def test_conditions_follow_the_bodies_of_the_company() -> None:
    small = {"kind": "limited", "shareholders": "natural", "holders": "one", "governance": "one-director"}
    rest = {"name": "together", "premises": "own", "approval": "no", "agent": "self"}
    resolved = resolve(item("company-registration"), {**small, "oversight-without-board": "one-supervisor", **rest})
    codes = [condition.code for condition in resolved.conditions]
    assert {"one-director", "one-supervisor"} <= set(codes)
    assert not {"board", "supervisory-board", "no-supervisor", "audit-committee", "approved"} & set(codes)


def test_a_large_advertisement_has_places_where_it_may_not_stand() -> None:
    large = resolve(
        item("outdoor-signboard"), {"what": "large", "site": "own", "structure": "wall", "light": "lit", "agent": "self"}
    )
    assert "forbidden-places" in [clause.code for clause in large.prohibitions]


def test_the_revised_regulations_on_marriage_are_named_where_they_differ_from_the_kept_text() -> None:
    marriage = item("marriage-registration")
    note = marriage.citations["revision-2025"]
    assert note.kind == "unverified" and "国务院令第804号" in note.note.zh
    assert {place for place, names in marriage.sources.items() if "revision-2025" in names} == {
        "/materials/id-card/name",
        "/fees",
        "/service/city_wide",
        "/service/range",
        "/faq/where/answer",
    }
    assert not any("户口簿" in material.name.zh for material in marriage.materials)


def test_a_filing_rests_on_its_own_law_alone() -> None:
    for code in ("travel-branch-filing", "veterinarian-filing"):
        assert item(code).item_type == "10", code
        assert "行政许可法(2019-04-23)" not in laws(code), code


def test_a_refusal_of_information_goes_to_reconsideration_first() -> None:
    assert "应当先申请行政复议" in item("government-information").remedies.reconsideration.text.zh
    assert "行政复议法(2023-09-01) 第二十三条" in basis("government-information", "/remedies/lawsuit/text/zh")
