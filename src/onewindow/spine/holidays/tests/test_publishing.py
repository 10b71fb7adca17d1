"""A notice published: the calendar of every process, the open cases, the ledger; and what is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from onewindow.errands import sitting
from onewindow.errands.holidays import publish_notice
from onewindow.errands.tests.scene import accepted, newest, received, refused, rows_written, seated, staff, verbs
from onewindow.kernel import clock
from onewindow.kernel.errors import NotPermitted, StateConflict
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.attesting import check_papers
from onewindow.kernel.ledger.findings import Report
from onewindow.law.calendars import packaged, shipped
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.rules import ends
from onewindow.spine.holidays import queries, tasks
from onewindow.spine.holidays.models import HolidayNotice, HolidayText
from onewindow.spine.holidays.rules import read
from onewindow.spine.holidays.tests.notices import typed
from onewindow.stages.approval.actions import begin_procedure
from onewindow.stages.approval.rules import Basis

NOTICE, PAPER = read(typed(), today=date(2026, 11, 24))
JANUARY = datetime(2027, 1, 25, 10, tzinfo=clock.LOCAL)


@pytest.fixture
def january(morning: clock.Hand) -> clock.Hand:
    """A year whose notice is not published yet: every date is provisional."""
    morning.moment = JANUARY
    return morning


def publish(upon: str = "") -> HolidayNotice:
    return publish_notice(by=staff("administrator01"), notice=NOTICE, paper=PAPER, upon=upon or packaged().version)


def work() -> int:
    """Do the recomputing's jobs until none is left; how many there were."""
    n = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'holidays.recompute' AND status = 'todo' RETURNING args->>'notice_id'")
            jobs = [int(row[0]) for row in cursor.fetchall()]
        if not jobs:
            return n
        for notice_id in jobs:
            tasks.recompute(notice_id=notice_id)
            n += 1


def test_it_counts_at_once_and_the_ledger_vouches_for_its_text(january: clock.Hand) -> None:
    assert packaged() is shipped() and not packaged().is_working(date(2027, 1, 30))
    with rows_written() as rows:
        made = publish()
    assert rows == ["holiday-notice.publish"]
    assert packaged().is_working(date(2027, 1, 30)) and packaged().version == made.calendar_version
    text = HolidayText.objects.get()
    facts = newest(made).facts
    assert (facts["document"], facts["digest"], facts["paper"], facts["version"]) == ("FJ2027-1", text.digest, PAPER, 1)
    report = Report()
    check_papers(report)
    assert report.findings == []
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        HolidayText.objects.update(kind="x")


def test_the_open_cases_are_recomputed_each_with_one_row(january: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    waiting = received(clerk, visit)
    before = Case.objects.get(pk=case.pk)
    assert before.provisional
    plan = queries.preview(NOTICE)
    assert (plan.open, plan.dependent, plan.moving, plan.unlike) == (2, 2, 2, 0)
    assert [(row.case.pk, [(words.en, was, new) for words, was, new in row.dates]) for row in plan.sample] == [
        (case.pk, [("statutory limit", date(2027, 2, 22), date(2027, 2, 26))]),
        (waiting.pk, [("time for the one-time notice", date(2027, 2, 1), date(2027, 1, 30))]),
    ]  # fmt: skip
    made = publish()
    with rows_written() as rows:
        assert work() == 2
    assert rows == ["case.recompute", "case.recompute-notice", "holiday-notice.advance", "holiday-notice.advance", "holiday-notice.settle"]
    after = Case.objects.get(pk=case.pk)
    assert (after.provisional, after.calendar_version) == (False, made.calendar_version)
    assert after.promised_on != before.promised_on or after.due_on != before.due_on
    assert newest(after).facts == {
        "before": {"due_on": before.due_on.isoformat(), "promised_on": before.promised_on.isoformat()},
        "after": {"due_on": after.due_on.isoformat(), "promised_on": after.promised_on.isoformat()}, "provisional": False,
        "calendar": made.calendar_version,
    }  # fmt: skip
    assert newest(after).by == "system:calendar" and verbs(Case.objects.get(pk=waiting.pk)) == ["receive", "recompute-notice"]
    made.refresh_from_db()
    assert (made.state, made.wanted, made.seen, made.moved, made.unlike) == ("settled", 2, 2, 2, 0)
    with rows_written() as rows:
        tasks.recompute(notice_id=made.pk)
    assert rows == [], "settled is settled"


def test_what_was_accepted_by_the_former_calendar_meanwhile_is_found_by_the_second_sweep(january: clock.Hand) -> None:
    clerk, visit = seated()
    waiting = received(clerk, visit)
    made = publish()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'holidays.recompute'")
    tasks.recompute(notice_id=made.pk)
    from onewindow.law.calendars import install

    install(shipped)  # a process that has not looked again yet
    from onewindow.errands.tests.scene import in_order

    sitting.check_and(by=clerk, case_id=waiting.pk, standings=in_order(waiting), verb="accept")
    install(queries.published)
    assert Case.objects.get(pk=waiting.pk).calendar_version == shipped().version
    work()
    assert Case.objects.get(pk=waiting.pk).calendar_version == made.calendar_version
    made.refresh_from_db()
    assert (made.state, made.moved, made.seen) == ("settled", 2, 1), "once as received, once as accepted"


def test_batches_follow_each_other(january: clock.Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "BATCH", 2)
    clerk, visit = seated()
    for _ in range(3):
        accepted(clerk, visit)
    made = publish()
    assert work() == 4
    made.refresh_from_db()
    assert (made.state, made.seen, made.moved, made.wanted) == ("settled", 3, 3, 3)


def test_an_extended_case_is_left_to_a_person(january: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    Case.objects.filter(pk=case.pk).update(due_on=case.due_on + timedelta(days=9))
    made = publish()
    with rows_written() as rows:
        work()
    made.refresh_from_db()
    assert (rows.count("case.recompute"), made.unlike, made.moved) == (0, 1, 0)


def test_a_correction_is_a_new_version_and_the_first_stays(january: clock.Hand) -> None:
    clerk, visit = seated()
    case = accepted(clerk, visit)
    publish()
    work()
    once = Case.objects.get(pk=case.pk)
    again, paper = read(typed(paper="演示〔2026〕2号", rests=typed().rests[:1] + typed().rests[2:], works=()), today=date(2026, 12, 28))
    made = publish_notice(by=staff("administrator01"), notice=again, paper=paper, upon=packaged().version)
    work()
    assert (made.version, HolidayText.objects.count(), packaged().is_working(date(2027, 2, 8))) == (2, 2, True)
    assert Case.objects.get(pk=case.pk).due_on < once.due_on
    assert verbs(once) == ["receive", "check", "accept", "recompute", "recompute"]


def test_who_may_not_and_what_was_published_meanwhile(january: clock.Hand) -> None:
    for username in ("clerk01", "manager01", "supervisor01"):
        with refused(NotPermitted):
            publish_notice(by=staff(username), notice=NOTICE, paper=PAPER, upon=packaged().version)
    upon = packaged().version
    publish()
    with refused(StateConflict):
        publish(upon=upon)


def test_another_process_asks_for_the_generation_and_reads_when_it_is_new(january: clock.Hand, settings) -> None:  # type: ignore[no-untyped-def]
    settings.CALENDAR_RENEW_S = 0.0
    assert packaged() is shipped()
    version = publish().calendar_version
    queries._known.generation, queries._known.calendars = 0, (shipped(),)  # what a process holds that heard nothing
    assert packaged().version == version
    held = packaged()
    assert packaged() is held, "the same generation is not read again"


def test_the_database_keeps_a_version_once(january: clock.Hand) -> None:
    made = publish()
    with pytest.raises(IntegrityError, match="holidays_version_once"), transaction.atomic():
        HolidayNotice.objects.filter(pk=made.pk).update(version=1)
        from onewindow.kernel.ledger.moving import begin

        begin(
            HolidayNotice, "publish", by=staff("administrator01"), site="demo-centre", of_year=2027, version=1, paper=PAPER, calendar_version="x",
        )  # fmt: skip


def test_a_case_with_time_left_out_is_recomputed_without_that_time(january: clock.Hand) -> None:
    case = accepted(*seated())
    basis = Basis("行政许可法", "第四十五条", "演示")
    begin_procedure(by=staff("market01"), case_id=case.pk, kind="expert-review", basis=basis, days=5, once=uuid7())
    publish()
    work()
    after = Case.objects.get(pk=case.pk)
    (procedure,) = after.procedures.all()
    limits = after.version.definition.limits
    assert (verbs(after)[-1], HolidayNotice.objects.get().unlike) == ("recompute", 0)
    assert (after.due_on, after.promised_on) == tuple(
        ends(limit, after.accepted_on, packaged(), (procedure.span,)).due for limit in (limits.statutory, limits.promised)
    )
