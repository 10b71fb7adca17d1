"""One evaluation a sitting and a case; a bad one opens a follow-up; every step is a move that the ledger tells."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from onewindow.errands import sitting
from onewindow.errands.collection import collect
from onewindow.errands.tests.scene import (
    MAKER,
    REGION,
    TAIL,
    accepted,
    agent,
    at_once,
    available,
    day,
    decided,
    everything,
    newest,
    refused,
    rows_written,
    seated,
    staff,
    verbs,
)
from onewindow.kernel import clock
from onewindow.kernel.errors import AlreadyEvaluated, InvalidInput, NotFound, NotPermitted, ReasonMissing, WrongState
from onewindow.kernel.ledger.models import Entry
from onewindow.oversight.evaluation import actions
from onewindow.oversight.evaluation.models import Evaluation, FollowUp
from onewindow.oversight.evaluation.queries import text_of
from onewindow.oversight.evaluation.rules import Said
from onewindow.oversight.evaluation.tests.said import BAD, GOOD, PAGE, bad, ended, evaluated
from onewindow.stages.delivery.actions import make_available


def test_a_good_evaluation_of_a_sitting_is_kept_with_its_meaning_and_opens_nothing(morning: clock.Hand) -> None:
    visit = ended()
    with rows_written() as written:
        given = actions.evaluate_visit(by=PAGE, visit_id=visit.pk, said=GOOD)
    assert written == ["evaluation.give"]
    assert (given.level, given.reasons, given.case_id, given.contact, given.text_sealed) == ("satisfied", [], None, False, None)
    assert given.served_by == int(staff("clerk01").id)
    assert newest(given).facts == {"visit": visit.pk, "case": None, "level": "satisfied", "reasons": [], "contact": False}
    assert newest(given).by == "device:progress-page"


def test_a_bad_one_opens_a_follow_up_with_a_day_and_what_was_written_is_sealed(morning: clock.Hand) -> None:
    visit = ended()
    with rows_written() as written:
        given = actions.evaluate_visit(by=PAGE, visit_id=visit.pk, said=BAD)
    assert written == ["evaluation.give", "follow-up.open"]
    assert given.follow_up.contact_by == day("2026-09-28")  # Thursday the 24th; the 25th to the 27th are Mid-Autumn
    assert given.follow_up.state == "open"
    assert "不耐烦".encode() not in bytes(given.text_sealed or b"")
    assert text_of(staff("manager01"), given) == BAD.text
    assert not any("不耐烦" in str(facts) for facts in Entry.objects.values_list("facts", flat=True))


def test_a_sitting_is_evaluated_once(morning: clock.Hand) -> None:
    given = evaluated()
    with refused(AlreadyEvaluated):
        actions.evaluate_visit(by=PAGE, visit_id=given.visit_id, said=BAD)


def test_a_sitting_that_lasts_is_not_evaluated(morning: clock.Hand) -> None:
    _, visit = seated()
    with refused(NotFound):
        actions.evaluate_visit(by=PAGE, visit_id=visit.pk, said=GOOD)


def test_a_case_is_evaluated_once_something_was_decided_and_once_only(morning: clock.Hand) -> None:
    clerk, visit = seated()
    waiting, done = accepted(clerk, visit), decided(clerk, visit)
    with refused(NotFound):
        actions.evaluate_case(by=PAGE, case_id=waiting.pk, said=GOOD)
    given = actions.evaluate_case(by=PAGE, case_id=done.pk, said=Said("very-dissatisfied", frozenset({"guide"})))
    assert (given.case_id, given.visit_id, given.channel, given.served_by) == (done.pk, visit.pk, "online", None)
    assert [words.zh for words in given.reason_words] == ["办事指南精确度：和实际要求不一样"]
    with refused(AlreadyEvaluated):
        actions.evaluate_case(by=PAGE, case_id=done.pk, said=GOOD)


def test_the_sitting_and_each_of_its_cases_are_evaluated_by_themselves(morning: clock.Hand) -> None:
    clerk, visit = seated()
    first, second = available(clerk, visit), make_available(by=MAKER, case=decided(clerk, visit), region=REGION)
    sitting.end_sitting(by=clerk, visit=visit)
    collect(by=staff("handover01"), results=[first, second], collector=agent(), tail=TAIL)
    actions.evaluate_visit(by=PAGE, visit_id=visit.pk, said=GOOD)
    for result in (first, second):
        actions.evaluate_case(by=PAGE, case_id=result.case_id, said=GOOD)
    assert sorted(Evaluation.objects.values_list("case_id", flat=True), key=lambda key: key or 0) == [None, first.case_id, second.case_id]


def test_a_bad_one_without_a_reason_is_refused_by_the_rule_and_by_the_database(morning: clock.Hand) -> None:
    visit = ended()
    with refused(InvalidInput):
        actions.evaluate_visit(by=PAGE, visit_id=visit.pk, said=Said("dissatisfied", text="  "))
    given = actions.evaluate_visit(by=PAGE, visit_id=visit.pk, said=GOOD)
    for change in ({"level": "dissatisfied"}, {"level": "5"}, {"text_sealed": b"x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evaluation.objects.filter(pk=given.pk).update(**change)


def test_nobody_evaluates_without_the_permission(morning: clock.Hand) -> None:
    visit = ended()
    with refused(NotPermitted):
        actions.evaluate_visit(by=staff("clerk01"), visit_id=visit.pk, said=GOOD)


def test_pressed_twice_at_once_it_is_one_evaluation_and_one_follow_up(fresh_database: str, morning: clock.Hand) -> None:
    visit = ended()
    done = at_once([partial(actions.evaluate_visit, by=PAGE, visit_id=visit.pk, said=BAD) for _ in range(6)])
    assert sum(isinstance(each, Evaluation) for each in done) == 1
    assert sum(isinstance(each, AlreadyEvaluated) for each in done) == 5
    assert (Evaluation.objects.count(), FollowUp.objects.count()) == (1, 1)


# --- the follow-up --------------------------------------------------------------------------------------


def test_a_follow_up_from_the_first_call_to_asking_again(morning: clock.Hand) -> None:
    follow_up, manager = bad(), staff("manager01")
    actions.contact(by=manager, follow_up_id=follow_up.pk, finding="已致电，情况属实（演示）")
    assert newest(follow_up).facts == {"in_time": True}
    actions.schedule(by=manager, follow_up_id=follow_up.pk, correct_by=day("2026-10-09"))
    actions.correct(by=manager, follow_up_id=follow_up.pk, reply="已调整窗口排班（演示）")
    actions.resume(by=manager, follow_up_id=follow_up.pk, finding="仍不满意（演示）")
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.correct_by, follow_up.closed_on) == ("contacted", None, None)
    actions.explain(by=manager, follow_up_id=follow_up.pk, reply="已向本人说明（演示）")
    morning.forward(days=5)
    actions.revisit(by=manager, follow_up_id=follow_up.pk)
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.reply, follow_up.closed_on) == ("closed", "已向本人说明（演示）", day("2026-09-29"))
    assert verbs(follow_up) == ["open", "contact", "schedule", "correct", "resume", "explain", "revisit"]
    facts = [entry.facts for entry in Entry.objects.filter(subject_kind="follow-up")]
    assert not any("演示" in str(each) for each in facts)


def test_contact_after_the_day_is_recorded_as_late(morning: clock.Hand) -> None:
    follow_up = bad()
    morning.forward(days=5)
    actions.contact(by=staff("manager01"), follow_up_id=follow_up.pk, finding="x")
    assert newest(follow_up).facts == {"in_time": False}


@pytest.mark.parametrize("verb", ["contact", "correct", "explain", "resume"])
def test_a_step_that_has_to_say_something_says_it(morning: clock.Hand, verb: str) -> None:
    follow_up, manager = bad(), staff("manager01")
    if verb != "contact":
        actions.contact(by=manager, follow_up_id=follow_up.pk, finding="x")
    if verb == "resume":
        actions.correct(by=manager, follow_up_id=follow_up.pk, reply="x")
    words = "reply" if verb in ("correct", "explain") else "finding"
    with refused(ReasonMissing):
        getattr(actions, verb)(by=manager, follow_up_id=follow_up.pk, **{words: " "})
    with refused(InvalidInput):
        getattr(actions, verb)(by=manager, follow_up_id=follow_up.pk, **{words: "字" * 501})


def test_a_day_to_correct_by_is_not_in_the_past(morning: clock.Hand) -> None:
    follow_up, manager = bad(), staff("manager01")
    actions.contact(by=manager, follow_up_id=follow_up.pk, finding="x")
    with refused(InvalidInput):
        actions.schedule(by=manager, follow_up_id=follow_up.pk, correct_by=day("2026-09-23"))


def test_what_was_not_contacted_is_not_answered_and_the_supervisor_only_reads(morning: clock.Hand) -> None:
    follow_up = bad()
    with refused(WrongState):
        actions.correct(by=staff("manager01"), follow_up_id=follow_up.pk, reply="x")
    for username in ("supervisor01", "clerk01", "administrator01"):
        with refused(NotPermitted):
            actions.contact(by=staff(username), follow_up_id=follow_up.pk, finding="x")


def test_the_database_refuses_an_answer_without_a_reply_and_a_close_without_a_day(morning: clock.Hand) -> None:
    follow_up = bad()
    before = everything()
    for change in ({"closed_on": day("2026-09-24")},):
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.filter(pk=follow_up.pk).update(**change)
    assert everything() == before


def test_two_managers_at_once_one_contacts(fresh_database: str, morning: clock.Hand) -> None:
    follow_up = bad()
    managers = [staff("manager01")] * 2
    done = at_once([partial(actions.contact, by=by, follow_up_id=follow_up.pk, finding="x") for by in managers])
    assert sorted(type(each).__name__ for each in done) == ["NoneType", "WrongState"]
