"""Ended sessions, double clicks, two clerks calling, twenty approvers deciding, a clock set back: over HTTP, with exact effects.

Only the web process runs, so that the ledger holds what these people did and nothing else.
"""

from __future__ import annotations

import html
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from onewindow.bench.line import MAKER, PRINTER
from onewindow.foundation.places.queries import hall
from onewindow.foundation.staff.actions import appoint
from onewindow.foundation.staff.models import Department, Staff
from onewindow.foundation.staff.policies import APPOINT
from onewindow.kernel import clock
from onewindow.kernel.crypto import SealKey
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.ledger.verify import verify
from onewindow.kernel.permissions import system
from onewindow.kernel.words import Words
from onewindow.spine.cases.models import Case, Document
from onewindow.spine.visits.models import Visit
from onewindow.stages.delivery.actions import make_available
from onewindow.stages.delivery.models import Result
from onewindow.stages.queueing.actions import take_ticket
from onewindow.stages.queueing.models import Ticket
from tests.faults import line_support as line
from tests.faults.line_support import FOOD, LANGUAGES, PASSWORD, SENTENCES, Answer, Person, filled, together


@pytest.fixture
def port(fresh_database: str) -> Iterator[int]:
    with line.web() as found:
        yield found


@pytest.fixture
def staff(port: int) -> Callable[..., Person]:
    return lambda username, language="zh": Person.of(port, Staff.objects.get(username=username), language=language)


class Ledger:
    """What the ledger grew by since it was last looked at, as {kind.verb: rows}."""

    def __init__(self) -> None:
        self.last = self._end()

    def grew(self) -> dict[str, int]:
        rows = Entry.objects.filter(pk__gt=self.last).values_list("subject_kind", "verb")
        self.last = self._end()
        return dict(Counter(f"{kind}.{verb}" for kind, verb in rows))

    def _end(self) -> int:
        return Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]


def agrees() -> bool:
    return verify(SealKey.open(Path(settings.SEAL_KEY)), Path(settings.ANCHOR)).findings == []


def at_window(clerk: Person) -> Person:
    line.open_window(clerk)
    line.sit(clerk)
    return clerk


def a_case(clerk: Person, *, accepted: bool = False) -> Case:
    case = Case.objects.get(uuid=line.uuid_in(line.apply(clerk).to))
    if accepted:
        assert line.accept(clerk, str(case.uuid)).done
        case.refresh_from_db()
    return case


def a_result(case: Case, approver: Person) -> Result:
    assert line.grant(approver, str(case.uuid)).done
    return make_available(by=MAKER, case=Case.objects.select_related("item", "department").get(pk=case.pk), region="310104")


# The session ended between the page and the button


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_pressed_after_the_session_ended(staff: Callable[..., Person], language: str) -> None:
    clerk, approver, handover = at_window(staff("clerk01", language)), staff("market01", language), staff("handover01", language)
    case, decided = a_case(clerk), a_case(clerk, accepted=True)
    ready = a_result(a_case(clerk, accepted=True), approver)
    code = filled(FOOD).given[0][1]
    assert clerk.post(f"/counter/case/{case.uuid}/check/", [(f"standing.{code}", "deficient"), (f"note.{code}", "缺一页"), ("verb", "save")]).done
    offered = line.on_shelf(handover)
    ledger, page = Ledger(), f"/counter/case/{case.uuid}/"
    pressed: list[tuple[Person, str, Callable[[], Answer]]] = [
        (clerk, page, lambda: line.accept(clerk, str(case.uuid))),
        (clerk, "/counter/", lambda: clerk.post("/counter/end/")),
        (clerk, "/counter/", lambda: line.apply(clerk)),
        (approver, f"/approver/{decided.uuid}/", lambda: line.grant(approver, str(decided.uuid))),
        (handover, "/handover/", lambda: line.collect(handover, offered)),
    ]
    for person, stands_on, press in pressed:
        username = {clerk: "clerk01", approver: "market01", handover: "handover01"}[person]
        assert person.get(stands_on).status == 200
        Session.objects.filter(session_key=person.cookies["sessionid"]).delete()
        answer = press()
        assert (answer.status, answer.refusal) == (302, "session-expired")
        assert parse_qs(urlsplit(answer.to).query)["next"] == [stands_on]
        told = person.next(answer)
        assert told.status == 200
        assert told.says("session-expired", language)
        assert f'name="next" value="{stands_on}"' in told.body
        back = person.post("/signin/", [("username", username), ("password", PASSWORD), ("next", stands_on)])
        assert (back.status, back.to) == (303, stands_on)
        assert person.next(back).status == 200
        assert ledger.grew() == {"staff.sign-in": 1}
    # What the server had accepted is all there, and the line goes on.
    assert "缺一页" in clerk.get(page).text
    assert f'value="{ready.uuid}"' in handover.post("/handover/", [("number", line.AGENT)]).body
    assert line.accept(clerk, str(case.uuid)).done
    assert line.grant(approver, str(decided.uuid)).done
    assert line.collect(handover, offered).done
    assert clerk.post("/counter/end/").done
    assert ledger.grew() == {
        "case.check": 1, "case.accept": 1, "case.grant": 1, "result.collect": 1, "case.close": 1, "ticket.finish": 1, "visit.close": 1,
    }  # fmt: skip
    assert agrees()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_opened_after_the_session_ended(staff: Callable[..., Person], language: str) -> None:
    clerk = staff("clerk01", language)
    line.open_window(clerk)
    Session.objects.all().delete()
    answer = clerk.get("/counter/")
    assert (answer.status, parse_qs(urlsplit(answer.to).query)["next"]) == (302, ["/counter/"])
    assert clerk.next(answer).says("session-expired", language)
    never = Person(clerk.port, language=language)  # who was never signed in is asked, and not told of an end
    assert SENTENCES["session-expired"][language] not in never.next(never.get("/counter/")).text


# Double clicks


def test_a_double_click_takes_one_ticket(port: int) -> None:
    ledger, first, second = Ledger(), Person(port), Person(port, language="en")
    for turn in range(1, 9):
        once = str(uuid7())
        answers = together(lambda: line.take(first, once=once), lambda: line.take(second, once=once))  # noqa: B023
        assert [answer.done for answer in answers] == [True, True]
        assert answers[0].to == answers[1].to
        assert ledger.grew() == {"ticket.take": 1}
        assert Ticket.objects.order_by("-id").values_list("number", flat=True)[0] == f"A{turn:03d}"  # and no number is skipped
    assert Ticket.objects.count() == 8
    assert agrees()


def test_double_clicks_all_along_the_line(staff: Callable[..., Person]) -> None:
    clerk, approver, handover = staff("clerk01"), staff("market01"), staff("handover01")
    line.open_window(clerk)
    ledger = Ledger()

    def twice(person: Person, press: Callable[[Person], Answer], *refusals: str) -> list[Answer]:
        """Press twice at once: at least one is done, another is done too or refused in a sentence; both lead to a page."""
        twin = person.twin()
        twin.language = "en"
        answers = together(lambda: press(person), lambda: press(twin))
        assert any(answer.done for answer in answers)
        assert all(answer.status == 303 and answer.refusal in ("", *refusals) for answer in answers), [a.refusal for a in answers]
        for who, answer in zip((person, twin), answers, strict=True):
            page = who.next(answer)
            assert page.status == 200
            assert not answer.refusal or page.says(answer.refusal, who.language)
        return answers

    assert line.take(Person(clerk.port)).done
    assert line.take(Person(clerk.port)).done
    assert ledger.grew() == {"ticket.take": 2}
    clerk.get("/counter/")
    twice(clerk, lambda p: p.post("/counter/next/"), "window-busy")
    assert ledger.grew() == {"ticket.call": 1}  # the second person is not called to a window that is taken
    assert list(Ticket.objects.order_by("id").values_list("state", flat=True)) == ["called", "waiting"]
    twice(clerk, lambda p: p.post("/counter/sit/"), "wrong-state", "conflict")
    assert ledger.grew() == {"ticket.serve": 1, "visit.open": 1}
    twice(clerk, lambda p: p.post("/counter/verify/", [("tail", line.AGENT[-4:])]))
    assert ledger.grew() == {"visit.verify": 1}
    line.name_company(clerk)
    assert ledger.grew() == {"visit.name": 1}

    for _ in range(4):
        once = str(uuid7())
        answers = twice(clerk, lambda p: line.apply(p, once=once))  # noqa: B023
        assert answers[0].to == answers[1].to
        assert ledger.grew() == {"case.receive": 1}
    case = Case.objects.order_by("-id")[0]
    assert Case.objects.count() == 4 == Document.objects.filter(kind="receipt").count()

    clerk.get(f"/counter/case/{case.uuid}/")
    answers = twice(clerk, lambda p: line.accept(p, str(case.uuid)), "wrong-state")
    assert sorted(answer.refusal for answer in answers) == ["", "wrong-state"]
    assert ledger.grew() == {"case.check": 1, "case.accept": 1}

    approver.get(f"/approver/{case.uuid}/")
    answers = twice(approver, lambda p: line.grant(p, str(case.uuid)), "wrong-state")
    assert sorted(answer.refusal for answer in answers) == ["", "wrong-state"]
    assert ledger.grew() == {"case.grant": 1}

    make_available(by=MAKER, case=Case.objects.select_related("item", "department").get(pk=case.pk), region="310104")
    assert ledger.grew() == {"result.make": 1}
    offered = line.on_shelf(handover)
    answers = twice(handover, lambda p: line.collect(p, offered))
    assert [answer.done for answer in answers] == [True, True]  # the second is told that these were handed over already
    assert ledger.grew() == {"result.collect": 1, "case.close": 1}
    assert Document.objects.filter(case=case, kind="pickup-slip").count() == 1

    twice(clerk, lambda p: p.post("/counter/end/"), "wrong-state")
    assert ledger.grew() == {"ticket.finish": 1, "visit.close": 1}
    assert Visit.objects.get().state == "closed"
    assert agrees()


# Two at once


def test_two_clerks_call_fifty_tickets_and_nobody_is_called_twice(staff: Callable[..., Person]) -> None:
    clerks = [staff("clerk01", "zh"), staff("clerk02", "en")]
    for clerk in clerks:
        line.open_window(clerk)
    here = hall("demo-centre", "A")
    tickets = [take_ticket(by=PRINTER, hall=here, once=uuid7()) for _ in range(50)]
    ledger, start, called = Ledger(), threading.Barrier(2), list[list[str]]([[], []])

    def call_until_nobody_waits(place: int) -> Answer:
        clerk = clerks[place]
        start.wait(30)
        while (answer := clerk.post("/counter/next/")).done:
            shown = re.search(r'<p class="ticket-number">(\w+)</p>', clerk.next(answer).body)
            assert shown
            called[place].append(shown[1])
            assert clerk.post("/counter/miss/").done
        return answer

    answers = together(lambda: call_until_nobody_waits(0), lambda: call_until_nobody_waits(1))
    for clerk, answer in zip(clerks, answers, strict=True):
        assert (answer.status, answer.refusal) == (303, "nothing-waiting")
        assert clerk.next(answer).says("nothing-waiting", clerk.language)
    assert sorted(called[0] + called[1]) == sorted(ticket.number for ticket in tickets)
    assert min(len(numbers) for numbers in called) >= 5  # both really called
    assert ledger.grew() == {"ticket.call": 50, "ticket.miss": 50}
    calls = Entry.objects.filter(subject_kind="ticket", verb="call").values_list("subject_id", flat=True)
    assert sorted(calls) == [ticket.pk for ticket in tickets]
    for numbers in called:  # each clerk was given tickets in the order of the queue
        assert numbers == sorted(numbers)
    assert agrees()


def test_twenty_approvers_decide_together_and_one_has_decided(staff: Callable[..., Person]) -> None:
    clerk = at_window(staff("clerk01"))
    case = a_case(clerk, accepted=True)
    market = Department.objects.get(code="market")
    approvers = []
    for n in range(20):
        account = appoint(
            by=system("test", [APPOINT]), site="demo-centre", username=f"twenty{n:02d}", name=Words("审批（演示）", "Approver"),
            roles=["approver"], department=market, password_hash="!",
        )  # fmt: skip
        approvers.append(Person.of(clerk.port, account, language=LANGUAGES[n % 2]))
        assert approvers[-1].get(f"/approver/{case.uuid}/").status == 200
    ledger = Ledger()
    answers = together(*(lambda person=person: line.grant(person, str(case.uuid)) for person in approvers))
    assert [answer.status for answer in answers] == [303] * 20
    assert Counter(answer.refusal for answer in answers) == {"": 1, "wrong-state": 19}
    for person, answer in zip(approvers, answers, strict=True):
        page = person.next(answer)
        assert page.status == 200
        if answer.refusal:
            assert page.says("wrong-state", person.language)
            assert urlsplit(answer.to).path == f"/approver/{case.uuid}/"
        else:
            assert answer.to == "/approver/"
    assert ledger.grew() == {"case.grant": 1}
    winner = next(person for person, answer in zip(approvers, answers, strict=True) if answer.done)
    case.refresh_from_db()
    assert case.state == "granted"
    assert case.decided_by == int(Session.objects.get(session_key=winner.cookies["sessionid"]).get_decoded()["_auth_user_id"])
    assert Document.objects.filter(case=case, kind="grant").count() == 1
    make_available(by=MAKER, case=Case.objects.select_related("item", "department").get(pk=case.pk), region="310104")
    assert Document.objects.filter(case=case, kind="licence").count() == 1 == Result.objects.count()
    assert agrees()


# The clock is set back while the centre is open


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clock_set_back_in_the_middle_stops_every_move_and_every_birth(staff: Callable[..., Person], language: str) -> None:
    clerk, approver, handover = at_window(staff("clerk01")), staff("market01"), staff("handover01")
    case, decided = a_case(clerk), a_case(clerk, accepted=True)
    a_result(a_case(clerk, accepted=True), approver)
    offered = line.on_shelf(handover)
    ledger, standings = Ledger(), dict(filled(FOOD).standings)
    buttons: list[tuple[str, str, dict[str, Any]]] = [
        ("clerk01", f"/counter/case/{case.uuid}/check/", standings | {"verb": "accept"}),
        ("clerk01", "/counter/end/", {"visit": str(Visit.objects.get().uuid)}),
        ("market01", f"/approver/{decided.uuid}/decision/", {"verb": "grant", "words": ""}),
        ("market01", f"/approver/{decided.uuid}/decision/", {"verb": "deny", "words": "理由"}),
        ("handover01", "/handover/collect/", dict(offered) | {"tail": line.AGENT[-4:]}),
        # What is only being born has no past of its own: it is compared with the ledger's newest row.
        ("clerk01", "/tickets/", {"once": str(uuid7()), "number": "", "hall": "A"}),
        ("clerk01", f"/counter/apply/{FOOD}/", dict(filled(FOOD).fields) | {"visit": str(Visit.objects.get().uuid), "once": str(uuid7())}),
    ]
    for username, path, fields in buttons:
        client = Client(raise_request_exception=False, headers={"accept-language": language})
        client.force_login(Staff.objects.get(username=username))
        with clock.use(clock.Hand(clock.now() - timedelta(hours=1))):
            answer = client.post(path, fields, headers={"referer": "http://testserver/counter/"})
        assert answer.status_code == 503, path
        assert SENTENCES["clock-wrong"][language] in html.unescape(answer.content.decode())
        assert ledger.grew() == {}
    # A clock a minute back is no fault: the move is stamped with the moment before it.
    client = Client(headers={"accept-language": language})
    client.force_login(Staff.objects.get(username="clerk01"))
    with clock.use(clock.Hand(clock.now() - timedelta(minutes=1))):
        assert client.post(f"/counter/case/{case.uuid}/check/", standings | {"verb": "accept"}).status_code == 303
    assert ledger.grew() == {"case.check": 1, "case.accept": 1}
    times = list(Entry.objects.filter(subject_kind="case", subject_id=case.pk).order_by("n").values_list("at", flat=True))
    assert times == sorted(times)
    assert agrees()
