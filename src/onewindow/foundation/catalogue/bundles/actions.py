"""The only writers of published bundles."""

from __future__ import annotations

import json

from django.db import transaction
from django.db.models import Max

from onewindow.foundation.catalogue.bundles.queries import definitions_of
from onewindow.foundation.catalogue.definition import DefinitionWrong, digest
from onewindow.foundation.catalogue.definition.bundles import Bundle, bundle_faults
from onewindow.foundation.catalogue.models import BundleVersion
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.permissions import Actor


@transaction.atomic
def publish_bundle(*, by: Actor, site: str, bundle: Bundle) -> BundleVersion:
    """Publish a bundle as its next version, superseding the one before; the same content again changes nothing.

    Raises `DefinitionWrong` when it does not fit the items as they are published now.
    """
    mark = digest(bundle)
    standing = BundleVersion.objects.select_for_update().filter(code=bundle.code, state="published").first()
    if standing is not None and standing.digest == mark:
        return standing
    if faults := bundle_faults(bundle, definitions_of(bundle)):
        raise DefinitionWrong(faults)
    if standing is not None:
        with moving(BundleVersion, standing.pk, "supersede", by=by):
            pass
    newest = BundleVersion.objects.filter(code=bundle.code).aggregate(n=Max("version"))["n"] or 0
    return begin(
        BundleVersion, "publish", by=by, site=site, facts={"bundle": bundle.code, "version": newest + 1, "digest": mark},
        code=bundle.code, version=newest + 1, name_zh=bundle.name.zh, name_en=bundle.name.en, hall=bundle.hall,
        body=json.loads(bundle.model_dump_json(by_alias=True)), digest=mark,
    )  # fmt: skip


def withdraw_bundle(*, by: Actor, version_id: int) -> None:
    """From now on nothing new is filed under it together; what was filed goes on. Raises `NotFound`, `WrongState`."""
    with moving(BundleVersion, version_id, "withdraw", by=by) as motion:
        motion.record(bundle=motion.subject.code, version=motion.subject.version)
