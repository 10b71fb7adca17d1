"""What can be asked about visits."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from onewindow.foundation.people.queries import records_of
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import NotFound
from onewindow.spine.visits.models import Visit

QUERY_CODE_LENGTH = 10


def visit(uuid: str) -> Visit:
    try:
        return Visit.objects.select_related("window__hall", "applicant", "agent").get(uuid=uuid)
    except (Visit.DoesNotExist, ValidationError):
        raise NotFound from None


def open_visit_at(window_id: int) -> Visit | None:
    """The sitting now at this window."""
    found = Visit.objects.select_related("window__hall", "applicant", "agent", "claim")
    return found.filter(window_id=window_id, state="open").first()


def visit_of_ticket(ticket_id: int) -> Visit | None:
    """The sitting a ticket became, if its holder sat down."""
    return Visit.objects.select_related("window__hall", "window__clerk", "applicant", "agent", "claim").filter(ticket=ticket_id).first()


def visits_of(party_id: int) -> QuerySet[Visit]:
    """The sittings of a person or for a company, newest first; with what was merged into their record."""
    records = records_of(party_id)
    found = Visit.objects.select_related("window__hall").filter(Q(applicant_id__in=records) | Q(agent_id__in=records))
    return found.order_by("-id")


def visit_by_query_code(code: str) -> Visit:
    """The visit of a receipt's query code, blanks and case forgiven; `NotFound` otherwise."""
    typed = "".join(code.split()).replace("-", "").upper()
    try:
        return Visit.objects.select_related("window__hall").get(query_blind=vault().blind("visit.query", typed))
    except Visit.DoesNotExist:
        raise NotFound from None


def query_code(visit: Visit) -> str:
    """The code as printed on the receipt, for printing it (again)."""
    return vault().unwrap(bytes(visit.query_key)).open("query", bytes(visit.query_sealed))
