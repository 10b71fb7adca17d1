"""The register of kinds: check a text as one kind, or find which kinds it could be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from onewindow.kernel.identifiers import (
    case_number,
    credit_code,
    implementation_code,
    licence_id,
    organisation_code,
    resident_id,
)
from onewindow.kernel.identifiers.faults import Fault, NotValid, Reason
from onewindow.kernel.identifiers.text import Name, clean


class Identifier(Protocol):
    """What every parsed identifier can do."""

    @property
    def shown(self) -> str:
        """The form for screens and logs: masked where the number is personal."""

    def parts(self) -> dict[str, object]:
        """The parts by name, ready for JSON."""


class Kind(StrEnum):
    """The closed set of identifiers this system reads."""

    RESIDENT_ID = "resident-id"
    CREDIT_CODE = "credit-code"
    ORGANISATION_CODE = "organisation-code"
    IMPLEMENTATION_CODE = "implementation-code"
    HANDLING_ITEM_CODE = "handling-item-code"
    CASE_NUMBER = "case-number"
    LICENCE_ID = "licence-id"


class _Parse(Protocol):
    """Every parser takes `on`, the day no date may lie after; kinds without a date have no use for it."""

    def __call__(self, text: str, *, on: date | None = None) -> Identifier: ...


@dataclass(frozen=True, slots=True)
class Family:
    """One kind: its name, standard, form, other names, parser, and the shape a near miss of it has."""

    kind: Kind
    name: Name
    standard: str
    form: Name
    aliases: tuple[str, ...]
    parse: _Parse
    resembles: Callable[[str], bool]


def _shape(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


def _resembles_resident(text: str) -> bool:
    """15 or 17–19 characters, of which at most two are not digits."""
    return len(text) in (15, 17, 18, 19) and sum(c not in "0123456789" for c in text) <= 2


FAMILIES: dict[Kind, Family] = {
    family.kind: family
    for family in (
        Family(
            Kind.RESIDENT_ID,
            resident_id.NAME,
            "GB 11643-1999",
            Name(
                "18 位：区划 6、出生日期 8、顺序 3、校验 1", "18: region 6, birth date 8, sequence 3, check 1"
            ),
            ("id", "id-card", "idcard", "id-number", "resident"),
            resident_id.ResidentId.parse,
            _resembles_resident,
        ),
        Family(
            Kind.CREDIT_CODE,
            credit_code.NAME,
            "GB 32100-2015",
            Name(
                "18 位：登记部门 1、类别 1、区划 6、组织机构代码 9、校验 1",
                "18: authority 1, category 1, region 6, organisation code 9, check 1",
            ),
            ("uscc", "credit", "uscc-code"),
            credit_code.CreditCode.parse,
            _shape(r"[0-9A-Z]{17,19}"),
        ),
        Family(
            Kind.ORGANISATION_CODE,
            organisation_code.NAME,
            "GB 11714-1997",
            Name("9 位：本体 8、校验 1，其间可有连字符", "9: body 8, check 1, a hyphen between is allowed"),
            ("org", "org-code", "organisation", "organization-code"),
            organisation_code.OrganisationCode.parse,
            _shape(r"[0-9A-Z]{8,10}|[0-9A-Z]{7,9}-[0-9A-Z]"),
        ),
        Family(
            Kind.IMPLEMENTATION_CODE,
            implementation_code.NAME,
            "GB/T 39554 / ZWFW C 0109",
            Name("31 位：信用代码 18、行使层级 1、基本编码 12", "31: credit code 18, level 1, basic code 12"),
            ("implement-code", "implementation", "impl", "impl-code"),
            implementation_code.ImplementationCode.parse,
            _shape(r"[0-9A-Z]{30,32}"),
        ),
        Family(
            Kind.HANDLING_ITEM_CODE,
            implementation_code.HANDLING_NAME,
            "GB/T 39554 / ZWFW C 0109",
            Name("33 位：实施编码 31、序号 2", "33: implementation code 31, number 2"),
            ("handling-item", "handling"),
            implementation_code.HandlingItemCode.parse,
            _shape(r"[0-9A-Z]{32,34}"),
        ),
        Family(
            Kind.CASE_NUMBER,
            case_number.NAME,
            "ZWFW C 0109",
            Name("43 位：实施编码 31、日期 8、流水号 4", "43: implementation code 31, date 8, serial 4"),
            ("case", "case-no"),
            case_number.CaseNumber.parse,
            _shape(r"[0-9A-Z]{42,44}"),
        ),
        Family(
            Kind.LICENCE_ID,
            licence_id.NAME,
            "GB/T 36904-2018",
            Name(
                "1.2.156.3005.2.类型 21.机构.流水号.版本 3.校验 1",
                "1.2.156.3005.2.type 21.issuer.serial.version 3.check 1",
            ),
            ("licence", "license-id", "elicence", "e-licence"),
            licence_id.LicenceId.parse,
            _shape(r"[0-9A-Z]+(\.[0-9A-Z]*){4,}"),
        ),
    )
}


def kind_named(name: str) -> Kind | None:
    """The kind of that name or alias, written with hyphens or underscores."""
    wanted = name.strip().lower().replace("_", "-")
    for family in FAMILIES.values():
        if wanted == family.kind or wanted in family.aliases:
            return family.kind
    return None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A text held against one kind: `identifier` when it is valid, `reason` when it is not."""

    kind: Kind
    identifier: Identifier | None
    reason: Reason | None

    @property
    def valid(self) -> bool:
        return self.identifier is not None


def check(kind: Kind, text: str, *, on: date | None = None) -> Verdict:
    """Hold `text` against `kind`; no date may lie after `on`. Never raises for a bad text."""
    try:
        return Verdict(kind, FAMILIES[kind].parse(text, on=on), None)
    except NotValid as wrong:
        return Verdict(kind, None, wrong.reason)


def candidates(text: str, *, on: date | None = None) -> tuple[Verdict, ...]:
    """The kinds a text could be by its length and characters, each with its verdict, valid ones first.

    When one is valid, kinds that fail already by length or characters are left out.
    Empty when nothing fits; then the reason to tell is `unrecognised()`.
    """
    plain = clean(text)
    verdicts = [check(f.kind, plain, on=on) for f in FAMILIES.values() if f.resembles(plain)]
    if any(verdict.valid for verdict in verdicts):
        verdicts = [v for v in verdicts if v.reason is None or v.reason.code not in _SHAPE_FAULTS]
    return tuple(sorted(verdicts, key=lambda verdict: not verdict.valid))


_SHAPE_FAULTS = frozenset({Fault.LENGTH, Fault.CHARACTER, Fault.FORBIDDEN_LETTER, Fault.OLD_NUMBER})


def unrecognised(text: str) -> Reason:
    """Why a text without candidates is nothing: it is empty, or fits no kind."""
    if not clean(text):
        return Reason.of(Fault.EMPTY, name_zh="代码或编号", name_en="code or number")
    return Reason.of(Fault.UNRECOGNISED)


def shown(text: str, verdicts: tuple[Verdict, ...]) -> str:
    """How a text may be repeated to the reader: masked when it is, or may be, somebody's personal number.

    A text that is valid as something else and not as a personal number is repeated in clean form.
    """
    valid = {verdict.kind for verdict in verdicts if verdict.valid}
    if Kind.RESIDENT_ID in valid or check(Kind.RESIDENT_ID, text).valid:
        return resident_id.mask(text)
    if not valid and resident_id.looks_personal(text):
        return resident_id.mask(text)
    return clean(text)
