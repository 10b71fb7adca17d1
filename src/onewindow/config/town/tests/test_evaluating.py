"""What the town says of the service: about a third say something, few something bad, and the manager follows it up."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
import simpy

from onewindow.config.town import evaluating
from onewindow.config.town.centre import Centre
from onewindow.config.town.evaluating import said
from onewindow.errands.tests.scene import SITE, rows_written, staff, verbs
from onewindow.foundation.places.queries import site
from onewindow.kernel import clock
from onewindow.kernel.ledger.models import Entry
from onewindow.law.calendars import packaged
from onewindow.oversight.evaluation.actions import evaluate_visit
from onewindow.oversight.evaluation.models import FollowUp
from onewindow.oversight.evaluation.rules import checked
from onewindow.oversight.evaluation.tests.said import BAD, bad, ended


@pytest.mark.parametrize(("what", "channel"), [("visit", "on-site"), ("case", "online")])
def test_about_a_third_speak_and_two_in_a_hundred_of_them_are_dissatisfied(what: str, channel: str) -> None:
    spoken = [words for key in range(20_000) if (words := said(what, key)) is not None]
    unhappy = [words for words in spoken if words.bad]
    assert 0.34 < len(spoken) / 20_000 < 0.36
    assert 0.015 < len(unhappy) / len(spoken) < 0.025
    assert all("演示" in words.text and words.reasons for words in unhappy)
    assert {checked(words, channel).level for words in spoken} == {words.level for words in spoken}  # type: ignore[arg-type]
    assert Counter(words.level for words in spoken).most_common(1)[0][0] == "very-satisfied"
    assert [said(what, key) for key in range(50)] == [said(what, key) for key in range(50)]


def lived(hand: clock.Hand, days: int) -> None:
    """The manager's agenda for some days, as far as the town follows it."""
    env = simpy.Environment()
    centre = Centre(site(SITE), env, hand.moment, [], Random("x"), makes_results=False)
    evaluating.resume(centre)
    end = timedelta(days=days).total_seconds()
    start = hand.moment
    while env.peek() <= end:
        hand.moment = max(hand.moment, start + timedelta(seconds=env.peek()))
        env.step()
    hand.moment = start + timedelta(days=days)


def test_the_manager_follows_up_what_the_town_said_and_leaves_a_person_s_to_the_person(morning: clock.Hand) -> None:
    theirs = bad()
    ours = evaluate_visit(by=evaluating.SPEAKER, visit_id=ended().pk, said=BAD).follow_up
    lived(morning, 30)
    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.state, theirs.state) == ("closed", "open")
    assert verbs(ours) in (["open", "contact", "correct", "revisit"], ["open", "contact", "explain", "revisit"])
    rows = Entry.objects.filter(subject_kind="follow-up", subject_id=ours.pk, n__gt=1)
    assert set(rows.values_list("by", flat=True)) == {staff("manager01").ref}
    assert all(packaged().is_working(clock.local(at).date()) and 8 <= clock.local(at).hour < 17 for at in rows.values_list("at", flat=True))


def test_a_story_goes_on_from_where_it_stood(morning: clock.Hand) -> None:
    ours = evaluate_visit(by=evaluating.SPEAKER, visit_id=ended().pk, said=BAD).follow_up
    for _ in range(6):
        lived(morning, 5)
    assert FollowUp.objects.get(pk=ours.pk).state == "closed"
    assert len(verbs(ours)) == 4
    with rows_written() as written:
        lived(morning, 5)
    assert written == []


def test_most_are_contacted_in_time(morning: clock.Hand) -> None:
    for _ in range(30):
        evaluate_visit(by=evaluating.SPEAKER, visit_id=ended().pk, said=BAD)
    lived(morning, 40)
    in_time = [row.facts["in_time"] for row in Entry.objects.filter(subject_kind="follow-up", verb="contact")]
    assert len(in_time) == 30 and 20 <= sum(in_time) <= 30
    assert morning.moment == datetime(2026, 11, 3, 10, tzinfo=clock.LOCAL)
