"""The only writers of visits."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction

from onewindow.foundation.places.models import Window
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import StateConflict
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.permissions import Actor
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.queries import QUERY_CODE_LENGTH

# No 0/O, 1/I/L, U/V: read aloud and typed by tired people.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ"


def open_visit(*, by: Actor, window: Window, ticket: int, ticket_number: str, agent_id: int | None) -> Visit:
    """A person sits down. The window can have only one open visit, and a ticket only one visit, ever."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(QUERY_CODE_LENGTH))
    envelope, wrapped = vault().new()
    try:
        with transaction.atomic():
            return begin(
                Visit, "open", by=by, site=window.site, facts={"window": window.code, "ticket": ticket}, window=window,
                ticket=ticket, ticket_number=ticket_number, agent_id=agent_id,
                query_blind=vault().blind("visit.query", code), query_key=wrapped,
                query_sealed=envelope.seal("query", code),
            )  # fmt: skip
    except IntegrityError:
        raise StateConflict from None


def name_visitors(*, by: Actor, visit_id: int, applicant_id: int | None, agent_id: int | None) -> None:
    """Say for whom this sitting is, and who sits here."""
    with moving(Visit, visit_id, "name", by=by) as motion:
        motion.set(applicant_id=applicant_id, agent_id=agent_id)
        motion.record(applicant=applicant_id, agent=agent_id)


def close_visit(*, by: Actor, visit_id: int) -> None:
    """The person leaves."""
    with moving(Visit, visit_id, "close", by=by):
        pass
