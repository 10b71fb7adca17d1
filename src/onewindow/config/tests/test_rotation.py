"""After a rotation every record key is under the new wrap key, and everything can still be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from onewindow.config.rotation import WRAPPED, rewrap_everything
from onewindow.foundation.people.models import Party
from onewindow.foundation.people.queries import number_of, party_by_number
from onewindow.kernel.crypto import Keyring
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db
SAMPLE = "11010519491231002X"


def test_rotation_rewraps_every_record_and_changes_no_value(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ring_file = tmp_path / "fields.json"
    ring_file.write_bytes(Path(settings.FIELD_KEYS).read_bytes())
    settings.FIELD_KEYS = str(ring_file)
    sealed = dict(Party.objects.values_list("pk", "number_sealed"))
    entries = Entry.objects.count()
    ring = Keyring.open(ring_file)
    name = ring.rotate()
    ring.save(ring_file)

    assert rewrap_everything() == len(sealed) > 0
    assert rewrap_everything() == 0

    assert all(vault().is_current(bytes(key)) for key in Party.objects.values_list("record_key", flat=True))
    assert vault().keyring.current == name
    assert {pk: bytes(v) for pk, v in Party.objects.values_list("pk", "number_sealed")} == {pk: bytes(v) for pk, v in sealed.items()}
    party = party_by_number("person", SAMPLE)
    assert party is not None
    assert number_of(party) == SAMPLE
    assert Entry.objects.count() == entries


def test_no_wrapped_key_is_forgotten() -> None:
    wrapped = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if model.__module__.startswith("onewindow.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and field.name.endswith("_key")
    }
    assert wrapped == set(WRAPPED)
