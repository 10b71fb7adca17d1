"""电子证照标识, GB/T 36904-2018: `1.2.156.3005.2.<type>.<issuer>.<serial>.<version>.<check>`.

Type = credit code of the body that defined the licence 18 + number 3. Issuer = credit code 18, or in some
regional practice a region code 6. Version 3 digits. The check (ISO 7064 MOD 37,36) covers type, issuer,
serial and version without the dots.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onewindow.kernel.identifiers.checks import licence_check
from onewindow.kernel.identifiers.credit_code import CreditCode
from onewindow.kernel.identifiers.faults import Fault, NotValid, fail
from onewindow.kernel.identifiers.regions import REGISTRATION_REGIONS
from onewindow.kernel.identifiers.text import ALPHANUMERIC, DIGIT, Name, clean, cleaned, padded, require

NAME = Name("电子证照标识", "electronic licence identifier")
PREFIX = "1.2.156.3005.2"
"""The object identifier (OID) under which the nation registers electronic licences."""

TYPE_LENGTH, VERSION_LENGTH, LONGEST_SERIAL = 21, 3, 32

_TYPE = Name("证照类型代码", "licence type code")
_ISSUER = Name("颁发机构代码", "issuer code")
_SERIAL = Name("流水号", "serial")
_VERSION = Name("版本号", "version")
_CHECK = Name("校验位", "check character")


@dataclass(frozen=True, slots=True)
class LicenceId:
    """A valid electronic licence identifier, in parts."""

    type_body: CreditCode
    type_number: str
    issuer: str
    serial: str
    version: str

    @classmethod
    def parse(cls, text: str, *, on: date | None = None) -> LicenceId:
        """Read an identifier; raises `NotValid`. Positions in reasons count within the named part."""
        plain = clean(text)
        if not plain:
            raise fail(Fault.EMPTY, name_zh=NAME.zh, name_en=NAME.en)
        if not plain.startswith(PREFIX + "."):
            raise fail(Fault.PREFIX, prefix=PREFIX)
        segments = plain[len(PREFIX) + 1 :].split(".")
        if len(segments) != 5:
            raise fail(Fault.SEGMENTS, prefix=PREFIX, found=len(segments))
        kind, issuer, serial, version, check = segments
        type_body = _type_of(kind)
        _verify_issuer(issuer)
        _verify_serial(serial)
        _verify_digits(_VERSION, version, VERSION_LENGTH)
        cleaned(check, _CHECK, 1)
        try:
            require(check, ALPHANUMERIC)
        except NotValid as wrong:
            raise NotValid(wrong.reason.inside(_CHECK.zh, _CHECK.en)) from None
        if licence_check(kind + issuer + serial + version) != check:
            raise fail(Fault.CHECK_CHARACTER, position=len(plain))
        return cls(type_body, kind[18:], issuer, serial, version)

    @classmethod
    def generate(
        cls,
        type_body: CreditCode | str,
        type_number: int | str,
        issuer: CreditCode | str,
        serial: str,
        version: int | str = 1,
    ) -> LicenceId:
        """The identifier of these parts, check computed."""
        kind = f"{type_body}{padded(type_number, 3)}"
        body = [clean(part) for part in (kind, str(issuer), serial, padded(version, VERSION_LENGTH))]
        require("".join(body), ALPHANUMERIC)
        return cls.parse(".".join([PREFIX, *body, licence_check("".join(body))]))

    def __str__(self) -> str:
        return f"{PREFIX}.{self.type_code}.{self.issuer}.{self.serial}.{self.version}.{self.check}"

    @property
    def type_code(self) -> str:
        return f"{self.type_body}{self.type_number}"

    @property
    def check(self) -> str:
        return licence_check(self.type_code + self.issuer + self.serial + self.version)

    @property
    def issuer_body(self) -> CreditCode | None:
        """The issuer as a body; None where it is only a region."""
        return CreditCode.parse(self.issuer) if len(self.issuer) == 18 else None

    @property
    def shown(self) -> str:
        return str(self)

    def parts(self) -> dict[str, object]:
        return {
            "type_code": self.type_code,
            "type_body": str(self.type_body),
            "type_number": self.type_number,
            "issuer": self.issuer,
            "issuer_is": "credit-code" if len(self.issuer) == 18 else "region",
            "serial": self.serial,
            "version": self.version,
            "check": self.check,
        }


def _verify_digits(name: Name, digits: str, length: int) -> None:
    """Refuse a part that is not exactly `length` digits, naming the part."""
    cleaned(digits, name, length)
    try:
        require(digits, DIGIT)
    except NotValid as wrong:
        raise NotValid(wrong.reason.inside(name.zh, name.en)) from None


def _type_of(kind: str) -> CreditCode:
    cleaned(kind, _TYPE, TYPE_LENGTH)
    try:
        body = CreditCode.parse(kind[:18])
        require(kind[18:], DIGIT, start=19)
    except NotValid as wrong:
        raise NotValid(wrong.reason.inside(_TYPE.zh, _TYPE.en)) from None
    return body


def _verify_issuer(issuer: str) -> None:
    if len(issuer) not in (6, 18):
        raise fail(Fault.ISSUER)
    try:
        if len(issuer) == 18:
            CreditCode.parse(issuer)
        else:
            require(issuer, DIGIT)
            if issuer[:2] not in REGISTRATION_REGIONS:
                raise fail(Fault.REGION, first=1, last=2)
    except NotValid as wrong:
        raise NotValid(wrong.reason.inside(_ISSUER.zh, _ISSUER.en)) from None


def _verify_serial(serial: str) -> None:
    if not 1 <= len(serial) <= LONGEST_SERIAL:
        raise fail(
            Fault.LENGTH,
            name_zh=_SERIAL.zh,
            name_en=_SERIAL.en,
            expected=f"1–{LONGEST_SERIAL}",
            found=len(serial),
        )
    try:
        require(serial, ALPHANUMERIC)
    except NotValid as wrong:
        raise NotValid(wrong.reason.inside(_SERIAL.zh, _SERIAL.en)) from None
