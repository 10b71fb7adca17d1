"""What stands in the catalogue, as the import and the export ask for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from onewindow.foundation.catalogue.definition import Definition, read
from onewindow.foundation.catalogue.exchange.listing import Entry
from onewindow.foundation.catalogue.exchange.outcomes import Standing
from onewindow.foundation.catalogue.models import CatalogueImport, ItemVersion, RegisterEntry
from onewindow.foundation.staff.models import Department
from onewindow.kernel.errors import NotFound


def standing() -> Standing:
    """What stands now. Its mark changes with every version, entry and department."""
    departments = dict(Department.objects.order_by("code").values_list("code", "credit_code"))
    versions = ItemVersion.objects.filter(state="published").order_by("code").values_list("code", "digest", "implementation_code")
    items = {code: (mark, number) for code, mark, number in versions}
    entries: dict[str, tuple[Entry, str]] = {}
    summed = hashlib.new("sm3", repr((departments, items)).encode())
    for entry in _register():
        entries[entry.code] = (entry_of(entry), entry.state)
        summed.update(repr((entry.code, entry.moves, entry.state)).encode())
    return Standing(departments, items, entries, _in_force, summed.hexdigest())


def definitions() -> Iterator[Definition]:
    """The definition in force of every item, by code."""
    bodies = ItemVersion.objects.filter(state="published").order_by("code").values_list("body", flat=True)
    yield from map(read, bodies.iterator(chunk_size=200))


def entries() -> Iterator[Entry]:
    """Every entry of the register that stands, by code."""
    yield from (entry_of(entry) for entry in _register() if entry.state == "listed")


def entry_of(entry: RegisterEntry) -> Entry:
    """An entry as it is exchanged."""
    return Entry(
        entry.code, entry.name_zh, entry.name_en, entry.item_type, entry.department.code, entry.serves, entry.entered, entry.self_service,
        entry.city_wide, entry.online, entry.item,
    )  # fmt: skip


def _register() -> Iterator[RegisterEntry]:
    yield from RegisterEntry.objects.select_related("department").order_by("code")


def _in_force(code: str) -> Definition:
    body = ItemVersion.objects.filter(code=code, state="published").values_list("body", flat=True).first()
    if body is None:
        raise NotFound
    return read(body)


def imports(site: str) -> QuerySet[CatalogueImport]:
    """The imports of a site, the newest first; without their files and reports."""
    return CatalogueImport.objects.filter(site=site).select_related("account").defer("data", "report").order_by("-id")


def import_called(site: str, uuid: UUID) -> CatalogueImport:
    """An import with its report, without its file. Raises `NotFound`."""
    found = CatalogueImport.objects.filter(site=site, uuid=uuid).select_related("account").defer("data").first()
    if found is None:
        raise NotFound
    return found
