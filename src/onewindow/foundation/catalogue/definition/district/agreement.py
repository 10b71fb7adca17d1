"""Do the district's files agree? Whom an entry names exists, and every item is looked after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from onewindow.foundation.catalogue.definition.district.listing import register_faults
from onewindow.foundation.catalogue.definition.district.placing import place_faults
from onewindow.foundation.catalogue.definition.district.shapes import ROLES, District
from onewindow.foundation.catalogue.definition.findings import Finding, backwards, unknown
from onewindow.kernel.identifiers import Kind, check


def disagreements(district: District) -> Iterator[Finding]:
    """Every entry that does not agree with the others; `path` is the file's name in the folder."""
    yield from _repeated(district)
    yield from _numbers(district)
    yield from place_faults(district)
    yield from register_faults(district)
    yield from _staff_faults(district)
    yield from _authorisation_faults(district)
    yield from _applicant_faults(district)
    yield from _item_faults(district)


def _repeated(district: District) -> Iterator[Finding]:
    listed: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("places.toml", "places", (place.code for place in district.places)),
        ("places.toml", "communities", (community.code for community in district.communities)),
        ("departments.toml", "departments", (entry.code for entry in district.departments)),
        ("staff.toml", "roles", (role.code for role in district.roles)),
        ("staff.toml", "staff", (one.username for one in district.staff)),
        ("authorisations.toml", "authorisations", (one.number for one in district.authorisations)),
        ("applicants.toml", "persons", (person.code for person in district.persons)),
        ("applicants.toml", "companies", (company.code for company in district.companies)),
        ("applicants.toml", "agents", (agent.code for agent in district.agents)),
        ("items", "items", (item.code for item in district.items)),
        ("bundles", "bundles", (bundle.code for bundle in district.bundles)),
        ("register.csv", "register", (line.code for line in district.register)),
    )
    for file, place, codes in listed:
        for code, count in Counter(codes).items():
            if count > 1:
                yield Finding(
                    f"/{place}/{code}", "repeated", f"“{code}”重复出现。", f"“{code}” is there twice.", file
                )


def _numbers(district: District) -> Iterator[Finding]:
    for entry in district.departments:
        yield from _number(
            f"/departments/{entry.code}/credit_code", "departments.toml", Kind.CREDIT_CODE, entry.credit_code
        )
    for person in district.persons:
        yield from _number(
            f"/persons/{person.code}/id_number", "applicants.toml", Kind.RESIDENT_ID, person.id_number
        )
    for company in district.companies:
        yield from _number(
            f"/companies/{company.code}/credit_code", "applicants.toml", Kind.CREDIT_CODE, company.credit_code
        )


def _number(pointer: str, file: str, kind: Kind, number: str) -> Iterator[Finding]:
    if reason := check(kind, number).reason:
        yield Finding(pointer, str(reason.code), f"{reason.zh}。", f"{reason.en}.", file)


_OF_A_DEPARTMENT = {"approver", "catalogue-editor", "catalogue-reviewer"}


def _staff_faults(district: District) -> Iterator[Finding]:
    file = "staff.toml"
    departments = {entry.code for entry in district.departments}
    for role in sorted(set(ROLES) - {role.code for role in district.roles}):
        yield Finding(f"/roles/{role}", "role-missing", "缺少这个岗位。", "this role is missing.", file)
    for one in district.staff:
        at = f"/staff/{one.username}"
        if one.department is not None and one.department not in departments:
            yield unknown(f"{at}/department", "部门", "department", one.department, file)
        if _OF_A_DEPARTMENT & set(one.roles) and one.department is None:
            yield Finding(
                f"{at}/department", "approver-without-department",
                "审批、事项编写和审核人员应属于一个部门。", "an approver, an editor or a reviewer belongs to a department.", file,
            )  # fmt: skip
        if {"clerk", "approver"} <= set(one.roles):
            yield Finding(
                f"{at}/roles", "accepts-and-decides",
                "收件与审批应当分离，一人不能兼任。", "nobody both accepts and decides.", file,
            )  # fmt: skip
        if "clerk" in one.roles and one.department is not None:
            yield Finding(
                f"{at}/department", "clerk-of-department",
                "综窗人员属于中心，不属于部门。", "window clerks are the centre's, not a department's.", file,
            )  # fmt: skip
        if one.head and "approver" not in one.roles:
            yield Finding(
                f"{at}/head", "head-without-approval",
                "本机关负责人应为审批人员。", "a head is an approver.", file,
            )  # fmt: skip


def _authorisation_faults(district: District) -> Iterator[Finding]:
    file = "authorisations.toml"
    departments = {entry.code: entry for entry in district.departments}
    clerks = {one.username for one in district.staff if "clerk" in one.roles} | {"*"}
    owner = {item.code: item.department.code for item in district.items}
    for one in district.authorisations:
        at = f"/authorisations/{one.number}"
        department = departments.get(one.department)
        if department is None:
            yield unknown(f"{at}/department", "部门", "department", one.department, file)
        elif one.seal != department.acceptance_seal:
            yield Finding(
                f"{at}/seal", "seal-differs",
                "印章应为该部门的受理专用章。", "the seal must be the department's acceptance seal.", file,
            )  # fmt: skip
        for clerk in one.clerks:
            if clerk not in clerks:
                yield unknown(f"{at}/clerks", "综窗人员", "window clerk", clerk, file)
        for item in one.items:
            if item != "*" and owner.get(item) != one.department:
                yield unknown(f"{at}/items", "该部门的事项", "item of this department", item, file)
        if one.valid_until < one.valid_from:
            yield backwards(f"{at}/valid_until", file)


def _applicant_faults(district: District) -> Iterator[Finding]:
    file = "applicants.toml"
    persons = {person.code for person in district.persons}
    companies = {company.code for company in district.companies}
    for company in district.companies:
        if company.legal_person not in persons:
            at = f"/companies/{company.code}/legal_person"
            yield unknown(at, "自然人", "person", company.legal_person, file)
    for agent in district.agents:
        if agent.company not in companies:
            yield unknown(f"/agents/{agent.code}/company", "单位", "company", agent.company, file)
        if agent.person not in persons:
            yield unknown(f"/agents/{agent.code}/person", "自然人", "person", agent.person, file)
        if agent.valid_until < agent.valid_from:
            yield backwards(f"/agents/{agent.code}/valid_until", file)


def _item_faults(district: District) -> Iterator[Finding]:
    departments = {entry.code: entry for entry in district.departments}
    approving = {one.department for one in district.staff if "approver" in one.roles}
    halls = {hall.code for place in district.places for hall in place.halls if hall.purpose == "windows"}
    for item in district.items:
        file, entry = f"items/{item.code}.json", departments.get(item.department.code)
        if entry is None:
            yield unknown("/department/code", "部门", "department", item.department.code, file)
        elif (entry.name, entry.credit_code) != (item.department.name, item.department.credit_code):
            yield Finding(
                "/department", "department-differs",
                "部门名称或代码与 departments.toml 不一致。",
                "name or credit code differ from departments.toml.", file,
            )  # fmt: skip
        if item.department.code not in approving:
            yield Finding(
                "/department/code", "nobody-decides",
                "该部门没有审批人员。", "the department has no approver.", file,
            )  # fmt: skip
        if item.service.hall not in halls:
            yield unknown("/service/hall", "大厅", "hall", item.service.hall, file)
        if not any(
            one.department == item.department.code
            and {item.code, "*"} & set(one.items)
            and "accept" in one.scopes
            for one in district.authorisations
        ):
            yield Finding(
                "/code", "nobody-accepts",
                "没有任何授权可以受理本事项。", "no authorisation lets anybody accept this item.", file,
            )  # fmt: skip
