"""The auditor names the exact place of every tampering that the owner of the database can do, and invents none."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connections, transaction

from onewindow.foundation.people.models import Party
from onewindow.kernel import clock
from onewindow.kernel.crypto import SealKey, merkle_root, sm3
from onewindow.kernel.ledger import verify as verifying
from onewindow.kernel.ledger.models import Entry, Seal
from onewindow.kernel.ledger.sealer import Row, seal_body
from onewindow.kernel.ledger.tests.lives import amend, anchor, audit, findings, key, party, seal, total
from onewindow.kernel.ledger.verify import verify

Owner = Callable[..., object]


@dataclass(frozen=True)
class Ledger:
    """Three applicants: `first` with four rows and `second` with three under two seals, `tail` with two under none."""

    first: Party
    second: Party
    tail: Party
    owner: Owner

    def tamper(self, *statements: str) -> None:
        for statement in statements:
            self.owner(statement.format(first=self.first.pk, second=self.second.pk, tail=self.tail.pk))


@pytest.fixture
def ledger(fresh_database: str, as_owner: Owner) -> Ledger:
    first = party(2)
    seal()
    amend(first, 2)
    second = party(3)
    seal()
    return Ledger(first, second, party(2), as_owner)


_FORGED = "UPDATE people_party SET moves = 3, head = (SELECT digest FROM ledger_entry WHERE subject_kind = 'party' AND subject_id = {first} AND n = 3) WHERE id = {first}"
_CUT_FORGED = (
    "DELETE FROM ledger_entry WHERE subject_kind = 'party' AND subject_id = {first} AND n = 4",
    "ALTER TABLE people_party DISABLE TRIGGER ledger_guard_move",
    _FORGED,
    "ALTER TABLE people_party ENABLE TRIGGER ledger_guard_move",
)


def test_an_untouched_ledger_has_no_findings(ledger: Ledger) -> None:
    report = audit()
    assert (report.findings, report.seals, report.unanchored_seals) == ([], 2, 0)
    assert (report.rows, report.sealed_rows, report.unsealed_rows) == (total(), total() - 2, 2)
    assert report.subjects == Entry.objects.values("subject_kind", "subject_id").distinct().count()
    assert report.as_json()["good"] is True and report.as_json()["schema"] == "onewindow.audit.verify/1"


_OF_FIRST = "WHERE subject_kind = 'party' AND subject_id = {first} AND n ="
_OF_TAIL = "WHERE subject_kind = 'party' AND subject_id = {tail}"
CHANGED_VALUES = {
    "facts": """'{{"changed":["nAme"]}}'""", "facts ": "'{{}}'", "verb": "'erase'", "by": "'staff:3'", "was": "''", "now": "'erased'",
    "site": "'demo-centrf'", "year": "year - 1", "at": "at + interval '1 microsecond'",
}  # fmt: skip
TAMPERINGS: dict[str, tuple[list[str], list[tuple[str, str]]]] = {
    "a digest": (
        [f"UPDATE ledger_entry SET digest = set_byte(digest, 31, get_byte(digest, 31) # 1) {_OF_FIRST} 2"],
        [("row-changed", "party:{first}#2"), ("sealed-rows-differ", "seal:1")],
    ),
    "a row from the middle": (
        [f"DELETE FROM ledger_entry {_OF_FIRST} 3"], [("row-missing", "party:{first}#3"), ("sealed-rows-differ", "seal:2")],
    ),
    "the first row": (
        [f"DELETE FROM ledger_entry {_OF_FIRST} 1"], [("row-missing", "party:{first}#1"), ("sealed-rows-differ", "seal:1")],
    ),
    "an unsealed tail": ([f"DELETE FROM ledger_entry {_OF_TAIL} AND n = 2"], [("tail-cut", "party:{tail}#2")]),
    "a whole unsealed life": ([f"DELETE FROM ledger_entry {_OF_TAIL}"], [("tail-cut", "party:{tail}#1")]),
    "a sealed tail, head forged": ([*_CUT_FORGED], [("sealed-rows-differ", "seal:2")]),
    "a sealed tail with its seal": ([*_CUT_FORGED, "DELETE FROM ledger_seal WHERE n = 2"], [("seal-missing", "seal:2")]),
    "the last seal": (["DELETE FROM ledger_seal WHERE n = 2"], [("seal-missing", "seal:2")]),
    "an earlier seal": (["DELETE FROM ledger_seal WHERE n = 1"], [("seal-missing", "seal:1")]),
    "all seals": (["DELETE FROM ledger_seal"], [("seal-missing", "seal:1")]),
    "a signature": (
        ["UPDATE ledger_seal SET signature = set_byte(signature, 5, get_byte(signature, 5) # 1) WHERE n = 1"],
        [("seal-forged", "seal:1")],
    ),
    "a root": (["UPDATE ledger_seal SET root = digest WHERE n = 2"], [("seal-forged", "seal:2")]),
    "a seal's length": (["UPDATE ledger_seal SET rows = rows - 1 WHERE n = 2"], [("seal-forged", "seal:2")]),
    "a row given to another": (
        ["UPDATE ledger_entry SET subject_id = {second} " + f"{_OF_FIRST} 4"],
        [("tail-cut", "party:{first}#4"), ("row-changed", "party:{second}#4"), ("sealed-rows-differ", "seal:2")],
    ),
    "a row given to a kind that is not": (
        [f"UPDATE ledger_entry SET subject_kind = 'ghost' {_OF_TAIL} AND n = 2"],
        [("tail-cut", "party:{tail}#2"), ("kind-unknown", "ghost")],
    ),
    "a subject deleted": (
        ["ALTER TABLE people_party DISABLE TRIGGER ledger_keep", "DELETE FROM people_party WHERE id = {tail}"],
        [("subject-missing", "party:{tail}"), ("guard-disabled", "people_party.ledger_keep")],
    ),
    "a state set by hand": (
        ["ALTER TABLE people_party DISABLE TRIGGER ledger_guard_move", "UPDATE people_party SET state = 'erased' WHERE id = {tail}"],
        [("head-differs", "party:{tail}"), ("guard-disabled", "people_party.ledger_guard_move")],
    ),
    "a head set by hand": (
        ["ALTER TABLE people_party DISABLE TRIGGER ledger_guard_move", "UPDATE people_party SET head = '\\x00' WHERE id = {first}"],
        [("head-differs", "party:{first}"), ("guard-disabled", "people_party.ledger_guard_move")],
    ),
    "a row slipped under a seal": (
        [f"UPDATE ledger_entry SET xid = '3' {_OF_TAIL} AND n = 1"], [("sealed-rows-differ", "seal:1")],
    ),
}  # fmt: skip
_KEEP = [f"CREATE TABLE kept_{n} AS TABLE {t}" for n, t in (("entry", "ledger_entry"), ("seal", "ledger_seal"), ("party", "people_party"))]
_RESTORE = [
    "TRUNCATE ledger_entry, ledger_seal", "INSERT INTO ledger_entry TABLE kept_entry", "INSERT INTO ledger_seal TABLE kept_seal",
    "ALTER TABLE people_party DISABLE TRIGGER USER",
    "INSERT INTO people_party TABLE kept_party ON CONFLICT (id) DO UPDATE "
    "SET state = excluded.state, moves = excluded.moves, head = excluded.head",
    "ALTER TABLE people_party ENABLE TRIGGER USER",
]  # fmt: skip


def test_one_changed_value_names_its_row(ledger: Ledger) -> None:
    ledger.tamper(*_KEEP)
    for column, value in CHANGED_VALUES.items():
        ledger.tamper(f"UPDATE ledger_entry SET {column} = {value} {_OF_FIRST} 3")
        assert findings() == [("row-changed", f"party:{ledger.first.pk}#3")], column
        ledger.tamper(*_RESTORE)
    assert findings() == []


def test_every_tampering_is_found_at_its_place(ledger: Ledger) -> None:
    named = {"first": ledger.first.pk, "second": ledger.second.pk, "tail": ledger.tail.pk}
    ledger.tamper(*_KEEP)
    for tampering, (statements, found) in TAMPERINGS.items():
        ledger.tamper(*statements)
        assert findings() == [(rule, place.format(**named)) for rule, place in found], tampering
        ledger.tamper(*_RESTORE)
        assert findings() == [], tampering


def test_a_seal_made_anew_with_the_stolen_key_disagrees_with_the_anchor(ledger: Ledger) -> None:
    """Whoever owns the database and has the key, but not the anchor, is found too."""
    ledger.tamper(*_CUT_FORGED)
    seal_two = Seal.objects.get(n=2)
    rows = [
        Row(e.pk, e.xid, e.subject_kind, e.subject_id, bytes(e.digest))
        for e in Entry.objects.extra(order_by=["xid", "id"])[seal_two.first - 1 : seal_two.first + seal_two.rows - 2]
    ]
    content = {
        "n": 2, "first": seal_two.first, "rows": len(rows), "last_xid": rows[-1].xid, "last_id": rows[-1].id,
        "root": merkle_root([row.leaf() for row in rows]), "previous": bytes(seal_two.previous),
    }  # fmt: skip
    body = seal_body(**content)  # type: ignore[arg-type]
    ledger.owner(
        "UPDATE ledger_seal SET rows = %s, last_xid = %s::xid8, last_id = %s, root = %s, digest = %s, signature = %s WHERE n = 2",
        len(rows), str(rows[-1].xid), rows[-1].id, content["root"], sm3(body), key().sign(body),
    )  # fmt: skip
    assert findings() == [("anchor-differs", "seal:2")]


def test_seals_signed_by_another_key_are_forged(ledger: Ledger, tmp_path: object) -> None:
    other = SealKey.open(tmp_path / "other.key")  # type: ignore[operator]
    seal_one = Seal.objects.get(n=1)
    body = seal_body(
        n=1, first=1, rows=seal_one.rows, last_xid=seal_one.last_xid, last_id=seal_one.last_id, root=bytes(seal_one.root),
        previous=bytes(seal_one.previous),
    )  # fmt: skip
    assert sm3(body) == bytes(seal_one.digest)
    ledger.owner("UPDATE ledger_seal SET signature = %s, key_id = %s WHERE n = 1", other.sign(body), other.id)
    assert findings() == [("seal-forged", "seal:1")]


def test_a_changed_anchor_is_found(ledger: Ledger) -> None:
    whole = anchor().read_text()
    lines = [json.loads(line) for line in whole.splitlines()]
    lines[0]["digest"] = "00" * 32
    anchor().write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert findings() == [("anchor-differs", "seal:1")]
    anchor().write_text(whole + '{"n": 3, "digest": "00"}\n')
    assert findings() == [("seal-missing", "seal:3")]
    anchor().write_text("not a line of ours\n" + whole)
    assert findings() == [("anchor-unreadable", f"{anchor()}:1")]
    for damaged in ("{}", "5", "null", '{"n": "2", "digest": "00"}', '{"n": 2}', "\udcff"):
        anchor().write_bytes((whole + damaged + "\n").encode(errors="surrogateescape"))
        assert findings() == [("anchor-unreadable", f"{anchor()}:3")], damaged
    anchor().unlink()
    anchor().mkdir()
    assert findings() == [("anchor-unreadable", str(anchor()))]
    anchor().rmdir()
    anchor().write_text(whole)
    assert findings() == []


def test_no_subject_can_be_set_back_to_an_earlier_row(ledger: Ledger) -> None:
    """The guard asks for a row of this transaction: not even the owner turns a life back without laying it aside."""
    with pytest.raises(Exception, match="only together with its ledger row"):
        ledger.tamper(_FORGED)
    earlier = Entry.objects.get(subject_kind="party", subject_id=ledger.first.pk, n=3)
    with pytest.raises(IntegrityError, match="only together with its ledger row"), transaction.atomic():
        Party.objects.filter(pk=ledger.first.pk).update(moves=3, head=earlier.digest)
    assert findings() == []


def test_a_damaged_anchor_hides_no_forged_seal(ledger: Ledger) -> None:
    anchor().write_text("not a line of ours\n")
    ledger.tamper("UPDATE ledger_seal SET root = digest WHERE n = 2")
    assert findings() == [("anchor-unreadable", f"{anchor()}:1"), ("seal-forged", "seal:2")]


def test_without_the_seal_key_signatures_are_not_called_good(ledger: Ledger) -> None:
    report = verify(None, anchor())
    assert [(finding.rule, finding.place) for finding in report.findings] == [("seal-key-missing", "seal-key")]
    assert report.seals == 2
    ledger.tamper("TRUNCATE ledger_seal")
    anchor().unlink()
    assert verify(None, anchor()).findings == []


def test_a_wrong_clock_is_told_of_and_hinders_nobody(ledger: Ledger) -> None:
    assert audit().warnings == []
    for days in (-30, 500):
        with clock.use(clock.Hand(clock.now() + timedelta(days=days))):
            report = audit()
        assert [warning.rule for warning in report.warnings] == ["clock-wrong"]
        assert report.as_json()["good"] is True and report.rows == total()


def test_the_auditor_changes_nothing(ledger: Ledger) -> None:
    from onewindow.errands.tests.scene import everything

    before, lines = everything(), anchor().read_text()
    audit()
    assert (everything(), anchor().read_text()) == (before, lines)


def test_a_seal_made_while_the_auditor_reads_is_no_finding(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The centre works on during an audit: a newer seal is on the anchor by the end, and not in the auditor's snapshot."""
    strangers = verifying._check_strangers

    def meanwhile(kinds: list[str], report: verifying.Report) -> None:
        worker = Thread(target=lambda: (seal(), connections.close_all()))
        worker.start()
        worker.join()
        strangers(kinds, report)

    monkeypatch.setattr(verifying, "_check_strangers", meanwhile)
    report = audit()
    assert (report.findings, report.seals, report.unsealed_rows) == ([], 2, 2)
    monkeypatch.undo()
    again = audit()
    assert (again.findings, again.seals, again.unsealed_rows) == ([], 3, 0)
