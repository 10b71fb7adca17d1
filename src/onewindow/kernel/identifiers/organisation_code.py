"""组织机构代码, GB 11714-1997: eight characters and a check character, often hyphenated (00250028-7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.kernel.identifiers.checks import organisation_check
from onewindow.kernel.identifiers.faults import Fault, fail
from onewindow.kernel.identifiers.text import ALPHANUMERIC, DIGIT_OR_X, Name, clean, cleaned, require

NAME = Name("组织机构代码", "organisation code")
LENGTH = 9

DEMO_PREFIX = "DEM"
"""Bodies that begin so are not assigned (codes begin with a digit or with M): for demonstrations."""


@dataclass(frozen=True, slots=True)
class OrganisationCode:
    """A valid organisation code; `body` is its first eight characters."""

    body: str

    @classmethod
    def parse(cls, text: str, *, on: date | None = None) -> OrganisationCode:
        """Read a code, with or without the hyphen before its check character; raises `NotValid`."""
        plain = clean(text)
        if len(plain) == LENGTH + 1 and plain[8] == "-":
            plain = plain[:8] + plain[9:]
        plain = cleaned(plain, NAME, LENGTH)
        require(plain[:8], ALPHANUMERIC)
        require(plain[8:], DIGIT_OR_X, start=9)
        if organisation_check(plain[:8]) != plain[8]:
            raise fail(Fault.CHECK_CHARACTER, position=9)
        return cls(plain[:8])

    @classmethod
    def generate(cls, body: str) -> OrganisationCode:
        """The code of an eight-character body."""
        body = cleaned(body, Name("组织机构代码本体", "body of an organisation code"), LENGTH - 1)
        require(body, ALPHANUMERIC)
        return cls.parse(body + organisation_check(body))

    @classmethod
    def demo(cls, serial: int) -> OrganisationCode:
        """The `serial`-th demonstration code, 0–99999: it can belong to nobody."""
        return cls.generate(f"{DEMO_PREFIX}{serial:05d}")

    def __str__(self) -> str:
        return self.body + self.check

    @property
    def check(self) -> str:
        return organisation_check(self.body)

    @property
    def hyphenated(self) -> str:
        """As printed on the old certificates."""
        return f"{self.body}-{self.check}"

    @property
    def shown(self) -> str:
        return str(self)

    def parts(self) -> dict[str, object]:
        return {"body": self.body, "check": self.check}
