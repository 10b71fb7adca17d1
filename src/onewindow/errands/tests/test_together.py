"""一件事: one act files every case of a bundle or none; a paper stays once; what one result gives another arrives by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from onewindow.errands import sitting, together
from onewindow.errands.tests.joint import (
    FIRE,
    FOOD,
    FOUNDING,
    LICENCE,
    NEWBORN,
    RESTAURANT,
    SEWER,
    case_of,
    decided_and_told,
    filed,
    joint,
)
from onewindow.errands.tests.scene import (
    company,
    forget,
    in_order,
    newest,
    opening,
    refused,
    rows_written,
    seated,
    seen,
    staff,
    verbs,
)
from onewindow.foundation.catalogue.actions import withdraw
from onewindow.foundation.catalogue.bundles.actions import withdraw_bundle
from onewindow.foundation.catalogue.bundles.queries import offer
from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.staff.actions import withdraw_authorisation
from onewindow.foundation.staff.models import Authorisation
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotAuthorised, NotFound, NotPermitted, StateConflict
from onewindow.kernel.ledger.attesting import check_papers
from onewindow.kernel.ledger.findings import Report
from onewindow.kernel.permissions import Actor
from onewindow.spine.cases.models import Case, Document, Material
from onewindow.spine.cases.queries import cases_of_visit, document, form_of
from onewindow.spine.together.models import Together, TogetherCase
from onewindow.spine.together.queries import coming_to, filed_in_visit, given_by, receipt_of
from onewindow.spine.visits.queries import query_code
from onewindow.stages.acceptance.actions import give_correction_notice, refuse

FOUR = [LICENCE, FOOD, FIRE, SEWER]


@pytest.fixture(autouse=True)
def _morning(db: None) -> Iterator[None]:
    forget()
    with opening():
        yield


def test_one_act_files_four_cases_and_one_receipt() -> None:
    clerk, visit = seated()
    with rows_written() as written:
        group = filed(clerk, visit)
    assert written == ["case.receive"] * 4 + ["together.file"]
    cases = list(cases_of_visit(visit.pk))
    assert [case.item.code for case in cases] == FOUR
    assert [(m.item, m.place, m.case_id) for m in group.members.all()] == [(item, n, cases[n - 1].pk) for n, item in enumerate(FOUR, start=1)]
    assert len({case.number for case in cases}) == 4 and {case.applicant_id for case in cases} == {company().pk}
    assert [case.department.code for case in cases] == ["market", "market", "fire", "water"]
    assert [sorted(case.documents.values_list("kind", flat=True)) for case in cases] == [["receipt"]] * 4
    assert {case.state for case in cases} == {"received"}

    facts = newest(group).facts
    receipt = receipt_of(group)
    assert facts == {
        "bundle": RESTAURANT, "version": 1, "visit": visit.pk, "cases": [case.pk for case in cases],
        "documents": [{"kind": "receipt-together", "number": "YJS202609240001", "digest": receipt.digest}],
    }  # fmt: skip
    assert filed_in_visit(visit.pk) == [(group, [case.pk for case in cases])]


def test_the_receipt_names_every_case_and_every_paper_once() -> None:
    clerk, visit = seated()
    group = filed(clerk, visit, lacking=frozenset({"fire-safety-check.plan"}))
    receipt = receipt_of(group)
    blocks = receipt.content["blocks"]
    assert [line["zh"].partition("，")[0] for line in blocks[1]["list"]] == [case.item.name_zh for case in cases_of_visit(visit.pk)]
    papers = [line["zh"] for line in blocks[3]["list"]]
    assert papers[1] == (
        "授权委托书（用于个体工商户设立登记、食品经营许可（新办）、公众聚集场所投入使用、营业前消防安全检查、城镇污水排入排水管网许可）"
    )
    assert len(papers) == 13 and not any("消防设施平面图" in paper for paper in papers)
    assert [line["zh"] for line in blocks[5]["list"]] == [
        "营业执照或者其他主体资格证明：由“个体工商户设立登记”的结果转入“食品经营许可（新办）”",
        "营业执照：由“个体工商户设立登记”的结果转入“公众聚集场所投入使用、营业前消防安全检查”",
        "营业执照：由“个体工商户设立登记”的结果转入“城镇污水排入排水管网许可”",
    ]
    assert query_code(visit) in blocks[-1]["zh"] and receipt.content["demo"] is True
    report = Report()
    check_papers(report)
    assert report.findings == []


def test_each_case_is_filed_as_if_alone() -> None:
    """The shared fact stands in every form under that form's own name; the shared paper is given in every case."""
    clerk, visit = seated()
    group = filed(clerk, visit, form={"premises": "示范路 8 号（演示）"}, lacking=frozenset({"agent-id"}))
    food, fire = case_of(group, FOOD), case_of(group, FIRE)
    assert (form_of(food)["premises"], form_of(fire)["place-address"], form_of(case_of(group, SEWER))["premises"]) == ("示范路 8 号（演示）",) * 3
    assert food.answers["business"] == ["catering"] and fire.answers["place"] == ["restaurant"]
    for item in FOUR:
        standings = dict(case_of(group, item).materials.values_list("code", "standing"))
        assert standings["authorisation"] == "given" and standings["agent-id"] == "missing"
        assert standings.get("business-licence", "missing") == "missing"
    assert form_of(food)["credit-code"] == ""


def test_the_same_form_twice_is_one_filing() -> None:
    clerk, visit = seated()
    wanted = joint()
    first = together.file_bundle(by=clerk, visit=visit, wanted=wanted)
    with rows_written() as written:
        assert together.file_bundle(by=clerk, visit=visit, wanted=wanted) == first
    assert written == [] and Case.objects.filter(visit=visit).count() == 4


def test_a_form_of_another_sitting_is_not_this_one_s() -> None:
    clerk, visit = seated()
    wanted = joint()
    together.file_bundle(by=clerk, visit=visit, wanted=wanted)
    other, second = seated("clerk02", 1)
    with refused(StateConflict):
        together.file_bundle(by=other, visit=second, wanted=wanted)


def test_nothing_is_filed_when_the_last_member_is_refused() -> None:
    clerk, visit = seated()
    for granted in Authorisation.objects.filter(department__code="water"):
        withdraw_authorisation(by=staff("administrator01"), authorisation_id=granted.pk)
    with refused(NotAuthorised):
        filed(clerk, visit)


def test_a_field_that_breaks_one_member_s_rule_is_refused_by_its_merged_name() -> None:
    clerk, visit = seated()
    with refused(InvalidInput) as caught:
        filed(clerk, visit, form={"name": ""})
    assert caught.value.details["field"] == "店名（经营者名称）"


def test_what_has_no_answer_is_not_filed() -> None:
    clerk, visit = seated()
    usual = dict(offer(RESTAURANT).bundle.usual)
    for answers in (
        {"standing": ("have",)}, usual | {"standing": ("company",)}, usual | {"sewer-discharge-permit.where": ("sea",)},
    ):  # fmt: skip
        with refused(InvalidInput):
            together.file_bundle(by=clerk, visit=visit, wanted=together.JointApplication(RESTAURANT, answers, {}, frozenset(), joint().once))


def test_a_withdrawn_bundle_or_member_is_not_filed() -> None:
    clerk, visit = seated()
    wanted = joint()
    boss = staff("administrator01")
    with transaction.atomic():
        withdraw(by=boss, version_id=published(SEWER).pk, reason="演示")
        with refused(NotFound):
            together.file_bundle(by=clerk, visit=visit, wanted=wanted)
        transaction.set_rollback(True)
    withdraw_bundle(by=boss, version_id=offer(RESTAURANT).version.pk)
    with refused(NotFound):
        together.file_bundle(by=clerk, visit=visit, wanted=wanted)


def test_only_who_receives_may_file() -> None:
    clerk, visit = seated()
    with refused(NotPermitted):
        together.file_bundle(by=Actor("staff", clerk.id, frozenset(), clerk.site), visit=visit, wanted=joint())


def test_what_one_result_gives_the_others_arrives_by_itself() -> None:
    clerk, visit = seated()
    group = filed(clerk, visit)
    licence = case_of(group, LICENCE)
    food = case_of(group, FOOD)
    assert {code: coming.giver.pk for code, coming in coming_to(food).items()} == {"business-licence": licence.pk}
    decided_and_told(clerk, licence)

    given = document(licence, "licence")
    assert given is not None
    for item in (FOOD, FIRE, SEWER):
        case = case_of(group, item)
        assert verbs(case) == ["receive", "arrive"]
        assert newest(case).facts == {
            "materials": {"business-licence": "given"}, "from": licence.pk, "result": given.number, "fields": ["credit-code"],
        }  # fmt: skip
        assert (case.state, form_of(case)["credit-code"]) == ("received", given.content["number"])
        assert case.materials.get(code="business-licence").standing == "given"
    assert verbs(case_of(group, LICENCE)) == ["receive", "check", "accept", "grant"]


def test_nothing_arrives_from_a_denial_and_it_must_be_brought_then() -> None:
    clerk, visit = seated()
    group = filed(clerk, visit)
    licence = case_of(group, LICENCE)
    decided_and_told(clerk, licence, "deny")
    food = case_of(group, FOOD)
    assert verbs(food) == ["receive"] and coming_to(food) == {}
    give_correction(clerk, food)
    assert newest(food).facts["materials"] == ["business-licence"]


def give_correction(clerk: Actor, case: Case) -> None:
    sitting.check_and(by=clerk, case_id=case.pk, standings=seen(case), verb="correct")


def test_nobody_is_asked_for_what_arrives() -> None:
    """The one-time notice names what is lacking, but not the licence that is being made in the same filing."""
    clerk, visit = seated()
    group = filed(clerk, visit, lacking=frozenset({"food-business-licence.layout"}))
    food = case_of(group, FOOD)
    give_correction(clerk, food)
    assert newest(food).facts["materials"] == ["layout"]
    licence = case_of(group, LICENCE)
    decided_and_told(clerk, licence)
    food = case_of(group, FOOD)
    assert (food.state, verbs(food)[-1]) == ("correcting", "arrive-correcting")


def test_with_nothing_else_lacking_the_case_goes_back_to_the_window() -> None:
    clerk, visit = seated()
    group = filed(clerk, visit)
    food, licence = case_of(group, FOOD), case_of(group, LICENCE)
    sitting.check_and(by=clerk, case_id=food.pk, standings=seen(food), verb="save")
    with refused(InvalidInput):  # nothing is lacking but what arrives: there is nothing to tell
        give_correction_notice(by=clerk, case_id=food.pk)
    sitting.check_and(by=clerk, case_id=food.pk, standings={"rules": ("missing", "")}, verb="correct")
    Material.objects.filter(case=food, code="rules").update(standing="in-order")  # as if brought, and only the licence were awaited
    decided_and_told(clerk, licence)
    food = case_of(group, FOOD)
    assert (food.state, verbs(food)[-1]) == ("received", "supplement")


def test_what_was_brought_meanwhile_stays_as_it_was_brought() -> None:
    clerk, visit = seated()
    group = filed(clerk, visit)
    food = case_of(group, FOOD)
    sitting.check_and(by=clerk, case_id=food.pk, standings={"business-licence": ("in-order", "")}, verb="save")
    decided_and_told(clerk, case_of(group, LICENCE))
    food = case_of(group, FOOD)
    assert verbs(food) == ["receive", "check", "arrive"] and food.materials.get(code="business-licence").standing == "in-order"
    assert "materials" not in newest(food).facts and form_of(food)["credit-code"].startswith("演示GT")


def test_one_is_refused_and_the_others_stand() -> None:
    clerk, visit = seated()
    group = filed(clerk, visit)
    refuse(by=clerk, case_id=case_of(group, SEWER).pk, ground="not-ours", reason="不属于本区", agency="示范市水务局")
    outcome = sitting.accept_all(by=clerk, visit=visit)
    assert [case.version.code for case in outcome.cases] == []
    states = {item: case_of(group, item).state for item in FOUR}
    assert states == {LICENCE: "received", FOOD: "received", FIRE: "received", SEWER: "refused"}
    licence = case_of(group, LICENCE)
    sitting.check_and(by=clerk, case_id=licence.pk, standings=in_order(licence), verb="accept")
    assert case_of(group, LICENCE).state == "accepted"


def test_what_a_case_gives_the_others_is_known() -> None:
    clerk, visit = seated()
    group = filed(clerk, visit)
    food = case_of(group, FOOD)
    assert [(giving.case_id, giving.material, giving.fields) for giving in given_by(case_of(group, LICENCE).pk)] == [
        (case_of(group, item).pk, "business-licence", {"credit-code": "licence.number"}) for item in (FOOD, FIRE, SEWER)
    ]
    assert given_by(food.pk) == []


@pytest.mark.parametrize("bundle", [FOUNDING, NEWBORN])
def test_every_bundle_can_be_filed(bundle: str) -> None:
    clerk, visit = seated()
    group = filed(clerk, visit, bundle)
    assert group.members.count() == len(offer(bundle).usual.needed) >= 2


def test_the_founding_day_arrives_with_the_licence() -> None:
    clerk, visit = seated()
    group = filed(clerk, visit, FOUNDING)
    decided_and_told(clerk, case_of(group, "company-registration"))
    insured = case_of(group, "social-insurance-registration")
    assert form_of(insured)["founded"] == clock.today().isoformat() == date(2026, 9, 24).isoformat()


def test_the_database_refuses_a_case_in_two_filings() -> None:
    clerk, visit = seated()
    group = filed(clerk, visit)
    with pytest.raises(IntegrityError), transaction.atomic():
        TogetherCase.objects.create(together=group, case=case_of(group, FOOD), item="another", place=9)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE together_together SET state = 'split' WHERE id = %s", [group.pk])


def test_only_one_receipt_a_filing_and_documents_stay_the_cases_own() -> None:
    clerk, visit = seated()
    filed(clerk, visit)
    assert Document.objects.filter(case__visit=visit).count() == 4 and Together.objects.count() == 1
