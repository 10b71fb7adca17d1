"""The only writers of the catalogue."""

from __future__ import annotations

import json

from django.db import transaction
from django.db.models import Max

from onewindow.foundation.catalogue.definition import Definition, digest
from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.staff.queries import department
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.permissions import Actor


@transaction.atomic
def publish(*, by: Actor, site: str, definition: Definition) -> ItemVersion:
    """Publish a definition as the item's next version, superseding the one before.

    The same content published again changes nothing and returns the version that stands.
    """
    mark = digest(definition)
    standing = ItemVersion.objects.select_for_update().filter(code=definition.code, state="published").first()
    if standing is not None:
        if standing.digest == mark:
            return standing
        with moving(ItemVersion, standing.pk, "supersede", by=by):
            pass
    newest = ItemVersion.objects.filter(code=definition.code).aggregate(n=Max("version"))["n"] or 0
    return begin(
        ItemVersion, "publish", by=by, site=site, facts={"item": definition.code, "version": newest + 1, "digest": mark},
        code=definition.code, version=newest + 1, name_zh=definition.name.zh, name_en=definition.name.en,
        department=department(definition.department.code), hall=definition.service.hall,
        item_type=definition.item_type, implementation_code=definition.implementation_code,
        body=json.loads(definition.model_dump_json(by_alias=True)), digest=mark,
    )  # fmt: skip


def withdraw(*, by: Actor, version_id: int) -> None:
    """From now on nothing new is received under this version; what was received under it goes on.

    The item then has no version in force until one is published. Raises `NotFound`, `WrongState`.
    """
    with moving(ItemVersion, version_id, "withdraw", by=by) as motion:
        motion.record(item=motion.subject.code, version=motion.subject.version)
