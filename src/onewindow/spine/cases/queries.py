"""What can be asked about cases."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q, QuerySet

from onewindow.foundation.people.queries import records_of
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import NotFound
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.ledger.rows import fetched
from onewindow.spine.cases.models import Case, Document, Reissue, SpecialProcedure
from onewindow.spine.cases.papers import with_query_code
from onewindow.spine.cases.states import TURNED_AWAY
from onewindow.spine.visits.queries import query_code

_JOINED = ("item", "department", "applicant", "agent", "visit")


def case(uuid: str) -> Case:
    """A case by the identifier in its address."""
    try:
        return Case.objects.select_related(*_JOINED).defer("item__body").get(uuid=uuid)
    except (Case.DoesNotExist, ValidationError):
        raise NotFound from None


def case_by_id(pk: int) -> Case:
    try:
        return Case.objects.select_related(*_JOINED).defer("item__body").get(pk=pk)
    except Case.DoesNotExist:
        raise NotFound from None


def case_once(once: UUID) -> Case | None:
    """The case a screen's nonce has already filed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_case WHERE once = %s", [once])
        row = cursor.fetchone()
    return fetched(Case, row[0]) if row else None


def cases_of_visit(visit_id: int) -> QuerySet[Case]:
    return Case.objects.select_related(*_JOINED).defer("item__body").filter(visit_id=visit_id).order_by("id")


def open_cases_of(party_id: int) -> QuerySet[Case]:
    """Everything of an applicant that is not finished, newest first."""
    return cases_of(party_id).exclude(state__in=["closed", *TURNED_AWAY])


def cases_of(party_id: int) -> QuerySet[Case]:
    """Everything of an applicant, newest first; what was filed with a record merged into theirs is theirs too."""
    return Case.objects.select_related(*_JOINED).defer("item__body").filter(applicant_id__in=records_of(party_id)).order_by("-id")


def cases_to_decide(department: str) -> QuerySet[Case]:
    """A department's accepted cases, the nearest deadline first."""
    found = Case.objects.select_related(*_JOINED).defer("item__body").filter(state="accepted", department__code=department)
    return found.order_by("promised_on", "id")


def neighbours(case: Case) -> tuple[Case | None, Case | None]:
    """The cases before and after this one on its department's list, in the order of their deadlines."""
    if case.promised_on is None:
        return None, None
    listed = Case.objects.filter(state="accepted", department_id=case.department_id).only("uuid")
    before = listed.filter(Q(promised_on__lt=case.promised_on) | Q(promised_on=case.promised_on, pk__lt=case.pk))
    after = listed.filter(Q(promised_on__gt=case.promised_on) | Q(promised_on=case.promised_on, pk__gt=case.pk))
    return before.order_by("-promised_on", "-id").first(), after.order_by("promised_on", "id").first()


def next_to_decide(case: Case, *, but_of: int) -> Case | None:
    """The next on the list after this case that can be decided now, the first of all after the last; none of those that `but_of` accepted."""
    listed = Case.objects.filter(state="accepted", department_id=case.department_id, procedures_open=0).exclude(pk=case.pk)
    listed = listed.exclude(accepted_by=but_of).only("uuid").order_by("promised_on", "id")
    after = listed.filter(Q(promised_on__gt=case.promised_on) | Q(promised_on=case.promised_on, pk__gt=case.pk)) if case.promised_on else listed
    return after.first() or listed.first()


def cases_due_by(day: date) -> QuerySet[Case]:
    """Accepted cases whose promised day is `day` or earlier."""
    return Case.objects.select_related(*_JOINED).defer("item__body").filter(state="accepted", promised_on__lte=day).order_by("promised_on", "id")


def form_of(case: Case) -> dict[str, Any]:
    """The form as filled in, opened with the case's key."""
    opened: dict[str, Any] = json.loads(vault().unwrap(bytes(case.form_key)).open("form", bytes(case.form_sealed)))
    return opened


def timeline(case_ids: Iterable[int]) -> QuerySet[Entry]:
    """The ledger rows of cases, oldest first."""
    return Entry.objects.filter(subject_kind="case", subject_id__in=list(case_ids)).order_by("subject_id", "n")


def documents_of(case_ids: Iterable[int]) -> QuerySet[Document]:
    """The documents of cases, oldest first, with what made them void."""
    return Document.objects.select_related("voided_by").filter(case_id__in=list(case_ids)).order_by("id")


def document(case: Case, key: str) -> Document | None:
    """A document by its key: the kind, counted from the second on (``acceptance-2``)."""
    kind, _, n = key.rpartition("-")
    which = {"kind": kind, "n": int(n)} if n.isascii() and n.isdigit() and len(n) < 5 else {"kind": key, "n": 1}
    found = case.documents.select_related("voided_by").filter(**which).first()
    if found is not None and found.kind == "receipt":
        found.content = with_query_code(found.content, query_code(case.visit))
    return found


def reissues_of(document: Document) -> list[Reissue]:
    """How often a document was given out again, the first time first."""
    return list(Reissue.objects.filter(document=document).order_by("n"))


def procedures_of(case_ids: Iterable[int]) -> QuerySet[SpecialProcedure]:
    """The special procedures of cases, oldest first."""
    return SpecialProcedure.objects.filter(case_id__in=list(case_ids)).order_by("id")


def procedure(case: Case, uuid: str) -> SpecialProcedure:
    """A special procedure of this case, by the identifier in its address."""
    try:
        return SpecialProcedure.objects.get(case_id=case.pk, uuid=uuid)
    except (SpecialProcedure.DoesNotExist, ValidationError):
        raise NotFound from None


def document_by_number(number: str) -> Document:
    try:
        return Document.objects.select_related("case__item", "case__department").defer("case__item__body").get(number=number)
    except Document.DoesNotExist:
        raise NotFound from None
