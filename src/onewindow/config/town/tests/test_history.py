"""The demonstration's past: made by the real actions, consistent with itself, and continued where it was stopped."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from django.db import connection

from onewindow.config.town.history import Past, make, working_days_before
from onewindow.config.town.standing import resume
from onewindow.errands.tests.scene import SITE
from onewindow.foundation.places.models import Window
from onewindow.foundation.places.queries import site
from onewindow.kernel.clock import LOCAL
from onewindow.kernel.ledger.models import Entry
from onewindow.spine.cases.models import Case, Document
from onewindow.spine.visits.models import Visit
from onewindow.stages.queueing.models import Ticket

UNTIL = datetime(2026, 9, 22, 9, 12, tzinfo=LOCAL)


def quiet(done: int, days: int) -> None:
    """Nobody watches."""


@pytest.fixture
def past(db: None) -> Past:
    return Past(UNTIL, working_days=3, visitors=8, windows={"A": 2, "B": 1})


def test_the_past_ends_in_the_middle_of_a_morning(past: Past) -> None:
    days: list[tuple[int, int]] = []
    came = make(site(SITE), past, say=lambda done, all_: days.append((done, all_)))
    assert days == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert came == Ticket.objects.count() - Case.objects.filter(state="received", noticed_on__isnull=False).count() or came > 0
    expected = [*working_days_before(UNTIL.date(), 3), UNTIL.date()]
    assert sorted(set(Ticket.objects.values_list("local_day", flat=True))) == expected
    assert Entry.objects.order_by("-id").values_list("at", flat=True)[0] <= UNTIL


def test_every_former_day_ended_with_nobody_left_and_every_window_closed(past: Past) -> None:
    make(site(SITE), past, say=quiet)
    before = Ticket.objects.exclude(local_day=UNTIL.date())
    assert set(before.values_list("state", flat=True)) <= {"served", "missed"}
    yesterday = Visit.objects.filter(began_at__lt=datetime(2026, 9, 22, tzinfo=LOCAL))
    assert set(yesterday.values_list("state", flat=True)) == {"closed"}
    opened = Entry.objects.filter(subject_kind="window", verb="open", at__lt=datetime(2026, 9, 22, tzinfo=LOCAL)).count()
    closed = Entry.objects.filter(subject_kind="window", verb="close").count()
    assert opened == closed == 9
    assert Window.objects.filter(state="open").count() == Ticket.objects.none().count() + 13


def test_whoever_decided_had_not_accepted_and_every_decision_has_its_papers(past: Past) -> None:
    make(site(SITE), past, say=quiet)
    decided = Case.objects.filter(decided_on__isnull=False)
    assert decided.exists()
    for case in decided:
        assert case.decided_by != case.accepted_by
        assert Document.objects.filter(case=case, kind__in=["grant", "denial"]).count() == 1
    kinds = Counter(Document.objects.values_list("kind", flat=True))
    assert kinds["receipt"] == Case.objects.count()
    assert kinds["correction-notice"] == Case.objects.filter(noticed_on__isnull=False).count()


def test_a_past_that_was_stopped_goes_on_with_the_next_day(past: Past) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, days: int) -> None:
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        make(site(SITE), past, say=stop)
    half = Ticket.objects.count()
    days: list[int] = []
    make(site(SITE), past, say=lambda done, all_: days.append(done))
    assert days == [2, 3, 4]
    assert Ticket.objects.count() > half
    assert sorted(set(Ticket.objects.values_list("local_day", flat=True)))[-1] == UNTIL.date()


def test_resuming_changes_nothing_by_itself(past: Past) -> None:
    from random import Random

    import simpy

    from onewindow.config.town.centre import Centre

    make(site(SITE), past, say=quiet)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry")
        (before,) = cursor.fetchone()
        centre = Centre(site(SITE), simpy.Environment(), UNTIL, [], Random("x"), makes_results=False)
        resume(centre)
        cursor.execute("SELECT count(*) FROM ledger_entry")
        assert cursor.fetchone() == (before,)
