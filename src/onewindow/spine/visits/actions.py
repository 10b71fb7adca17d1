"""The only writers of visits."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction

from onewindow.foundation.people.queries import number_ends_with
from onewindow.foundation.places.models import Window
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import InvalidInput, StateConflict
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.queries import QUERY_CODE_LENGTH

# No 0/O, 1/I/L, U/V: read aloud and typed by tired people.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ"


def open_visit(*, by: Actor, window: Window, ticket: int | None, ticket_number: str, agent_id: int | None) -> Visit:
    """A person sits down. The window can have only one open visit, and a ticket only one visit, ever.

    Without a ticket nobody sits down: what was written by hand during an outage is entered.
    Who the ticket names (`agent_id`) is a claim, until `verify_visitor` or a registration at the window.
    """
    code = "".join(secrets.choice(_LETTERS) for _ in range(QUERY_CODE_LENGTH))
    envelope, wrapped = vault().new()
    try:
        with transaction.atomic():
            return begin(
                Visit, "open", by=by, site=window.site, facts={"window": window.code, "ticket": ticket}, window=window,
                ticket=ticket, ticket_number=ticket_number, agent_id=agent_id, claim_id=agent_id,
                query_blind=vault().blind("visit.query", code), query_key=wrapped,
                query_sealed=envelope.seal("query", code),
            )  # fmt: skip
    except IntegrityError:
        raise StateConflict from None


def name_visitors(*, by: Actor, visit_id: int, applicant_id: int | None, agent_id: int | None, seen: bool = False) -> None:
    """Say for whom this sitting is, and who sits here.

    With `seen` the clerk has just registered who sits here from their own document: whatever the ticket
    claimed is settled with it.
    """
    with moving(Visit, visit_id, "name", by=by) as motion:
        motion.set(applicant_id=applicant_id, agent_id=agent_id)
        motion.record(applicant=applicant_id, agent=agent_id)
        if seen:
            motion.set(claim_id=None)
            motion.record(seen=agent_id)


def verify_visitor(*, by: Actor, visit_id: int, tail: str) -> None:
    """The clerk compared the document of who sits here with what the ticket claims, by its last four characters.

    Raises `InvalidInput` when they differ, `StateConflict` when nothing is claimed (any more): nothing is written then.
    """
    with moving(Visit, visit_id, "verify", by=by) as motion:
        claimed = motion.subject.claim
        if claimed is None:
            raise StateConflict
        if not number_ends_with(claimed, tail):
            raise InvalidInput(
                field=Words("证件号码后四位", "last four of the number"), reason_zh="与取号时填的号码不符，请看着原件再输一次；不是本人的，请登记来的人",
                reason_en="does not match the number the ticket was taken with; look at the original again, or register who has come",
            )  # fmt: skip
        motion.set(claim_id=None)
        motion.record(party=claimed.pk, how="tail")


def close_visit(*, by: Actor, visit_id: int) -> None:
    """The person leaves."""
    with moving(Visit, visit_id, "close", by=by):
        pass
