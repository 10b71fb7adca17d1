"""What the centre knows of a visit's people: masked on the screen, in clear only in the form that is filed.

A field the clerk left as it was shown stands for what is on record; whatever else they typed stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onewindow.errands.sitting import known_of
from onewindow.foundation.catalogue.definition.model import FormField
from onewindow.foundation.people.queries import masked_phone
from onewindow.kernel.identifiers import mask
from onewindow.spine.visits.models import Visit


def shown_of(visit: Visit, fields: Iterable[FormField]) -> dict[str, str]:
    """What is on record, by the form's fields, as a screen shows it: personal numbers and phones masked."""
    known = known_of(visit)
    return {field.code: _masked(field, known.get(field.prefill or "", "")) for field in fields}


def as_known(visit: Visit, fields: Iterable[FormField], form: Mapping[str, str]) -> dict[str, str]:
    """The form with every value that was left as shown replaced by what it stands for.

    A masked value that stands for nobody of this visit stays as it is, and is refused as no number or phone.
    """
    known = known_of(visit)
    found = {field.code: known.get(field.prefill or "", "") for field in fields}
    return dict(form) | {field.code: found[field.code] for field in fields if form.get(field.code) == _masked(field, found[field.code])}


def _masked(field: FormField, value: str) -> str:
    if not value or field.kind not in ("id-number", "phone"):
        return value
    return mask(value) if field.kind == "id-number" else masked_phone(value)
