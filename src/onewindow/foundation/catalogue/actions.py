"""The only writers of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Max

from onewindow.foundation.catalogue.definition import Definition, digest
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.staff.models import Department
from onewindow.foundation.staff.queries import department
from onewindow.kernel.errors import NotFound
from onewindow.kernel.ledger.moving import begin, begin_all, move_locked, moving
from onewindow.kernel.permissions import Actor


@transaction.atomic
def publish(*, by: Actor, site: str, definition: Definition) -> ItemVersion:
    """Publish a definition as the item's next version, superseding the one before.

    The same content published again changes nothing and returns the version that stands.
    """
    standing = ItemVersion.objects.select_for_update().filter(code=definition.code, state="published").first()
    if standing is not None:
        if standing.digest == digest(definition):
            return standing
        with moving(ItemVersion, standing.pk, "supersede", by=by):
            pass
    newest = ItemVersion.objects.filter(code=definition.code).aggregate(n=Max("version"))["n"] or 0
    facts, columns = _born(definition, newest + 1, department(definition.department.code))
    return begin(ItemVersion, "publish", by=by, site=site, facts=facts, **columns)


@transaction.atomic
def publish_all(*, by: Actor, site: str, definitions: Iterable[Definition], replaced: Collection[str] = ()) -> int:
    """Publish many items' next versions, all or none; how many. What stands is asked for once, and they are sent while the next is made ready.

    `replaced` names the items whose version in force goes: each is superseded first, as `publish` does it. Every version has its own
    ledger row. Raises `NotFound` for an unknown department; `definitions` must not itself ask the database.
    """
    standing = ItemVersion.objects.select_for_update().filter(code__in=replaced, state="published").defer("body")
    for version in standing:
        with move_locked(version, "supersede", by=by):
            pass
    newest = dict(ItemVersion.objects.values_list("code").annotate(n=Max("version")))
    departments = {one.code: one for one in Department.objects.all()}

    def births() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        for definition in definitions:
            if (belongs := departments.get(definition.department.code)) is None:
                raise NotFound
            newest[definition.code] = newest.get(definition.code, 0) + 1
            yield _born(definition, newest[definition.code], belongs)

    return begin_all(ItemVersion, "publish", by=by, site=site, births=births())


def _born(definition: Definition, version: int, belongs: Department) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts and the columns with which a version is born."""
    mark = digest(definition)
    columns = {
        "code": definition.code, "version": version, "name_zh": definition.name.zh, "name_en": definition.name.en, "department": belongs,
        "hall": definition.service.hall, "item_type": definition.item_type, "implementation_code": definition.implementation_code,
        "body": json.loads(definition.model_dump_json(by_alias=True)), "digest": mark,
    }  # fmt: skip
    return {"item": definition.code, "version": version, "digest": mark}, columns


def withdraw(*, by: Actor, version_id: int, reason: str) -> None:
    """From now on nothing new is received under this version; what was received under it goes on.

    The item then has no version in force until one is published. Raises `NotFound`, `WrongState`.
    """
    with moving(ItemVersion, version_id, "withdraw", by=by) as motion:
        motion.record(item=motion.subject.code, version=motion.subject.version, reason=reason)
