"""What was searched for in vain: counted, nobody's, settled by who keeps the catalogue."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from onewindow.errands.tests.scene import FOOD, SITE, at_once, everything, refused, rows_written, staff, times
from onewindow.foundation.catalogue.actions import publish
from onewindow.foundation.catalogue.definition import demo_folder, load
from onewindow.foundation.catalogue.search import actions
from onewindow.foundation.catalogue.search.actions import note_missed, settle
from onewindow.foundation.catalogue.search.models import Missed, MissedQuery
from onewindow.foundation.catalogue.search.queries import missed_queries, not_ours
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotFound, NotPermitted
from onewindow.kernel.ledger.models import Entry

ODD = "写首诗"


def counted() -> list[tuple[str, int, date, date]]:
    return list(missed_queries().values_list("text", "times", "first_on", "last_on"))


def test_it_is_counted_by_its_words_and_days_and_writes_nothing_else(morning: clock.Hand) -> None:
    before = everything()
    assert note_missed(ODD) and note_missed(ODD)
    morning.forward(days=3)
    assert note_missed(ODD) and note_missed("养恐龙")
    assert counted() == [(ODD, 3, date(2026, 9, 24), date(2026, 9, 27)), ("养恐龙", 1, date(2026, 9, 27), date(2026, 9, 27))]
    assert {table for table, found in everything().items() if found != before[table]} == {"search_missed"}


def test_no_number_of_anybody_is_kept_and_the_database_sees_to_it(morning: clock.Hand) -> None:
    assert not note_missed("11010519491231002x") and not note_missed("138 0000 0000")
    assert not note_missed("张三11010519491231002x的月球") and counted() == []
    for text in ("电话13800000000", "2026"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Missed.objects.create(text=text, times=1, first_on=clock.today(), last_on=clock.today())


def test_as_many_are_kept_as_may_be_and_what_is_old_is_forgotten(morning: clock.Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_KEPT", 2)
    assert [note_missed(text) for text in (ODD, "养恐龙", "买火星", ODD)] == [True, True, False, True]
    Missed.objects.update(first_on=date(2026, 1, 1), last_on=date(2026, 1, 2))
    assert note_missed("买火星") and [row[0] for row in counted()] == ["买火星"]


def test_twenty_at_once_are_twenty(fresh_database: str) -> None:
    assert at_once(times(20, note_missed, query=ODD)) == [True] * 20
    assert counted()[0][:2] == (ODD, 20)


def test_it_is_settled_when_it_is_found(morning: clock.Hand) -> None:
    by = staff("administrator01")
    note_missed(ODD)
    with refused(InvalidInput):
        settle(by=by, site=SITE, text=ODD, ours=True)
    definition = load(demo_folder() / "items" / f"{FOOD}.json")
    publish(by=by, site=SITE, definition=definition.model_copy(update={"aliases": (*definition.aliases, ODD)}))
    with rows_written() as rows:
        done = settle(by=by, site=SITE, text=ODD, ours=True)
    assert (done.text, done.times, done.item, done.state) == (ODD, 1, FOOD, "settled") and counted() == [] and rows == ["missed-query.settle"]
    row = Entry.objects.get(subject_kind="missed-query")
    assert row.facts == {"item": FOOD, "times": 1}, "no words in the ledger: a name may be among them"
    with refused(NotFound):
        settle(by=by, site=SITE, text=ODD, ours=True)


def test_what_is_no_matter_of_the_centre_s_is_counted_no_more(morning: clock.Hand) -> None:
    note_missed(ODD)
    settle(by=staff("administrator01"), site=SITE, text=ODD, ours=False)
    assert not_ours(ODD) and not note_missed(ODD) and counted() == [] and MissedQuery.objects.get().item == ""


def test_only_who_keeps_the_words_settles(morning: clock.Hand) -> None:
    note_missed(ODD)
    for username in ("clerk01", "manager01", "market01"):
        with refused(NotPermitted):
            settle(by=staff(username), site=SITE, text=ODD, ours=False)
