"""Outages declared and ended, booklets printed, and who may."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from onewindow.errands.tests.scene import SITE, at_once, newest, nobody, refused, rows_written, staff
from onewindow.foundation.places.queries import hall
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotPermitted, OutageStanding, ReasonMissing, SerialUnknown, WrongState
from onewindow.kernel.keys import uuid7
from onewindow.stages.outage.actions import declare, end, print_booklet
from onewindow.stages.outage.models import Booklet, Outage
from onewindow.stages.outage.queries import booklet_of, outage_at, outages, standing_outage

HOUR = timedelta(hours=1)


def printed(count: int = 20, code: str = "A") -> Booklet:
    return print_booklet(by=staff("manager01"), hall=hall(SITE, code), count=count, once=uuid7())


def test_an_outage_is_declared_with_its_true_start_and_ended(morning: clock.Hand) -> None:
    manager, began = staff("manager01"), clock.now() - HOUR
    with rows_written() as rows:
        standing = declare(by=manager, started_at=began, reason=" 机房断电 ")
        assert standing_outage(SITE) == standing and standing.reason == "机房断电"
        morning.forward(minutes=30)
        end(by=manager, outage_id=standing.pk, ended_at=clock.now())
    assert rows == ["outage.declare", "outage.end"] and standing_outage(SITE) is None
    assert newest(standing).facts["halls"] == ["A", "B"]
    (over,) = outages(SITE)
    assert (over.state, over.started_at, over.ended_at) == ("ended", began, clock.now())
    assert outage_at([over], began) == over and outage_at([over], began - HOUR) is None
    with refused(WrongState):
        end(by=manager, outage_id=over.pk, ended_at=clock.now())


def test_one_outage_stands_at_a_time(morning: clock.Hand) -> None:
    manager = staff("manager01")
    declare(by=manager, started_at=clock.now(), reason="断网")
    with refused(OutageStanding) as no:
        declare(by=manager, started_at=clock.now(), reason="断网")
    assert "2026-09-24 10:00" in no.value.message()


def test_what_cannot_be_declared_or_ended(morning: clock.Hand) -> None:
    manager = staff("manager01")
    with refused(ReasonMissing):
        declare(by=manager, started_at=clock.now(), reason=" ")
    with refused(InvalidInput):
        declare(by=manager, started_at=clock.now() + HOUR, reason="断网")
    with refused(InvalidInput):
        declare(by=manager, started_at=clock.now(), reason="断" * 201)
    standing = declare(by=manager, started_at=clock.now() - HOUR, reason="断网")
    for wrong in (clock.now() + HOUR, clock.now() - 2 * HOUR):
        with refused(InvalidInput):
            end(by=manager, outage_id=standing.pk, ended_at=wrong)
    for actor in (nobody(), staff("clerk01")):
        with refused(NotPermitted):
            declare(by=actor, started_at=clock.now(), reason="断网")
        with refused(NotPermitted):
            print_booklet(by=actor, hall=hall(SITE, "A"), count=1, once=uuid7())


def test_booklets_of_a_hall_follow_one_another(morning: clock.Hand) -> None:
    with rows_written() as rows:
        first, second, other = printed(20), printed(5), printed(3, "B")
    assert [(b.first, b.last) for b in (first, second, other)] == [(1, 20), (21, 25), (1, 3)]
    assert rows == ["booklet.print"] * 3 and newest(second).facts == {"hall": "A", "first": 21, "last": 25}
    assert (second.tickets[0], second.receipts[-1], second.count) == ("A-备021", "A-备收025", 5)


def test_the_same_press_prints_one_booklet(morning: clock.Hand) -> None:
    once, manager = uuid7(), staff("manager01")
    first = print_booklet(by=manager, hall=hall(SITE, "A"), count=20, once=once)
    with rows_written() as rows:
        assert print_booklet(by=manager, hall=hall(SITE, "A"), count=20, once=once) == first
    assert rows == []
    for count in (0, 61):
        with refused(InvalidInput):
            print_booklet(by=manager, hall=hall(SITE, "A"), count=count, once=uuid7())


def test_two_managers_who_print_at_once_get_numbers_of_their_own(fresh_database: str, morning: clock.Hand) -> None:
    manager, here = staff("manager01"), hall(SITE, "A")
    made = at_once([partial(print_booklet, by=manager, hall=here, count=10, once=uuid7()) for _ in range(4)])
    ranges = sorted((b.first, b.last) for b in made if isinstance(b, Booklet))
    assert ranges == [(1, 10), (11, 20), (21, 30), (31, 40)]


def test_two_who_declare_at_once_declare_one_outage(fresh_database: str, morning: clock.Hand) -> None:
    made = at_once([partial(declare, by=staff("manager01"), started_at=clock.now(), reason="断网") for _ in range(3)])
    assert sorted(type(each).__name__ for each in made) == ["Outage", "OutageStanding", "OutageStanding"]
    assert Outage.objects.count() == 1


@pytest.mark.parametrize(("typed", "receipt"), [("21", True), ("A-备收021", True), ("B-备收001", True), ("A-备021", False), ("A001", True), ("天", True)])
def test_a_number_that_was_never_printed_is_refused(morning: clock.Hand, typed: str, receipt: bool) -> None:
    printed(20)
    if typed == "A001":  # read as number 1 of hall A: printed
        assert booklet_of(SITE, typed, receipt=receipt, hall="A")[1] == 1
        return
    with refused(SerialUnknown) as no:
        booklet_of(SITE, typed, receipt=receipt, hall="A")
    assert typed in no.value.message()
