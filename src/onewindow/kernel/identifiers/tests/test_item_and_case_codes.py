"""Implementation codes, handling item codes and case numbers."""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.kernel.identifiers import (
    BasicCode,
    CaseNumber,
    CreditCode,
    Fault,
    HandlingItemCode,
    ImplementationCode,
    NotValid,
)

ITEM = "12441500196720244T3442199806003"
CASE = ITEM + "202206230068"


def fault_of(
    family: type[ImplementationCode | HandlingItemCode | CaseNumber], text: str
) -> tuple[Fault, object]:
    with pytest.raises(NotValid) as caught:
        family.parse(text)
    return caught.value.reason.code, caught.value.reason.first


def test_item_gives_its_parts() -> None:
    item = ImplementationCode.parse(ITEM)
    assert str(item.body) == "12441500196720244T"
    assert item.level == "3"
    assert item.basic == BasicCode("44", "21", "99", "806", "003")
    assert item.parts()["level_name"] == {"zh": "市级", "en": "city"}
    assert item.parts()["item_type_name"] is None
    permit = ImplementationCode.parse("11440100007483172Q3440106043001")
    assert permit.parts()["item_type_name"] == {"zh": "行政许可", "en": "permit"}


@pytest.mark.parametrize(
    ("written", "fault", "first"),
    [
        (ITEM[:-1], Fault.LENGTH, None),
        ("12441500196720244U" + ITEM[18:], Fault.CHECK_CHARACTER, 18),
        (ITEM[:18] + "8" + ITEM[19:], Fault.LEVEL, 19),
        (ITEM[:18] + "0" + ITEM[19:], Fault.LEVEL, 19),
        (ITEM[:19] + "47" + ITEM[21:], Fault.REGION, 20),
        (ITEM[:21] + "00" + ITEM[23:], Fault.ITEM_TYPE, 22),
        (ITEM[:30] + "X", Fault.CHARACTER, 31),
    ],
)
def test_item_faults_count_positions_in_the_whole_code(written: str, fault: Fault, first: int | None) -> None:
    assert fault_of(ImplementationCode, written) == (fault, first)


def test_national_basic_code_is_00() -> None:
    basic = BasicCode.generate("00", "01", "31", 4, 0)
    assert str(basic) == "000131004000"
    item = ImplementationCode.generate(CreditCode.demo(1, category="11"), 4, basic)
    assert ImplementationCode.parse(str(item)) == item


def test_handling_item_code() -> None:
    code = HandlingItemCode.parse(ITEM + "01")
    assert (str(code.implementation), code.number, str(code)) == (ITEM, "01", ITEM + "01")
    assert HandlingItemCode.generate(ITEM, 1) == code
    assert code.parts()["number"] == "01"
    assert fault_of(HandlingItemCode, ITEM) == (Fault.LENGTH, None)
    assert fault_of(HandlingItemCode, ITEM + "0X") == (Fault.CHARACTER, 33)


def test_case_number_gives_its_parts() -> None:
    case = CaseNumber.parse(CASE)
    assert (str(case.item), case.day, case.serial) == (ITEM, date(2022, 6, 23), "0068")
    assert str(case) == CASE
    assert CaseNumber.generate(ITEM, date(2022, 6, 23), 68) == case
    assert case.parts()["date"] == "2022-06-23"


@pytest.mark.parametrize(
    ("tail", "fault", "first"),
    [
        ("20220631" + "0068", Fault.DAY, 38),
        ("20221301" + "0068", Fault.MONTH, 36),
        ("19991231" + "0068", Fault.YEAR, 32),
        ("2022062A" + "0068", Fault.CHARACTER, 39),
        ("20220623" + "006", Fault.LENGTH, None),
    ],
)
def test_case_number_needs_a_real_date(tail: str, fault: Fault, first: int | None) -> None:
    assert fault_of(CaseNumber, ITEM + tail) == (fault, first)


def test_case_number_of_tomorrow_is_refused_today() -> None:
    assert CaseNumber.parse(CASE, on=date(2022, 6, 23)).serial == "0068"
    with pytest.raises(NotValid) as caught:
        CaseNumber.parse(CASE, on=date(2022, 6, 22))
    assert caught.value.reason.code is Fault.FUTURE
    with pytest.raises(NotValid):
        CaseNumber.generate(ITEM, date(2022, 6, 23), 10_000)
