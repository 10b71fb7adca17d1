"""What already stands and cannot be made what the folder says: told before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onewindow.foundation.catalogue.definition import District, Finding
from onewindow.foundation.catalogue.definition.district import DepartmentEntry, Place
from onewindow.foundation.catalogue.definition.district import Staff as Account
from onewindow.foundation.places.models import Site
from onewindow.foundation.places.queries import every_hall, sites, windows
from onewindow.foundation.staff.models import Department, Staff
from onewindow.kernel.words import Words


def obstacles(district: District) -> Iterator[Finding]:
    """Every entry that stands otherwise than the folder has it, where no action changes it."""
    known = {site.code: site for site in sites()}
    for place in district.places:
        if place.code in known:
            yield from _told("places.toml", f"/places/{place.code}", _site(known[place.code]), _place(place))
    departments = {department.code: department for department in Department.objects.all()}
    numbers = {department.credit_code: department.code for department in departments.values()}
    for entry in district.departments:
        at = f"/departments/{entry.code}"
        if entry.code in departments:
            yield from _told("departments.toml", at, _department(departments[entry.code]), _entry(entry))
        elif entry.credit_code in numbers:
            other = numbers[entry.credit_code]
            zh, en = f"该代码已属于部门“{other}”。", f"this code already belongs to the department “{other}”."
            yield Finding(f"{at}/credit_code", "number-taken", zh, en, "departments.toml")
    accounts = {account.username: account for account in Staff.objects.select_related("department")}
    for one in district.staff:
        if one.username in accounts:
            home = district.places[0].code
            yield from _told("staff.toml", f"/staff/{one.username}", _account(accounts[one.username]), _appointment(one, home))


def _told(file: str, at: str, stands: Mapping[str, object], wanted: Mapping[str, object]) -> Iterator[Finding]:
    for name, value in wanted.items():
        if stands[name] != value:
            zh, en = "与系统中已有的不一致，这里不能更改。", "differs from what stands in the system, and is not changed here."
            yield Finding(f"{at}/{name}", "stands-otherwise", zh, en, file)


def _site(site: Site) -> dict[str, object]:
    return {
        "region": site.region, "kind": site.kind,
        "halls": sorted((hall.code, *hall.words, hall.purpose, hall.workstations) for hall in every_hall(site.code)),
        "windows": sorted(window.code for window in windows(site.code)),
    }  # fmt: skip


def _place(place: Place) -> dict[str, object]:
    return {
        "region": place.region, "kind": "centre",
        "halls": sorted((hall.code, hall.name.zh, hall.name.en, hall.purpose, hall.workstations or 0) for hall in place.halls),
        "windows": sorted(code for hall in place.halls for code in hall.window_codes),
    }  # fmt: skip


def _department(department: Department) -> dict[str, object]:
    return {
        "name": department.words, "credit_code": department.credit_code,
        "section": Words(department.section_zh, department.section_en), "approval_seal": department.seal,
    }  # fmt: skip


def _entry(entry: DepartmentEntry) -> dict[str, object]:
    return {
        "name": Words(entry.name.zh, entry.name.en), "credit_code": entry.credit_code,
        "section": Words(entry.section.zh, entry.section.en), "approval_seal": entry.approval_seal,
    }  # fmt: skip


def _account(account: Staff) -> dict[str, object]:
    department = account.department.code if account.department else None
    return {"name": account.words, "roles": sorted(account.roles), "department": department, "site": account.site}


def _appointment(one: Account, site: str) -> dict[str, object]:
    return {"name": Words(one.name.zh, one.name.en), "roles": sorted(one.roles), "department": one.department, "site": site}
