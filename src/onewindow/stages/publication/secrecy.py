"""The only writers of requests that something is not shown; what the list shows follows at once."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from onewindow.kernel.errors import NotFound, StateConflict
from onewindow.kernel.ledger.moving import begin, moving
from onewindow.kernel.ledger.rows import locked
from onewindow.kernel.permissions import Actor
from onewindow.law.packs import PERMIT as PERMIT_TYPE
from onewindow.spine.cases.models import Case, Document
from onewindow.spine.cases.states import OPEN
from onewindow.stages.publication.models import PublishedPermit, SecrecyRequest
from onewindow.stages.publication.policies import ASK, DECIDE, PUBLISH
from onewindow.stages.publication.rules import checked_request
from onewindow.stages.publication.shown import content_shown, hidden_lines, own, stated


@transaction.atomic(savepoint=False)
def ask_secrecy(*, by: Actor, case_id: int, fields: Iterable[str], reason: str, once: UUID) -> SecrecyRequest:
    """The applicant asks that values are not published (行政许可法 art 5). Until it is decided they are not shown.

    The same `once` again returns what it asked. Raises `InvalidInput`, `StateConflict` while another request is undecided, `NotFound`
    for a case that is no permit or was not granted and is over.
    """
    by.require(ASK)
    case = locked(Case, case_id)
    if case is None or case.version.item_type != PERMIT_TYPE or case.state not in OPEN | {"granted", "closed"}:
        raise NotFound
    known = SecrecyRequest.objects.filter(once=once).first()
    if known is not None:
        return known
    chosen, text = checked_request(case.version.definition, fields, reason)
    if SecrecyRequest.objects.filter(case=case, state="asked").exists():
        raise StateConflict
    asked = begin(
        SecrecyRequest, "ask", by=by, site=case.site, facts={"case": case.pk, "fields": chosen}, case=case, fields=chosen, reason=text, once=once
    )
    _masked_anew(by, case)
    return asked


def allow_secrecy(*, by: Actor, request_id: int, note: str) -> None:
    """The approver of the department agrees: these values stay masked."""
    by.require(DECIDE)
    _decide(by, request_id, "allow", stated(note))


def decline_secrecy(*, by: Actor, request_id: int, note: str) -> None:
    """The approver of the department does not agree, with the reason: these values are published, but for what the law itself hides."""
    by.require(DECIDE)
    _decide(by, request_id, "decline", stated(note))


@transaction.atomic(savepoint=False)
def _decide(by: Actor, request_id: int, verb: str, note: str) -> None:
    found = SecrecyRequest.objects.filter(pk=request_id).values_list("case_id", flat=True).first()
    case = locked(Case, found) if found is not None else None
    if case is None:
        raise NotFound
    with moving(SecrecyRequest, request_id, verb, by=by) as motion:
        own(case, by)
        motion.set(decided_by=int(by.id), note=note)
        motion.record(case=case.pk)
    _masked_anew(by, case)


def _masked_anew(by: Actor, case: Case) -> None:
    """What the list shows of a case whose secrets changed, if it stands there."""
    permit = PublishedPermit.objects.filter(case=case, state="published").first()
    if permit is None:
        return
    licence = Document.objects.get(case=case, kind="licence").content
    content = content_shown(case, permit.kind, licence)
    may = Actor(by.kind, by.id, by.permissions | {PUBLISH.code}, by.site, by.department, by.account)
    with moving(PublishedPermit, permit.pk, "mask", by=may) as motion:
        motion.set(content=content, hidden=hidden_lines(content))
        motion.record(hidden=hidden_lines(content))
