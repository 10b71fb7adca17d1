"""A state changes only by a permitted move, together with exactly one ledger row."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from onewindow.foundation.people.models import Party
from onewindow.foundation.people.policies import ERASE, REGISTER
from onewindow.foundation.staff.models import Department
from onewindow.kernel import clock
from onewindow.kernel.errors import ClockWrong, NotFound, NotPermitted, WrongState
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.permissions import Actor

pytestmark = pytest.mark.django_db

CLERK = Actor("staff", "1", frozenset({REGISTER.code}))
ERASER = Actor("staff", "2", frozenset({ERASE.code}))


def new_party() -> Party:
    return begin(
        Party, "register", by=CLERK, site="demo-centre", facts={"kind": "person"}, kind="person", name="演示", sort_key="", document="resident-id",
        record_key=b"k", number_sealed=b"n", number_blind=None, tail_sealed=b"t",
    )  # fmt: skip


def rows(party: Party) -> list[tuple[int, str, str, str, str]]:
    found = Entry.objects.filter(subject_kind="party", subject_id=party.pk).order_by("n")
    return list(found.values_list("n", "was", "now", "verb", "by"))


def test_birth_writes_the_subject_and_its_first_row() -> None:
    party = new_party()
    stored = Party.objects.get(pk=party.pk)
    assert (stored.state, stored.moves, stored.site) == ("known", 1, "demo-centre")
    assert rows(party) == [(1, "", "known", "register", "staff:1")]
    assert bytes(stored.head) == bytes(Entry.objects.get(subject_kind="party", subject_id=party.pk).digest)


def test_a_move_changes_columns_and_adds_one_row() -> None:
    party = new_party()
    with moving(Party, party.pk, "amend", by=CLERK) as motion:
        motion.set(name="演示二")
        motion.record(changed=["name"])
    stored = Party.objects.get(pk=party.pk)
    assert (stored.name, stored.state, stored.moves) == ("演示二", "known", 2)
    assert rows(party)[1:] == [(2, "known", "known", "amend", "staff:1")]
    assert Entry.objects.get(subject_kind="party", subject_id=party.pk, n=2).facts == {"changed": ["name"]}


def test_a_move_without_permission_leaves_nothing_changed() -> None:
    party = new_party()
    before = Party.objects.filter(pk=party.pk).values().get()
    with pytest.raises(NotPermitted), transaction.atomic(), moving(Party, party.pk, "erase", by=CLERK) as motion:
        motion.set(name="x")
    assert Party.objects.filter(pk=party.pk).values().get() == before
    assert len(rows(party)) == 1


def test_a_move_from_the_wrong_state_is_refused() -> None:
    party = new_party()
    with moving(Party, party.pk, "erase", by=ERASER) as motion:
        motion.set(record_key=b"", number_blind=None)
    with pytest.raises(WrongState) as refused, transaction.atomic(), moving(Party, party.pk, "amend", by=CLERK):
        pass
    assert "已删除" in refused.value.message("zh-hans")
    assert [row[3] for row in rows(party)] == ["register", "erase"]


def test_an_exception_inside_a_move_undoes_it() -> None:
    party = new_party()
    with pytest.raises(RuntimeError), transaction.atomic(), moving(Party, party.pk, "amend", by=CLERK) as motion:
        motion.set(name="x")
        raise RuntimeError
    assert Party.objects.get(pk=party.pk).name == "演示"
    assert len(rows(party)) == 1


def test_a_subject_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound), moving(Party, 10**12, "amend", by=CLERK):
        pass


def test_the_columns_of_the_ledger_are_closed_to_a_move() -> None:
    party = new_party()
    with pytest.raises(ValueError, match="written by the ledger only"), moving(Party, party.pk, "amend", by=CLERK) as motion:
        motion.set(state="erased")


def test_facts_with_floats_are_refused() -> None:
    party = new_party()
    with pytest.raises(TypeError, match="floats"), transaction.atomic(), moving(Party, party.pk, "amend", by=CLERK) as motion:
        motion.record(days=1.5)


def test_the_database_refuses_a_state_without_its_row() -> None:
    party = new_party()
    with pytest.raises(IntegrityError, match="only together with its ledger row"), transaction.atomic():
        Party.objects.filter(pk=party.pk).update(state="erased")
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        Party.objects.filter(pk=party.pk).delete()
    with pytest.raises(IntegrityError, match="only together with its ledger row"), transaction.atomic():
        Department.objects.filter(code="market").update(moves=7)


@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET n = n", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry",
                                       "UPDATE ledger_seal SET n = n", "DELETE FROM ledger_seal"])  # fmt: skip
def test_the_running_role_cannot_rewrite_the_ledger(statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_clock_set_back_a_little_stands_still_and_set_back_far_is_refused() -> None:
    start = clock.now()
    hand = clock.Hand(start)
    with clock.use(hand):
        party = new_party()
        hand.forward(seconds=-90)
        with moving(Party, party.pk, "amend", by=CLERK):
            pass
        assert Party.objects.get(pk=party.pk).moved_at == start
        hand.forward(minutes=-10)
        with pytest.raises(ClockWrong), transaction.atomic(), moving(Party, party.pk, "amend", by=CLERK):
            pass
    assert len(rows(party)) == 2


def test_nothing_begins_under_a_clock_set_back_far() -> None:
    """A birth is compared with the ledger's newest row, for it has no past of its own; like a move it bears two minutes."""
    hand = clock.Hand(clock.now())
    with clock.use(hand):
        former = new_party()
        hand.forward(seconds=-119)
        later = new_party()
        assert (later.moved_at, Entry.objects.latest("id").at) == (clock.now(), clock.now())
        assert rows(later) == rows(former)
        hand.forward(minutes=-10)
        before = Party.objects.count(), Entry.objects.count()
        with pytest.raises(ClockWrong) as refused, transaction.atomic():
            new_party()
        assert "与系统已有记录" in refused.value.message("zh-hans")
        assert (Party.objects.count(), Entry.objects.count()) == before
        hand.forward(minutes=10)
        assert new_party().pk > later.pk


def test_the_clock_is_compared_without_another_question() -> None:
    with CaptureQueriesContext(connection) as asked:
        new_party()
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) == 1
