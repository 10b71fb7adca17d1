"""Two records of one person or company become one: what may be one, who points where afterwards, and apart again."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import Error, transaction

from onewindow.errands.tests.scene import (
    SITE,
    agent,
    at_once,
    company,
    day,
    everything,
    newest,
    refused,
    rows_written,
    staff,
    stranger,
    verbs,
)
from onewindow.foundation.people import actions
from onewindow.foundation.people.actions import appoint_agent, merge, register, split
from onewindow.foundation.people.models import Agency, Party
from onewindow.foundation.people.queries import (
    masked_number,
    number_ends_with,
    parties_like,
    party_by_id,
    party_by_number,
    party_by_uuid,
    phone_of,
    principals_of,
    record_by_number,
)
from onewindow.foundation.people.rules import Record, why_not_one
from onewindow.kernel import clock
from onewindow.kernel.errors import CannotMerge, InvalidInput, NotPermitted, ReasonMissing, WrongState

PASSPORT = "EA0000001"
WHY = "同一人，先用护照登记（演示）"


def by_passport(number: str = PASSPORT, name: str = "YANSHI RENYUAN", phone: str = "12000000077") -> Party:
    return register(by=staff("administrator01"), site=SITE, kind="person", name=name, number=number, phone=phone, document="passport")


def merged() -> Party:
    """The passport's record, merged into the agent's."""
    duplicate = by_passport()
    merge(by=staff("administrator01"), duplicate_id=duplicate.pk, remaining_id=agent().pk, reason=WHY)
    duplicate.refresh_from_db()
    return duplicate


def test_another_document_is_registered_with_its_kind_and_masked(morning: clock.Hand) -> None:
    party = by_passport()
    assert (party.document, masked_number(party), newest(party).facts) == ("passport", "*" * 9, {"kind": "person", "document": "passport"})
    assert agent().document == "resident-id" and company().document == "credit-code"
    admin = staff("administrator01")
    for kind, document, number in (("person", "credit-code", PASSPORT), ("person", "passport", "E 1"), ("company", "passport", PASSPORT), ("person", "none", "1")):
        with refused(InvalidInput):
            register(by=admin, site=SITE, kind=kind, name="演示", number=number, document=document)
    assert register(by=admin, site=SITE, kind="company", name="演示", number="310104000000001", document="registration").document == "registration"


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (Record(1, "person", "passport"), Record(2, "person", "resident-id"), True),
        (Record(1, "person", "resident-id"), Record(2, "person", "passport"), True),
        (Record(1, "person", "passport"), Record(2, "person", "passport"), True),  # a passport is renewed under a new number
        (Record(1, "company", "registration"), Record(2, "company", "credit-code"), True),
        (Record(1, "person", "resident-id"), Record(2, "person", "resident-id"), False),
        (Record(1, "company", "credit-code"), Record(2, "company", "credit-code"), False),
        (Record(1, "person", "passport"), Record(2, "company", "credit-code"), False),
        (Record(1, "person", "passport"), Record(1, "person", "passport"), False),
        (Record(1, "person", "passport", True), Record(2, "person", "resident-id"), False),
    ],
)
def test_which_records_may_be_of_one(one: Record, other: Record, may: bool) -> None:
    assert (why_not_one(one, other) is None) is may


def test_a_merge_is_told_on_both_and_the_number_finds_the_one_that_remains(morning: clock.Hand) -> None:
    duplicate, remaining = by_passport(), agent()
    with rows_written() as rows:
        merge(by=staff("administrator01"), duplicate_id=duplicate.pk, remaining_id=remaining.pk, reason=f" {WHY} ")
    assert rows == ["party.absorb", "party.merge"]
    duplicate.refresh_from_db()
    assert (duplicate.state, duplicate.merged_into_id, duplicate.merge_reason) == ("merged", remaining.pk, WHY)
    assert newest(remaining).facts == {"duplicate": duplicate.pk}
    assert newest(duplicate).facts == {"into": remaining.pk, "repointed": [], "ended": []}
    for found in (party_by_number("person", PASSPORT), party_by_id(duplicate.pk), party_by_uuid(str(duplicate.uuid))):
        assert found == remaining
    assert record_by_number("person", PASSPORT) == duplicate
    assert number_ends_with(remaining, PASSPORT[-4:]) and number_ends_with(remaining, "0014") and not number_ends_with(remaining, "9999")
    assert phone_of(duplicate.pk) == phone_of(remaining.pk) == "12000000002"
    assert parties_like(PASSPORT) == [duplicate] and duplicate in parties_like("YANSHI")


def test_who_shows_the_old_document_is_the_one_that_remains_under_either_name(morning: clock.Hand) -> None:
    merged()
    assert by_passport() == agent() and by_passport(name=agent().name) == agent()
    assert phone_of(agent().pk) == "12000000077"
    with refused(InvalidInput):
        by_passport(name="别人")


@pytest.mark.parametrize(("one", "other"), [("agent", "stranger"), ("agent", "company"), ("agent", "agent")])
def test_different_people_are_not_merged(morning: clock.Hand, one: str, other: str) -> None:
    known = {"agent": agent(), "stranger": stranger(), "company": company()}
    with refused(CannotMerge):
        merge(by=staff("administrator01"), duplicate_id=known[one].pk, remaining_id=known[other].pk, reason=WHY)


def test_there_are_no_chains_by_the_rule_and_by_the_database(morning: clock.Hand) -> None:
    duplicate, second, admin = merged(), by_passport("EA0000002", "另一本"), staff("administrator01")
    with refused(WrongState):  # into what was merged
        merge(by=admin, duplicate_id=second.pk, remaining_id=duplicate.pk, reason=WHY)
    with refused(WrongState):  # what was merged, once more
        merge(by=admin, duplicate_id=duplicate.pk, remaining_id=second.pk, reason=WHY)
    with refused(CannotMerge):  # what holds others
        merge(by=admin, duplicate_id=agent().pk, remaining_id=second.pk, reason=WHY)
    changes = [{"merged_into_id": None}, {"merge_reason": ""}, {"merged_into_id": duplicate.pk}, {"merged_into_id": second.pk, "state": "known"}]
    merge(by=admin, duplicate_id=second.pk, remaining_id=agent().pk, reason=WHY)
    changes += [{"merged_into_id": second.pk}]
    before = everything()
    for change in changes:
        with pytest.raises(Error), transaction.atomic():
            Party.objects.filter(pk=duplicate.pk).update(**change)
    assert everything() == before


def test_a_reason_is_required_and_so_is_the_permission(morning: clock.Hand) -> None:
    duplicate = by_passport()
    for username, reason, refusal in (("administrator01", " ", ReasonMissing), ("administrator01", "字" * 201, InvalidInput), ("clerk01", WHY, NotPermitted)):
        with refused(refusal):
            merge(by=staff(username), duplicate_id=duplicate.pk, remaining_id=agent().pk, reason=reason)


def test_agencies_follow_and_come_back(morning: clock.Hand) -> None:
    """One moves, one was there already and lasts longer, one would be of oneself, one lasts longer than what stands."""
    admin, duplicate, remaining = staff("administrator01"), by_passport(), agent()
    other, firm = stranger(), company()
    moved = appoint_agent(by=admin, site=SITE, principal_id=other.pk, agent_id=duplicate.pk, valid_until=day("2027-01-31"))
    shorter = appoint_agent(by=admin, site=SITE, principal_id=firm.pk, agent_id=duplicate.pk, valid_until=day("2026-10-01"))
    oneself = appoint_agent(by=admin, site=SITE, principal_id=remaining.pk, agent_id=duplicate.pk, valid_until=day("2027-01-31"))
    was = {(a.principal_id, a.agent_id, a.valid_until) for a in Agency.objects.filter(state="valid")}
    merge(by=admin, duplicate_id=duplicate.pk, remaining_id=remaining.pk, reason=WHY)
    for agency in (moved, shorter, oneself):
        agency.refresh_from_db()
    assert (moved.state, moved.principal_id, moved.agent_id, verbs(moved)) == ("valid", other.pk, remaining.pk, ["appoint", "repoint"])
    assert (shorter.state, oneself.state) == ("ended", "ended")
    assert {agency.principal_id for agency in principals_of(remaining.pk, day("2026-09-24"))} == {firm.pk, other.pk}
    assert not Agency.objects.filter(state="valid").filter(agent=duplicate).exists()
    split(by=admin, party_id=duplicate.pk)
    assert {(a.principal_id, a.agent_id, a.valid_until) for a in Agency.objects.filter(state="valid")} == was
    duplicate.refresh_from_db()
    assert (duplicate.state, duplicate.merged_into_id, duplicate.merge_reason) == ("known", None, "")
    assert (verbs(duplicate), verbs(remaining)[-2:]) == (["register", "merge", "split"], ["absorb", "release"])
    assert party_by_number("person", PASSPORT) == duplicate


def test_what_stands_longer_wins_and_what_stood_is_there_again_afterwards(morning: clock.Hand) -> None:
    admin, duplicate, remaining = staff("administrator01"), by_passport(), agent()
    standing = Agency.objects.get(principal=company(), agent=remaining, state="valid")
    longer = appoint_agent(by=admin, site=SITE, principal_id=company().pk, agent_id=duplicate.pk, valid_until=day("2039-01-31"))
    was = {(a.principal_id, a.agent_id, a.valid_until) for a in Agency.objects.filter(state="valid")}
    merge(by=admin, duplicate_id=duplicate.pk, remaining_id=remaining.pk, reason=WHY)
    standing.refresh_from_db()
    longer.refresh_from_db()
    assert (standing.state, longer.state, longer.agent_id) == ("ended", "valid", remaining.pk)
    split(by=admin, party_id=duplicate.pk)
    assert {(a.principal_id, a.agent_id, a.valid_until) for a in Agency.objects.filter(state="valid")} == was


def test_what_was_given_an_agency_since_stays_merged(morning: clock.Hand) -> None:
    duplicate, admin = merged(), staff("administrator01")
    morning.forward(minutes=1)
    appoint_agent(by=admin, site=SITE, principal_id=stranger().pk, agent_id=agent().pk, valid_until=day("2027-01-31"))
    with refused(CannotMerge):
        split(by=admin, party_id=duplicate.pk)


def test_what_was_not_merged_is_not_split(morning: clock.Hand) -> None:
    with refused(WrongState):
        split(by=staff("administrator01"), party_id=by_passport().pk)
    duplicate = merged()
    with refused(NotPermitted):
        split(by=staff("clerk01"), party_id=duplicate.pk)


def test_erasing_the_one_that_remains_erases_what_was_merged_into_it(morning: clock.Hand) -> None:
    duplicate = merged()
    actions.erase(by=staff("administrator01"), party_id=agent().pk)
    duplicate.refresh_from_db()
    assert (duplicate.state, duplicate.name, duplicate.merged_into_id, bytes(duplicate.record_key)) == ("erased", "已删除", None, b"")
    assert party_by_number("person", PASSPORT) is None


def test_two_merges_in_opposite_directions_at_once_one_wins(fresh_database: str, morning: clock.Hand) -> None:
    one, other, admin = by_passport(), by_passport("EA0000002", "另一本"), staff("administrator01")
    doings = [partial(merge, by=admin, duplicate_id=a.pk, remaining_id=b.pk, reason=WHY) for a, b in ((one, other), (other, one)) * 3]
    done = at_once(doings)
    assert sorted(type(each).__name__ for each in done) == ["NoneType", *["WrongState"] * 5]
    assert sorted(Party.objects.filter(pk__in=[one.pk, other.pk]).values_list("state", flat=True)) == ["known", "merged"]
