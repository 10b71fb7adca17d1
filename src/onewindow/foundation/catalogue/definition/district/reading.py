"""From the folder of TOML files to a `District`, or to every fault in them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from onewindow.foundation.catalogue.definition.bundles import Bundle, load_bundle
from onewindow.foundation.catalogue.definition.district.agreement import disagreements
from onewindow.foundation.catalogue.definition.district.register import FILE, read_register
from onewindow.foundation.catalogue.definition.district.shapes import (
    ApplicantsFile,
    AuthorisationsFile,
    DemoFile,
    DepartmentsFile,
    District,
    PlacesFile,
    StaffFile,
)
from onewindow.foundation.catalogue.definition.findings import DefinitionWrong, DistrictWrong, Finding
from onewindow.foundation.catalogue.definition.loading import load
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.shapes import shape_findings

File = TypeVar("File", bound=DemoFile)


def load_district(folder: Path) -> District:
    """Read the district. Raises `DistrictWrong` with every fault: its file, its entry and its rule."""
    wrong: list[Finding] = []
    places = _read(folder / "places.toml", PlacesFile, wrong)
    departments = _read(folder / "departments.toml", DepartmentsFile, wrong)
    staff = _read(folder / "staff.toml", StaffFile, wrong)
    authorisations = _read(folder / "authorisations.toml", AuthorisationsFile, wrong)
    applicants = _read(folder / "applicants.toml", ApplicantsFile, wrong)
    items = tuple(_items(folder / "items", wrong))
    bundles = tuple(_bundles(folder / "bundles", items, wrong))
    register = read_register(folder / FILE, wrong)
    if register is not None and register.lines and not register.demo:
        zh, en = "应标为演示：首行以 “# demo” 开头。", "must be marked as demonstration: its first line begins with “# demo”."
        wrong.append(Finding("/demo", "literal-error", zh, en, str(folder / FILE)))
    if not (places and departments and staff and authorisations and applicants and register) or wrong:
        raise DistrictWrong(wrong)
    district = District(
        places=places.places,
        departments=departments.departments,
        roles=staff.roles,
        staff=staff.staff,
        password=staff.password,
        authorisations=authorisations.authorisations,
        persons=applicants.persons,
        companies=applicants.companies,
        agents=applicants.agents,
        items=items,
        communities=places.communities,
        register=register.lines,
        bundles=bundles,
    )
    if found := [finding.at(str(folder / finding.path)) for finding in disagreements(district)]:
        raise DistrictWrong(found)
    return district


def load_places(folder: Path) -> PlacesFile:
    """The places of a district alone. Raises `DistrictWrong`."""
    wrong: list[Finding] = []
    places = _read(folder / "places.toml", PlacesFile, wrong)
    if places is None:
        raise DistrictWrong(wrong)
    return places


def _read(path: Path, shape: type[File], wrong: list[Finding]) -> File | None:
    try:
        data = _tuples(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        reason = error.strerror or str(error)
        zh, en = f"文件无法读取：{reason}。", f"cannot be read: {reason}."
        wrong.append(Finding("/", "unreadable", zh, en, str(path)))
        return None
    except ValueError as error:
        zh, en = f"不是有效的 TOML：{error}。", f"is not valid TOML: {error}."
        wrong.append(Finding("/", "toml-invalid", zh, en, str(path)))
        return None
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        wrong += [finding.at(str(path)) for finding in shape_findings(data, error)]
        return None


def _tuples(node: Any) -> Any:
    """The same data with tuples for lists, as strict models want it."""
    if isinstance(node, dict):
        return {name: _tuples(value) for name, value in node.items()}
    return tuple(map(_tuples, node)) if isinstance(node, list) else node


def _items(folder: Path, wrong: list[Finding]) -> Iterator[Definition]:
    for path in sorted(folder.glob("*.json")):
        try:
            yield load(path)
        except DefinitionWrong as error:
            wrong += [finding.at(str(path)) for finding in error.findings]


def _bundles(folder: Path, items: Sequence[Definition], wrong: list[Finding]) -> Iterator[Bundle]:
    """The bundles of these items; a district without the folder has none."""
    known = {item.code: item for item in items}
    for path in sorted(folder.glob("*.json")):
        try:
            yield load_bundle(path, known)
        except DefinitionWrong as error:
            wrong += [finding.at(str(path)) for finding in error.findings]
