"""办件编号 (43): implementation code 31 + date 8 + serial of that day 4.

The last 12 digits carry no check: a wrong one there is caught only where it makes no real date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.kernel.identifiers.implementation_code import ImplementationCode
from onewindow.kernel.identifiers.text import DIGIT, Name, cleaned, padded, real_date, require, runs

NAME = Name("办件编号", "case number")
LENGTH = 43
EARLIEST_YEAR = 2000
"""No case was numbered so before: an earlier year is a slip."""


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A valid case number, in parts."""

    item: ImplementationCode
    day: date
    serial: str

    @classmethod
    def parse(cls, text: str, *, on: date | None = None) -> CaseNumber:
        """Read 43 characters; raises `NotValid`. A day after `on` is refused where `on` is given."""
        plain = cleaned(text, NAME, LENGTH)
        code, day, serial = runs(plain, 31, 8, 4)
        item = ImplementationCode.parse(code)
        require(day + serial, DIGIT, start=32)
        return cls(item, real_date(day, start=32, earliest=EARLIEST_YEAR, on=on), serial)

    @classmethod
    def generate(cls, item: ImplementationCode | str, day: date, serial: int | str) -> CaseNumber:
        """The number of the `serial`-th case of that item on that day, 0–9999."""
        return cls.parse(f"{item}{day:%Y%m%d}{padded(serial, 4)}")

    def __str__(self) -> str:
        return f"{self.item}{self.day.year:04d}{self.day:%m%d}{self.serial}"

    @property
    def shown(self) -> str:
        return str(self)

    def parts(self) -> dict[str, object]:
        return {
            "implementation_code": str(self.item),
            "date": self.day.isoformat(),
            "serial": self.serial,
            **self.item.parts(),
        }
