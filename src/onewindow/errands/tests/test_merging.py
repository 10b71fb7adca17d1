"""Duplicates merged with what was filed: both numbers find the one that remains, their cases are theirs, and split only while nothing came since."""

from __future__ import annotations

from functools import partial

import pytest

from onewindow.errands import merging, sitting
from onewindow.errands.collection import collect
from onewindow.errands.tests.scene import (
    MAKER,
    REGION,
    SITE,
    accepted,
    agent,
    at_once,
    at_window,
    decided,
    refused,
    rows_written,
    seated,
    staff,
    ticket,
)
from onewindow.foundation.people.actions import register
from onewindow.foundation.people.models import Party
from onewindow.foundation.people.queries import party_by_number
from onewindow.kernel import clock
from onewindow.kernel.errors import CannotMerge, InvalidInput, WrongState
from onewindow.kernel.permissions import Actor
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.queries import cases_of, open_cases_of
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.queries import visits_of
from onewindow.stages.delivery.actions import make_available
from onewindow.stages.delivery.queries import results_for
from onewindow.stages.queueing.actions import miss

PASSPORT, TAIL = "EA0000001", "0001"
WHY = "同一人（演示）"


def foreigner() -> Party:
    return register(by=staff("administrator01"), site=SITE, kind="person", name="YANSHI RENYUAN", number=PASSPORT, document="passport", phone="12000000077")


def sits(party: Party, tail: str) -> tuple[Actor, Visit]:
    """A person sits at the first window for themselves."""
    clerk, _ = at_window()
    ticket(party)
    sitting.call_next(by=clerk)
    visit = sitting.sit_down(by=clerk)
    sitting.check_document(by=clerk, visit=visit, tail=tail)
    sitting.name_parties(by=clerk, visit=visit, applicant=party, agent=None)
    visit.refresh_from_db()
    return clerk, visit


def filed() -> tuple[Party, Case]:
    """Somebody filed a case with their passport, and it was granted."""
    party = foreigner()
    clerk, visit = sits(party, TAIL)
    case = decided(clerk, visit)
    sitting.end_sitting(by=clerk, visit=visit)
    return party, case


def merge(duplicate: Party) -> None:
    merging.merge(by=staff("administrator01"), duplicate=duplicate, remaining=agent(), reason=WHY)


def test_what_was_filed_with_the_duplicate_is_the_remaining_one_s_and_names_who_it_named(morning: clock.Hand) -> None:
    party, case = filed()
    papers = list(case.documents.values_list("digest", flat=True))
    merge(party)
    case.refresh_from_db()
    assert (case.applicant_id, case.addressee, list(case.documents.values_list("digest", flat=True))) == (party.pk, "YANSHI RENYUAN", papers)
    assert list(cases_of(agent().pk)) == [case] and list(open_cases_of(agent().pk)) == [case]
    assert list(visits_of(agent().pk)) == [case.visit]


@pytest.mark.parametrize("tail", [TAIL, "0014"])
def test_they_collect_with_either_document(morning: clock.Hand, tail: str) -> None:
    party, case = filed()
    result = make_available(by=MAKER, case=case, region=REGION)
    merge(party)
    assert list(results_for(agent().pk)) == [result]
    with refused(InvalidInput):
        collect(by=staff("handover01"), results=[result], collector=agent(), tail="9999")
    collect(by=staff("handover01"), results=[result], collector=agent(), tail=tail)
    result.refresh_from_db()
    assert result.collected_by == agent()


def test_the_old_document_at_the_printer_and_the_window(morning: clock.Hand) -> None:
    party, _ = filed()
    merge(party)
    holder = party_by_number("person", PASSPORT)
    assert holder == agent()
    clerk, visit = sits(agent(), TAIL)  # the passport, which the record that remains does not carry
    assert (visit.claim_id, visit.applicant_id) == (None, agent().pk)
    assert accepted(clerk, visit).applicant_id == agent().pk


def test_whoever_waits_or_sits_is_left_alone(morning: clock.Hand) -> None:
    party, (clerk, _) = foreigner(), at_window()
    taken = ticket(party)
    with refused(CannotMerge):
        merge(party)
    sitting.call_next(by=clerk)
    miss(by=clerk, ticket_id=taken.pk)
    with refused(CannotMerge):  # they may be put back
        merge(party)
    morning.forward(days=1)
    merge(party)
    assert party_by_number("person", PASSPORT) == agent()


def test_the_one_that_remains_is_not_merged_while_it_is_served_either(morning: clock.Hand) -> None:
    party = foreigner()
    seated()
    with refused(CannotMerge):
        merge(party)


def test_split_while_nothing_was_filed_since_and_not_afterwards(morning: clock.Hand) -> None:
    party, case = filed()
    merge(party)
    party.refresh_from_db()
    morning.forward(minutes=5)
    with rows_written() as rows:
        merging.split(by=staff("administrator01"), party=party)
    assert rows == ["party.release", "party.split"]
    assert (list(cases_of(agent().pk)), list(cases_of(party.pk))) == ([], [case])
    party.refresh_from_db()
    with refused(WrongState):
        merging.split(by=staff("administrator01"), party=party)
    merge(party)
    party.refresh_from_db()
    morning.forward(minutes=5)
    clerk, visit = sits(agent(), "0014")
    sitting.end_sitting(by=clerk, visit=visit)
    with refused(CannotMerge):
        merging.split(by=staff("administrator01"), party=party)


def test_merged_and_split_by_several_at_once_stays_whole(fresh_database: str, morning: clock.Hand) -> None:
    one, two, admin = foreigner(), agent(), staff("administrator01")
    done = at_once([partial(merging.merge, by=admin, duplicate=a, remaining=b, reason=WHY) for a, b in ((one, two), (two, one)) * 3])
    assert sorted(type(each).__name__ for each in done) == ["NoneType", *["WrongState"] * 5]
    merged = Party.objects.get(state="merged")
    done = at_once([partial(merging.split, by=admin, party=merged) for _ in range(4)])
    assert sorted(type(each).__name__ for each in done) == ["NoneType", *["WrongState"] * 3]
    assert not Party.objects.exclude(merged_into=None).exists()
