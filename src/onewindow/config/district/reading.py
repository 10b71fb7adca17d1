"""From a district's folder to a `District`, or to every fault in it at once.

The format is that of ``demo/``. A real district's files carry no demonstration mark, its staff file no
password, and it has no file of applicants: people are put on record at the counter, and their numbers
lie in no file. ``register.csv``, the register of all items, may be left out, and so may ``bundles/``. ``statutes/``
in the folder may add texts that its items and bundles quote.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from onewindow.foundation.catalogue.definition import (
    Definition,
    DefinitionWrong,
    District,
    DistrictWrong,
    Finding,
    Statute,
    examine,
    read,
    read_statutes,
    statutes_folder,
)
from onewindow.foundation.catalogue.definition.bundles import Bundle, examine_bundle, read_bundle
from onewindow.foundation.catalogue.definition.district import (
    FILE,
    Agent,
    Authorisation,
    Community,
    Company,
    DepartmentEntry,
    Person,
    Place,
    Register,
    RoleEntry,
    Staff,
    read_register,
)
from onewindow.foundation.catalogue.definition.district.agreement import disagreements
from onewindow.foundation.catalogue.definition.parts import DemoSource, Part
from onewindow.foundation.catalogue.definition.shapes import shape_findings


class _File(Part):
    demo: bool = False


class _Places(_File):
    places: Annotated[tuple[Place, ...], Field(min_length=1)]
    communities: tuple[Community, ...] = ()


class _Departments(_File):
    departments: Annotated[tuple[DepartmentEntry, ...], Field(min_length=1)]


class _Staff(_File):
    password: Annotated[str, Field(min_length=8)] | None = None
    roles: tuple[RoleEntry, ...]
    staff: Annotated[tuple[Staff, ...], Field(min_length=1)]


class _Authorisations(_File):
    authorisations: tuple[Authorisation, ...]


class _Applicants(_File):
    persons: tuple[Person, ...] = ()
    companies: tuple[Company, ...] = ()
    agents: tuple[Agent, ...] = ()


_Shape = TypeVar("_Shape", bound=_File)


def read_folder(folder: Path, *, demo: bool = False) -> District:
    """The folder's district. Raises `DistrictWrong` with every fault: its file, its entry and its rule.

    Unless it may be a `demo`, whatever is marked as demonstration is a fault. Raises `FileNotFoundError`
    when the statute texts cannot be found.
    """
    wrong: list[Finding] = []
    places = _toml(folder / "places.toml", _Places, wrong)
    departments = _toml(folder / "departments.toml", _Departments, wrong)
    staff = _toml(folder / "staff.toml", _Staff, wrong)
    authorisations = _toml(folder / "authorisations.toml", _Authorisations, wrong)
    people = folder / "applicants.toml"
    applicants = _toml(people, _Applicants, wrong) if people.exists() else _Applicants()
    register = read_register(folder / FILE, wrong)
    texts = read_statutes(statutes_folder()) | read_statutes(folder / "statutes")
    items = list(_items(folder, texts, wrong))
    read_all = all(item is not None for _, item in items)
    bundles = list(_bundles(folder, {item.code: item for _, item in items if item is not None}, texts, wrong)) if read_all else []
    if not demo:
        marked: list[tuple[str, _File | Register | None]] = [
            ("places.toml", places), ("departments.toml", departments), ("staff.toml", staff), ("authorisations.toml", authorisations),
            (FILE, register),
        ]  # fmt: skip
        wrong += _marks(folder, marked)
        wrong += [found for path, item in items if item is not None for found in _demo_sources(path, item)]
        wrong += [found for path, bundle in bundles for found in _demo_sources(path, bundle)]
        wrong += _real(folder, staff)
    if places and departments and staff and authorisations and applicants and register and read_all:
        district = District(
            places=places.places, departments=departments.departments, roles=staff.roles, staff=staff.staff,
            password=(staff.password or "") if demo else "", authorisations=authorisations.authorisations,
            persons=applicants.persons, companies=applicants.companies, agents=applicants.agents,
            items=tuple(item for _, item in items if item is not None), communities=places.communities, register=register.lines,
            bundles=tuple(bundle for _, bundle in bundles),
        )  # fmt: skip
        wrong += [finding.at(str(folder / finding.path)) for finding in disagreements(district)]
        if not wrong:
            return district
    raise DistrictWrong(wrong)


def _toml(path: Path, shape: type[_Shape], wrong: list[Finding]) -> _Shape | None:
    try:
        data = _tuples(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        wrong.append(Finding("/", "unreadable", f"文件无法读取：{reason}。", f"cannot be read: {reason}.", str(path)))
        return None
    except ValueError as error:
        wrong.append(Finding("/", "toml-invalid", f"不是有效的 TOML：{error}。", f"is not valid TOML: {error}.", str(path)))
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


def _items(folder: Path, texts: dict[str, Statute], wrong: list[Finding]) -> Iterator[tuple[Path, Definition | None]]:
    """Every item that has the right shape, None for one that has not; all that is wrong with either is told."""
    for path in sorted((folder / "items").glob("*.json")):
        wrong += [finding.at(str(path)) for finding in examine(path, texts)]
        try:
            yield path, read(path)
        except DefinitionWrong:
            yield path, None


def _bundles(folder: Path, items: dict[str, Definition], texts: dict[str, Statute], wrong: list[Finding]) -> Iterator[tuple[Path, Bundle]]:
    """Every bundle that has the right shape; all that is wrong with any is told."""
    for path in sorted((folder / "bundles").glob("*.json")):
        wrong += [finding.at(str(path)) for finding in examine_bundle(path, items, texts)]
        with suppress(DefinitionWrong):
            yield path, read_bundle(path)


def _marks(folder: Path, files: list[tuple[str, _File | Register | None]]) -> Iterator[Finding]:
    for name, file in files:
        if file is not None and file.demo:
            zh, en = "标为演示数据，不能装入真实的中心。", "is marked as demonstration data and cannot be loaded into a real centre."
            yield Finding("/demo", "demo-data", zh, en, str(folder / name))


def _demo_sources(path: Path, item: Definition | Bundle) -> Iterator[Finding]:
    for name, source in item.citations.items():
        if isinstance(source, DemoSource):
            zh, en = "依据标为演示，请换成真实的依据。", "is a source of the demonstration only; state the real one."
            yield Finding(f"/citations/{name}", "demo-source", zh, en, str(path))


def _real(folder: Path, staff: _Staff | None) -> Iterator[Finding]:
    if staff is not None and staff.password is not None:
        zh = "文件里不能有密码，请用 onewindow accounts password 设置。"
        yield Finding(
            "/password", "password-in-file", zh, "no password stands in a file; set it with onewindow accounts password.",
            str(folder / "staff.toml"),
        )  # fmt: skip
    if (folder / "applicants.toml").exists():
        zh = "办事人不从文件装入，请删除本文件；办事时在窗口登记。"
        en = "applicants are not loaded from a file; delete it, they are put on record at the counter."
        yield Finding("/", "applicants-in-file", zh, en, str(folder / "applicants.toml"))
