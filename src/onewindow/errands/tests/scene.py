"""The demonstration district at work: who acts, what they bring, and what was written meanwhile.

Used by the tests of every room above the foundation. Everything goes through the same actions as the desks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.test import Client

from onewindow.errands import sitting
from onewindow.errands.decision import decide
from onewindow.errands.sitting import Application
from onewindow.foundation.catalogue.definition import next_question, resolve
from onewindow.foundation.catalogue.models import definition_of
from onewindow.foundation.catalogue.queries import published, version_by_id
from onewindow.foundation.catalogue.search.index import forget as forget_index
from onewindow.foundation.people.models import Party
from onewindow.foundation.people.queries import party_by_number
from onewindow.foundation.places.actions import open_window
from onewindow.foundation.places.models import Window
from onewindow.foundation.places.queries import hall, label_of, window_of, windows
from onewindow.foundation.staff.models import Staff
from onewindow.foundation.staff.queries import actor_of, department_by_id
from onewindow.kernel import clock
from onewindow.kernel.errors import Refusal
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger.models import Entry, Subject
from onewindow.kernel.permissions import Actor, system
from onewindow.kernel.relay.following import relay_pass
from onewindow.kernel.relay.tasks import handle
from onewindow.kernel.states import NEW
from onewindow.spine.cases.models import Case
from onewindow.spine.holidays.queries import forget as forget_calendar
from onewindow.spine.visits.models import Visit
from onewindow.stages.delivery.actions import make_available
from onewindow.stages.delivery.models import Result
from onewindow.stages.delivery.states import MAKE
from onewindow.stages.queueing.actions import take_ticket
from onewindow.stages.queueing.models import Ticket
from onewindow.stages.queueing.policies import TAKE

SITE, REGION = "demo-centre", "310104"
FOOD, HYGIENE = "food-business-licence", "public-place-hygiene-licence"
APPROVER_OF = {FOOD: "market01", HYGIENE: "health01"}
PRINTER = Actor("device", "ticket-printer", frozenset({TAKE.code}))
MAKER = system("delivery", [MAKE])
TAIL = "0014"  # of the agent's sample number
_SAMPLES = {
    "text": "演示", "number": "12", "date": "2026-01-01", "id-number": "11010519491231002X", "phone": "12000000001",
    "credit-code": "91110000600037341L", "address": "示范路 1 号（演示）",
}  # fmt: skip
_ANSWERS: dict[str, dict[str, Any]] = {
    FOOD: {"business": ["catering"], "kinds": [], "machine": ["no"], "agent": ["agent"]},
    HYGIENE: {"place": ["hairdressing"], "air": ["no"], "building": ["as-it-was"], "agent": ["agent"]},
    "residence-permit": {
        "household": ["other-city"], "lived": ["half-year"], "ground": ["job"], "job": ["employee"], "home": ["rented"], "who": ["self"],
    },
}


def forget() -> None:
    """Let go of everything a process reads once."""
    for cached in (version_by_id, definition_of, department_by_id, label_of):
        cached.cache_clear()
    forget_calendar()
    forget_index()


@contextmanager
def opening(start: datetime = datetime(2026, 9, 24, 10, tzinfo=clock.LOCAL)) -> Iterator[clock.Hand]:
    """A clock moved by hand; what the district did when it was set up lies before it."""
    for model in apps.get_models():
        if issubclass(model, Subject):
            model._base_manager.filter(moved_at__gt=start).update(moved_at=datetime(2026, 1, 1, tzinfo=UTC))
    hand = clock.Hand(start)
    with clock.use(hand):
        yield hand


# --- who --------------------------------------------------------------------------------------------


def staff(username: str) -> Actor:
    return actor_of(Staff.objects.get(username=username))


def nobody() -> Actor:
    """A member of staff of this site whose post allows nothing."""
    return Actor("staff", str(Staff.objects.get(username="clerk10").pk), frozenset(), SITE)


def signed_in(username: str, language: str = "zh-CN") -> Client:
    """A browser of this staff member, already signed in."""
    client = Client(headers={"accept-language": language})
    client.force_login(Staff.objects.get(username=username))
    return client


def company() -> Party:
    return _party("company", "91110000600037341L")


def agent() -> Party:
    """Who may act for the company."""
    return _party("person", "440524188001010014")


def stranger() -> Party:
    return _party("person", "11010519491231002X")


def _party(kind: str, number: str) -> Party:
    found = party_by_number(kind, number)
    assert found is not None
    return found


def at_window(username: str = "clerk01", place: int = 0, hall_code: str = "A") -> tuple[Actor, Window]:
    """The clerk, at the window of that place in the hall."""
    clerk, window = staff(username), windows(SITE, hall_code)[place]
    if window_of(int(clerk.id)) is None:
        open_window(by=clerk, window_id=window.pk, staff_id=int(clerk.id))
        window.refresh_from_db()
    return clerk, window


# --- what they do -----------------------------------------------------------------------------------


def ticket(holder: Party | None = None, hall_code: str = "A", once: UUID | None = None) -> Ticket:
    holder_id = holder.pk if holder else None
    return take_ticket(by=PRINTER, hall=hall(SITE, hall_code), once=once or uuid7(), holder_id=holder_id)


def seated(username: str = "clerk01", place: int = 0) -> tuple[Actor, Visit]:
    """The agent sits at the clerk's window, and it is said for whom."""
    clerk, _ = at_window(username, place)
    ticket(agent())
    sitting.call_next(by=clerk)
    visit = sitting.sit_down(by=clerk)
    sitting.check_document(by=clerk, visit=visit, tail=TAIL)
    sitting.name_parties(by=clerk, visit=visit, applicant=company(), agent=agent())
    visit.refresh_from_db()
    return clerk, visit


def application(item: str = FOOD, *, form: Mapping[str, str] | None = None, lacking: frozenset[str] = frozenset(),
                answers: Mapping[str, Any] | None = None) -> Application:  # fmt: skip
    """A complete application, but for what is said otherwise."""
    definition = published(item).definition
    chosen = dict(answers if answers is not None else _ANSWERS[item])
    assert next_question(definition, chosen) is None
    resolved = resolve(definition, chosen)
    values = {f.code: f.choices[0].code if f.kind == "choice" else _SAMPLES[f.kind] for f in resolved.fields}
    given = frozenset(m.code for m in resolved.materials) - lacking
    return Application(item, chosen, values | dict(form or {}), given, uuid7())


def received(clerk: Actor, visit: Visit, item: str = FOOD, **wanted: Any) -> Case:
    outcome = sitting.take_in(by=clerk, visit=visit, applications=[application(item, **wanted)])
    assert outcome.refusals == {}
    return outcome.cases[0]


def seen(case: Case) -> dict[str, tuple[str, str]]:
    """Every material that was given, looked at and found in order; what was not given stays missing."""
    given = case.materials.filter(standing="given").values_list("code", flat=True)
    return dict.fromkeys(given, ("in-order", ""))


def in_order(case: Case) -> dict[str, tuple[str, str]]:
    return {material.code: ("in-order", "") for material in case.materials.all()}


def accepted(clerk: Actor, visit: Visit, item: str = FOOD, **wanted: Any) -> Case:
    case = received(clerk, visit, item, **wanted)
    sitting.check_and(by=clerk, case_id=case.pk, standings=in_order(case), verb="accept")
    return Case.objects.get(pk=case.pk)


def decided(clerk: Actor, visit: Visit, item: str = FOOD, verb: str = "grant", **wanted: Any) -> Case:
    case = accepted(clerk, visit, item, **wanted)
    decide(by=staff(APPROVER_OF[item]), case_id=case.pk, verb=verb, words="符合条件" if verb == "grant" else "面积不足")
    return Case.objects.get(pk=case.pk)


def available(clerk: Actor, visit: Visit, item: str = FOOD, verb: str = "grant", **wanted: Any) -> Result:
    return make_available(by=MAKER, case=decided(clerk, visit, item, verb, **wanted), region=REGION)


# --- what was written meanwhile ---------------------------------------------------------------------


def verbs(subject: Subject) -> list[str]:
    """The verbs of a subject's life, from its ledger rows."""
    rows = Entry.objects.filter(subject_kind=subject.machine.kind, subject_id=subject.pk)
    return list(rows.order_by("n").values_list("verb", flat=True))


def newest(subject: Subject) -> Entry:
    """The last ledger row of a subject."""
    return Entry.objects.filter(subject_kind=subject.machine.kind, subject_id=subject.pk).latest("n")


@contextmanager
def rows_written() -> Iterator[list[str]]:
    """Fills the list, on leaving, with every ledger row the block wrote, as ``kind.verb`` in order."""
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    written: list[str] = []
    yield written
    found = Entry.objects.filter(id__gt=last).order_by("id").values_list("subject_kind", "verb")
    written.extend(f"{kind}.{verb}" for kind, verb in found)


def everything() -> dict[str, str]:
    """Every table of the database, with a mark of which versions of its rows stand there.

    Whatever is written changes the mark, also what writes a row as it was; reading and locking do not. The rows
    themselves need not be read for it.
    """
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        versions = "coalesce(sum(hashtextextended(t.ctid::text || ' ' || t.xmin::text, 0))::text, '')"
        cursor.execute(" UNION ALL ".join(f"SELECT '{t}', {versions} FROM {t} t" for t in tables))
        return dict(cursor.fetchall())


@contextmanager
def refused(kind: type[Refusal], *, savepoint: bool = True) -> Iterator[pytest.ExceptionInfo[Any]]:
    """The block is refused with exactly this refusal, and no row of any table is other than before.

    Without `savepoint`, in a database that commits, it is the action itself that must undo everything.
    """
    before = everything()
    with pytest.raises(Refusal) as caught:
        if savepoint:
            with transaction.atomic():
                yield caught
        else:
            yield caught
    assert type(caught.value) is kind, caught.value
    after = everything()
    assert {table for table in before if before[table] != after[table]} == set()


T = TypeVar("T")


def at_once(doings: list[Callable[[], T]]) -> list[T | BaseException]:
    """Each in a thread of its own with a connection of its own, all let go together; what each gave or raised."""
    from threading import Barrier

    gate = Barrier(len(doings))

    def run(doing: Callable[[], T]) -> T | BaseException:
        try:
            connection.ensure_connection()
            gate.wait(30)
            return doing()
        except BaseException as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(run, doings))


def times(n: int, doing: Callable[..., T], **kwargs: Any) -> list[Callable[[], T]]:
    """The same doing, n times."""
    return [partial(doing, **kwargs) for _ in range(n)]


def born(subject: Subject) -> bool:
    """Whether the subject's first row says that it came from nothing."""
    return Entry.objects.get(subject_kind=subject.machine.kind, subject_id=subject.pk, n=1).was == NEW


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- the relay and the worker, in this very process -------------------------------------------------


def jobs() -> list[tuple[int, dict[str, Any]]]:
    """The jobs deferred and not yet done, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, args FROM procrastinate_jobs WHERE status = 'todo' AND task_name = 'relay.handle' ORDER BY id")
        return [(pk, json.loads(args) if isinstance(args, str) else args) for pk, args in cursor.fetchall()]


def relay_and_work() -> list[str]:
    """Pass on and answer everything until nothing is left; the handlers that answered, in order."""
    answered: list[str] = []
    while relay_pass() or jobs():
        for pk, args in jobs():
            handle(**args)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [pk])
            answered.append(args["handler"])
    return answered
