"""Electronic licence identifiers, GB/T 36904."""

from __future__ import annotations

import pytest

from onewindow.kernel.identifiers import CreditCode, Fault, LicenceId, NotValid

SAMPLE = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"
REGIONAL = "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9"


def test_sample_gives_its_parts() -> None:
    licence = LicenceId.parse(SAMPLE)
    assert licence.type_code == "11100000000013338W011"
    assert (str(licence.type_body), licence.type_number) == ("11100000000013338W", "011")
    assert licence.issuer_body == CreditCode.parse("11430000006122244L")
    assert (licence.serial, licence.version, licence.check) == ("20230000403", "001", "U")
    assert str(licence) == licence.shown == SAMPLE
    assert LicenceId.parse(SAMPLE.lower()) == licence


def test_issuer_may_be_a_region() -> None:
    licence = LicenceId.parse(REGIONAL)
    assert (licence.issuer, licence.issuer_body) == ("340100", None)
    assert licence.parts()["issuer_is"] == "region"


def test_generate_rebuilds_the_samples() -> None:
    made = LicenceId.generate("11100000000013338W", 11, "11430000006122244L", "20230000403", 1)
    assert str(made) == SAMPLE
    assert str(LicenceId.generate("11100000MB03271699", "022", "340100", "000000016")) == REGIONAL


def swap(old: str, new: str) -> str:
    assert old in SAMPLE
    return SAMPLE.replace(old, new)


@pytest.mark.parametrize(
    ("written", "fault", "words"),
    [
        ("", Fault.EMPTY, "没有填写"),
        (SAMPLE[15:], Fault.PREFIX, "应以 1.2.156.3005.2 开头"),
        (swap("3005.2", "3005.3"), Fault.PREFIX, "应以 1.2.156.3005.2 开头"),
        (swap(".001.U", ".001"), Fault.SEGMENTS, "现有 4 段"),
        (swap("W011", "W01"), Fault.LENGTH, "证照类型代码应为 21 位，现有 20 位"),
        (swap("W011", "W0A1"), Fault.CHARACTER, "证照类型代码：第 20 位应为数字"),
        (swap("13338W", "13338X"), Fault.CHECK_CHARACTER, "证照类型代码：第 18 位校验码"),
        (swap("11430000006122244L", "1143000000612224"), Fault.ISSUER, "颁发机构应为"),
        (swap("6122244L", "6122244M"), Fault.CHECK_CHARACTER, "颁发机构代码：第 18 位校验码"),
        (swap("11430000006122244L", "340A00"), Fault.CHARACTER, "颁发机构代码：第 4 位"),
        (swap("11430000006122244L", "160000"), Fault.REGION, "颁发机构代码：第 1–2 位"),
        (swap("20230000403", ""), Fault.LENGTH, "流水号应为 1–32 位，现有 0 位"),
        (swap("20230000403", "2023#"), Fault.CHARACTER, "流水号：第 5 位"),
        (swap(".001.", ".01."), Fault.LENGTH, "版本号应为 3 位，现有 2 位"),
        (swap(".001.", ".0A1."), Fault.CHARACTER, "版本号：第 2 位应为数字"),
        (swap(".U", ".UU"), Fault.LENGTH, "校验位应为 1 位"),
        (swap(".U", ".*"), Fault.CHARACTER, "校验位：第 1 位"),
        (swap(".U", ".V"), Fault.CHECK_CHARACTER, "校验码与其余各位不符"),
        (swap("0403", "0404"), Fault.CHECK_CHARACTER, "校验码与其余各位不符"),
    ],
)
def test_each_fault_names_the_part(written: str, fault: Fault, words: str) -> None:
    with pytest.raises(NotValid) as caught:
        LicenceId.parse(written)
    assert caught.value.reason.code is fault
    assert words in caught.value.reason.zh


def test_the_third_part_and_the_oid_prefix_are_required_exactly() -> None:
    with pytest.raises(NotValid) as caught:
        LicenceId.parse(REGIONAL + ".1")
    assert caught.value.reason.code is Fault.SEGMENTS
