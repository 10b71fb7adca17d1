"""Resident ID numbers: the standard's own samples, and every refusal with its words."""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.identifiers import Fault, Holder, NotValid, ResidentId, Sex, looks_personal, mask
from onewindow.kernel.identifiers.checks import resident_check

SAMPLE = "11010519491231002X"


def refused(text: str, on: date | None = None) -> NotValid:
    with pytest.raises(NotValid) as caught:
        ResidentId.parse(text, on=on)
    return caught.value


def made(region: str, birth: str, sequence: str) -> str:
    body = region + birth + sequence
    return body + resident_check(body)


def test_sample_gives_its_parts() -> None:
    person = ResidentId.parse(SAMPLE)
    assert (person.region, person.birth, person.sequence) == ("110105", date(1949, 12, 31), "002")
    assert (person.sex, person.holder) == (Sex.FEMALE, Holder.CITIZEN)
    assert person.province is not None
    assert person.province.zh == "北京市"
    assert person.number == SAMPLE


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        " 110105 19491231 002X\n",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５１９４９１２３１００２ｘ",
        "110105\u300019491231\u200b002X",
    ],
)
def test_blanks_full_width_and_small_x_are_forgiven(written: str) -> None:
    assert ResidentId.parse(written).number == SAMPLE


@pytest.mark.parametrize(
    ("written", "fault", "place"),
    [
        ("", Fault.EMPTY, (None, None)),
        ("  ", Fault.EMPTY, (None, None)),
        ("1101051949123100", Fault.LENGTH, (None, None)),
        (SAMPLE + "1", Fault.LENGTH, (None, None)),
        ("110105491231002", Fault.OLD_NUMBER, (None, None)),
        ("11O10519491231002X", Fault.CHARACTER, (3, 3)),
        ("1101051949123100①X", Fault.CHARACTER, (17, 17)),
        ("1101051949123100٢X", Fault.CHARACTER, (17, 17)),
        ("11010519491231002A", Fault.CHARACTER, (18, 18)),
        (made("160105", "19491231", "002"), Fault.REGION, (1, 2)),
        (made("010105", "19491231", "002"), Fault.REGION, (1, 2)),
        (made("110105", "17991231", "002"), Fault.YEAR, (7, 10)),
        (made("110105", "19491331", "002"), Fault.MONTH, (11, 12)),
        (made("110105", "19490031", "002"), Fault.MONTH, (11, 12)),
        (made("110105", "19490230", "002"), Fault.DAY, (13, 14)),
        (made("110105", "19000229", "002"), Fault.DAY, (13, 14)),
        (made("110105", "19491200", "002"), Fault.DAY, (13, 14)),
        ("110105194912310021", Fault.CHECK_CHARACTER, (18, 18)),
    ],
)
def test_each_fault_is_named_with_its_place(
    written: str, fault: Fault, place: tuple[int | None, int | None]
) -> None:
    reason = refused(written).reason
    assert (reason.code, (reason.first, reason.last)) == (fault, place)


def test_birth_after_the_given_day_is_refused_and_the_day_is_allowed() -> None:
    number = made("110105", "20260302", "002")
    assert ResidentId.parse(number, on=date(2026, 3, 2)).birth == date(2026, 3, 2)
    reason = refused(number, on=date(2026, 3, 1)).reason
    assert reason.code is Fault.FUTURE
    assert reason.zh == "第 7–14 位的日期晚于 2026-03-01；请核对日期"
    assert ResidentId.parse(number).sex is Sex.FEMALE


def test_sentences_tell_what_to_do() -> None:
    reason = refused("110105194912310021").reason
    assert reason.zh == "第 18 位校验码与其余各位不符，至少有一位写错；请从头逐位对照原件"
    assert reason.en.endswith("please compare every character with the original")
    assert refused("110105491231002").reason.zh.startswith("这是 15 位旧号码")


@pytest.mark.parametrize(
    ("region", "holder", "province"),
    [
        ("810000", Holder.HONG_KONG, "香港特别行政区"),
        ("820000", Holder.MACAO, "澳门特别行政区"),
        ("830000", Holder.TAIWAN, "台湾"),
        ("911124", Holder.FOREIGNER, "北京市"),
        ("310199", Holder.CITIZEN, "上海市"),
    ],
)
def test_holder_follows_the_first_digits(region: str, holder: Holder, province: str) -> None:
    person = ResidentId.generate(region, date(1990, 1, 1), 1)
    assert (person.holder, person.sex) == (holder, Sex.MALE)
    assert person.province is not None
    assert person.province.zh == province


def test_age_counts_completed_years() -> None:
    person = ResidentId.parse(SAMPLE)
    assert person.age_on(date(1949, 12, 31)) == 0
    assert person.age_on(date(2025, 12, 30)) == 75
    assert person.age_on(date(2025, 12, 31)) == 76
    leap = ResidentId.generate("310199", date(2000, 2, 29), 4)
    assert (leap.age_on(date(2018, 2, 28)), leap.age_on(date(2018, 3, 1))) == (17, 18)
    with pytest.raises(ValueError, match="before the birth date"):
        person.age_on(date(1949, 12, 30))


def test_nothing_prints_the_number_by_accident() -> None:
    person = ResidentId.parse(SAMPLE)
    for text in (str(person), repr(person), f"{person}", person.shown, str(person.shown_parts())):
        assert SAMPLE not in text
        assert "1949" not in text
    assert person.shown == "110***********002X"


def test_mask_hides_county_and_birth_and_short_texts_altogether() -> None:
    assert mask("440524188001010014") == "440***********0014"
    assert mask("１１０１０５１９４９１２３１００２ｘ") == "110***********002X"
    assert mask("12345678901") == "*" * 11
    assert mask("") == ""


def test_looks_personal_catches_slips_too() -> None:
    assert looks_personal("11010519491231002")
    assert looks_personal("11O10519491231OO2X")
    assert looks_personal("110105491231002")
    assert not looks_personal("MB28559184")
    assert not looks_personal("12441500196720244T3442199806003")


def test_generate_refuses_parts_that_make_no_number() -> None:
    with pytest.raises(NotValid) as caught:
        ResidentId.generate("31010", date(1990, 1, 1), 1)
    assert caught.value.reason.code is Fault.LENGTH
    with pytest.raises(NotValid):
        ResidentId.generate("310199", date(1990, 1, 1), 1000)


def test_refusal_for_a_form_carries_both_languages() -> None:
    refusal = refused("1").refusal("身份证号")
    assert isinstance(refusal, InvalidInput)
    assert refusal.message("zh-hans").startswith("“身份证号”有误：公民身份号码应为 18 位，现有 1 位")
    assert refusal.details["reason_code"] == "length"
