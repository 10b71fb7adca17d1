"""Drafts of applications: kept while a clerk types, so that a session that ends takes nothing with it.

A draft belongs to one clerk and one open visit. It is no legal fact: no ledger row, no state. It is sealed as
a form is, and is gone when the application is filed, when it is put aside, or when the visit ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from onewindow.kernel import clock
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import InvalidInput, StateConflict
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.cases.policies import RECEIVE
from onewindow.spine.cases.queries import case_once
from onewindow.spine.visits.models import Visit
from onewindow.spine.visits.policies import SIT
from onewindow.stages.acceptance.models import Draft

# Four bytes a character at most: a form is a page, not a book.
LONGEST = 60_000


@dataclass(frozen=True)
class Kept:
    """A draft opened: the situation's answers, the form, the materials ticked."""

    once: UUID
    saved_at: datetime
    answers: dict[str, list[str]]
    form: dict[str, str]
    given: frozenset[str]


@transaction.atomic
def keep(
    *, by: Actor, visit: Visit, item: str, once: UUID, answers: Mapping[str, Iterable[str]], form: Mapping[str, str], given: Iterable[str],
) -> datetime:  # fmt: skip
    """Keep what is filled in so far under the form's nonce, in the place of what was kept before; when.

    Raises `StateConflict` for a visit that is over, a form already filed, or a nonce that is somebody else's.
    """
    by.require(RECEIVE)
    body = json.dumps({"answers": {q: list(chosen) for q, chosen in answers.items()}, "form": dict(form), "given": sorted(given)}, ensure_ascii=False)
    if len(body) > LONGEST:
        raise InvalidInput(field=Words("申请表", "form"), reason_zh="填写的内容太长", reason_en="too much was entered")
    # Under the visit's lock: a draft that comes late must not outlive the visit.
    standing = locked(Visit, visit.pk)
    if standing is None or standing.state != "open" or case_once(once) is not None:
        raise StateConflict
    envelope, wrapped = vault().new()
    now = clock.now()
    found = {"draft_key": wrapped, "sealed": envelope.seal("draft", body), "saved_at": now}
    owner = {"visit_id": visit.pk, "clerk_id": int(by.id), "item": item}
    if Draft.objects.filter(once=once, **owner).update(**found) == 0:
        try:
            with transaction.atomic():
                Draft.objects.create(once=once, **owner, **found)
        except IntegrityError:  # the nonce belongs to another clerk's, another visit's or another item's form
            raise StateConflict from None
    return now


def kept(*, by: Actor, visit: Visit, item: str) -> Kept | None:
    """The latest draft of this clerk for this item in this visit, opened."""
    row = Draft.objects.filter(visit_id=visit.pk, clerk_id=int(by.id), item=item).order_by("-saved_at", "-id").first()
    if row is None:
        return None
    body = json.loads(vault().unwrap(bytes(row.draft_key)).open("draft", bytes(row.sealed)))
    return Kept(row.once, row.saved_at, body["answers"], body["form"], frozenset(body["given"]))


def kept_at(once: UUID) -> datetime | None:
    """When the form of this nonce was last kept; nothing of what is in it."""
    return Draft.objects.filter(once=once).values_list("saved_at", flat=True).first()


def discard(*, by: Actor, once: UUID) -> None:
    """The form was filed, or its clerk put it aside: only their own."""
    by.require(RECEIVE)
    Draft.objects.filter(once=once, clerk_id=int(by.id)).delete()


def discard_all(*, by: Actor, visit: Visit) -> None:
    """The visit is over: nothing unsent is kept of it. Who may end a visit may do this."""
    by.require(SIT)
    Draft.objects.filter(visit_id=visit.pk).delete()
