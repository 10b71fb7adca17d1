"""Whose act it is: without a valid record of the department nothing is received, accepted, noticed or refused."""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.errands import sitting
from onewindow.errands.tests.scene import (
    FOOD,
    HYGIENE,
    SITE,
    application,
    at_window,
    in_order,
    received,
    refused,
    rows_written,
    seated,
    seen,
    staff,
)
from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.staff.actions import authorise, withdraw_authorisation
from onewindow.foundation.staff.models import Authorisation
from onewindow.foundation.staff.queries import department
from onewindow.kernel import clock
from onewindow.kernel.errors import NotAuthorised
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.models import Visit
from onewindow.stages.acceptance.actions import accept, check_materials, give_correction_notice, receive, refuse

OFFICE = "示范区市场监督管理局"
TITLE = "食品经营许可"


@pytest.fixture
def unauthorised(morning: clock.Hand) -> clock.Hand:
    """Every record of the market department has been withdrawn."""
    for record in Authorisation.objects.filter(department__code="market", state="valid"):
        withdraw_authorisation(by=staff("administrator01"), authorisation_id=record.pk)
    return morning


def record(**changes: object) -> Authorisation:
    terms: dict[str, object] = {
        "items": [FOOD], "clerks": [], "scopes": ["receive", "accept"], "valid_from": date(2026, 9, 1),
        "valid_until": date(2026, 9, 30), "seal": "新章",
    }  # fmt: skip
    return authorise(by=staff("administrator01"), site=SITE, department=department("market"), **terms | changes)


def receive_food(visit: Visit) -> Case:
    asked = application()
    return receive(
        by=staff("clerk01"), visit=visit, item=published(FOOD), answers=asked.answers, form=asked.form,
        given=set(asked.given), once=asked.once,
    )  # fmt: skip


def test_without_any_record_nothing_is_received(unauthorised: clock.Hand) -> None:
    _, visit = seated()
    with refused(NotAuthorised) as no:
        receive_food(visit)
    assert no.value.details["department"] == OFFICE
    assert no.value.details["item"].startswith(TITLE) and no.value.details["scope"] == "收件"


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_from": date(2026, 9, 25)},
        {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 9, 23)},
        {"items": [HYGIENE]},
        {"clerks": ["clerk02", "clerk03"]},
        {"scopes": ["accept"]},
        {"scopes": []},
    ],
    ids=["not yet", "expired yesterday", "another item", "another clerk", "acceptance only", "nothing"],
)
def test_a_record_that_does_not_reach_so_far_lets_nothing_be_received(
    unauthorised: clock.Hand, changes: dict[str, object]
) -> None:
    record(**changes)
    _, visit = seated()
    with refused(NotAuthorised) as no:
        receive_food(visit)
    assert no.value.details["scope"] == "收件"


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_from": date(2026, 9, 24), "valid_until": date(2026, 9, 24)},
        {"items": []},
        {"items": [HYGIENE, FOOD]},
        {"clerks": ["clerk02", "clerk01"]},
        {"scopes": ["receive"]},
    ],
    ids=["this very day", "all items", "several items", "named among others", "receiving only"],
)
def test_a_record_that_reaches_so_far_lends_its_seal(unauthorised: clock.Hand, changes: dict[str, object]) -> None:
    record(**changes)
    _, visit = seated()
    with rows_written() as rows:
        case = receive_food(visit)
    assert rows == ["case.receive"]
    assert case.documents.get().content["seal"] == "新章"


def test_another_department_s_record_does_not_help(unauthorised: clock.Hand) -> None:
    authorise(
        by=staff("administrator01"), site=SITE, department=department("health"), items=[], clerks=[],
        scopes=["receive", "accept"], valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1), seal="x",
    )  # fmt: skip
    _, visit = seated()
    with refused(NotAuthorised):
        receive_food(visit)


def test_receiving_alone_does_not_cover_acceptance(unauthorised: clock.Hand) -> None:
    record(scopes=["receive"])
    clerk, visit = seated()
    case = received(clerk, visit)
    sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="save")
    with refused(NotAuthorised) as no:
        accept(by=clerk, case_id=case.pk)
    assert no.value.details["scope"] == "受理"
    with refused(NotAuthorised):
        refuse(by=clerk, case_id=case.pk, ground="not-ours", reason="x", agency="邻区（演示）")


def test_authority_is_asked_on_the_day_of_the_act(unauthorised: clock.Hand) -> None:
    """Received on the 24th under a record that ends on the 30th: on 1 October nothing more can be done under it."""
    record()
    clerk, visit = seated()
    case = received(clerk, visit, lacking=frozenset({"rules"}))
    unauthorised.forward(days=7)
    for act in (
        lambda: accept(by=clerk, case_id=case.pk),
        lambda: give_correction_notice(by=clerk, case_id=case.pk),
        lambda: refuse(by=clerk, case_id=case.pk, ground="not-ours", reason="x", agency="邻区（演示）"),
    ):
        with refused(NotAuthorised):
            act()
    record(valid_from=date(2026, 10, 1), valid_until=date(2026, 10, 1))
    check_materials(by=clerk, case_id=case.pk, standings=seen(case))
    with rows_written() as rows:
        give_correction_notice(by=clerk, case_id=case.pk)
    assert rows == ["case.correct"]


def test_a_clerk_who_is_not_named_may_not_go_on_with_a_colleague_s_case(unauthorised: clock.Hand) -> None:
    record(clerks=["clerk01"])
    clerk, visit = seated()
    case = received(clerk, visit)
    sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="save")
    other, _ = at_window("clerk02", 1)
    with refused(NotAuthorised):
        accept(by=other, case_id=case.pk)
    with rows_written() as rows:
        accept(by=clerk, case_id=case.pk)
    assert rows == ["case.accept"]
