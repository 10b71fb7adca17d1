"""The only writers of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from onewindow.foundation.catalogue.definition import Definition, digest
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.staff.models import Department
from onewindow.foundation.staff.queries import department
from onewindow.kernel.errors import NotFound
from onewindow.kernel.ledger.moving import begin, move_locked, moving
from onewindow.kernel.permissions import Actor


@transaction.atomic
def publish(*, by: Actor, site: str, definition: Definition) -> ItemVersion:
    """Publish a definition as the item's next version, superseding the one before.

    The same content published again changes nothing and returns the version that stands.
    """
    standing = ItemVersion.objects.select_for_update().filter(code=definition.code, state="published").first()
    if standing is not None and standing.digest == digest(definition):
        return standing
    newest = ItemVersion.objects.filter(code=definition.code).aggregate(n=Max("version"))["n"] or 0
    return _publish(by, site, definition, standing, newest, department(definition.department.code))


@transaction.atomic
def publish_all(*, by: Actor, site: str, definitions: Iterable[Definition]) -> int:
    """Publish many, all or none; how many were new or changed. What stands is asked for once, not for each.

    Each is a version with its own ledger rows, as `publish` makes them. Raises `NotFound` for an unknown department.
    """
    standing = {version.code: version for version in ItemVersion.objects.select_for_update().filter(state="published").defer("body")}
    newest = dict(ItemVersion.objects.values_list("code").annotate(n=Max("version")))
    departments = {one.code: one for one in Department.objects.all()}
    published = 0
    for definition in definitions:
        before, belongs = standing.get(definition.code), departments.get(definition.department.code)
        if belongs is None:
            raise NotFound
        if before is None or before.digest != digest(definition):
            made = _publish(by, site, definition, before, newest.get(definition.code, 0), belongs)
            standing[definition.code], newest[definition.code] = made, made.version
            published += 1
    return published


def _publish(by: Actor, site: str, definition: Definition, standing: ItemVersion | None, newest: int, belongs: Department) -> ItemVersion:
    """The next version; `standing` is locked by the caller."""
    mark = digest(definition)
    if standing is not None:
        with move_locked(standing, "supersede", by=by):
            pass
    return begin(
        ItemVersion, "publish", by=by, site=site, facts={"item": definition.code, "version": newest + 1, "digest": mark},
        code=definition.code, version=newest + 1, name_zh=definition.name.zh, name_en=definition.name.en,
        department=belongs, hall=definition.service.hall,
        item_type=definition.item_type, implementation_code=definition.implementation_code,
        body=json.loads(definition.model_dump_json(by_alias=True)), digest=mark,
    )  # fmt: skip


def withdraw(*, by: Actor, version_id: int) -> None:
    """From now on nothing new is received under this version; what was received under it goes on.

    The item then has no version in force until one is published. Raises `NotFound`, `WrongState`.
    """
    with moving(ItemVersion, version_id, "withdraw", by=by) as motion:
        motion.record(item=motion.subject.code, version=motion.subject.version)
