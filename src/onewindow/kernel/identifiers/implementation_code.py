"""实施编码 (31) and 业务办理项编码 (33) of service items, GB/T 39554 / ZWFW C 0109.

31 = credit code of the implementing body 18 + level of exercise 1 + basic code 12.
Basic code = region 2 (00 the nation, or a province) + type 2 + department 2 + main item 3 + sub-item 3.
33 = 31 + number of the handling item 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.kernel.identifiers.credit_code import CreditCode
from onewindow.kernel.identifiers.faults import Fault, fail
from onewindow.kernel.identifiers.regions import PROVINCES
from onewindow.kernel.identifiers.text import DIGIT, Name, cleaned, padded, require, runs

BASIC_NAME = Name("基本编码", "basic code")
NAME = Name("实施编码", "implementation code")
HANDLING_NAME = Name("业务办理项编码", "handling item code")
BASIC_LENGTH, LENGTH, HANDLING_LENGTH = 12, 31, 33

LEVELS: dict[str, Name] = {
    "1": Name("国家级", "national"),
    "2": Name("省级", "province"),
    "3": Name("市级", "city"),
    "4": Name("县级", "county"),
    "5": Name("镇（街道）级", "town or street"),
    "6": Name("村（社区）级", "village or community"),
    "7": Name("分级管理", "several levels"),
}
"""GB/T 39046-2020, annex A.2."""

ITEM_TYPES: dict[str, Name] = {
    "01": Name("行政许可", "permit"),
    "02": Name("行政处罚", "penalty"),
    "03": Name("行政强制", "compulsion"),
    "04": Name("行政征收", "levy"),
    "05": Name("行政给付", "benefit"),
    "06": Name("行政检查", "inspection"),
    "07": Name("行政确认", "confirmation"),
    "08": Name("行政奖励", "award"),
    "09": Name("行政裁决", "adjudication"),
    "10": Name("其他行政权力", "other power"),
    "20": Name("公共服务", "public service"),
}
"""GB/T 39046-2020, annex A.1. Provinces extend it (11–19, 21 on): other codes pass unnamed, 00 does not."""


@dataclass(frozen=True, slots=True)
class BasicCode:
    """The nationally or provincially unified part of an item's code."""

    region: str
    item_type: str
    department: str
    main: str
    sub: str

    @classmethod
    def parse(cls, text: str, *, start: int = 1) -> BasicCode:
        """Read 12 digits; `start` is the position of the first of them in the surrounding code."""
        plain = cleaned(text, BASIC_NAME, BASIC_LENGTH)
        require(plain, DIGIT, start=start)
        region, item_type, department, main, sub = runs(plain, 2, 2, 2, 3, 3)
        if region != "00" and region not in PROVINCES:
            raise fail(Fault.REGION, first=start, last=start + 1)
        if item_type == "00":
            raise fail(Fault.ITEM_TYPE, first=start + 2, last=start + 3)
        return cls(region, item_type, department, main, sub)

    @classmethod
    def generate(
        cls, region: str, item_type: str, department: str, main: int | str, sub: int | str = 0
    ) -> BasicCode:
        """The code of these parts; it has no check digit."""
        return cls.parse(f"{region}{item_type}{department}{padded(main, 3)}{padded(sub, 3)}")

    def __str__(self) -> str:
        return f"{self.region}{self.item_type}{self.department}{self.main}{self.sub}"

    def parts(self) -> dict[str, object]:
        named = ITEM_TYPES.get(self.item_type)
        return {
            "basic_region": self.region,
            "item_type": self.item_type,
            "item_type_name": None if named is None else {"zh": named.zh, "en": named.en},
            "department": self.department,
            "main_item": self.main,
            "sub_item": self.sub,
        }


@dataclass(frozen=True, slots=True)
class ImplementationCode:
    """Which body exercises which item at which level. Of its 31 characters only the first 18 carry checks."""

    body: CreditCode
    level: str
    basic: BasicCode

    @classmethod
    def parse(cls, text: str, *, on: date | None = None) -> ImplementationCode:
        """Read 31 characters; raises `NotValid`."""
        plain = cleaned(text, NAME, LENGTH)
        credit, level, basic = runs(plain, 18, 1, 12)
        body = CreditCode.parse(credit)
        if level not in LEVELS:
            raise fail(Fault.LEVEL, position=19)
        return cls(body, level, BasicCode.parse(basic, start=20))

    @classmethod
    def generate(cls, body: CreditCode | str, level: int | str, basic: BasicCode | str) -> ImplementationCode:
        """The code of these parts."""
        return cls.parse(f"{body}{level}{basic}")

    def __str__(self) -> str:
        return f"{self.body}{self.level}{self.basic}"

    @property
    def shown(self) -> str:
        return str(self)

    def parts(self) -> dict[str, object]:
        level = LEVELS[self.level]
        return {
            "credit_code": str(self.body),
            "level": self.level,
            "level_name": {"zh": level.zh, "en": level.en},
            "basic_code": str(self.basic),
            **self.basic.parts(),
        }


@dataclass(frozen=True, slots=True)
class HandlingItemCode:
    """One way of handling an item (业务办理项): the implementation code and a number of two digits."""

    implementation: ImplementationCode
    number: str

    @classmethod
    def parse(cls, text: str, *, on: date | None = None) -> HandlingItemCode:
        """Read 33 characters; raises `NotValid`."""
        plain = cleaned(text, HANDLING_NAME, HANDLING_LENGTH)
        implementation = ImplementationCode.parse(plain[:LENGTH])
        require(plain[LENGTH:], DIGIT, start=LENGTH + 1)
        return cls(implementation, plain[LENGTH:])

    @classmethod
    def generate(cls, implementation: ImplementationCode | str, number: int | str) -> HandlingItemCode:
        """The code of these parts."""
        return cls.parse(f"{implementation}{padded(number, 2)}")

    def __str__(self) -> str:
        return f"{self.implementation}{self.number}"

    @property
    def shown(self) -> str:
        return str(self)

    def parts(self) -> dict[str, object]:
        return {
            "implementation_code": str(self.implementation),
            "number": self.number,
            **self.implementation.parts(),
        }
