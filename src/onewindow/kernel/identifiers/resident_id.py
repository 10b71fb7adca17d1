"""公民身份号码, GB 11643-1999: region 6, birth date 8, sequence 3, check 1.

Also the numbers of the same build: residence permits for Hong Kong, Macao and Taiwan residents (81, 82, 83)
and the 2023 permanent residence card for foreigners (9, then place of acceptance 2, then country 3).
Personal data: `str()`, `repr()`, `shown` and every reason hide the number; only `number` and the fields
give it, so that no message or log line can carry it by accident.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onewindow.kernel.identifiers.checks import resident_check
from onewindow.kernel.identifiers.faults import Fault, fail
from onewindow.kernel.identifiers.regions import PROVINCES
from onewindow.kernel.identifiers.text import (
    DIGIT,
    DIGIT_OR_X,
    Name,
    clean,
    cleaned,
    padded,
    real_date,
    require,
    runs,
)

NAME = Name("公民身份号码", "resident ID number")
LENGTH = 18
EARLIEST_BIRTH_YEAR = 1800
"""The standard's own second sample was born in 1880, so age alone refuses nobody who could be on file."""


class Sex(StrEnum):
    """Digit 17: odd for a man, even for a woman."""

    MALE = "male"
    FEMALE = "female"


class Holder(StrEnum):
    """Whom the number was issued to, by its first two digits."""

    CITIZEN = "citizen"
    HONG_KONG = "hong-kong-resident"
    MACAO = "macao-resident"
    TAIWAN = "taiwan-resident"
    FOREIGNER = "foreign-permanent-resident"


_PERMITS = {"81": Holder.HONG_KONG, "82": Holder.MACAO, "83": Holder.TAIWAN}


@dataclass(frozen=True, slots=True, repr=False)
class ResidentId:
    """A valid number, in parts."""

    region: str
    birth: date
    sequence: str

    @classmethod
    def parse(cls, text: str, *, on: date | None = None) -> ResidentId:
        """Read a number; raises `NotValid`. A birth date after `on` is refused where `on` is given."""
        if len(clean(text)) == 15 and clean(text).isascii() and clean(text).isdigit():
            raise fail(Fault.OLD_NUMBER)
        plain = cleaned(text, NAME, LENGTH)
        require(plain[:17], DIGIT)
        require(plain[17:], DIGIT_OR_X, start=18)
        region, birth, sequence, check = runs(plain, 6, 8, 3, 1)
        if region[0] != "9" and region[:2] not in PROVINCES and region[:2] not in _PERMITS:
            raise fail(Fault.REGION, first=1, last=2)
        born = real_date(birth, start=7, earliest=EARLIEST_BIRTH_YEAR, on=on)
        if resident_check(plain[:17]) != check:
            raise fail(Fault.CHECK_CHARACTER, position=18)
        return cls(region, born, sequence)

    @classmethod
    def generate(cls, region: str, birth: date, sequence: int | str) -> ResidentId:
        """The number of these parts. Use only the standard's samples or the unassigned `DEMO_REGION`."""
        body = f"{region}{birth:%Y%m%d}{padded(sequence, 3)}"
        require(body, DIGIT)
        cleaned(body, NAME, LENGTH - 1)
        return cls.parse(body + resident_check(body))

    @property
    def number(self) -> str:
        """The number itself, 18 characters: for encryption and comparison, never for a message."""
        body = f"{self.region}{self.birth.year:04d}{self.birth:%m%d}{self.sequence}"
        return body + resident_check(body)

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"ResidentId({self.shown})"

    @property
    def shown(self) -> str:
        """The masked number, the only form for screens, logs and messages."""
        return mask(self.number)

    @property
    def sex(self) -> Sex:
        return Sex.MALE if int(self.sequence[2]) % 2 else Sex.FEMALE

    @property
    def holder(self) -> Holder:
        if self.region[0] == "9":
            return Holder.FOREIGNER
        return _PERMITS.get(self.region[:2], Holder.CITIZEN)

    @property
    def province(self) -> Name | None:
        """The province of the region; for a foreigner the place of acceptance."""
        code = self.region[1:3] if self.holder is Holder.FOREIGNER else self.region[:2]
        return PROVINCES.get(code, Name("台湾", "Taiwan") if code == "83" else None)

    def age_on(self, day: date) -> int:
        """Completed years (周岁) on `day`; born on 29 February, one turns on 1 March of a common year."""
        if day < self.birth:
            raise ValueError("the day lies before the birth date")
        before_birthday = (day.month, day.day) < (self.birth.month, self.birth.day)
        return day.year - self.birth.year - before_birthday

    def parts(self) -> dict[str, object]:
        """Every part in full: whoever shows or stores this shows or stores the number."""
        return {
            "region": self.region,
            "birth": self.birth.isoformat(),
            "sequence": self.sequence,
            **self.shown_parts(),
        }

    def shown_parts(self) -> dict[str, object]:
        """What may be shown beside the masked number without letting it be worked out."""
        province = self.province
        return {
            "holder": str(self.holder),
            "province": None if province is None else {"zh": province.zh, "en": province.en},
            "sex": str(self.sex),
        }


def mask(text: str) -> str:
    """A personal number with only its first three and last four characters: `110***********002X`.

    The county and the whole birth date are hidden; a clerk can still tell two people apart by the last four.
    Anything shorter than 12 characters is hidden altogether.
    """
    plain = clean(text)
    if len(plain) < 12:
        return "*" * len(plain)
    return plain[:3] + "*" * (len(plain) - 7) + plain[-4:]


def looks_personal(text: str) -> bool:
    """Whether a text might be somebody's number, perhaps mistyped, and so must not be repeated."""
    plain = clean(text)
    return bool(re.fullmatch(r".{14,20}", plain)) and sum(c.isdigit() for c in plain) >= 13
