"""Where a case is, in the applicant's words, and what the database itself refuses about it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from onewindow.errands.collection import collect
from onewindow.errands.tests.scene import (
    FOOD,
    TAIL,
    accepted,
    agent,
    available,
    company,
    day,
    decided,
    received,
    seated,
    seen,
    staff,
)
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound
from onewindow.spine.cases.models import Case, Material
from onewindow.spine.cases.progress import progress_of
from onewindow.spine.cases.queries import (
    case,
    case_by_id,
    cases_due_by,
    cases_of_visit,
    cases_to_decide,
    document,
    document_by_number,
    open_cases_of,
    timeline,
)
from onewindow.stages.acceptance.actions import check_materials, give_correction_notice, refuse


def marks(found: Case, result: object = None) -> list[str]:
    return [stage.mark for stage in progress_of(found, result).stages]


def test_received_waits_at_the_window(morning: clock.Hand) -> None:
    found = received(*seated())
    progress = progress_of(found)
    assert (marks(found), progress.holder.zh, progress.days_left) == (["done", "now", "next", "next"], "综合窗口", None)
    assert [step.words.zh for step in progress.steps] == ["收件"]


def test_correcting_waits_for_the_applicant(morning: clock.Hand) -> None:
    clerk, visit = seated()
    found = received(clerk, visit, lacking=frozenset({"rules"}))
    check_materials(by=clerk, case_id=found.pk, standings=seen(found))
    give_correction_notice(by=clerk, case_id=found.pk)
    found.refresh_from_db()
    assert (marks(found), progress_of(found).holder.zh) == (["done", "now", "next", "next"], "您（等候补正）")


def test_accepted_counts_the_working_days_to_the_promise(morning: clock.Hand) -> None:
    found = accepted(*seated())
    progress = progress_of(found)
    assert (marks(found), progress.days_left, progress.holder) == (["done", "done", "now", "next"], 4, found.department.section_zh and
            (found.department.section_zh, found.department.section_en))  # fmt: skip
    assert [step.words.zh for step in progress.steps] == ["收件", "受理"]
    morning.forward(days=14)
    assert progress_of(found).days_left == 0
    morning.forward(days=1)
    assert progress_of(found).days_left == -1


def test_refused_ends_after_two_stages(morning: clock.Hand) -> None:
    clerk, visit = seated()
    found = received(clerk, visit)
    refuse(by=clerk, case_id=found.pk, ground="not-ours", reason="x", agency="y")
    found.refresh_from_db()
    stages = progress_of(found).stages
    assert [(stage.words.zh, stage.mark, stage.on) for stage in stages] == [
        ("收件", "done", day("2026-09-24")), ("不予受理", "done", day("2026-09-24")),
    ]  # fmt: skip


def test_decided_is_made_then_waits_then_is_closed(morning: clock.Hand) -> None:
    clerk, visit = seated()
    made = decided(clerk, visit)
    assert (marks(made), progress_of(made).holder.zh) == (["done", "done", "done", "now"], "制证中")
    result = available(clerk, visit)
    waiting = Case.objects.get(pk=result.case_id)
    assert progress_of(waiting, result).holder.zh == "出件窗口，等您领取"
    collect(by=staff("handover01"), results=[result], collector=agent(), tail=TAIL)
    result.refresh_from_db()
    closed = Case.objects.get(pk=result.case_id)
    assert (marks(closed, result), progress_of(closed, result).holder.zh) == (["done"] * 4, "已办结")
    assert progress_of(closed, result).stages[3].on == day("2026-09-24")
    assert [d.kind for d in progress_of(closed, result).documents] == ["receipt", "acceptance", "grant", "licence", "pickup-slip"]


def test_cases_are_found_by_what_they_are(morning: clock.Hand) -> None:
    clerk, visit = seated()
    first, second = received(clerk, visit), accepted(clerk, visit)
    assert list(cases_of_visit(visit.pk)) == [first, second]
    assert list(open_cases_of(company().pk)) == [second, first]
    assert list(cases_to_decide("market")) == [second] and list(cases_to_decide("health")) == []
    assert list(cases_due_by(day("2026-10-08"))) == [second] and list(cases_due_by(day("2026-10-07"))) == []
    assert case(str(first.uuid)) == case_by_id(first.pk) == first
    receipt = document(first, "receipt")
    assert receipt is not None and document_by_number(receipt.number) == receipt
    assert document(first, "grant") is None
    assert [entry.verb for entry in timeline([first.pk, second.pk])] == ["receive", "receive", "check", "accept"]
    for missing in (lambda: case("x"), lambda: case_by_id(10**12), lambda: document_by_number("x")):
        with pytest.raises(NotFound):
            missing()


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"decided_by": 1, "accepted_by": 1}, "cases_acceptor_is_not_approver"),
        ({"due_on": None}, "cases_accepted_has_a_clock"),
        ({"accepted_by": None}, "cases_accepted_has_a_clock"),
    ],
)
def test_the_database_refuses_what_must_never_be(morning: clock.Hand, columns: dict[str, object], constraint: str) -> None:
    found = accepted(*seated())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Case.objects.filter(pk=found.pk).update(**columns)
    with pytest.raises(IntegrityError, match="cases_deficient_material_says_why"), transaction.atomic():
        Material.objects.filter(case=found).update(standing="deficient", note="")
    with pytest.raises(IntegrityError, match="cases_material_standing_is_known"), transaction.atomic():
        Material.objects.filter(case=found).update(standing="eaten")
    assert found.item.code == FOOD
