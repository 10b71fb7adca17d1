"""The demonstration district around the items: places, departments, staff, authorisations, applicants.

Read from TOML, checked for shape file by file and then against each other: whom an entry names must
exist, whose number it is must be right, and every item must have somebody who may accept and decide it.
"""

from onewindow.foundation.catalogue.definition.district.reading import load_district
from onewindow.foundation.catalogue.definition.district.register import FILE, Register, RegisterLine, read_register
from onewindow.foundation.catalogue.definition.district.shapes import (
    ROLES,
    Agent,
    Authorisation,
    Community,
    Company,
    DepartmentEntry,
    District,
    HallOf,
    Hours,
    Person,
    Place,
    Role,
    RoleEntry,
    Scope,
    Staff,
)  # fmt: skip

__all__ = [
    "FILE", "ROLES", "Agent", "Authorisation", "Community", "Company", "DepartmentEntry", "District", "HallOf", "Hours", "Person",
    "Place", "Register", "RegisterLine", "Role", "RoleEntry", "Scope", "Staff", "load_district", "read_register",
]  # fmt: skip
