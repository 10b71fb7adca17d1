"""Whose act it is: authorisations are compared by what they say, for the ledger keeps no number of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from onewindow.config.district.changes import Change
from onewindow.foundation.catalogue.definition import District
from onewindow.foundation.staff.actions import authorise, withdraw_authorisation
from onewindow.foundation.staff.models import Authorisation, Department
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words

Content = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], date, date, str]


def authorisations(district: District, by: Actor) -> Iterator[Change]:
    """Record those that are new; withdraw those of the district's site that the folder no longer has."""
    home = district.places[0].code
    departments = {department.code: department for department in Department.objects.all()}
    standing: dict[Content, list[Authorisation]] = {}
    for record in Authorisation.objects.filter(site=home, state="valid").select_related("department").order_by("id"):
        standing.setdefault(_stored(record), []).append(record)
    for wanted in district.authorisations:
        items, clerks = ([one for one in listed if one != "*"] for listed in (wanted.items, wanted.clerks))
        content = (
            wanted.department, tuple(sorted(items)), tuple(sorted(clerks)), tuple(sorted(wanted.scopes)), wanted.valid_from,
            wanted.valid_until, wanted.seal,
        )  # fmt: skip
        if standing.get(content):
            standing[content].pop()
            continue
        authorise(
            by=by, site=home, department=departments[wanted.department], items=items, clerks=clerks, scopes=list(wanted.scopes),
            valid_from=wanted.valid_from, valid_until=wanted.valid_until, seal=wanted.seal,
        )  # fmt: skip
        yield Change("added", Words(f"授权 {wanted.number}", f"authorisation {wanted.number}"))
    for record in (record for left in standing.values() for record in left):
        withdraw_authorisation(by=by, authorisation_id=record.pk)
        until = f"{record.department.code} {record.valid_from} – {record.valid_until}"
        yield Change("withdrawn", Words(f"授权 {until}", f"authorisation {until}"))


def _stored(record: Authorisation) -> Content:
    return (
        record.department.code, tuple(sorted(record.items)), tuple(sorted(record.clerks)), tuple(sorted(record.scopes)),
        record.valid_from, record.valid_until, record.seal,
    )  # fmt: skip
