"""What can be asked about how a case stands before the law."""

from __future__ import annotations

from datetime import date

from onewindow.law.packs import pack_of
from onewindow.spine.cases.models import Case
from onewindow.stages.acceptance.rules import deemed_accepted


def deemed(case: Case, today: date) -> bool:
    """Whether the law has accepted this case by itself, the time for the one-time notice having passed in silence."""
    pack = pack_of(case.version.item_type)
    return pack.silence_accepts and deemed_accepted(noticed_on=case.noticed_on, notice_due_on=case.notice_due_on, today=today)
