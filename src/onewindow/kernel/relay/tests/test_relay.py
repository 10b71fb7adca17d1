"""The relay: every row once, in the order of transactions, whatever commits late and whoever dies between."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import psycopg
import pytest
from django.db import connection

from onewindow.errands.tests.scene import at_once, everything, jobs, ticket
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.ledger.tests.lives import elsewhere, party, total, write_row
from onewindow.kernel.relay import following
from onewindow.kernel.relay.events import Event, Wiring
from onewindow.kernel.relay.following import event_of, relay_pass
from onewindow.kernel.relay.models import Cursor

pytestmark = pytest.mark.usefixtures("fresh_database")


class Heard:
    """A wiring that keeps every event it is told, under one topic."""

    def __init__(self, topic: str = "all") -> None:
        self.events: list[Event] = []
        self.topic = topic
        self.wiring = Wiring(topics=[self._hear])

    def _hear(self, event: Event) -> Iterable[str]:
        self.events.append(event)
        return [self.topic]

    def passes(self) -> int:
        return relay_pass(self.wiring)

    @property
    def subjects(self) -> list[int]:
        return [event.subject_id for event in self.events]


def test_everything_is_passed_on_once_as_plain_data() -> None:
    heard = Heard()
    new = party(3)
    assert heard.passes() == total()
    assert heard.passes() == 0
    stored = list(Entry.objects.extra(order_by=["xid", "id"]))
    assert heard.events == [event_of(entry) for entry in stored]
    assert [
        (e.name, e.verb, e.by, e.site, e.facts) for e in heard.events if e.subject_id == new.pk and e.subject_kind == "party"
    ] == [
        ("people.registered", "register", "staff:1", "demo-centre", {"kind": "person"}),
        ("people.amended", "amend", "staff:1", "demo-centre", {"changed": ["name"]}),
        ("people.amended", "amend", "staff:1", "demo-centre", {"changed": ["name"]}),
    ]
    last = Cursor.objects.get()
    assert (last.xid, last.entry_id) == (stored[-1].xid, stored[-1].pk)


def test_an_older_transaction_that_commits_later_is_neither_skipped_nor_passed_twice() -> None:
    Heard().passes()
    heard = Heard()
    with elsewhere() as older:
        write_row(older, 10**9)
        younger = party()
        assert heard.passes() == 0
        write_row(older, 10**9 + 1)
        older.commit()
    assert heard.passes() == 3
    assert heard.subjects == [10**9, 10**9 + 1, younger.pk]
    ids = [event.entry_id for event in heard.events]
    assert ids != sorted(ids)
    assert heard.passes() == 0


def test_an_older_transaction_that_fails_is_waited_for_and_then_forgotten() -> None:
    Heard().passes()
    heard = Heard()
    with elsewhere() as older:
        write_row(older, 10**9)
        younger = party()
        assert heard.passes() == 0
    assert (heard.passes(), heard.subjects) == (1, [younger.pk])


def test_rows_below_an_open_transaction_are_passed_meanwhile() -> None:
    Heard().passes()
    heard, first = Heard(), party()
    with elsewhere() as open_:
        assert (heard.passes(), heard.subjects) == (1, [first.pk])
        party()
        assert heard.passes() == 0
        open_.rollback()
    assert heard.passes() == 1


def test_a_batch_may_end_within_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demonstration was loaded in one transaction; seven rows a pass cut through it."""
    monkeypatch.setattr(following, "BATCH", 7)
    heard, passes = Heard(), 0
    while heard.passes():
        passes += 1
    assert passes == -(-total() // 7)
    assert [event.entry_id for event in heard.events] == list(
        Entry.objects.extra(order_by=["xid", "id"]).values_list("id", flat=True)
    )


def test_transaction_numbers_are_ordered_as_numbers(as_owner: Callable[..., object]) -> None:
    as_owner("UPDATE ledger_entry SET xid = '9'")
    as_owner("UPDATE ledger_entry SET xid = '10' WHERE id = (SELECT min(id) FROM ledger_entry)")
    heard = Heard()
    assert heard.passes() == total()
    assert heard.events[-1].entry_id == Entry.objects.order_by("id").values_list("id", flat=True)[0]
    assert heard.passes() == 0


def test_four_relays_at_once_pass_everything_once() -> None:
    ticket()
    outcomes = at_once([relay_pass] * 4)
    assert sorted(outcomes) == [0, 0, 0, total()]  # type: ignore[type-var]
    assert len(jobs()) == 1


@pytest.mark.parametrize("dies_at", ["_defer", "_notify"])
def test_a_relay_killed_in_between_has_done_nothing_and_the_next_does_it_all(
    monkeypatch: pytest.MonkeyPatch, dies_at: str
) -> None:
    ticket(), ticket()
    whole = getattr(following, dies_at)

    def dies(*args: object) -> None:
        whole(*args)
        raise KeyboardInterrupt

    before = everything()
    with monkeypatch.context() as broken:
        broken.setattr(following, dies_at, dies)
        with pytest.raises(KeyboardInterrupt):
            relay_pass()
    assert everything() == before
    assert relay_pass() == total()
    entries = Entry.objects.filter(subject_kind="ticket").order_by("id").values_list("id", flat=True)
    assert [job for _, job in jobs()] == [{"entry_id": pk, "handler": "notices.tell_of_ticket"} for pk in entries]


def listening() -> psycopg.Connection:
    """A connection that hears what the relay tells."""
    at = connection.settings_dict
    address = psycopg.conninfo.make_conninfo(
        dbname=at["NAME"], user=at["USER"], password=at["PASSWORD"], host=at["HOST"], port=at["PORT"] or None
    )
    other = psycopg.connect(address, autocommit=True)
    other.execute(f"LISTEN {following.CHANNEL}")
    return other


def notified(on: psycopg.Connection) -> list[str]:
    return [notice.payload for notice in on.notifies(timeout=0.5)]


def test_notices_carry_ids_only_and_always_fit() -> None:
    """PostgreSQL takes 7,999 bytes a NOTIFY: 450 subjects with the longest ids go in three."""
    heard = Heard("hall/" + "s" * 32 + "/A")
    heard.passes()
    subjects = [9 * 10**18 + n for n in range(450)]
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        for subject in subjects:
            write_row(connection, subject)
        cursor.execute("COMMIT")
    with listening() as ear:
        assert heard.passes() == 450
        payloads = notified(ear)
    assert [len(json.loads(payload)["ids"]) for payload in payloads] == [200, 200, 50]
    assert all(len(payload.encode()) < 8000 for payload in payloads)
    assert {tuple(json.loads(payload)) for payload in payloads} == {("topic", "ids")}
    assert [pk for payload in payloads for pk in json.loads(payload)["ids"]] == subjects


def test_a_subject_that_moved_often_is_named_once() -> None:
    Heard().passes()
    new = party(5)
    with listening() as ear:
        heard = Heard("party")
        assert heard.passes() == 5
        assert notified(ear) == [json.dumps({"topic": "party", "ids": [new.pk]})]


def test_nothing_at_rest_tells_nobody_anything() -> None:
    heard = Heard()
    heard.passes()
    before = everything()
    with listening() as ear:
        assert (heard.passes(), notified(ear)) == (0, [])
    assert everything() == before
