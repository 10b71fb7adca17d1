"""What can be asked about published permits and requests for secrecy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from onewindow.kernel.errors import NotFound
from onewindow.stages.publication.models import PublishedPermit, SecrecyRequest
from onewindow.stages.publication.rules import wanted_grams


@dataclass(frozen=True)
class Asked:
    """What somebody looks for in the list: part of a name, or a whole number; an item, a department, days of decision."""

    words: str = ""
    item: str = ""
    department: str = ""
    since: date | None = None
    until: date | None = None


def permits(asked: Asked) -> QuerySet[PublishedPermit]:
    """The published permits that fit, the newest decision first. A number of decision, licence or company is found whole, a name by any part."""
    found = PublishedPermit.objects.select_related("department").order_by("-decided_on", "-id")
    if asked.words:
        text = asked.words.strip()
        named = Q(grams__contains=wanted_grams(text), name__icontains="".join(text.split()))
        # A number has a letter or a figure in it; asking for one beside the name would spoil the index of names for everybody else.
        number = text.upper()
        numbered = any(c.isascii() and c.isalnum() for c in text) or "号" in text
        found = found.filter(named | Q(number=number) | Q(licence=text) | Q(credit_code=number) if numbered else named)
    if asked.item:
        found = found.filter(item=asked.item)
    if asked.department:
        found = found.filter(department__code=asked.department)
    if asked.since:
        found = found.filter(decided_on__gte=asked.since)
    return found.filter(decided_on__lte=asked.until) if asked.until else found


def permit_by_uuid(uuid: str) -> PublishedPermit:
    found = PublishedPermit.objects.select_related("department").filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def permit_of(case_id: int) -> PublishedPermit | None:
    return PublishedPermit.objects.filter(case_id=case_id).first()


def secret_fields(case_id: int) -> set[str]:
    """The form fields that are kept secret, or may have to be: asked for and not declined."""
    rows = SecrecyRequest.objects.filter(case_id=case_id, state__in=["asked", "allowed"]).values_list("fields", flat=True)
    return {code for row in rows for code in row}


def requests_of(case_id: int) -> list[SecrecyRequest]:
    """What was asked in a case, oldest first."""
    return list(SecrecyRequest.objects.filter(case_id=case_id).order_by("id"))


def request_of(case_id: int, uuid: str) -> SecrecyRequest:
    found = SecrecyRequest.objects.filter(case_id=case_id, uuid=uuid).first()
    if found is None:
        raise NotFound
    return found
