"""Organisation codes and credit codes: real public codes, and every refusal."""

from __future__ import annotations

import pytest

from onewindow.kernel.identifiers import CreditCode, Fault, NotValid, OrganisationCode
from onewindow.kernel.identifiers.checks import credit_check

SAMPLE = "91110000600037341L"


def test_sample_gives_its_parts() -> None:
    code = CreditCode.parse(SAMPLE)
    assert (code.authority, code.category, code.region) == ("9", "1", "110000")
    assert str(code.organisation) == "600037341"
    assert code.check == "L"
    assert str(code) == code.shown == SAMPLE
    parts = code.parts()
    assert parts["authority_name"] == {"zh": "市场监管（原工商）", "en": "market regulation"}
    assert parts["category_name"] == {"zh": "企业", "en": "enterprise"}
    assert parts["province"] == {"zh": "北京市", "en": "Beijing"}


@pytest.mark.parametrize("code", ["11100000000013338W", "11100000MB03271699", "11430000006122244L"])
def test_national_and_new_style_codes_are_valid(code: str) -> None:
    assert str(CreditCode.parse(code)) == code


def with_check(body: str) -> str:
    return body + credit_check(body)


@pytest.mark.parametrize(
    ("written", "fault", "place"),
    [
        ("", Fault.EMPTY, (None, None)),
        (SAMPLE[:-1], Fault.LENGTH, (None, None)),
        ("9111OOOO600037341L", Fault.FORBIDDEN_LETTER, (5, 5)),
        ("91110000600037341I", Fault.FORBIDDEN_LETTER, (18, 18)),
        ("91110000-00037341L", Fault.CHARACTER, (9, 9)),
        (with_check("01110000600037341"), Fault.AUTHORITY, (1, 1)),
        (with_check("90110000600037341"), Fault.CATEGORY, (2, 2)),
        (with_check("9111A000600037341"), Fault.CHARACTER, (5, 5)),
        (with_check("91160000600037341"), Fault.REGION, (3, 4)),
        (with_check("9111000060003734A"), Fault.CHARACTER, (17, 17)),
        (with_check("91110000600037342"), Fault.ORGANISATION_CHECK, (9, 17)),
        ("91110000600037341M", Fault.CHECK_CHARACTER, (18, 18)),
    ],
)
def test_each_fault_is_named_with_its_place(
    written: str, fault: Fault, place: tuple[int | None, int | None]
) -> None:
    with pytest.raises(NotValid) as caught:
        CreditCode.parse(written)
    reason = caught.value.reason
    assert (reason.code, (reason.first, reason.last)) == (fault, place)


def test_a_forbidden_letter_is_told_with_what_it_may_have_been() -> None:
    with pytest.raises(NotValid) as caught:
        CreditCode.parse("9111OOOO600037341L")
    assert caught.value.reason.zh == ("第 5 位是字母 O，而这种代码不使用 I、O、S、V、Z；请核对是否应为 0")


def test_an_authority_not_in_the_standard_is_accepted_without_a_name() -> None:
    code = CreditCode.generate("G", "1", "310000", "MC000001")
    assert code.authority_name is None
    assert code.category_name is None
    assert code.parts()["authority_name"] is None


def test_generate_rebuilds_the_sample_and_refuses_forbidden_letters() -> None:
    assert str(CreditCode.generate("9", "1", "110000", "60003734")) == SAMPLE
    assert str(CreditCode.generate("9", "1", "110000", OrganisationCode.parse("60003734-1"))) == SAMPLE
    with pytest.raises(NotValid):
        CreditCode.generate("9", "1", "110000", "SOVIZ001")


def test_demo_codes_are_valid_and_from_the_unassigned_range() -> None:
    code = CreditCode.demo(7)
    assert code.organisation.body == "DEM00007"
    assert CreditCode.parse(str(code)) == code


def test_organisation_code_with_and_without_hyphen() -> None:
    code = OrganisationCode.parse("00250028-7")
    assert code == OrganisationCode.parse("002500287") == OrganisationCode.generate("00250028")
    assert (str(code), code.hyphenated, code.check) == ("002500287", "00250028-7", "7")
    assert code.parts() == {"body": "00250028", "check": "7"}


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", Fault.EMPTY),
        ("0025002-87", Fault.LENGTH),
        ("00250028", Fault.LENGTH),
        ("0025002*7", Fault.CHARACTER),
        ("00250028A", Fault.CHARACTER),
        ("002500288", Fault.CHECK_CHARACTER),
    ],
)
def test_organisation_code_faults(written: str, fault: Fault) -> None:
    with pytest.raises(NotValid) as caught:
        OrganisationCode.parse(written)
    assert caught.value.reason.code is fault
