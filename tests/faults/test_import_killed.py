"""An import killed wherever it may be, and pressed or worked twice at once: nothing of it is there, or all of it is, once.

The worker is the real one. Each moment is one at which it waits for a lock that the test holds; there it is killed with kill -9.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from onewindow.bench.importing import generated
from onewindow.errands.importing import bring_file, confirm_import
from onewindow.errands.tests.scene import staff
from onewindow.foundation.catalogue.definition import Definition
from onewindow.foundation.catalogue.exchange import handing
from onewindow.foundation.catalogue.exchange.listing import Entry
from onewindow.foundation.catalogue.exchange.workbook import workbook
from onewindow.foundation.catalogue.models import CatalogueImport, ItemVersion, RegisterEntry
from onewindow.foundation.catalogue.tasks import carry_out
from onewindow.foundation.staff.models import Staff
from onewindow.kernel.cluster import Cluster
from onewindow.kernel.crypto import SealKey
from onewindow.kernel.ledger.models import Entry as Row
from onewindow.kernel.ledger.verify import verify
from tests.faults import line_support as line
from tests.faults.line_support import FOOD, Person, definition_of, ended
from tests.support.stack import until

FRESH, ENTRIES, MIDDLE = 199, 20, 100
CODES = [f"bench-{number:05d}" for number in range(FRESH)]
LISTED = [f"DEMO-LIST-{number:03d}" for number in range(ENTRIES)]
WHOLE = {"item-version.supersede": 1, "item-version.publish": FRESH + 1, "register-entry.list": ENTRIES, "catalogue-import.finish": 1}


@cache
def book() -> bytes:
    """Two hundred items, in their middle one that stands already and is changed; and twenty entries of the register."""
    items: list[Definition] = list(generated(FRESH))
    food = definition_of(FOOD)
    limits = food.limits.model_copy(update={"promised": food.limits.promised.model_copy(update={"n": 5})})
    items.insert(MIDDLE, food.model_copy(update={"limits": limits}))
    entries = [Entry(code, f"演示目录事项 {code}", "", "01", "market", "company", True, False, False, False, "") for code in LISTED]
    return workbook(items, entries)


def brought() -> CatalogueImport:
    return bring_file(by=staff("administrator01"), name="二百项.xlsx", data=book(), departments={}, serves="")


def to_be_confirmed() -> CatalogueImport:
    """An import whose report is there; its own job has nothing left to do."""
    made = brought()
    handing.try_out(made.pk)
    made.refresh_from_db()
    assert made.report is not None
    assert (made.state, made.report["counts"]) == ("reported", {"created": FRESH + ENTRIES, "changed": 1, "unchanged": 0, "refused": 0})
    return made


class Record:
    """What became of it, as the tables say."""

    def __init__(self) -> None:
        self.last = Row.objects.order_by("-pk").values_list("pk", flat=True)[0]

    def grew(self) -> dict[str, int]:
        """What the ledger grew by since the beginning, as {kind.verb: rows}."""
        rows = Row.objects.filter(pk__gt=self.last).values_list("subject_kind", "verb")
        return dict(Counter(f"{kind}.{verb}" for kind, verb in rows))

    def nothing(self, one: CatalogueImport, state: str, rows: dict[str, int]) -> None:
        """Not a version, an entry or a row; the import waits as it did, with its file."""
        stood = [(version.version, version.state) for version in ItemVersion.objects.filter(code=FOOD)]
        assert (ItemVersion.objects.filter(code__in=CODES).count(), stood) == (0, [(1, "published")])
        assert not RegisterEntry.objects.filter(code__in=LISTED).exists()
        one.refresh_from_db()
        assert (self.grew(), one.state, bytes(one.data) == book()) == (rows, state, True)

    def all_of_it(self, one: CatalogueImport, rows: dict[str, int]) -> None:
        """Every version, entry and row, once, and a ledger that agrees with them."""
        found = ItemVersion.objects.filter(code__in=[*CODES, FOOD]).order_by("code", "version").values_list("code", "version", "state")
        assert list(found) == [*((code, 1, "published") for code in CODES), (FOOD, 1, "superseded"), (FOOD, 2, "published")]
        assert list(RegisterEntry.objects.filter(code__in=LISTED).order_by("code").values_list("code", "state")) == [(code, "listed") for code in LISTED]
        one.refresh_from_db()
        assert (self.grew(), one.state, bytes(one.data)) == (rows, "done", b"")
        assert verify(SealKey.open(Path(settings.SEAL_KEY)), Path(settings.ANCHOR)).findings == []


# The moments


class House:
    """The database of a test from above: what waits for what, and locks to make it wait."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self.dsn = cluster.dsn("superuser", name)
        self.held = 0  # the server process of the connection that holds the newest lock

    def ask(self, statement: str, *params: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            done = connection.execute(statement, params or None)  # type: ignore[call-overload]
            return done.fetchall() if done.description else []

    @contextmanager
    def holding(self, statement: str) -> Iterator[Callable[[], None]]:
        """Hold what the statement locks; what is given lets go of it before the end."""
        with closing(psycopg.connect(self.dsn)) as connection:
            connection.execute(statement)  # type: ignore[call-overload]
            self.held = connection.info.backend_pid
            yield connection.rollback

    @contextmanager
    def stopping(self, table: str, event: str, when: str) -> Iterator[Callable[[], None]]:
        """Hold whoever does this to a row, in the middle of their transaction."""
        self.ask(
            f"""CREATE OR REPLACE FUNCTION held_by_a_test() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN PERFORM pg_advisory_xact_lock(97531); RETURN NEW; END $$;
                CREATE TRIGGER held_by_a_test BEFORE {event} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION held_by_a_test()"""
        )
        try:
            with self.holding("SELECT pg_advisory_xact_lock(97531)") as let_go:
                yield let_go
        finally:
            self.ask(f"DROP TRIGGER held_by_a_test ON {table}")

    def waiters(self) -> list[tuple[int, str]]:
        """Who waits for the newest lock, and with what."""
        asked = "SELECT pid, query FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))"
        return [(int(pid), str(query)) for pid, query in self.ask(asked, self.held)]

    def reached(self, said: str) -> None:
        """Wait until somebody waits for the newest lock with a statement that says this."""
        until(lambda: any(said in query for _, query in self.waiters()), f"the worker comes to the lock with {said}")

    def alone(self) -> bool:
        """Nobody but this process is connected: what the killed had begun is undone."""
        ours = [connections["default"].connection.info.backend_pid] if connections["default"].connection is not None else []
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND NOT pid = ANY (%s)"
        return bool(self.ask(asked + " AND backend_type = 'client backend'", ours) == [(0,)])

    def jobs(self) -> list[tuple[str, str]]:
        """The catalogue's jobs that are not done."""
        return [(str(task), str(state)) for task, state in self.ask("SELECT task_name, status FROM procrastinate_jobs WHERE task_name LIKE 'catalogue.%' ORDER BY id")]

    def time_passes(self) -> None:
        """The last that was heard of any worker is a minute ago: its jobs are anybody's."""
        self.ask("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")


@pytest.fixture
def house(fresh_database: str, cluster: Cluster) -> House:
    return House(cluster, fresh_database)


Moment = Callable[[House], AbstractContextManager[None]]


@contextmanager
def while_reading(house: House) -> Iterator[None]:
    """The row on which it writes how far it is, before the last sheet is read."""
    with house.holding("SELECT 1 FROM catalogue_import FOR UPDATE"):
        house.reached("UPDATE catalogue_import SET phase")
        yield


@contextmanager
def while_checking(house: House) -> Iterator[None]:
    """Item by item, at the hundred and first: what stands of it is asked for."""
    with house.holding("LOCK TABLE catalogue_register_entry IN ACCESS EXCLUSIVE MODE") as let_go:
        house.reached('SELECT "catalogue_register_entry"."id"')  # the last that is asked before the first item is checked
        with house.holding("LOCK TABLE catalogue_item_version IN ACCESS EXCLUSIVE MODE"):
            let_go()
            house.reached('SELECT "catalogue_item_version"."body"')
            yield


def at(table: str, event: str, when: str) -> Moment:
    @contextmanager
    def moment(house: House) -> Iterator[None]:
        with house.stopping(table, event, when):
            house.reached(table)
            yield

    return moment


REPORTING = at("catalogue_import", "UPDATE", "NEW.state = 'reported' AND OLD.state = 'checking'")
WRITING = at("catalogue_item_version", "INSERT", f"NEW.code = '{CODES[MIDDLE]}'")
LISTING = at("catalogue_register_entry", "INSERT", f"NEW.code = '{LISTED[-1]}'")
ENDING = at("catalogue_import", "UPDATE", "NEW.state = 'done' AND OLD.state = 'confirmed'")
TRYING: dict[str, Moment] = {"reading": while_reading, "checking": while_checking, "reporting": REPORTING}
CARRYING: dict[str, Moment] = {"reading": while_reading, "checking": while_checking, "writing": WRITING, "listing": LISTING, "ending": ENDING}


# The worker


@contextmanager
def working() -> Iterator[subprocess.Popen[bytes]]:
    """The worker's process over the database now in use, as `onewindow up` starts it."""
    process = subprocess.Popen([sys.executable, "-m", "onewindow.config.processes", "worker"], stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        ended(process)


def children(of: int) -> list[int]:
    """Processes that this one started and that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == of and state != "Z":
            found.append(int(stat.parent.name))
    return found


def killed(house: House, moment: Moment, look: Callable[[], None]) -> list[int]:
    """Kill the worker at that moment; look at once, and when all that it had begun is undone. Which readers it had."""
    with working() as worker:
        with moment(house):
            readers = children(worker.pid)
            worker.kill()
            assert worker.wait(30) == -9
        look()
    until(house.alone, "the server undoes what the killed worker had begun")
    look()
    until(lambda: not any(map(_runs, readers)), "what read the file for it has ended too")
    house.time_passes()
    return readers


def _runs(pid: int) -> bool:
    try:
        return "sheets_child" in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


def worked_off(house: House) -> None:
    """The worker runs until no job of the catalogue is left."""
    with working():
        until(lambda: not house.jobs(), "the worker does what is to be done")


def test_a_worker_killed_while_it_tries_a_file_leaves_it_to_be_tried(house: House) -> None:
    record, one = Record(), brought()
    rows = {"catalogue-import.bring": 1}
    for name, moment in TRYING.items():
        readers = killed(house, moment, lambda: record.nothing(one, "checking", rows))
        assert (len(readers), house.jobs()) == (name == "reading", [("catalogue.try_out", "doing")]), name
    worked_off(house)
    record.nothing(one, "reported", rows | {"catalogue-import.report": 1})
    assert one.report is not None
    assert one.report["good"]
    assert one.report["counts"] == {"created": FRESH + ENTRIES, "changed": 1, "unchanged": 0, "refused": 0}
    assert len(one.report["rows"]) == FRESH + 1 + ENTRIES


def test_a_worker_killed_while_it_writes_leaves_nothing_and_the_next_writes_all_of_it_once(house: House) -> None:
    one = to_be_confirmed()
    confirm_import(by=staff("administrator01"), import_id=one.pk, agreed=one.agreed)
    house.ask("DELETE FROM procrastinate_jobs WHERE task_name = 'catalogue.try_out'")
    record = Record()
    for name, moment in CARRYING.items():
        readers = killed(house, moment, lambda: record.nothing(one, "confirmed", {}))
        assert (len(readers), house.jobs()) == (name == "reading", [("catalogue.carry_out", "doing")]), name
    worked_off(house)
    record.all_of_it(one, WHOLE)


def test_one_report_confirmed_twice_at_once_is_written_once(house: House) -> None:
    one, record = to_be_confirmed(), Record()
    account = Staff.objects.get(username="administrator01")
    page = f"/office/catalogue/imports/{one.uuid}/"
    with line.web() as port:
        people = [Person.of(port, account) for _ in range(2)]
        for person in people:
            assert one.agreed in person.get(page).text
        answers = line.together(*(lambda person=person: person.post(f"{page}confirm/", [("agreed", one.agreed)]) for person in people))  # type: ignore[misc]
        pages = [person.next(answer) for person, answer in zip(people, answers, strict=True)]
    assert [answer.status for answer in answers] == [303, 303]
    assert sorted(shown.says("wrong-state", "zh") for shown in pages) == [False, True]
    assert record.grew() == {"catalogue-import.confirm": 1}
    assert house.jobs() == [("catalogue.try_out", "todo"), ("catalogue.carry_out", "todo")]
    worked_off(house)
    record.all_of_it(one, WHOLE | {"catalogue-import.confirm": 1})


def test_two_that_write_the_same_import_at_once_write_it_once(house: House) -> None:
    """As when a worker is only thought dead, and its job given to another."""
    one = to_be_confirmed()
    confirm_import(by=staff("administrator01"), import_id=one.pk, agreed=one.agreed)
    carry_out.defer(import_id=one.pk)
    record = Record()
    with house.stopping("catalogue_item_version", "INSERT", f"NEW.code = '{CODES[MIDDLE]}'") as let_go, working():
        house.reached("catalogue_item_version")
        ((first, _),) = house.waiters()
        behind = "SELECT 1 FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid)) AND query LIKE '%%onewindow.district%%'"
        until(lambda: house.ask(behind, first), "the second waits behind the first")
        record.nothing(one, "confirmed", {})
        let_go()
        until(lambda: not house.jobs(), "both are done")
    record.all_of_it(one, WHOLE)
