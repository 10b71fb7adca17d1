"""Special procedures of the invented cases: which, from when to when, told by the case alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import NAMESPACE_OID, UUID, uuid5

from onewindow.config.town.plans import moment_of
from onewindow.law.calendars import packaged
from onewindow.law.exclusions import ARTICLE, LICENSING_LAW
from onewindow.spine.cases.models import Case
from onewindow.spine.cases.rules import pack_for
from onewindow.stages.approval.rules import Basis

# The article itself stands for whatever law of an item asks for a test. demo
BASIS = Basis(LICENSING_LAW, ARTICLE, "对现场取样进行检测、评审（演示）")
SHARE = 0.06


@dataclass(frozen=True)
class Aside:
    """A special procedure of an invented case: its kind, the working days told, and when it really begins and ends."""

    kind: str
    told: int
    begins: datetime
    ends: datetime
    once: UUID


def set_aside(case: Case) -> Aside | None:
    """What is tested before a case is decided: about one permit in seventeen, told by the case alone as `decided_at` is.

    Nothing where the answer is promised at once or on the next day.
    """
    chance, calendar = Random(f"aside/{case.number}"), packaged()
    if case.accepted_on is None or not pack_for(case.version.definition).excludes_time or chance.random() >= SHARE:
        return None
    if case.version.definition.limits.promised.n < 2:
        return None
    took = chance.randint(2, 6)
    begins = calendar.plus(case.accepted_on, 1)
    ends = calendar.plus(begins, took - 1)
    told = min(6, max(2, took + chance.choice((-1, 0, 0, 0, 1))))
    kind = chance.choice(("testing", "testing", "expert-review"))
    return Aside(kind, told, moment_of(begins, chance), moment_of(ends, chance), uuid5(NAMESPACE_OID, f"aside/{case.number}"))
