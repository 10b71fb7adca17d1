"""The disk full, at the start and in the middle of the line: said to the reader, nothing half written, and on it goes once there is space."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from onewindow.kernel.keys import uuid7
from tests.faults import line_support as line
from tests.faults.cluster_support import open_folder, tiny_disk
from tests.faults.line_support import Answer, Installation, Person
from tests.support.stack import free_port, until

SMALL, ENOUGH = 100, 320  # mebibytes: too little for a database to be made, and enough for a day's line


class Small(Installation):
    """An installation whose home is a disk of its own; what it says is written elsewhere."""

    @property
    def log_file(self) -> Path:
        return self.home.parent.parent / "up.log"


@pytest.fixture(scope="module")
def stack() -> Iterator[Installation]:
    """One whose disk is far too small at first."""
    with open_folder() as folder, tiny_disk(folder / "disk", SMALL):
        made = Small(folder / "disk" / "home")
        try:
            yield made
        finally:
            unfill(made)
            if made.process is not None and made.process.poll() is None:
                made.stop()


def fill(stack: Installation) -> None:
    """Write until not one byte more goes on the disk."""
    with contextlib.suppress(OSError), open(stack.home.parent / "films", "ab", buffering=0) as films:
        while True:
            films.write(bytes(4096))


def unfill(stack: Installation) -> None:
    stack.let_go()
    (stack.home.parent / "films").unlink(missing_ok=True)


def up(stack: Installation) -> subprocess.CompletedProcess[str]:
    return stack.run("up", "--port", str(free_port()), "--streams-port", str(free_port()))


def says_full(stack: Installation, done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1
    assert "is running" not in done.stdout
    zh, en = [row for row in done.stderr.splitlines() if row.startswith(("无法启动：", "Cannot start: "))]
    assert "磁盘已满" in zh and "请清理或扩充该磁盘" in zh
    assert "the disk is full" in en and "Free or add space on that disk" in en
    assert "Traceback" not in done.stderr
    assert stack.left() == []


def test_a_disk_too_small_is_told_at_the_start_and_a_larger_one_starts(stack: Installation) -> None:
    says_full(stack, up(stack))
    assert not (stack.home / "database" / "data").exists()
    subprocess.run(["mount", "-o", f"remount,size={ENOUGH}m", str(stack.home.parent)], check=True)
    stack.start()
    assert stack.status("/signin/") == 200


def test_a_disk_that_fills_in_the_middle_of_the_line(stack: Installation) -> None:
    clerk, approver = stack.person("clerk01", "zh"), stack.person("market01", "en")
    kiosks = {language: Person(stack.port, language=language) for language in line.LANGUAGES}
    line.open_window(clerk)
    line.sit(clerk)
    case = line.uuid_in(line.apply(clerk).to)
    assert line.accept(clerk, case).done
    until(stack.settled, "everything so far has been told")
    stack.keep_connected("owner")
    fill(stack)

    tickets, cases = dict[str, bool](), dict[str, bool]()

    def until_refused(person: Person, deed: Callable[[str], Answer], record: dict[str, bool]) -> None:
        """Press, each time a new wish, until it is refused: with the sentence, in this reader's language."""
        for _ in range(600):
            once = str(uuid7())
            answer = deed(once)
            record[once] = answer.done
            if not answer.done:
                assert (answer.status, answer.says("storage-full", person.language)) == (507, True), answer.text
                return
            fill(stack)
        raise AssertionError("the disk never was full")

    for language in ("zh", "en", "zh"):
        kiosk = kiosks[language]
        until_refused(kiosk, lambda once: line.take(kiosk, once=once), tickets)  # noqa: B023
    clerk.language = "en"
    until_refused(clerk, lambda once: line.apply(clerk, once=once), cases)
    clerk.language = "zh"
    until_refused(clerk, lambda once: line.apply(clerk, once=once), cases)
    decided = line.grant(approver, case)
    assert decided.done or decided.says("storage-full", "en")
    # Reading goes on: the pages need no room.
    assert [kiosks[language].get("/tickets/").status for language in line.LANGUAGES] == [200, 200]
    assert clerk.get("/counter/").status == 200
    # What was acknowledged is there, what was refused is not, and each is whole.
    assert {once for (once,) in stack.ask("SELECT once::text FROM queueing_ticket ORDER BY id OFFSET 1")} == {o for o, done in tickets.items() if done}
    assert {once for (once,) in stack.ask("SELECT once::text FROM cases_case ORDER BY id OFFSET 1")} == {o for o, done in cases.items() if done}
    assert _orphans(stack) == 0

    unfill(stack)
    # The same wishes pressed again are done, each once; the line goes on.
    for once in tickets:
        assert line.take(kiosks["zh"], once=once).done
    for once in cases:
        assert line.apply(clerk, once=once).done
    assert decided.done or line.grant(approver, case).done
    another = line.uuid_in(line.apply(clerk).to)
    assert line.accept(clerk, another).done
    assert line.grant(approver, another).done
    assert stack.one("SELECT count(*) FROM queueing_ticket") == 1 + len(tickets)
    assert stack.one("SELECT count(*) FROM cases_case") == 2 + len(cases)
    until(stack.settled, "every result is made and every message owed has arrived", 120)
    assert stack.told_exactly_once()
    assert stack.agrees()


def test_a_disk_so_full_that_the_database_goes_down_comes_back_by_itself(stack: Installation) -> None:
    kiosks = {language: Person(stack.port, language=language) for language in line.LANGUAGES}
    before = stack.one("SELECT count(*) FROM ledger_entry")
    stack.keep_connected("superuser")
    fill(stack)
    with pytest.raises(psycopg.OperationalError):  # its write-ahead log finds no room: the server gives itself up
        for _ in range(200):
            stack.ask("SELECT pg_logical_emit_message(false, 'filling', repeat('x', 1000000))", role="superuser")
            fill(stack)
    tickets = [str(uuid7()) for _ in range(6)]
    takers = [(list(kiosks.values())[n % 2], once) for n, once in enumerate(tickets)]
    answers = line.together(*(lambda kiosk=kiosk, once=once: line.take(kiosk, once=once) for kiosk, once in takers))
    for (kiosk, _), answer in zip(takers, answers, strict=True):
        told = {503: "database-away", 507: "storage-full"}[answer.status]
        assert answer.says(told, kiosk.language), answer.text
    until(lambda: "磁盘已满" in stack.log and "the disk is full" in stack.log, "the supervisor says why it cannot start the database")
    unfill(stack)
    once = str(uuid7())
    until(lambda: line.take(kiosks["zh"], once=once).done, "the supervisor has started the database again")
    until(stack.settled, "every message owed has arrived")
    assert stack.one("SELECT count(*) FROM queueing_ticket WHERE once = ANY(%s::uuid[])", tickets) == 0
    assert stack.one("SELECT count(*) FROM ledger_entry WHERE subject_kind = 'ticket' AND verb = 'take'") == stack.one("SELECT count(*) FROM queueing_ticket")
    assert stack.one("SELECT count(*) FROM ledger_entry") > before
    assert stack.told_exactly_once()
    assert stack.agrees()


def test_a_full_disk_is_told_when_an_installation_starts_again(stack: Installation) -> None:
    assert stack.stop() == 0
    fill(stack)
    says_full(stack, up(stack))
    unfill(stack)
    assert stack.agrees()  # which starts the database, and stops it again
    assert stack.left() == []


def test_a_secret_that_finds_no_room_is_not_left_half_written(stack: Installation) -> None:
    elsewhere = stack.home.parent / "elsewhere"
    reads = [sys.executable, "-c", "from onewindow.config.settings import SECRET_KEY as key; print(len(key))"]
    environment = stack.environment() | {"ONEWINDOW_HOME": str(elsewhere)}
    fill(stack)
    refused = subprocess.run(reads, env=environment, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "No space left on device" in refused.stderr
    assert list((elsewhere / "keys").iterdir()) == []
    unfill(stack)
    lengths = {subprocess.run(reads, env=environment, capture_output=True, text=True, check=True).stdout.strip() for _ in range(2)}
    assert lengths == {"64"}


def _orphans(stack: Installation) -> int:
    """Cases without their materials or receipt, and subjects without their ledger row: what a half-written step would leave."""
    return int(
        stack.one(
            """SELECT (SELECT count(*) FROM cases_case c WHERE NOT EXISTS (SELECT FROM cases_material m WHERE m.case_id = c.id)
                         OR NOT EXISTS (SELECT FROM cases_document d WHERE d.case_id = c.id AND d.kind = 'receipt'))
                    + (SELECT count(*) FROM queueing_ticket t WHERE NOT EXISTS
                         (SELECT FROM ledger_entry e WHERE e.subject_kind = 'ticket' AND e.subject_id = t.id AND e.n = t.moves))"""
        )
    )


