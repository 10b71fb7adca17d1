"""The demonstration's past: made by the real actions, consistent with itself, and continued where it was stopped."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import connection

from onewindow.config.town import setting_aside
from onewindow.config.town.history import Past, make, working_days_before
from onewindow.config.town.standing import resume
from onewindow.errands.tests.scene import SITE
from onewindow.foundation.places.models import Window
from onewindow.foundation.places.queries import site
from onewindow.kernel.clock import LOCAL
from onewindow.kernel.ledger.models import Entry
from onewindow.law.calendars import packaged
from onewindow.spine.cases.models import Case, Document, SpecialProcedure
from onewindow.spine.cases.rules import ends
from onewindow.spine.visits.models import Visit
from onewindow.stages.queueing.models import Ticket

UNTIL = datetime(2026, 9, 22, 9, 12, tzinfo=LOCAL)


def quiet(done: int, days: int) -> None:
    """Nobody watches."""


PAST = Past(UNTIL, working_days=3, visitors=8, windows={"A": 2, "B": 1})


@dataclass(frozen=True)
class Lived:
    """A database with a past in it, and what making it told."""

    enter: Callable[[], AbstractContextManager[None]]
    came: int
    days: list[tuple[int, int]]


@pytest.fixture(scope="module")
def lived(clone: Callable[[str], AbstractContextManager[Callable[[], AbstractContextManager[None]]]]) -> Iterator[Lived]:
    days: list[tuple[int, int]] = []
    with clone(f"past_{os.getpid()}") as enter:
        with enter():
            came = make(site(SITE), PAST, say=lambda done, all_: days.append((done, all_)))
        yield Lived(enter, came, days)


@pytest.fixture
def in_past(lived: Lived) -> Iterator[None]:
    """Before `db`, so that what the test does is undone there."""
    with lived.enter():
        yield


@pytest.fixture
def afterwards(lived: Lived, in_past: None, db: None) -> Lived:
    """When the past has been made: once for whatever only looks at it."""
    return lived


def test_the_past_ends_in_the_middle_of_a_morning(afterwards: Lived) -> None:
    came = afterwards.came
    assert afterwards.days == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert came == Ticket.objects.count() - Case.objects.filter(state="received", noticed_on__isnull=False).count() or came > 0
    expected = [*working_days_before(UNTIL.date(), 3), UNTIL.date()]
    assert sorted(set(Ticket.objects.values_list("local_day", flat=True))) == expected
    assert Entry.objects.order_by("-id").values_list("at", flat=True)[0] <= UNTIL


def test_every_former_day_ended_with_nobody_left_and_every_window_closed(afterwards: Lived) -> None:
    before = Ticket.objects.exclude(local_day=UNTIL.date())
    assert set(before.values_list("state", flat=True)) <= {"served", "missed"}
    yesterday = Visit.objects.filter(began_at__lt=datetime(2026, 9, 22, tzinfo=LOCAL))
    assert set(yesterday.values_list("state", flat=True)) == {"closed"}
    opened = Entry.objects.filter(subject_kind="window", verb="open", at__lt=datetime(2026, 9, 22, tzinfo=LOCAL)).count()
    closed = Entry.objects.filter(subject_kind="window", verb="close").count()
    assert opened == closed == 9
    assert Window.objects.filter(state="open").count() == Ticket.objects.none().count() + 13


def test_whoever_decided_had_not_accepted_and_every_decision_has_its_papers(afterwards: Lived) -> None:
    decided = Case.objects.filter(decided_on__isnull=False)
    assert decided.exists()
    for case in decided:
        assert case.decided_by != case.accepted_by
        assert Document.objects.filter(case=case, kind__in=["grant", "denial"]).count() == 1
    kinds = Counter(Document.objects.values_list("kind", flat=True))
    assert kinds["receipt"] == Case.objects.count()
    assert kinds["correction-notice"] == Case.objects.filter(noticed_on__isnull=False).count()


def test_a_past_that_was_stopped_goes_on_with_the_next_day(db: None) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, days: int) -> None:
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        make(site(SITE), PAST, say=stop)
    half = Ticket.objects.count()
    days: list[int] = []
    make(site(SITE), PAST, say=lambda done, all_: days.append(done))
    assert days == [2, 3, 4]
    assert Ticket.objects.count() > half
    assert sorted(set(Ticket.objects.values_list("local_day", flat=True)))[-1] == UNTIL.date()


def test_resuming_changes_nothing_by_itself(afterwards: Lived) -> None:
    from random import Random

    import simpy

    from onewindow.config.town.centre import Centre

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry")
        (before,) = cursor.fetchone()
        resume(Centre(site(SITE), simpy.Environment(), UNTIL, [], Random("x"), makes_results=False))
        cursor.execute("SELECT count(*) FROM ledger_entry")
        assert cursor.fetchone() == (before,)


def test_some_permits_are_tested_before_they_are_decided(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them here: each is told of, decided only after its end, and keeps the limits of the law."""
    monkeypatch.setattr(setting_aside, "SHARE", 1.0)
    make(site(SITE), Past(UNTIL, working_days=9, visitors=8, windows={"A": 2, "B": 1}), say=quiet)
    procedures = list(SpecialProcedure.objects.select_related("case__item"))
    ended = [procedure for procedure in procedures if procedure.last is not None]
    assert len(ended) > 5 and {procedure.kind for procedure in procedures} == {"testing", "expert-review"}
    for procedure in procedures:
        case = procedure.case
        assert (case.item.item_type, 2 <= procedure.expected <= 6) == ("01", True)
        assert case.due_on == ends(case.version.definition.limits.statutory, case.accepted_on, packaged(), (procedure.span,)).due
        assert case.procedures_open == (0 if procedure.last else 1)
        assert case.decided_on is None or (procedure.last is not None and case.decided_on >= procedure.last)
    assert Document.objects.filter(kind="excluded-time").count() == len(procedures)
    assert Case.objects.filter(decided_on__isnull=False, procedures__isnull=False).exists()


def test_what_is_tested_is_told_by_the_case_alone(afterwards: Lived) -> None:
    cases = list(Case.objects.filter(accepted_on__isnull=False))
    assert [setting_aside.set_aside(case) for case in cases] == [setting_aside.set_aside(case) for case in cases]
    assert all(setting_aside.set_aside(case) is None for case in cases if case.item.item_type != "01")
    found = [aside for case in cases if (aside := setting_aside.set_aside(case)) is not None]
    assert len(found) < len(cases) / 3 and all(aside.begins < aside.ends for aside in found)
