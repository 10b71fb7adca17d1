"""Applicants on record: found by number without keeping it in clear, erased for good, and represented by others."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from onewindow.errands.tests.scene import SITE, at_once, company, day, everything, newest, refused, rows_written, stranger, verbs
from onewindow.foundation.people.actions import appoint_agent, erase, register
from onewindow.foundation.people.models import Agency, Party
from onewindow.foundation.people.policies import ERASE, REGISTER
from onewindow.foundation.people.queries import (
    masked_number,
    masked_phone,
    normalised_phone,
    number_ends_with,
    number_of,
    party_by_number,
    phone_of,
    principals_of,
)
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput, NotPermitted, WrongState
from onewindow.kernel.permissions import Actor

CLERK = Actor("staff", "1", frozenset({REGISTER.code}))
ERASER = Actor("staff", "2", frozenset({ERASE.code}))
NEW = "11440100007483172Q"


def registered(number: str = NEW, name: str = "演示单位", phone: str = "", kind: str = "company", by: Actor = CLERK) -> Party:
    return register(by=by, site=SITE, kind=kind, name=name, number=number, phone=phone)


def test_number_and_phone_are_sealed_and_found_by_blind_index(morning: clock.Hand) -> None:
    with rows_written() as rows:
        party = registered(f" {NEW.lower()} ", phone="+86 120-0000-0099")
    assert rows == ["party.register"]
    assert (number_of(party), phone_of(party.pk), masked_number(party)) == (NEW, "12000000099", NEW)
    stored = Party.objects.filter(pk=party.pk).values().get()
    in_clear = b"".join(bytes(value) for value in stored.values() if isinstance(value, bytes | memoryview))
    assert NEW.encode() not in in_clear and b"12000000099" not in in_clear and NEW[-4:].encode() not in in_clear
    assert newest(party).facts == {"kind": "company"}
    found = party_by_number("company", NEW.lower())
    assert found is not None and found.pk == party.pk
    assert party_by_number("person", NEW) is None
    assert stored["sort_key"] == "yan shi dan wei"


def test_the_same_number_is_one_record(morning: clock.Hand) -> None:
    first = registered(phone="12000000099")
    before = everything()
    assert registered(phone="12000000099").pk == registered().pk == first.pk
    assert everything() == before
    with rows_written() as rows:
        assert registered(phone="12000000098").pk == first.pk
    assert (rows, newest(first).facts, phone_of(first.pk)) == (["party.amend"], {"changed": ["phone"]}, "12000000098")


def test_a_known_number_under_another_name_is_refused_and_changes_nothing(morning: clock.Hand) -> None:
    registered(phone="12000000099")
    before = everything()
    with refused(InvalidInput) as no:
        registered(name="另一个名字", phone="12000000098")
    assert no.value.details["field"] == "姓名或名称"
    assert everything() == before


def test_the_same_number_from_six_windows_at_once_is_one_record(fresh_database: str, morning: clock.Hand) -> None:
    with rows_written() as rows:
        found = at_once([partial(registered, phone="12000000099")] * 6)
    assert all(isinstance(party, Party) for party in found), found
    assert {party.pk for party in found if isinstance(party, Party)} == {Party.objects.latest("id").pk}
    assert rows == ["party.register"]


@pytest.mark.parametrize(
    ("kind", "number", "name", "phone", "field"),
    [
        ("company", "11440100007483172R", "演示", "", "统一社会信用代码"),
        ("company", "", "演示", "", "统一社会信用代码"),
        ("person", "110105194912310021", "演示", "", "身份证号"),
        ("person", "11010519491231002", "演示", "", "身份证号"),
        ("person", NEW, "演示", "", "身份证号"),
        ("company", NEW, "  ", "", "姓名或名称"),
        ("company", NEW, "长" * 121, "", "姓名或名称"),
        ("company", NEW, "演示", "1200", "手机号"),
        ("company", NEW, "演示", "not a phone", "手机号"),
        ("ministry", NEW, "演示", "", "申请人类型"),
    ],
)
def test_what_is_wrong_is_named_and_nobody_is_registered(
    morning: clock.Hand, kind: str, number: str, name: str, phone: str, field: str
) -> None:
    with refused(InvalidInput) as no:
        registered(number, name, phone, kind)
    assert no.value.details["field"] == field
    sentences = no.value.message("zh-hans") + no.value.message("en")
    assert not number or number not in sentences


def test_the_longest_name_is_registered_whole(morning: clock.Hand) -> None:
    party = registered(name="龘" * 120)
    party.refresh_from_db()
    assert (len(party.name), len(party.sort_key) <= 240) == (120, True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("120 0000 0099", "12000000099"), ("8612000000099", "12000000099"), ("021-12345678", "02112345678"), ("", ""), ("12345", None)],
)
def test_phones_are_kept_in_one_form(typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(InvalidInput):
            normalised_phone(typed)
    else:
        assert normalised_phone(typed) == kept


def test_a_person_s_number_is_masked(db: None) -> None:
    shown = masked_number(stranger())
    assert "*" in shown and "19491231" not in shown
    assert masked_phone("12000000001") == "120****0001" and masked_phone("1234567") == "****"


def test_the_last_four_open_nothing_but_the_tail(db: None) -> None:
    assert [number_ends_with(stranger(), tail) for tail in ("002X", "002x", " 002X ", "0021", "", "02X")] == [True, True, True, False, False, False]


def test_an_erased_record_can_never_be_read_again(morning: clock.Hand) -> None:
    party = registered(phone="12000000099")
    with rows_written() as rows:
        erase(by=ERASER, party_id=party.pk)
    assert rows == ["party.erase"]
    party.refresh_from_db()
    assert (party.state, party.name, party.sort_key, party.number_blind) == ("erased", "已删除", "", None)
    assert (number_of(party), masked_number(party), phone_of(party.pk), number_ends_with(party, NEW[-4:])) == ("", "—", None, False)
    assert party_by_number("company", NEW) is None
    assert newest(party).facts == {}
    with refused(WrongState):
        erase(by=ERASER, party_id=party.pk)
    again = registered()
    assert (again.pk != party.pk, verbs(party)) == (True, ["register", "erase"])


def test_nobody_registers_or_erases_without_permission(morning: clock.Hand) -> None:
    party = company()
    with refused(NotPermitted):
        registered(by=ERASER)
    with refused(NotPermitted):
        registered("91110000600037341L", by=ERASER, phone="12000000055")
    with refused(NotPermitted):
        erase(by=CLERK, party_id=party.pk)
    with refused(NotPermitted):
        appoint_agent(by=ERASER, site=SITE, principal_id=party.pk, agent_id=stranger().pk, valid_until=date(2027, 1, 1))


def test_an_agent_acts_until_the_last_day_included(morning: clock.Hand) -> None:
    with rows_written() as rows:
        agency = appoint_agent(by=CLERK, site=SITE, principal_id=company().pk, agent_id=stranger().pk, valid_until=day("2026-12-31"))
    assert rows == ["agency.appoint"]
    assert newest(agency).facts == {"principal": company().pk, "agent": stranger().pk, "until": "2026-12-31"}
    for on, acts in (("2026-12-31", True), ("2027-01-01", False)):
        assert principals_of(stranger().pk, day(on)).filter(principal_id=company().pk).exists() is acts


def test_an_appointment_that_stands_is_returned_and_one_that_ran_out_is_renewed(morning: clock.Hand) -> None:
    appointing = partial(appoint_agent, by=CLERK, site=SITE, principal_id=company().pk, agent_id=stranger().pk)
    first = appointing(valid_until=day("2026-09-24"))
    before = everything()
    assert appointing(valid_until=day("2028-01-01")).pk == first.pk
    assert everything() == before
    morning.forward(days=1)
    with rows_written() as rows:
        second = appointing(valid_until=day("2028-01-01"))
    assert (rows, second.pk != first.pk) == (["agency.end", "agency.appoint"], True)
    first.refresh_from_db()
    assert (first.state, newest(first).facts) == ("ended", {"why": "expired"})
    assert principals_of(stranger().pk, clock.today()).filter(principal_id=company().pk).count() == 1


def test_one_letter_of_authority_shown_at_four_windows_is_one_appointment(fresh_database: str, morning: clock.Hand) -> None:
    appointing = partial(
        appoint_agent, by=CLERK, site=SITE, principal_id=company().pk, agent_id=stranger().pk, valid_until=day("2027-01-01")
    )
    with rows_written() as rows:
        found = at_once([appointing] * 4)
    assert {type(agency) for agency in found} == {Agency}, found
    assert rows == ["agency.appoint"]


def test_principals_come_in_the_order_of_their_sound(morning: clock.Hand) -> None:
    names, numbers = ["中文单位", "阿甲单位"], [NEW, "11370800MB28559184"]
    for name, number in zip(names, numbers, strict=True):
        party = registered(number, name)
        appoint_agent(by=CLERK, site=SITE, principal_id=party.pk, agent_id=stranger().pk, valid_until=day("2027-01-01"))
    appoint_agent(by=CLERK, site=SITE, principal_id=company().pk, agent_id=stranger().pk, valid_until=day("2027-01-01"))
    shown = [agency.principal.name for agency in principals_of(stranger().pk, clock.today())]
    assert shown == ["阿甲单位", "演示餐饮有限公司", "中文单位"]
