"""Do the halls fit what they are there for, and are the streets the district's?"""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.district.shapes import District, HallOf
from onewindow.foundation.catalogue.definition.findings import Finding, unknown

_FILE = "places.toml"


def place_faults(district: District) -> Iterator[Finding]:
    """Every hall, street and former window that does not fit."""
    departments = {entry.code for entry in district.departments}
    for place in district.places:
        for hall in place.halls:
            yield from _hall(f"/places/{place.code}/halls/{hall.code}", hall)
        for code in place.former_windows:
            if code not in departments:
                yield unknown(f"/places/{place.code}/former_windows/{code}", "部门", "department", code, _FILE)
    regions = {place.region for place in district.places}
    for community in district.communities:
        if community.code[:6] not in regions:
            yield Finding(
                f"/communities/{community.code}/code", "elsewhere", "不属于本区。", "this street or town is not the district's.", _FILE
            )


def _hall(at: str, hall: HallOf) -> Iterator[Finding]:
    if (hall.windows is not None) != (hall.purpose == "windows"):
        yield Finding(
            f"{at}/windows", "hall-windows", "综合受理大厅应有窗口，其他大厅没有窗口。",
            "a hall of windows has windows, and no other has.", _FILE,
        )  # fmt: skip
    if (hall.workstations is not None) != (hall.purpose == "self-service"):
        yield Finding(
            f"{at}/workstations", "hall-workstations", "自助服务大厅应有自助办理工作台，其他大厅没有。",
            "a self-service hall has workstations, and no other has.", _FILE,
        )  # fmt: skip
