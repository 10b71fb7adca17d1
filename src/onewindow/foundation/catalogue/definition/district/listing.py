"""Does the register of items agree with departments and definitions?"""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.district.register import FILE
from onewindow.foundation.catalogue.definition.district.shapes import District
from onewindow.foundation.catalogue.definition.findings import Finding, unknown


def register_faults(district: District) -> Iterator[Finding]:
    """Every line whose department or definition is unknown or another's, and every definition that no line lists.

    A district without a register has none.
    """
    departments = {entry.code for entry in district.departments}
    owner = {item.code: item.department.code for item in district.items}
    for line in district.register:
        at = f"/register/{line.code}"
        if line.department not in departments:
            yield unknown(f"{at}/department", "部门", "department", line.department, FILE)
        if line.item and line.item not in owner:
            yield unknown(f"{at}/item", "事项定义", "item definition", line.item, FILE)
        elif line.item and owner[line.item] != line.department:
            yield Finding(
                f"{at}/department", "department-differs", "与该事项定义的部门不一致。", "is not the department of its definition.", FILE
            )
    if district.register:
        for code in sorted(owner.keys() - {line.item for line in district.register}):
            yield Finding(
                "/code", "not-in-register", "事项目录（register.csv）中没有本事项。", "the register (register.csv) does not list this item.",
                f"items/{code}.json",
            )  # fmt: skip
