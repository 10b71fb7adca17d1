"""The database killed while many work, the ledger tampered with, the clock wrong at the start: one installation for all three."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from onewindow.kernel.cluster import Cluster
from onewindow.kernel.keys import uuid7
from tests.faults import line_support as line
from tests.faults.cluster_support import members, open_folder
from tests.faults.line_support import AGENT, FOOD, HYGIENE, Answer, Installation, Person
from tests.support.stack import free_port, until


@pytest.fixture(scope="module")
def stack() -> Iterator[Installation]:
    with open_folder() as folder:
        made = Installation(folder / "home").start()
        yield made
        if made.process is not None and made.process.poll() is None:
            made.stop()


@dataclass
class Work:
    """What people wished for, by the mark of their form, and what they were told."""

    stack: Installation
    enough: threading.Event = field(default_factory=threading.Event)
    tickets: dict[str, bool] = field(default_factory=dict)  # once: acknowledged
    cases: dict[str, list[str]] = field(default_factory=dict)  # once: the verbs acknowledged
    refused: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def away(self, person: Person, answer: Answer) -> None:
        """Whatever is not acknowledged is told to be so, in the reader's language."""
        if answer.status == 503 and answer.says("database-away", person.language):
            self.refused[person.language] += 1
        else:
            self.wrong.append(f"{answer.status} {answer.refusal} {answer.text[:3000]}")
            self.enough.set()

    def take_tickets(self, person: Person) -> None:
        """One ticket after another; what was not acknowledged is not asked for again."""
        while not self.enough.is_set():
            once = str(uuid7())
            self.tickets[once] = False
            answer = line.take(person, once=once)
            self.tickets[once] = answer.done
            if not answer.done:
                self.away(person, answer)

    def drive(self, clerk: Person, approver: Person, item: str) -> None:
        """One case after another from receipt to decision; what was not acknowledged is pressed again."""
        while not self.enough.is_set():
            once = str(uuid7())
            done = self.cases[once] = []
            answer = self._pressed(clerk, lambda: line.apply(clerk, item, once=once))  # noqa: B023
            done.append("receive")
            case = line.uuid_in(answer.to)
            self._pressed(clerk, lambda: line.accept(clerk, case, item))  # noqa: B023
            done.append("accept")
            self._pressed(approver, lambda: line.grant(approver, case))  # noqa: B023
            done.append("grant")

    def _pressed(self, person: Person, press: Callable[[], Answer]) -> Answer:
        before = self.refused[person.language]
        while not (answer := press()).done:
            if answer.refusal == "wrong-state" and self.refused[person.language] > before:
                break  # it was done after all, before the answer was lost
            self.away(person, answer)
            if self.wrong:
                raise AssertionError(self.wrong)
        return answer

    def acknowledged(self) -> int:
        return sum(self.tickets.values()) + sum(map(len, self.cases.values()))

    @contextmanager
    def going_on(self, *doing: Callable[[], None]) -> Iterator[None]:
        threads = [threading.Thread(target=self._kept, args=(work,)) for work in doing]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.enough.set()
            for thread in threads:
                thread.join(120)
        assert self.wrong == []
        assert not any(thread.is_alive() for thread in threads)

    def _kept(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            self.wrong.append(repr(error))
            self.enough.set()


def kill_database(stack: Installation) -> None:
    """kill -9 of the server and of every one of its processes."""
    killed = members(stack.data)
    assert len(killed) > 4
    for pid in killed:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def test_the_database_killed_in_the_middle_loses_and_doubles_nothing(stack: Installation) -> None:
    clerks = [stack.person("clerk01", "zh"), stack.person("clerk02", "en"), stack.person("clerk03", "zh")]
    approvers = [stack.person("market01", "zh"), stack.person("health01", "en"), stack.person("market02", "zh")]
    readers = {language: stack.person("clerk04", language) for language in line.LANGUAGES}
    for clerk in clerks:
        line.open_window(clerk)
        line.sit(clerk)
    others = stack.one("SELECT count(*) FROM queueing_ticket")
    work = Work(stack)

    def more(n: int) -> None:
        wanted = work.acknowledged() + n
        until(lambda: work.acknowledged() >= wanted or work.wrong, f"{n} more moves; refused so far {work.refused}")
        assert work.wrong == []

    supervisor = stack.process
    assert supervisor is not None
    items = (FOOD, HYGIENE, FOOD)
    kiosks = [Person(stack.port, language=language) for language in line.LANGUAGES]
    with work.going_on(
        *(lambda trio=trio: work.drive(*trio) for trio in zip(clerks, approvers, items, strict=True)),
        *(lambda kiosk=kiosk: work.take_tickets(kiosk) for kiosk in kiosks),
    ):
        more(60)
        supervisor.send_signal(signal.SIGSTOP)  # nobody starts the database again until we have looked at the pages
        try:
            kill_database(stack)
            looks = [
                (reader, look)
                for reader in readers.values()
                for look in (
                    *(lambda path=path, reader=reader: reader.twin().get(path) for path in ("/counter/", "/", "/tickets/", f"/tickets/{uuid7()}/")),
                    lambda reader=reader: reader.twin().post("/signin/", [("username", "clerk05"), ("password", line.PASSWORD)]),
                )
            ]
            for (reader, _), page in zip(looks, line.together(*(look for _, look in looks)), strict=True):
                assert page.status == 503
                assert page.says("database-away", reader.language), page.text
                assert page.headers["Content-Security-Policy"]
            until(lambda: min(work.refused["zh"], work.refused["en"]) > 0, "both readers were told")
        finally:
            supervisor.send_signal(signal.SIGCONT)
        more(60)
        kill_database(stack)  # and once more, at once, with everybody at work
        more(60)
    for reader in readers.values():
        assert reader.get("/counter/").status == 200  # still signed in

    taken = {str(once) for (once,) in stack.ask("SELECT once FROM queueing_ticket ORDER BY id OFFSET %s", others)}
    acknowledged = {once for once, done in work.tickets.items() if done}
    assert acknowledged <= taken <= set(work.tickets)
    numbers = stack.ask("SELECT serial FROM queueing_ticket ORDER BY id")
    assert [serial for (serial,) in numbers] == list(range(1, len(numbers) + 1))

    verbs: dict[str, list[str]] = {}
    rows = stack.ask(
        """SELECT c.once::text, e.verb FROM cases_case c
           LEFT JOIN ledger_entry e ON e.subject_kind = 'case' AND e.subject_id = c.id ORDER BY c.id, e.n"""
    )
    for once, verb in rows:
        verbs.setdefault(once, []).append(verb)
    whole = ["receive", "check", "accept", "grant"]
    assert verbs == {once: whole for once, done in work.cases.items() if done}
    assert all(done == ["receive", "accept", "grant"] for done in work.cases.values())

    until(stack.settled, "every result is made and every message owed has arrived", 120)
    assert stack.told_exactly_once()
    about = Counter(word for _, text in stack.arrived() for word in ("已收件", "已受理", "已准予许可", "可以领取了") if f"”{word}" in text or f"”的结果{word}" in text)
    assert about == dict.fromkeys(("已收件", "已受理", "已准予许可", "可以领取了"), len(work.cases))  # each once a case
    assert stack.one("SELECT count(*) FROM cases_document WHERE kind = 'licence'") == len(work.cases)
    assert stack.agrees()
    for clerk in clerks:
        assert clerk.post("/counter/end/").done


# The ledger tampered with by its owner, found from the command line


def audit(stack: Installation) -> tuple[int, dict[str, Any]]:
    done = stack.run("audit", "verify", "--json")
    return done.returncode, json.loads(done.stdout)


def sealed(stack: Installation) -> bool:
    return bool(stack.one("SELECT (SELECT sum(rows) FROM ledger_seal) = (SELECT count(*) FROM ledger_entry)"))


@contextmanager
def spoilt(stack: Installation, *statements: str) -> Iterator[None]:
    """Do this to the tables as their owner, past every guard, and put everything back afterwards."""
    tables = ("ledger_entry", "queueing_ticket")
    for table in tables:
        stack.ask(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")
        stack.ask(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        for statement in statements:
            stack.ask(statement)
        for table in tables:  # whoever spoils puts the guards back, or the audit names them too
            stack.ask(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        yield
    finally:
        for table in tables:
            stack.ask(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        stack.ask("DELETE FROM ledger_entry")
        stack.ask("INSERT INTO ledger_entry SELECT * FROM kept_ledger_entry")
        stack.ask(
            """UPDATE queueing_ticket t SET state = k.state, moves = k.moves, head = k.head, "window_id" = k.window_id
               FROM kept_queueing_ticket k WHERE k.id = t.id"""
        )
        for table in tables:
            stack.ask(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            stack.ask(f"DROP TABLE kept_{table}")


def test_the_audit_finds_whatever_the_owner_changes(stack: Installation) -> None:
    kiosk, clerk = stack.person(), stack.person("clerk06")
    line.open_window(clerk)
    for _ in range(2):
        assert line.take(kiosk).done
    until(lambda: clerk.post("/counter/next/").done, "somebody is called")
    clerk.get("/counter/")
    assert clerk.post("/counter/miss/").done
    until(lambda: stack.settled() and sealed(stack), "everything is told and sealed")
    code, report = audit(stack)
    assert (code, report["good"], report["findings"], report["schema"]) == (0, True, [], "onewindow.audit.verify/1")
    assert report["unsealed_rows"] == 0
    ticket, head = stack.ask("SELECT subject_id, digest FROM ledger_entry WHERE subject_kind = 'ticket' AND verb = 'miss'")[0]
    was = stack.ask("SELECT digest FROM ledger_entry WHERE subject_kind = 'ticket' AND subject_id = %s AND n = 2", ticket)[0][0]
    assert head != was

    with spoilt(stack, f"UPDATE ledger_entry SET facts = jsonb_set(facts, '{{ahead}}', '7') WHERE subject_kind = 'ticket' AND subject_id = {ticket} AND n = 1"):
        code, report = audit(stack)
        assert (code, report["good"]) == (1, False)
        assert [(f["rule"], f["place"]) for f in report["findings"]] == [("row-changed", f"ticket:{ticket}#1")]
        assert (report["findings"][0]["zh"], report["findings"][0]["en"]) == ("第 1 条记录被改动", "row 1 was changed")

    with spoilt(stack, f"DELETE FROM ledger_entry WHERE subject_kind = 'ticket' AND subject_id = {ticket} AND n = 2"):
        code, report = audit(stack)
        assert code == 1
        assert [f["rule"] for f in report["findings"]] == ["row-missing", "sealed-rows-differ"]
        assert report["findings"][0]["place"] == f"ticket:{ticket}#2"

    # The tail cut below a seal and the ticket set back to match: no chain can tell, the seal does.
    with spoilt(
        stack,
        f"DELETE FROM ledger_entry WHERE subject_kind = 'ticket' AND subject_id = {ticket} AND n = 3",
        f"""UPDATE queueing_ticket SET state = 'called', moves = 2, head = '\\x{bytes(was).hex()}',
            window_id = (SELECT min(id) FROM places_window WHERE state = 'closed') WHERE id = {ticket}""",
    ):
        code, report = audit(stack)
        assert code == 1
        assert [f["rule"] for f in report["findings"]] == ["sealed-rows-differ"]
        assert report["findings"][0]["place"].startswith("seal:")

    assert audit(stack)[0] == 0
    # A guard laid aside is found as well, and the audit does not put it back: that would hide that it ever was.
    stack.ask("ALTER TABLE queueing_ticket DISABLE TRIGGER ledger_guard_move")
    for _ in range(2):
        code, report = audit(stack)
        assert (code, [(f["rule"], f["place"]) for f in report["findings"]]) == (1, [("guard-disabled", "queueing_ticket.ledger_guard_move")])
    stack.ask("ALTER TABLE queueing_ticket ENABLE TRIGGER ledger_guard_move")
    assert audit(stack)[0] == 0


# The clock


TAKE = """
import django
from datetime import timedelta
django.setup()
from onewindow.bench.line import PRINTER
from onewindow.foundation.places.queries import hall
from onewindow.kernel import clock
from onewindow.kernel.keys import uuid7
from onewindow.stages.queueing.actions import take_ticket
with clock.use(clock.Hand(clock.now() + timedelta(days=3))):
    take_ticket(by=PRINTER, hall=hall("demo-centre", "A"), once=uuid7())
"""


def test_a_clock_that_is_wrong_stops_the_start(stack: Installation) -> None:
    assert stack.process is not None
    if stack.process.poll() is None:
        assert stack.stop() == 0
    # The last row lies three days ahead: the clock is behind; or over a year back: it ran ahead.
    for row in ("three days ahead", "over a year back"):
        with Cluster(stack.home / "database") as cluster:
            environment = stack.environment() | {"DATABASE_URL": cluster.dsn("app"), "DJANGO_SETTINGS_MODULE": "onewindow.config.settings"}
            if row == "three days ahead":
                subprocess.run([sys.executable, "-c", TAKE], check=True, env=environment)
            else:  # no action would write it: nothing begins before the ledger's newest row
                stack.ask("UPDATE ledger_entry SET at = now() - interval '401 days' WHERE id = (SELECT max(id) FROM ledger_entry)")
            before = stack.one("SELECT count(*) FROM ledger_entry"), stack.ask("SELECT at FROM ledger_entry ORDER BY id DESC LIMIT 1")
        done = stack.run("up", "--port", str(free_port()), "--streams-port", str(free_port()))
        assert done.returncode == 1
        assert "is running" not in done.stdout
        zh, en = [row for row in done.stderr.splitlines() if row.startswith(("无法启动：", "Cannot start: "))]
        assert "本机时钟（" in zh and "与系统已有记录（" in zh and "请信息管理员校准时钟后重试" in zh
        assert "This machine's clock (" in en and "Ask the IT office to set the clock" in en
        assert "Traceback" not in done.stderr
        assert stack.left() == []
        with Cluster(stack.home / "database"):
            after = stack.one("SELECT count(*) FROM ledger_entry"), stack.ask("SELECT at FROM ledger_entry ORDER BY id DESC LIMIT 1")
        assert before == after
    assert stack.log.count(AGENT) == 1  # on the page of accounts; nobody's number reached the log all this while
