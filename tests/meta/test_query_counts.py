"""How many questions each page puts to the database: written down, and the same for one row and for three.

A page that asks more than its number, or fewer, fails here: look why, then write the new number down with
``RECORD=1 .venv/bin/python -m pytest tests/meta/test_query_counts.py``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onewindow.desks.tour.tests.test_tour import ANSWERED, Walk
from onewindow.errands import sitting
from onewindow.errands.backentry import open_back_entry
from onewindow.errands.holidays import publish_notice
from onewindow.errands.importing import bring_file
from onewindow.errands.tests.joint import RESTAURANT, case_of, filed, usual_answers
from onewindow.errands.tests.scene import (
    FOOD,
    HYGIENE,
    SITE,
    TAIL,
    accepted,
    agent,
    at_window,
    available,
    company,
    in_order,
    opening,
    received,
    seated,
    signed_in,
    staff,
    stranger,
    ticket,
)
from onewindow.foundation.catalogue.drafts.models import SampleFile
from onewindow.foundation.catalogue.exchange.handing import try_out
from onewindow.foundation.catalogue.search.actions import note_missed
from onewindow.foundation.people.actions import merge, register
from onewindow.foundation.places.actions import pause_window
from onewindow.foundation.places.queries import hall, windows
from onewindow.foundation.staff.actions import appoint, reset_password
from onewindow.foundation.staff.models import Staff
from onewindow.instruments import papers
from onewindow.instruments.gateways.virtual import VirtualPhones
from onewindow.instruments.printing import PrintJob
from onewindow.instruments.printing.virtual import VirtualPrinter
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import Actor, system
from onewindow.kernel.words import Words
from onewindow.law.calendars import DeclaredDay, Notice, packaged
from onewindow.oversight.evaluation.actions import contact, correct, evaluate_visit
from onewindow.oversight.evaluation.models import Evaluation
from onewindow.oversight.evaluation.tests.said import BAD, PAGE
from onewindow.spine.attachments.actions import attach
from onewindow.spine.attachments.models import Page
from onewindow.spine.attachments.tests.handed import photo
from onewindow.spine.cases.actions import reissue_document
from onewindow.spine.cases.models import Case
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.queries import open_visit_at, query_code
from onewindow.stages.outage.actions import declare, end, print_booklet
from onewindow.stages.outage.models import Booklet
from onewindow.stages.payment.actions import ask_refund, take
from onewindow.stages.payment.tests.scene import PLATFORM, granted_card, ordered, told
from onewindow.stages.publication.actions import publish
from onewindow.stages.publication.policies import PUBLISH
from onewindow.stages.queueing import actions as queueing
from tests.meta.drafting import RENEWED, Drafts
from tests.meta.test_doors import BY_NAME, address

RECORDED = Path(__file__).with_name("query_counts.json")
AGENT_NUMBER = "440524188001010014"
ONE_PAGE = papers.ticket(papers.Ticket(Words("演示", "demo"), Words("演示", "demo"), "A001", 0, clock.now()))


class District:
    """A busy morning that can be made busier: each step adds one row to every list of every page."""

    def __init__(self) -> None:
        self.steps = 0
        at_window("clerk10", 0, "B")
        self.clerk, self.visit = seated()
        self.case = received(self.clerk, self.visit, HYGIENE)
        self.page = self._photographed(self.case)
        settled = received(self.clerk, self.visit)
        self.decidable_page = self._photographed(settled)
        sitting.check_and(by=self.clerk, case_id=settled.pk, standings=in_order(settled), verb="accept")
        self.decidable = Case.objects.get(pk=settled.pk)
        self.result = available(self.clerk, self.visit)
        self.together = filed(self.clerk, self.visit)
        self.waiting = ticket(agent())
        self.tours: dict[str, Walk] = {}
        clerk, self.charged = self._sits_elsewhere()
        self.order = ordered(granted_card(clerk, self.charged))
        self.permit = publish(by=system("publication", [PUBLISH]), case_id=self.result.case_id)
        sitting.end_sitting(by=clerk, visit=self.charged)
        clerk, self.over = self._sits_elsewhere()
        sitting.end_sitting(by=clerk, visit=self.over)
        self.drafts = Drafts()

    def tour(self, step: str) -> Walk:
        """A tour that stands at this step, the same one each time."""
        if step not in self.tours:
            self.tours[step] = Walk().to(step)
        return self.tours[step]

    def busier(self) -> None:
        """One more of everything: earlier cases, cases here, results, tickets waiting, called and missed, messages."""
        self.steps += 1
        self._money()
        clerk, visit = self._sits_elsewhere()
        received(clerk, visit)
        accepted(clerk, visit)
        sitting.end_sitting(by=clerk, visit=visit)
        self._evaluated(visit)
        received(self.clerk, self.visit, FOOD)
        accepted(self.clerk, self.visit, FOOD)
        available(self.clerk, self.visit, HYGIENE)
        filed(self.clerk, self.visit)
        called, window = at_window(f"clerk{self.steps + 3:02d}", self.steps + 3)
        for _ in range(2):
            ticket(agent())
        standing = queueing.call_next(by=called, window=window)
        queueing.miss(by=called, ticket_id=standing.pk)
        queueing.call_next(by=called, window=window)
        VirtualPhones(Path(settings.VIRTUAL_PHONES)).send(reference=f"r{self.steps}", phone="12000000001", text="演示")
        VirtualPhones(Path(settings.VIRTUAL_PHONES)).send(reference=f"s{self.steps}", phone=f"1200000000{self.steps}", text="演示")
        VirtualPrinter(Path(settings.TRAY)).print(PrintJob(f"p{self.steps}", "演示", ONE_PAGE))
        self._photographed(self.case)
        reissue_document(by=self.clerk, document=self.case.documents.get(kind="receipt"), reason="lost", once=uuid7())
        ticket(agent())
        ticket(agent(), "B")
        self._from_paper()
        self._twice_on_record()
        self._at_the_office()
        note_missed("月亮上买地" + "呀" * self.steps)
        self._brought()

    def _brought(self) -> None:
        """A file for the catalogue, tried: a row more in it each time."""
        rows = "".join(f"DEMO-{n},演示事项 {n},01,market,法人\n" for n in range(self.steps))
        by, data = staff("administrator01"), f"code,name,type,department,serves\n{rows}".encode()
        self.brought = bring_file(by=by, name="演示.csv", data=data, departments={}, serves="")
        try_out(self.brought.pk)

    def _money(self) -> None:
        """One more permit published; one more notice, paid twice over, and a refund of it that waits."""
        clerk, visit = self._sits_elsewhere()
        publish(by=system("publication", [PUBLISH]), case_id=available(clerk, visit).case_id)
        order = ordered(granted_card(clerk, visit))
        for number in ("1", "2"):
            take(by=PLATFORM, told=told(order, f"T{self.steps}{number}"))
        ask_refund(by=staff("handover01"), order_id=order.pk, amount=1, reason="演示", once=uuid7())
        sitting.end_sitting(by=clerk, visit=visit)
        self.drafts.busier()

    def _evaluated(self, visit: Visit) -> None:
        """A bad evaluation that was answered: one in every list of evaluations and replies."""
        follow_up, manager = evaluate_visit(by=PAGE, visit_id=visit.pk, said=BAD).follow_up, staff("manager01")
        contact(by=manager, follow_up_id=follow_up.pk, finding="演示")
        correct(by=manager, follow_up_id=follow_up.pk, reply="演示")

    def _photographed(self, case: Case) -> Page:
        """A page more of a case."""
        made = attach(by=self.clerk, case_id=case.pk, examined=photo(), material=case.materials.all()[0].code, once=uuid7())
        return made.pages.get()

    def _from_paper(self) -> None:
        """An outage that is over, a booklet, and two receipts of it entered afterwards: one in every list of the manager's page."""
        manager, now = staff("manager01"), clock.now()
        standing = declare(by=manager, started_at=now - timedelta(minutes=5), reason="演示")
        end(by=manager, outage_id=standing.pk, ended_at=now)
        printed = print_booklet(by=manager, hall=hall(SITE, "A"), count=5, once=uuid7())
        clerk, _ = at_window("clerk03", 12)
        visit = open_back_entry(by=clerk, typed=str(printed.first), at=now, accepted_on=None, confirmed=False)
        sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=None)
        visit.refresh_from_db()
        received(clerk, visit)
        sitting.end_sitting(by=clerk, visit=visit)

    def _twice_on_record(self) -> None:
        """One more record that was merged into the agent's."""
        by = staff("administrator01")
        made = register(by=by, site=SITE, kind="person", name=f"护照{self.steps}", number=f"EA000000{self.steps}", document="passport")
        merge(by=by, duplicate_id=made.pk, remaining_id=agent().pk, reason="演示")

    def _at_the_office(self) -> None:
        """An account, a window out of service, a failed job more; one notice for next year, and then its correction."""
        administrator = staff("administrator01")
        appoint(
            by=administrator, site=SITE, username=f"office{self.steps}", name=Words("演示", "demo"), roles=["clerk"], department=None, password_hash="!",
            password_is_initial=True,
        )  # fmt: skip
        account = Staff.objects.get(username="clerk02")
        reset_password(by=administrator, staff_id=account.pk, password="三十六 Windows!", initial=False)
        pause_window(by=administrator, window_id=windows(SITE, "A")[17 - self.steps].pk, reason="repair")
        days = (DeclaredDay(date(2027, 1, 1), True, "元旦"), DeclaredDay(date(2027, 2, self.steps), True, "春节"))
        publish_notice(by=administrator, notice=Notice(2027, days), paper=f"演示{self.steps}", upon=packaged().version)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('events', 'x', 'failed')")

    def _sits_elsewhere(self) -> tuple[Actor, Visit]:
        """Another sitting of the same people, at the next window, with whoever waits called and seated."""
        clerk, window = at_window("clerk02", 1)
        ticket(agent())
        sitting.call_next(by=clerk)
        visit = sitting.sit_down(by=clerk)
        sitting.check_document(by=clerk, visit=visit, tail=TAIL)
        sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=agent())
        found = open_visit_at(window.pk)
        assert found is not None
        return clerk, found


def pages(district: District) -> dict[str, Callable[[], int]]:
    """Every page there is to read, by a name of its own, as its reader asks for it; each gives the status."""
    anybody, clerk, caller, fresh = Client(), signed_in("clerk01"), signed_in("clerk10"), signed_in("clerk09")
    manager, administrator = signed_in("manager01"), signed_in("administrator01")
    manager, office = signed_in("manager01"), signed_in("administrator01")
    editor = signed_in("editor01")
    approver, handover, receiver = signed_in("market01"), signed_in("handover01"), signed_in("handover02")
    code, case, decidable = query_code(district.visit), district.case, district.decidable
    assert receiver.post(reverse("handover"), {"number": AGENT_NUMBER}).status_code == 200
    answers = {"answers.business": "catering", "answers.kinds": "", "answers.machine": "no", "answers.agent": "agent", "visit": str(district.visit.uuid)}

    situation = {name: value for name, value in answers.items() if name != "visit"}

    def get(client: Client, name: str, *args: object, **extra: str) -> Callable[[], int]:
        return lambda: client.get(reverse(name, args=args), headers=extra or None).status_code

    def post(client: Client, name: str, fields: dict[str, str], *args: object) -> Callable[[], int]:
        return lambda: client.post(reverse(name, args=args), fields).status_code

    return {
        "front": get(anybody, "front"),
        "together": get(anybody, "together"),
        "together-bundle": get(anybody, "together-bundle", RESTAURANT),
        "together-mine: question": get(anybody, "together-mine", RESTAURANT),
        "together-mine: list": lambda: anybody.get(reverse("together-mine", args=[RESTAURANT]), usual_answers()).status_code,
        "progress-receipt": get(anybody, "progress-receipt", code, district.together.uuid),
        "progress-receipt-pdf": get(anybody, "progress-receipt-pdf", code, district.together.uuid),
        "permits": get(anybody, "permits"),
        "permits: searched": lambda: anybody.get(f"{reverse('permits')}?q=演示&item={FOOD}").status_code,
        "permit": get(anybody, "permit", district.permit.uuid),
        "permits-export": lambda: len(list(anybody.get(reverse("permits-export")).streaming_content)) and 200,
        "pay": get(anybody, "pay", district.order.code),
        "secrecy": get(anybody, "secrecy", code, case.uuid),
        "progress: with a fee": get(anybody, "progress", query_code(district.charged)),
        "cashier": get(manager, "cashier"),
        "cashier-order": get(manager, "cashier-order", district.order.uuid),
        "ask": get(anybody, "ask"),
        "progress": get(anybody, "progress", code),
        "progress-paper": get(anybody, "progress-paper", code, case.uuid, "receipt"),
        "progress-paper-pdf": get(anybody, "progress-paper-pdf", code, case.uuid, "receipt"),
        "sign-in": get(anybody, "sign-in"),
        "printer": get(anybody, "printer"),
        "items": get(anybody, "items"),
        "items: searched": lambda: anybody.get(reverse("items"), {"q": "想开个小饭馆", "serves": "company"}).status_code,
        "item": get(anybody, "item", FOOD),
        "item-mine: question": get(anybody, "item-mine", FOOD),
        "item-pdf": get(anybody, "item-pdf", FOOD),
        "item-mine-pdf": lambda: anybody.get(reverse("item-mine-pdf", args=[FOOD]), situation).status_code,
        "item-form-pdf": get(anybody, "item-form-pdf", FOOD),
        "item-mine-form-pdf": lambda: anybody.get(reverse("item-mine-form-pdf", args=[FOOD]), situation).status_code,
        "measures": get(anybody, "measures"),
        "ticket": get(anybody, "ticket", district.waiting.uuid),
        "board": get(anybody, "board", SITE, "A"),
        "board rows": get(anybody, "board", SITE, "A", **{"HX-Request": "true"}),
        "ticket-pdf": get(anybody, "ticket-pdf", district.waiting.uuid),
        "phones": get(anybody, "phones"),
        "tray": get(anybody, "tray"),
        "tray-picture": get(anybody, "tray-picture", 1),
        "tray-paper": get(anybody, "tray-paper", 1),
        "today": get(anybody, "today"),
        "today rows": get(anybody, "today", **{"HX-Request": "true"}),
        "today-clock": get(anybody, "today-clock", decidable.uuid),
        "tour": get(anybody, "tour"),
        "tour-walk: question": get(anybody, "tour-walk", district.tour("ticket").once),
        "tour-walk: list": lambda: anybody.get(f"{district.tour('ticket').address}{ANSWERED}").status_code,
        **{f"tour-walk: {step}": get(anybody, "tour-walk", district.tour(step).once) for step in ("call", "decide", "collect", "done", "check")},
        "counter: windows": get(fresh, "counter"),
        "counter: call": get(caller, "counter"),
        "counter: queue": get(caller, "counter", **{"HX-Request": "true"}),
        "counter: visit": get(clerk, "counter"),
        "counter-items": lambda: clerk.get(reverse("counter-items"), {"q": "想开个小饭馆"}).status_code,
        "counter-apply: question": get(clerk, "counter-apply", FOOD),
        "counter-apply: form": post(clerk, "counter-apply", answers, FOOD),
        "counter-together: question": get(clerk, "counter-together", RESTAURANT),
        "counter-together: form": post(clerk, "counter-together", {**usual_answers(), "visit": str(district.visit.uuid)}, RESTAURANT),
        "counter-together-receipt": get(clerk, "counter-together-receipt", district.together.uuid),
        "counter-together-receipt-pdf": get(clerk, "counter-together-receipt-pdf", district.together.uuid),
        "counter-case": get(clerk, "counter-case", case.uuid),
        "counter-case: together": get(clerk, "counter-case", case_of(district.together, FOOD).uuid),
        "counter-pages": get(clerk, "counter-pages", case.uuid),
        "counter-page-picture": get(clerk, "counter-page-picture", case.uuid, district.page.uuid),
        "counter-page-original": get(clerk, "counter-page-original", case.uuid, district.page.uuid),
        "approver-page-picture": get(approver, "approver-page-picture", decidable.uuid, district.decidable_page.uuid),
        "counter-paper": get(clerk, "counter-paper", case.uuid, "receipt"),
        "counter-paper-pdf": get(clerk, "counter-paper-pdf", case.uuid, "receipt"),
        "approver": get(approver, "approver"),
        "approver-file": get(approver, "approver-file", decidable.uuid),
        "approver-page": get(approver, "approver-page", decidable.uuid, district.decidable_page.uuid, **{"HX-Request": "true"}),
        "approver-paper": get(approver, "approver-paper", decidable.uuid, "acceptance"),
        "approver-paper-pdf": get(approver, "approver-paper-pdf", decidable.uuid, "acceptance"),
        "handover": get(handover, "handover"),
        "handover-paper": get(handover, "handover-paper", district.result.case.uuid, "licence"),
        "handover-paper-pdf": get(handover, "handover-paper-pdf", district.result.case.uuid, "licence"),
        "handover: a person": get(receiver, "handover"),
        "outage": get(manager, "outage"),
        "outage-booklet-pdf": get(manager, "outage-booklet-pdf", Booklet.objects.order_by("id")[0].uuid),
        "outage-enter": get(clerk, "outage-enter"),
        "evaluate-visit": get(anybody, "evaluate-visit", query_code(district.over)),
        "evaluate-case": get(anybody, "evaluate-case", code, district.result.case.uuid),
        "evaluator": get(anybody, "evaluator", district.over.window.uuid),
        "evaluations-mine": get(clerk, "evaluations-mine"),
        "evaluations": get(manager, "evaluations"),
        "evaluation": get(manager, "evaluation", Evaluation.objects.order_by("id")[0].uuid),
        "satisfaction": get(anybody, "satisfaction"),
        "registry": get(administrator, "registry"),
        "registry: found": lambda: administrator.post(reverse("registry"), {"q": "护照"}).status_code,
        "registry-record": get(administrator, "registry-record", agent().uuid),
        "registry-beside": get(administrator, "registry-beside", agent().uuid, stranger().uuid),
        "own-password": get(clerk, "own-password"),
        "editor": get(editor, "editor"),
        "editor: chief": get(signed_in("chiefeditor01"), "editor"),
        "editor-new": get(editor, "editor-new"),
        "editor-new: afresh": lambda: editor.get(f"{reverse('editor-new')}?entry=-").status_code,
        "editor-item": get(editor, "editor-item", FOOD),
        "editor-item: situations": lambda: editor.get(f"{reverse('editor-item', args=[FOOD])}?part=questions").status_code,
        "editor-item: materials": lambda: editor.get(f"{reverse('editor-item', args=[FOOD])}?part=materials").status_code,
        "editor-condition": lambda: editor.get(f"{reverse('editor-condition', args=[FOOD])}?at=/materials/application/when").status_code,
        "editor-rests-on": lambda: editor.get(f"{reverse('editor-rests-on', args=[FOOD])}?at=/name/zh").status_code,
        "editor-preview": get(editor, "editor-preview", FOOD),
        "editor-review": get(editor, "editor-review", FOOD),
        "editor-rebase": get(editor, "editor-rebase", FOOD),
        "editor-editions": get(editor, "editor-editions", FOOD),
        "editor-versions": get(editor, "editor-versions", RENEWED),
        "item-sample": get(editor, "item-sample", SampleFile.objects.get().sm3),
        "office": get(office, "office"),
        "office-accounts": get(office, "office-accounts"),
        "office-account": get(office, "office-account", Staff.objects.get(username="clerk02").uuid),
        "office-places": get(office, "office-places"),
        "office-site-hours": get(office, "office-site-hours"),
        "office-hall-hours": get(office, "office-hall-hours", "A"),
        "office-calendar": get(office, "office-calendar"),
        "office-missed": get(office, "office-missed"),
        "office-catalogue": get(office, "office-catalogue"),
        "office-import": get(office, "office-import", district.brought.uuid),
        "office-export": get(office, "office-export", "json"),
        "office-export: national": get(office, "office-export", "national"),
        "office-health": get(office, "office-health"),
        "office-health-json": lambda: 200 if office.get(reverse("office-health-json")).status_code in (200, 503) else 0,
    }


def counts(shown: dict[str, Callable[[], int]]) -> dict[str, int]:
    """Queries a page, each asked for once before, so that what a process reads once is read."""
    found = {}
    for name, page in shown.items():
        assert page() == 200, name
        with CaptureQueriesContext(connection) as asked:
            assert page() == 200, name
        found[name] = len(asked)
    return found


def test_pages_ask_as_often_as_written_down_and_no_more_for_more_rows(db: None) -> None:
    with opening():
        district = District()
        district.busier()
        few = counts(pages(district))
        district.busier()
        district.busier()
        many = counts(pages(district))
    assert many == few
    if os.environ.get("RECORD"):
        RECORDED.write_text(json.dumps(few, indent=1, sort_keys=True) + "\n")
    assert few == json.loads(RECORDED.read_text())


def test_every_page_is_counted(db: None) -> None:
    """Whatever can be opened is above; a new page is noticed here."""
    buttons = {name for name in BY_NAME if Client().head(address(name)).status_code == 405}
    counted = {name.split(":")[0].split(" ")[0] for name in json.loads(RECORDED.read_text())}
    assert BY_NAME.keys() - buttons - counted == {"phone"}, "the page `phone` is `phones` with one chosen"


def test_no_page_asks_too_much() -> None:
    """A hard upper bound beside the recorded numbers: nobody gets used to a page that asks more each month."""
    assert {page: n for page, n in json.loads(RECORDED.read_text()).items() if n > 25} == {}
