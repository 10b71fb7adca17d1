"""What can be asked about how a case stands before the law."""

from __future__ import annotations

from datetime import date

from onewindow.kernel.permissions import Actor
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.policies import VOID, VOID_ANY
from onewindow.spine.cases.rules import pack_for
from onewindow.stages.acceptance.rules import deemed_accepted
from onewindow.stages.acceptance.voiding import stands_because


def deemed(case: Case, today: date) -> bool:
    """Whether the law has accepted this case by itself, the time for the one-time notice having passed in silence."""
    return pack_for(case.version.definition).silence is not None and deemed_accepted(noticed_on=case.noticed_on, notice_due_on=case.notice_due_on, today=today)


def may_void(case: Case, by: Actor, today: date) -> bool:
    """Whether this actor could take the acceptance back today: what `void_acceptance` would not refuse."""
    if case.state != "accepted" or not by.may(VOID) or not (str(case.accepted_by) == by.id or by.may(VOID_ANY)):
        return False
    return stands_because(procedures=case.procedures_begun > 0, notice_due_on=case.notice_due_on, today=today) is None
