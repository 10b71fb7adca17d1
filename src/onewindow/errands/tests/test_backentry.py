"""After an outage: true times, limits counted from them, each number once, and nobody who waited on paper loses their place."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings as config
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onewindow.errands import sitting
from onewindow.errands.backentry import open_back_entry, queue_paper_ticket
from onewindow.errands.tests.scene import (
    FOOD,
    HYGIENE,
    SITE,
    application,
    at_once,
    at_window,
    company,
    everything,
    in_order,
    newest,
    opening,
    received,
    refused,
    rows_written,
    seated,
    staff,
    ticket,
    verbs,
)
from onewindow.foundation.places.queries import hall
from onewindow.kernel import clock
from onewindow.kernel.errors import (
    InvalidInput,
    NotPermitted,
    OutsideHours,
    OwnBackEntry,
    Refusal,
    SerialUnknown,
    SerialUsed,
    StateConflict,
    WindowBusy,
)
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.ledger.verify import verify
from onewindow.kernel.permissions import Actor
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.queries import document
from onewindow.spine.visits.models import Visit
from onewindow.stages.outage.actions import confirm, print_booklet
from onewindow.stages.outage.models import BackEntry, Booklet
from onewindow.stages.outage.queries import entries, entry_of
from onewindow.stages.queueing.models import Ticket
from onewindow.stages.queueing.queries import ahead_of, waiting_tickets


def booklet(code: str = "A") -> Booklet:
    return print_booklet(by=staff("manager01"), hall=hall(SITE, code), count=20, once=uuid7())


def begun(clerk: Actor, at: datetime, *, typed: str = "3", accepted_on: date | None = None, confirmed: bool = False) -> Visit:
    """The receipt's sitting at the clerk's window, with the applicant named from the paper."""
    visit = open_back_entry(by=clerk, typed=typed, at=at, accepted_on=accepted_on, confirmed=confirmed)
    sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=None)
    visit.refresh_from_db()
    return visit


@pytest.fixture
def outage(morning: clock.Hand) -> tuple[Actor, datetime]:
    """Booklets were printed; at ten past ten the system was away; now it is the next afternoon. The clerk, and when it happened."""
    booklet()
    morning.forward(minutes=10)
    happened = clock.now()
    morning.forward(days=1, hours=4)
    return at_window()[0], happened


def test_a_receipt_is_entered_as_of_its_true_day_and_says_so(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    with rows_written() as rows:
        case = received(clerk, begun(clerk, happened))
    assert rows == ["visit.open", "back-entry.begin", "visit.name", "case.receive", "back-entry.enter"]
    case.refresh_from_db()
    assert (case.paper, case.paper_at, case.paper_accepted_on) == ("A-备收003", happened, None)
    assert (str(case.received_on), str(case.notice_due_on)) == ("2026-09-24", "2026-10-09")
    assert "20260924" in case.number
    row = newest(case)
    assert row.at == clock.now() and row.by == clerk.ref  # the chain never lies
    assert (row.facts["paper"], row.facts["paper_at"]) == ("A-备收003", "2026-09-24T10:10:00+08:00")
    entry = entries(SITE)[0]
    assert (entry.state, entry.case_id, entry.received_at, entry.entered_by_id) == ("entered", case.pk, happened, int(clerk.id))
    assert newest(entry).facts == {"number": "A-备收003", "case": case.pk, "received_at": "2026-09-24T10:10:00+08:00"}


def test_the_ledger_vouches_for_what_was_entered(fresh_database: str, outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    case = received(clerk, begun(clerk, happened, accepted_on=date(2026, 9, 24)))
    sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="accept")
    report = verify(None, Path(config.ANCHOR))
    assert report.findings == [] and report.documents == 2


def test_the_receipt_it_prints_tells_both_times(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    issued = document(received(clerk, begun(clerk, happened)), "receipt")
    assert issued is not None
    assert issued.content["entered"]["zh"] == "实际收件 2026年9月24日 10:10，录入 2026年9月25日 14:10"
    assert issued.content["date"] == "2026-09-25"  # issued today, and it says so
    words = "".join(block.get("zh", "") for block in issued.content["blocks"])
    assert "本窗口于2026年9月24日收到" in words and "手写收件凭证（A-备收003）" in words


def test_an_ordinary_receipt_says_nothing_of_it(morning: clock.Hand) -> None:
    case = received(*seated())
    issued = document(case, "receipt")
    assert issued is not None and "entered" not in issued.content and (case.paper, case.paper_at) == ("", None)
    assert "paper" not in newest(case).facts


def test_what_was_accepted_on_paper_counts_from_that_day(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    case = received(clerk, begun(clerk, happened, accepted_on=date(2026, 9, 24)))
    sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="accept")
    case.refresh_from_db()
    assert (str(case.accepted_on), newest(case).facts["on_paper"]) == ("2026-09-24", "2026-09-24")
    issued = document(case, "acceptance")
    assert issued is not None and "停机期间书面受理" in issued.content["blocks"][1]["zh"]


def test_what_was_not_accepted_on_paper_counts_from_today(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    case = received(clerk, begun(clerk, happened))
    sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="accept")
    case.refresh_from_db()
    assert str(case.accepted_on) == "2026-09-25" and "on_paper" not in newest(case).facts


def test_the_law_accepts_a_receipt_whose_five_days_passed_before_it_was_entered(morning: clock.Hand) -> None:
    booklet()
    happened = clock.now()
    morning.forward(days=20)
    clerk, _ = at_window()
    case = received(clerk, begun(clerk, happened), lacking=frozenset({"layout"}))
    assert str(case.notice_due_on) == "2026-10-09"
    sitting.check_and(by=clerk, case_id=case.pk, standings={}, verb="accept")
    case.refresh_from_db()
    assert str(case.accepted_on) == "2026-09-24" and newest(case).facts["deemed"] == "2026-09-24"


# --- limits ---------------------------------------------------------------------------------------------


def dates(case: Case) -> tuple[date | None, ...]:
    case.refresh_from_db()
    return case.received_on, case.notice_due_on, case.accepted_on, case.promised_on, case.due_on


@given(day=st.integers(0, 270), minute=st.integers(0, 8 * 60), late=st.integers(1, 30), item=st.sampled_from([FOOD, HYGIENE]))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_case_entered_late_has_the_limits_of_one_received_on_time(db: None, day: int, minute: int, late: int, item: str) -> None:
    """Whatever day it was, worked or not, and however late it is entered."""
    true = datetime(2026, 1, 8, 8, 30, tzinfo=clock.LOCAL) + timedelta(days=day, minutes=minute)
    found = []
    for on_time in (True, False):
        with transaction.atomic(), opening(true - timedelta(hours=1)) as hand:
            booklet()
            hand.forward(hours=1)
            if on_time:
                clerk, visit = seated()
            else:
                hand.forward(days=late)
                clerk, _ = at_window()
                visit = begun(clerk, true, accepted_on=true.date(), confirmed=True)
            case = received(clerk, visit, item)
            sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="accept")
            found.append(dates(case))
            transaction.set_rollback(True)
    assert found[0] == found[1] and None not in found[0]


# --- refusals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "shift", "kind"), [
    ("3", timedelta(days=2), InvalidInput), ("3", timedelta(minutes=-11), InvalidInput), ("21", timedelta(), SerialUnknown),
    ("B-备收003", timedelta(), SerialUnknown), ("A-备003", timedelta(), SerialUnknown), ("3", timedelta(hours=7), OutsideHours),
])  # fmt: skip
def test_what_cannot_be_on_the_paper_is_refused(outage: tuple[Actor, datetime], typed: str, shift: timedelta, kind: type[Refusal]) -> None:
    clerk, happened = outage
    with refused(kind):
        open_back_entry(by=clerk, typed=typed, at=happened + shift, accepted_on=None, confirmed=False)


def test_a_paper_older_than_thirty_days_is_refused(morning: clock.Hand) -> None:
    booklet()
    happened = clock.now()
    morning.forward(days=31)
    clerk, _ = at_window()
    with refused(InvalidInput) as no:
        open_back_entry(by=clerk, typed="3", at=happened, accepted_on=None, confirmed=True)
    assert "30 天" in no.value.message()


def test_an_unusual_time_is_taken_once_confirmed(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    late = happened + timedelta(hours=8)
    assert received(clerk, begun(clerk, late, confirmed=True)).paper_at == late


def test_a_number_is_entered_once_and_the_refusal_names_the_case(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    visit = begun(clerk, happened)
    case = received(clerk, visit)
    sitting.end_sitting(by=clerk, visit=visit)
    with refused(SerialUsed) as no:
        open_back_entry(by=clerk, typed="A-备收003", at=happened, accepted_on=None, confirmed=False)
    assert case.number in no.value.message() and case.number in no.value.message("en")


def test_one_receipt_is_one_case(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    visit = begun(clerk, happened)
    wanted = application(FOOD)
    first = sitting.take_in(by=clerk, visit=visit, applications=[wanted]).cases[0]
    again = sitting.take_in(by=clerk, visit=visit, applications=[wanted])  # the same form, sent twice
    assert again.cases == [first] and verbs(entries(SITE)[0]) == ["begin", "enter"]
    before = everything()
    outcome = sitting.take_in(by=clerk, visit=visit, applications=[application(HYGIENE)])
    assert isinstance(outcome.refusals[HYGIENE], SerialUsed) and first.number in outcome.refusals[HYGIENE].message()
    assert everything() == before


def test_a_sitting_that_ends_without_a_case_gives_the_number_back(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    visit = begun(clerk, happened)
    sitting.end_sitting(by=clerk, visit=visit)
    left = entry_of(visit.pk)
    assert left is not None and left.state == "dropped" and entries(SITE) == []
    assert received(clerk, begun(clerk, happened)).paper == "A-备收003"


def test_the_same_press_again_gets_the_same_sitting(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    first = open_back_entry(by=clerk, typed="3", at=happened, accepted_on=None, confirmed=False)
    with rows_written() as rows:
        assert open_back_entry(by=clerk, typed="A-备收3", at=happened, accepted_on=None, confirmed=False) == first
    assert rows == []
    with refused(WindowBusy):
        open_back_entry(by=clerk, typed="4", at=happened, accepted_on=None, confirmed=False)
    with refused(WindowBusy):
        sitting.leave_window(by=clerk, window=first.window)


def test_not_while_somebody_sits_there_and_not_by_anybody(outage: tuple[Actor, datetime]) -> None:
    _, happened = outage
    clerk, _ = seated()
    with refused(WindowBusy):
        open_back_entry(by=clerk, typed="3", at=happened, accepted_on=None, confirmed=False)
    with refused(NotPermitted):
        open_back_entry(by=staff("manager01"), typed="3", at=happened, accepted_on=None, confirmed=False)


def test_a_second_person_confirms(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    received(clerk, begun(clerk, happened))
    entry, manager = entries(SITE)[0], staff("manager01")
    own = Actor("staff", clerk.id, manager.permissions, SITE)
    with refused(OwnBackEntry):
        confirm(by=own, entry_id=entry.pk)
    confirm(by=manager, entry_id=entry.pk)
    entry.refresh_from_db()
    assert (entry.state, entry.confirmed_by_id) == ("confirmed", int(manager.id))
    assert Entry.objects.get(subject_kind="back-entry", subject_id=entry.pk, verb="confirm").by == manager.ref


# --- two windows at once --------------------------------------------------------------------------------


def test_one_receipt_at_two_windows_at_once_is_entered_at_one(fresh_database: str, outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    clerks = [clerk, *(at_window(f"clerk{n:02d}", n)[0] for n in (2, 3))]
    at_both = [partial(open_back_entry, by=each, typed="3", at=happened, accepted_on=None, confirmed=False) for each in clerks]
    outcomes = at_once(at_both)
    assert sorted(type(each).__name__ for each in outcomes) == ["SerialUsed", "SerialUsed", "Visit"], outcomes
    assert BackEntry.objects.count() == 1 and Visit.objects.filter(state="open").count() == 1
    assert "窗口正在补录" in next(each for each in outcomes if isinstance(each, SerialUsed)).message()


def test_one_form_sent_twice_at_once_files_one_case(fresh_database: str, outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    visit = begun(clerk, happened)
    sendings = [partial(sitting.take_in, by=clerk, visit=visit, applications=[application(item)]) for item in (FOOD, HYGIENE)]
    outcomes = at_once(sendings)
    assert sorted((len(each.cases), len(each.refusals)) for each in outcomes) == [(0, 1), (1, 0)]  # type: ignore[union-attr]
    assert Case.objects.filter(paper="A-备收003").count() == 1


# --- tickets --------------------------------------------------------------------------------------------


def test_who_waited_on_paper_is_called_by_the_time_on_the_paper(morning: clock.Hand) -> None:
    booklet()
    before = ticket()
    morning.forward(minutes=10)
    happened = clock.now()
    morning.forward(hours=1)
    after = ticket()
    clerk, here = staff("clerk01"), hall(SITE, "A")
    second = queue_paper_ticket(by=clerk, hall=here, typed="A-备002", at=happened + timedelta(minutes=2), confirmed=False)
    first = queue_paper_ticket(by=staff("manager01"), hall=here, typed="1", at=happened, confirmed=False)
    assert [t.number for t in waiting_tickets(here.pk)] == [before.number, "A-备001", "A-备002", after.number]
    assert (ahead_of(second), first.paper_at, first.began_at) == (2, happened, clock.now())
    assert newest(first).facts == {"hall": "A", "number": "A-备001", "holder": None, "ahead": 1, "paper_at": "2026-09-24T10:10:00+08:00"}
    assert newest(first).at == clock.now()


def test_a_paper_ticket_is_called_served_and_told_of_like_any_other(morning: clock.Hand) -> None:
    booklet()
    taken = queue_paper_ticket(by=staff("clerk01"), hall=hall(SITE, "A"), typed="7", at=clock.now(), confirmed=False)
    clerk, _ = at_window()
    sitting.call_next(by=clerk)
    sitting.end_sitting(by=clerk, visit=sitting.sit_down(by=clerk))
    assert verbs(taken) == ["take", "call", "serve", "finish"]
    assert {row.facts["hall"] for row in Entry.objects.filter(subject_kind="ticket", subject_id=taken.pk)} == {"A"}


def test_yesterday_s_paper_ticket_stands_before_today_s(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    today = ticket()
    taken = queue_paper_ticket(by=clerk, hall=hall(SITE, "A"), typed="1", at=happened, confirmed=False)
    assert [t.pk for t in waiting_tickets(today.hall_id)] == [taken.pk, today.pk]


def test_a_paper_ticket_is_good_once(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    take = partial(queue_paper_ticket, by=clerk, hall=hall(SITE, "A"), at=happened, confirmed=False)
    take(typed="1")
    with refused(SerialUsed) as no:
        take(typed="A-备001")
    assert "09月25日 14:10 已排进队" in no.value.message() and "等候中" in no.value.message()
    with refused(SerialUnknown):
        take(typed="A-备收001")
    with refused(InvalidInput):
        queue_paper_ticket(by=clerk, hall=hall(SITE, "A"), typed="2", at=clock.now() + timedelta(hours=1), confirmed=True)
    with refused(NotPermitted):
        queue_paper_ticket(by=staff("market01"), hall=hall(SITE, "A"), typed="2", at=happened, confirmed=False)


def test_one_paper_ticket_at_two_windows_at_once_stands_in_the_queue_once(fresh_database: str, outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    take = partial(queue_paper_ticket, by=clerk, hall=hall(SITE, "A"), typed="5", at=happened, confirmed=False)
    outcomes = at_once([take, take, take])
    assert sorted(type(each).__name__ for each in outcomes) == ["SerialUsed", "SerialUsed", "Ticket"]
    assert Ticket.objects.filter(number="A-备005").count() == 1


def test_reserve_numbers_never_meet_the_day_s(outage: tuple[Actor, datetime]) -> None:
    clerk, happened = outage
    usual = [ticket() for _ in range(3)]
    paper = [queue_paper_ticket(by=clerk, hall=hall(SITE, "A"), typed=str(n), at=happened, confirmed=False) for n in (1, 2, 3)]
    assert [t.serial for t in usual] == [t.serial for t in paper] and {t.number for t in usual}.isdisjoint(t.number for t in paper)
    assert StateConflict not in {type(t) for t in paper}
