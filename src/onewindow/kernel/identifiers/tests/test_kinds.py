"""The register: every kind, its names, and which kinds a text could be."""

from __future__ import annotations

import pytest

from onewindow.kernel.identifiers import (
    FAMILIES,
    Fault,
    Kind,
    candidates,
    check,
    kind_named,
    shown,
    unrecognised,
)

ID = "11010519491231002X"
CREDIT = "91110000600037341L"


def test_every_kind_has_one_family_and_names_never_clash() -> None:
    assert set(FAMILIES) == set(Kind)
    names = [name for family in FAMILIES.values() for name in (str(family.kind), *family.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("uscc", Kind.CREDIT_CODE),
        ("CREDIT_CODE", Kind.CREDIT_CODE),
        ("id", Kind.RESIDENT_ID),
        (" e-licence ", Kind.LICENCE_ID),
        ("passport", None),
    ],
)
def test_kinds_are_found_by_name_and_alias(name: str, kind: Kind | None) -> None:
    assert kind_named(name) is kind


def test_valid_candidate_comes_first_and_hopeless_ones_are_left_out() -> None:
    assert [(v.kind, v.valid) for v in candidates(CREDIT)] == [(Kind.CREDIT_CODE, True)]
    assert [v.kind for v in candidates(ID) if v.valid] == [Kind.RESIDENT_ID]
    assert candidates(ID)[0].valid


def test_near_misses_are_still_candidates() -> None:
    assert {v.kind for v in candidates(ID[:-1])} == {Kind.RESIDENT_ID, Kind.CREDIT_CODE}
    assert [v.reason.code for v in candidates("00250028-8") if v.reason] == [Fault.CHECK_CHARACTER]
    assert {v.kind for v in candidates("9" * 32)} == {Kind.IMPLEMENTATION_CODE, Kind.HANDLING_ITEM_CODE}


def test_nothing_fits() -> None:
    assert candidates("你好") == ()
    assert unrecognised("你好").code is Fault.UNRECOGNISED
    assert unrecognised(" \u3000").code is Fault.EMPTY


def test_check_never_raises_and_says_why() -> None:
    verdict = check(Kind.CASE_NUMBER, "x")
    assert not verdict.valid
    assert verdict.reason is not None
    assert verdict.reason.code is Fault.LENGTH


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        (ID, "110***********002X"),
        (ID[:-1] + "1", "110***********0021"),
        (ID[:-1], "110**********1002"),
        (CREDIT, CREDIT),
        ("00250028-7", "00250028-7"),
        (" abc ", "ABC"),
    ],
)
def test_what_may_be_personal_is_echoed_masked(text: str, echo: str) -> None:
    assert shown(text, candidates(text)) == echo


def test_a_personal_number_given_as_another_kind_is_masked_too() -> None:
    assert shown(ID, (check(Kind.CREDIT_CODE, ID),)) == "110***********002X"


def test_every_fault_speaks_both_languages_and_tells_what_to_do() -> None:
    for fault in Fault:
        assert "；" in fault.zh
        assert "; " in fault.en or "please" in fault.en
        assert not fault.zh.endswith("。")
        assert not fault.en.endswith(".")
