"""Sittings that ended and what was said of them, for the tests of every room that shows evaluations."""

from __future__ import annotations

from onewindow.errands import sitting
from onewindow.errands.tests.scene import seated
from onewindow.kernel.permissions import Actor
from onewindow.oversight.evaluation.actions import evaluate_visit
from onewindow.oversight.evaluation.models import Evaluation, FollowUp
from onewindow.oversight.evaluation.policies import GIVE
from onewindow.oversight.evaluation.rules import Said
from onewindow.spine.visits.models import Visit

PAGE = Actor("device", "progress-page", frozenset({GIVE.code}))
GOOD = Said("satisfied")
BAD = Said("dissatisfied", frozenset({"manner"}), "窗口的人不耐烦（演示）", contact=True)


def ended(username: str = "clerk01", place: int = 0) -> Visit:
    """A sitting at the clerk's window that has just ended."""
    clerk, visit = seated(username, place)
    sitting.end_sitting(by=clerk, visit=visit)
    visit.refresh_from_db()
    return visit


def evaluated(said: Said = GOOD, username: str = "clerk01", place: int = 0) -> Evaluation:
    """A sitting that ended and was evaluated."""
    return evaluate_visit(by=PAGE, visit_id=ended(username, place).pk, said=said)


def bad() -> FollowUp:
    """The follow-up of a bad evaluation whose author wants to be called."""
    return evaluated(BAD).follow_up
