"""The only writers of decisions."""

from __future__ import annotations

from onewindow.kernel import clock
from onewindow.kernel.errors import NotPermitted, ReasonMissing, SamePerson
from onewindow.kernel.ledger.moving import Motion, moving
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.spine.cases.actions import issue_document
from onewindow.spine.cases.models import Case
from onewindow.stages.approval import papers


def grant(*, by: Actor, case_id: int, opinion: str = "") -> None:
    """Grant the licence (art 38): the first approver to come decides, the others get `WrongState`."""
    with moving(Case, case_id, "grant", by=by) as motion:
        _decide(motion, by)
        issue_document(motion, "grant", papers.grant(motion.subject, on=clock.today(), opinion=opinion.strip()))


def deny(*, by: Actor, case_id: int, reason: str) -> None:
    """Deny the licence, with the reason and the remedies (art 38). Raises `ReasonMissing`."""
    with moving(Case, case_id, "deny", by=by) as motion:
        if not reason.strip():
            raise ReasonMissing(verb=motion.move.words)
        _decide(motion, by)
        issue_document(motion, "denial", papers.deny(motion.subject, on=clock.today(), reason=reason.strip()))


def _decide(motion: Motion[Case], by: Actor) -> None:
    """An approver decides for their own department, and never what they accepted themselves."""
    case, today = motion.subject, clock.today()
    if case.office.code != by.department:
        raise NotPermitted(permission=Words(f"审批{case.office.name_zh}的办件", f"decide cases of {case.office.name_en}"))
    if str(case.accepted_by) == by.id:
        raise SamePerson
    motion.set(decided_on=today, decided_by=int(by.id))
    motion.record(
        late=case.due_on is not None and today > case.due_on,
        promise_kept=case.promised_on is not None and today <= case.promised_on,
    )
