"""What can be asked: who was just served, whom to call, and figures that give nobody away."""

from __future__ import annotations

import pytest

from onewindow.errands import sitting
from onewindow.errands.tests.scene import SITE, agent, at_window, available, day, seated, staff, ticket
from onewindow.foundation.people.actions import erase
from onewindow.kernel import clock
from onewindow.kernel.errors import NotFound, NotPermitted
from onewindow.oversight.evaluation import actions, queries
from onewindow.oversight.evaluation.queries import Contact, Satisfaction
from onewindow.oversight.evaluation.rules import Said
from onewindow.oversight.evaluation.tests.said import BAD, GOOD, PAGE, bad, ended, evaluated

SINCE = day("2026-09-01")


def test_who_was_just_served_may_be_asked_for_ten_minutes_until_they_said_it_or_another_sits_there(morning: clock.Hand) -> None:
    visit = ended()
    assert queries.just_ended_at(visit.window_id) == visit
    morning.forward(minutes=10)
    assert queries.just_ended_at(visit.window_id) == visit
    assert queries.ended_at(visit.window_id, str(visit.uuid)) == visit
    morning.forward(seconds=1)
    assert queries.just_ended_at(visit.window_id) is None
    with pytest.raises(NotFound):
        queries.ended_at(visit.window_id, str(visit.uuid))
    again = ended()
    assert queries.just_ended_at(again.window_id) == again
    actions.evaluate_visit(by=PAGE, visit_id=again.pk, said=GOOD)
    assert queries.just_ended_at(again.window_id) is None
    third = ended()
    seated()
    assert queries.just_ended_at(third.window_id) is None


def test_whoever_nobody_identified_is_not_called(morning: clock.Hand) -> None:
    clerk, _ = at_window()
    ticket(agent())
    sitting.call_next(by=clerk)
    visit = sitting.sit_down(by=clerk)
    sitting.end_sitting(by=clerk, visit=visit)
    visit.refresh_from_db()
    assert not queries.reachable(visit)
    given = actions.evaluate_visit(by=PAGE, visit_id=visit.pk, said=BAD)
    assert queries.contact_of(staff("manager01"), given) is None and queries.masked_speaker(given) == ""


def test_how_to_reach_somebody_is_told_to_who_follows_up_while_it_is_open_and_only_if_they_want(morning: clock.Hand) -> None:
    follow_up, manager = bad(), staff("manager01")
    given = queries.evaluation(manager, str(follow_up.evaluation.uuid))
    assert queries.contact_of(manager, given) == Contact(agent().name, "12000000002")
    assert queries.masked_speaker(given) == agent().name[0] + "**"
    for username in ("supervisor01", "clerk01", "administrator01"):
        with pytest.raises(NotPermitted):
            queries.contact_of(staff(username), given)
    actions.contact(by=manager, follow_up_id=follow_up.pk, finding="x")
    actions.correct(by=manager, follow_up_id=follow_up.pk, reply="x")
    actions.revisit(by=manager, follow_up_id=follow_up.pk)
    assert queries.contact_of(manager, queries.evaluation(manager, str(given.uuid))) is None
    silent = evaluated(Said("dissatisfied", frozenset({"manner"})))
    assert queries.contact_of(manager, queries.evaluation(manager, str(silent.uuid))) is None


def test_an_erased_person_cannot_be_called(morning: clock.Hand) -> None:
    follow_up = bad()
    erase(by=staff("administrator01"), party_id=agent().pk)
    manager = staff("manager01")
    assert queries.contact_of(manager, queries.evaluation(manager, str(follow_up.evaluation.uuid))) is None


@pytest.mark.parametrize("username", ["clerk01", "administrator01", "market01", "handover01"])
def test_single_evaluations_are_not_for_everybody(morning: clock.Hand, username: str) -> None:
    given = evaluated(BAD)
    for ask in (lambda by: queries.evaluations(by), lambda by: queries.evaluation(by, str(given.uuid)), lambda by: queries.text_of(by, given)):
        with pytest.raises(NotPermitted):
            ask(staff(username))


def test_a_clerk_sees_counts_of_their_own_from_five_on(morning: clock.Hand) -> None:
    clerk = staff("clerk01")
    for _ in range(4):
        evaluated()
    evaluated(username="clerk02", place=1)
    assert queries.own_figures(clerk, SINCE) is None
    evaluated(BAD)
    figures = queries.own_figures(clerk, SINCE)
    assert figures is not None and (figures.n, figures.share) == (5, 80.0)
    assert queries.own_figures(staff("clerk02"), SINCE) is None


def test_the_manager_s_morning(morning: clock.Hand) -> None:
    assert queries.satisfaction(SITE, SINCE) == Satisfaction(0, None, 0, 0)
    evaluated()
    follow_up = bad()
    assert queries.satisfaction(SITE, SINCE) == Satisfaction(2, 50.0, 1, 0)
    morning.forward(days=4)  # Monday: the last day
    assert queries.satisfaction(SITE, SINCE) == Satisfaction(2, 50.0, 1, 0)
    morning.forward(days=1)
    assert queries.satisfaction(SITE, SINCE) == Satisfaction(2, 50.0, 1, 1)
    assert queries.late(follow_up)
    assert queries.satisfaction(SITE, day("2026-09-25")) == Satisfaction(0, None, 1, 1)
    assert queries.satisfaction("elsewhere", SINCE) == Satisfaction(0, None, 0, 0)


def test_the_lists_of_the_desk(morning: clock.Hand) -> None:
    good, manager = evaluated(), staff("manager01")
    follow_up = bad()
    shown = {show: list(queries.evaluations(manager, show)) for show in queries.SHOWN}
    assert shown == {"bad": [follow_up.evaluation], "open": [follow_up.evaluation], "overdue": [], "all": [follow_up.evaluation, good]}
    morning.forward(days=5)
    assert list(queries.evaluations(manager, "overdue")) == [follow_up.evaluation]
    actions.contact(by=manager, follow_up_id=follow_up.pk, finding="x")
    assert list(queries.evaluations(manager, "overdue")) == []


def test_published_figures_hide_the_few(morning: clock.Hand) -> None:
    for _ in range(4):
        evaluated()
    assert [(f.words.zh[:1], f.n, f.share) for f in queries.by_hall(SITE, SINCE)] == [("A", 4, None)]
    evaluated(BAD)
    assert [(f.n, f.share) for f in queries.by_hall(SITE, SINCE)] == [(5, 80.0)]
    clerk, visit = seated()
    actions.evaluate_case(by=PAGE, case_id=available(clerk, visit).case_id, said=GOOD)
    assert [(f.words.zh, f.n, f.share) for f in queries.by_department(SITE, SINCE)] == [("示范区市场监督管理局", 1, None)]


def test_replies_are_published_once_there_are_any(morning: clock.Hand) -> None:
    follow_up, manager = bad(), staff("manager01")
    assert list(queries.replies(SITE, SINCE)) == []
    actions.contact(by=manager, follow_up_id=follow_up.pk, finding="x")
    actions.correct(by=manager, follow_up_id=follow_up.pk, reply="已整改（演示）")
    assert [row.reply for row in queries.replies(SITE, SINCE)] == ["已整改（演示）"]
    assert list(queries.replies(SITE, day("2026-09-25"))) == []
