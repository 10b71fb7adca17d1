"""A file for the catalogue is brought, and confirmed: kept or marked, and handed to the worker, together or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from onewindow.foundation.catalogue import tasks
from onewindow.foundation.catalogue.exchange import handing
from onewindow.foundation.catalogue.models import CatalogueImport
from onewindow.kernel.permissions import Actor


@transaction.atomic
def bring_file(*, by: Actor, name: str, data: bytes, departments: Mapping[str, str], serves: str) -> CatalogueImport:
    """Keep the file and have it tried. Raises what `handing.bring` raises."""
    made = handing.bring(by=by, name=name, data=data, departments=departments, serves=serves)
    tasks.try_out.defer(import_id=made.pk)
    return made


@transaction.atomic
def confirm_import(*, by: Actor, import_id: int, agreed: str) -> None:
    """Confirm the report and have it written. Raises what `handing.confirm` raises."""
    handing.confirm(by=by, import_id=import_id, agreed=agreed)
    tasks.carry_out.defer(import_id=import_id)
