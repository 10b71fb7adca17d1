"""What is asked of the ledger itself: several lives in one order, and the seal that lies over a row."""

from __future__ import annotations

import pytest

from onewindow.kernel.ledger.models import Entry, Seal
from onewindow.kernel.ledger.queries import rows_of, seal_over
from onewindow.kernel.ledger.tests.lives import amend, party, seal

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_several_lives_come_in_the_order_in_which_they_were_written() -> None:
    one, two, other = party(), party(), party()
    amend(one, 1)
    amend(other, 1)
    found = rows_of({"party": [one.pk, two.pk], "ticket": []})
    assert [(row.subject_id, row.n) for row in found] == [(one.pk, 1), (two.pk, 1), (one.pk, 2)]
    assert list(rows_of({})) == list(rows_of({"party": []})) == []


def test_a_row_lies_under_the_first_seal_after_it_or_under_none_yet() -> None:
    first = Entry.objects.get(subject_kind="party", subject_id=party().pk)
    assert seal_over(first) is None
    seal()
    second = Entry.objects.get(subject_kind="party", subject_id=party().pk)
    assert seal_over(second) is None
    seal()
    over = [seal_over(row) for row in (first, second)]
    assert [sealed.n for sealed in over if sealed] == [1, 2]
    assert over[0] is not None and over[0].digest == bytes(Seal.objects.get(n=1).digest).hex()
