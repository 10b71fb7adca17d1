"""What can be wrong with a number: a closed set of faults, each with a sentence that says what to do.

The sentences carry no final stop, so that a form may embed them. Details given to a sentence are positions,
lengths and names of fields; for personal numbers never a character of the number itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from onewindow.kernel.errors import InvalidInput


class Fault(StrEnum):
    """The closed set of reasons; the value is the stable code, `zh` and `en` are format templates."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str, en: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh = zh
        member.en = en
        return member

    EMPTY = (
        "empty",
        "没有填写；请输入{name_zh}",
        "nothing was entered; please enter the {name_en}",
    )
    LENGTH = (
        "length",
        "{name_zh}应为 {expected} 位，现有 {found} 位；请核对是否漏写或多写",
        (
            "the {name_en} has {expected} characters, but {found} were entered;"
            " please look for one missing or too many"
        ),
    )
    OLD_NUMBER = (
        "old-number",
        "这是 15 位旧号码，已自 2013 年 1 月 1 日起停止使用；请填写现行证件上的 18 位号码",
        (
            "this is an old 15-digit number, out of use since 1 January 2013; please enter the 18 characters"
            " on the present card"
        ),
    )
    CHARACTER = (
        "character",
        "第 {position} 位应为{allowed_zh}；请对照原件改正这一位",
        "position {position} must be {allowed_en}; please correct it from the original",
    )
    FORBIDDEN_LETTER = (
        "forbidden-letter",
        "第 {position} 位是字母 {letter}，而这种代码不使用 I、O、S、V、Z；请核对是否应为 {likely}",
        (
            "position {position} is the letter {letter}, but this code never uses I, O, S, V or Z;"
            " please see whether it should be {likely}"
        ),
    )
    REGION = (
        "region",
        "第 {first}–{last} 位不是现行的省级区划代码；请对照原件核对前几位",
        "positions {first}–{last} are not the code of a province; please compare them with the original",
    )
    YEAR = (
        "year",
        "第 {first}–{last} 位的年份早于 {earliest} 年；请核对年份",
        "the year at positions {first}–{last} is before {earliest}; please check the year",
    )
    MONTH = (
        "month",
        "第 {first}–{last} 位的月份不在 01–12 之间；请核对月份",
        "the month at positions {first}–{last} is not 01–12; please check the month",
    )
    DAY = (
        "day",
        "第 {first}–{last} 位的日期在该月并不存在；请核对日期",
        "the day at positions {first}–{last} does not exist in that month; please check the day",
    )
    FUTURE = (
        "future",
        "第 {first}–{last} 位的日期晚于 {on}；请核对日期",
        "the date at positions {first}–{last} is later than {on}; please check the date",
    )
    CHECK_CHARACTER = (
        "check-character",
        "第 {position} 位校验码与其余各位不符，至少有一位写错；请从头逐位对照原件",
        (
            "the check character at position {position} does not agree with the rest,"
            " so at least one character is wrong; please compare every character with the original"
        ),
    )
    ORGANISATION_CHECK = (
        "organisation-check",
        "第 9–17 位组织机构代码自身的校验码（第 17 位）不符；请重点核对第 9–17 位",
        (
            "positions 9–17, the organisation code, fail their own check (position 17);"
            " please compare positions 9–17"
        ),
    )
    AUTHORITY = (
        "authority",
        "第 1 位不是登记管理部门代码（1–9 或字母）；请对照证照核对首位",
        (
            "position 1 is not the code of a registration authority (1–9 or a letter);"
            " please check the first character"
        ),
    )
    CATEGORY = (
        "category",
        "第 2 位不是机构类别代码（1–9 或字母）；请对照证照核对第 2 位",
        (
            "position 2 is not the code of a kind of organisation (1–9 or a letter);"
            " please check the second character"
        ),
    )
    LEVEL = (
        "level",
        "第 19 位行使层级应为 1–7；请核对事项清单中的实施编码",
        "position 19, the level of exercise, must be 1–7; please check the code in the item list",
    )
    ITEM_TYPE = (
        "item-type",
        "第 {first}–{last} 位事项类型不能为 00；请核对基本编码",
        "positions {first}–{last}, the type of item, cannot be 00; please check the basic code",
    )
    PREFIX = (
        "prefix",
        "电子证照标识应以 {prefix} 开头；请从证照上完整复制",
        "an electronic licence identifier begins with {prefix}; please copy the whole of it from the licence",
    )
    SEGMENTS = (
        "segments",
        "“{prefix}”之后应有 5 段（类型、机构、流水号、版本、校验），现有 {found} 段；请核对分隔点",
        (
            "after “{prefix}” there must be 5 parts (type, issuer, serial, version, check), not {found};"
            " please check the dots"
        ),
    )
    ISSUER = (
        "issuer",
        "颁发机构应为 18 位统一社会信用代码或 6 位行政区划代码；请核对第 2 段",
        (
            "the issuer must be an 18-character credit code or a 6-digit region code;"
            " please check the second part"
        ),
    )
    UNRECOGNISED = (
        "unrecognised",
        "长度和字符与系统认识的代码都不相符；请核对是否完整，或指明代码种类",
        (
            "neither length nor characters fit any code known here;"
            " please see whether it is complete, or name its kind"
        ),
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """One fault, said of one text: `first`..`last` are its positions, counted from 1 in the cleaned text."""

    code: Fault
    zh: str
    en: str
    first: int | None = None
    last: int | None = None

    @classmethod
    def of(cls, fault: Fault, **details: object) -> Reason:
        """Fill the fault's sentences with `details`; `position` or `first`/`last` also become the place."""
        first = details.get("first", details.get("position"))
        last = details.get("last", details.get("position"))
        return cls(
            code=fault,
            zh=fault.zh.format_map(details),
            en=fault.en.format_map(details),
            first=first if isinstance(first, int) else None,
            last=last if isinstance(last, int) else None,
        )

    def inside(self, zh: str, en: str) -> Reason:
        """The same fault within a named part; positions then count within that part."""
        return replace(self, zh=f"{zh}：{self.zh}", en=f"in the {en}: {self.en}")


class NotValid(ValueError):
    """A text is not a valid identifier; `reason` says why. Its text is the English sentence."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.en)

    def refusal(self, field: str) -> InvalidInput:
        """The same as a refusal for the reader of a form, naming the field."""
        return InvalidInput(
            field=field, reason_code=str(self.reason.code), reason_zh=self.reason.zh, reason_en=self.reason.en
        )


def fail(fault: Fault, **details: object) -> NotValid:
    """A `NotValid` ready to raise."""
    return NotValid(Reason.of(fault, **details))
