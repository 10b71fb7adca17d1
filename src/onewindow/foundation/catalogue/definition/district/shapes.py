"""What stands in the district's files, entry by entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field

from onewindow.foundation.catalogue.definition.bundles.model import Bundle
from onewindow.foundation.catalogue.definition.codes import Code, Hall, Line, ServiceObject
from onewindow.foundation.catalogue.definition.district.register import RegisterLine
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.parts import Part, Text

Role = Literal[
    "clerk", "specialist", "approver", "handover", "manager", "supervisor", "catalogue-editor", "catalogue-reviewer", "chief-editor", "administrator",
]  # fmt: skip
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Scope = Literal["receive", "accept"]  # 收件, 受理
Username = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{2,30}$")]
Phone = Annotated[str, Field(pattern=r"^[0-9-]{3,20}$")]

HallCode = Literal["A", "B", "C", "D", "E"]  # items are handled in A and B only
Purpose = Literal["windows", "self-service", "grid", "laboratory"]  # 综合受理, 24小时自助服务, 城市网格管理, 大数据治理创新实验室

ROLES: tuple[Role, ...] = (
    "clerk", "specialist", "approver", "handover", "manager", "supervisor", "catalogue-editor", "catalogue-reviewer", "chief-editor", "administrator",
)  # fmt: skip


class HallOf(Part):
    """One hall of a place, and what it is there for; its windows are alike and numbered from 1."""

    code: HallCode
    name: Text
    purpose: Purpose = "windows"
    windows: Annotated[int, Field(ge=1, le=99)] | None = None
    workstations: Annotated[int, Field(ge=1, le=999)] | None = None

    @property
    def window_codes(self) -> tuple[str, ...]:
        """A01, A02 … in order."""
        return tuple(f"{self.code}{n:02}" for n in range(1, (self.windows or 0) + 1))


class Hours(Part):
    """When a place is open on these days."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    opens: time
    closes: time


class Place(Part):
    """One centre. `former_windows`: how many windows of its own each department had before any window took any item."""

    code: Code
    name: Text
    region: Annotated[str, Field(pattern=r"^\d{6}$")]
    address: Text
    phone: Phone
    halls: Annotated[tuple[HallOf, ...], Field(min_length=1)]
    hours: Annotated[tuple[Hours, ...], Field(min_length=1)]
    former_windows: dict[Code, Annotated[int, Field(ge=1, le=999)]] = {}


class Community(Part):
    """A street's or town's centre, by the code of the street (001–099) or town (100–199): a development zone has none."""

    code: Annotated[str, Field(pattern=r"^\d{6}[01]\d{2}$")]
    name: Text


class DepartmentEntry(Part):
    """One department with its approval section in the centre and its two special seals."""

    code: Code
    name: Text
    short: Text
    credit_code: str
    section: Text
    acceptance_seal: Line
    approval_seal: Line


class RoleEntry(Part):
    """What a role is called."""

    code: Role
    name: Text


class Staff(Part):
    """One account, named by post. `head`: may approve an extension for the department."""

    username: Username
    name: Text
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    department: Code | None = None
    hall: Hall | None = None
    head: bool = False


class Authorisation(Part):
    """A department lets clerks of the centre act in its name. ``*``: every item, every clerk."""

    number: Line
    department: Code
    items: Annotated[tuple[str, ...], Field(min_length=1)]
    clerks: Annotated[tuple[str, ...], Field(min_length=1)]
    scopes: Annotated[tuple[Scope, ...], Field(min_length=1)]
    valid_from: date
    valid_until: date
    seal: Line

    def covers(self, *, item: str, clerk: str, scope: Scope, on: date) -> bool:
        """May this clerk do this for this item on that day?"""
        return (
            (item in self.items or "*" in self.items)
            and (clerk in self.clerks or "*" in self.clerks)
            and scope in self.scopes
            and self.valid_from <= on <= self.valid_until
        )


class Person(Part):
    """A natural person to try the system with."""

    code: Code
    name: Text
    id_number: str
    phone: Phone


class Company(Part):
    """A company or other body to try the system with; `legal_person` is a person's code."""

    code: Code
    name: Text
    credit_code: str
    object: ServiceObject
    legal_person: Code
    address: Text
    phone: Phone


class Agent(Part):
    """Who may act for which company, in what, until when (经办人)."""

    code: Code
    company: Code
    person: Code
    scope: Text
    valid_from: date
    valid_until: date


class DemoFile(Part):
    demo: Literal[True]  # so that no such file is ever taken for a real district's


class PlacesFile(DemoFile):
    """places.toml"""

    places: Annotated[tuple[Place, ...], Field(min_length=1)]
    communities: tuple[Community, ...] = ()


class DepartmentsFile(DemoFile):
    """departments.toml"""

    departments: Annotated[tuple[DepartmentEntry, ...], Field(min_length=1)]


class StaffFile(DemoFile):
    """staff.toml"""

    password: Annotated[str, Field(min_length=8)]
    roles: tuple[RoleEntry, ...]
    staff: Annotated[tuple[Staff, ...], Field(min_length=1)]


class AuthorisationsFile(DemoFile):
    """authorisations.toml"""

    authorisations: tuple[Authorisation, ...]


class ApplicantsFile(DemoFile):
    """applicants.toml"""

    persons: tuple[Person, ...]
    companies: tuple[Company, ...]
    agents: tuple[Agent, ...]


@dataclass(frozen=True)
class District:
    """A whole district, in agreement with itself."""

    places: tuple[Place, ...]
    departments: tuple[DepartmentEntry, ...]
    roles: tuple[RoleEntry, ...]
    staff: tuple[Staff, ...]
    password: str
    authorisations: tuple[Authorisation, ...]
    persons: tuple[Person, ...]
    companies: tuple[Company, ...]
    agents: tuple[Agent, ...]
    items: tuple[Definition, ...]
    communities: tuple[Community, ...] = ()
    register: tuple[RegisterLine, ...] = ()
    bundles: tuple[Bundle, ...] = ()
