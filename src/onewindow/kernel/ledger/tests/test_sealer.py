"""The sealer: what has come to rest, all of it, once, densely, and on the anchor too."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from threading import Event

import pytest
from django.db import connection

from onewindow.config.processes import relay
from onewindow.errands.tests.scene import at_once
from onewindow.kernel.errors import AnchorUnreadable
from onewindow.kernel.ledger import sealer
from onewindow.kernel.ledger.models import Entry, Seal
from onewindow.kernel.ledger.sealer import anchor_line, read_anchor
from onewindow.kernel.ledger.tests.lives import amend, anchor, audit, elsewhere, key, party, seal, total, write_row

pytestmark = pytest.mark.usefixtures("fresh_database")


def lines() -> list[str]:
    return anchor().read_text().splitlines()


def test_everything_at_rest_is_sealed_once() -> None:
    assert seal() == total() > 50
    assert seal() == 0
    assert Seal.objects.count() == 1
    amend(party(), 2)
    assert (seal(), seal()) == (3, 0)
    first, second = Seal.objects.order_by("n")
    assert (first.n, second.n, second.first, second.rows) == (1, 2, first.rows + 1, 3)
    assert bytes(second.previous) == bytes(first.digest)
    assert second.key_id == key().id


def test_an_open_transaction_holds_back_what_came_after_it() -> None:
    seal()
    with elsewhere() as other:
        later = party()
        assert seal() == 0
        write_row(other, 10**9)
        assert seal() == 0
        other.commit()
    assert seal() == 2
    last = Seal.objects.latest("n")
    newest = Entry.objects.get(subject_kind="party", subject_id=later.pk)
    assert (last.last_xid, last.last_id, last.rows) == (newest.xid, newest.pk, 2)
    assert seal() == 0


def test_a_transaction_that_fails_holds_back_nothing_for_ever() -> None:
    seal()
    with elsewhere() as other:
        write_row(other, 10**9)
        party()
        assert seal() == 0
    assert seal() == 1


def test_rows_older_than_an_open_transaction_are_sealed_meanwhile() -> None:
    seal()
    party()
    with elsewhere():
        assert seal() == 1


def test_transaction_numbers_are_ordered_as_numbers(as_owner: Callable[..., object]) -> None:
    """As text 9 comes after 10: the last row of the seal would be the wrong one, and sealed again."""
    as_owner("UPDATE ledger_entry SET xid = '9'")
    as_owner("UPDATE ledger_entry SET xid = '10' WHERE id = (SELECT min(id) FROM ledger_entry)")
    first = Entry.objects.order_by("id").first()
    assert first is not None
    assert seal() == total()
    last = Seal.objects.get()
    assert (last.last_xid, last.last_id) == (10, first.pk)
    assert seal() == 0
    report = audit()
    assert (report.findings, report.sealed_rows, report.unsealed_rows) == ([], total(), 0)


def test_a_long_backlog_is_sealed_in_parts_without_gap_or_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "BATCH", 7)
    parts = []
    while rows := seal():
        parts.append(rows)
    assert parts == [7] * (total() // 7) + [total() % 7] * (total() % 7 > 0)
    seals = list(Seal.objects.order_by("n"))
    assert [s.n for s in seals] == list(range(1, len(parts) + 1))
    assert [s.first for s in seals] == [1 + 7 * i for i in range(len(parts))]
    assert (audit().findings, audit().sealed_rows) == ([], total())


def test_each_seal_stands_on_the_anchor() -> None:
    for _ in range(3):
        party()
        seal()
    assert lines() == [anchor_line(s) for s in Seal.objects.order_by("n")]
    assert [line["n"] for line in read_anchor(anchor())] == [1, 2, 3]
    assert json.loads(lines()[-1])["rows"] == total()


def test_an_anchor_left_behind_by_a_crash_is_made_good() -> None:
    for _ in range(3):
        party()
        seal()
    whole = anchor().read_text()
    cut = whole.rstrip("\n").rfind("\n") + 1
    for left, behind in ((whole[: cut + 40], 1), (whole[:cut], 1), (whole[:40], 3), ("", 3)):
        anchor().write_text(left)
        assert (audit().findings, audit().unanchored_seals) == ([], behind), left
        assert seal() == 0
        assert anchor().read_text() == whole, left
    anchor().unlink()
    assert (seal(), anchor().read_text(), audit().unanchored_seals) == (0, whole, 0)


def test_a_crash_between_seal_and_anchor_is_made_good_by_the_next_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    seal()

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(sealer, "_catch_up", crash)
        party()
        with pytest.raises(KeyboardInterrupt):
            seal()
    assert (Seal.objects.count(), len(lines()), audit().unanchored_seals) == (2, 1, 1)
    party()
    assert seal() == 1
    assert lines() == [anchor_line(s) for s in Seal.objects.order_by("n")]


def test_a_crash_before_the_seal_is_committed_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(type(key()), "sign", crash)
        with pytest.raises(KeyboardInterrupt):
            seal()
    assert (Seal.objects.count(), anchor().exists()) == (0, False)
    assert seal() == total()


def test_of_four_sealers_at_once_one_seals() -> None:
    key()
    outcomes = at_once([seal] * 4)
    assert sorted(outcomes) == [0, 0, 0, total()]  # type: ignore[type-var]
    assert Seal.objects.count() == 1
    assert audit().findings == []


def test_a_sealer_that_finds_another_at_work_goes_away() -> None:
    with elsewhere() as other:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sealer._LOCK])
        assert seal() == 0
        assert Seal.objects.count() == 0
        other.rollback()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert cursor.fetchone() == (0,)
    assert seal() == total()


DAMAGED = {
    "no json": b"}{ garbled\n",
    "no utf-8": b"\xff\xfe\xff\n",
    "an empty line": b"\n",
    "json of another kind": b"[1, 2]\n",
    "a line without its number": b'{"digest": "00"}\n',
    "longer than any line": b"x" * 9_000,
    "longer than any line, and ended": b"x" * 9_000 + b"\n",
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_last_line_is_refused_by_name_and_nothing_is_written_after_it(how: str) -> None:
    seal()
    whole = anchor().read_bytes()
    anchor().write_bytes(whole + DAMAGED[how])
    for seals in (2, 3):
        party()
        with pytest.raises(AnchorUnreadable) as refused:
            seal()
        assert Seal.objects.count() == seals  # the database goes on sealing meanwhile
    assert anchor().read_bytes() == whole + DAMAGED[how]
    for language, then in (("zh-hans", "删去这一行"), ("en", "remove that line")):
        assert str(anchor()) in refused.value.message(language) and then in refused.value.message(language)
    assert refused.value.details["line"] == 2
    if DAMAGED[how].endswith(b"\n"):
        assert [(f.rule, f.place) for f in audit().findings] == [("anchor-unreadable", f"{anchor()}:2")]
    anchor().write_bytes(whole)  # what it says to do
    assert seal() == 0
    assert lines() == [anchor_line(s) for s in Seal.objects.order_by("n")]
    assert audit().findings == []


def test_the_relay_follows_on_beside_a_damaged_anchor(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    seal()
    with open(anchor(), "ab") as stream:
        stream.write(b"}{ garbled\n")
    monkeypatch.setattr(relay, "SEAL_EVERY_S", 0.0)
    stop, followed = Event(), []

    def follow() -> int:
        followed.append(party().pk)
        if len(followed) == 5:
            stop.set()
        return 1

    monkeypatch.setattr(relay, "relay_pass", follow)
    monkeypatch.setattr(relay, "log", logging.getLogger("told"))
    relay.run(stop)
    assert len(followed) == 5
    assert Seal.objects.count() >= 5
    (told,) = [record.getMessage() for record in caplog.records if record.name == "told"]
    assert "库外锚点文件" in told and "is damaged" in told
