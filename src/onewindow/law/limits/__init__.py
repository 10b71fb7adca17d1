"""Limits: from a start day to a deadline, with every day accounted for. This file is the public face."""

from onewindow.law.limits.deadlines import (
    LONGEST,
    Deadline,
    Unit,
    deadline,
    overdue,
    provisional_reason,
    remaining,
    same_day,
)
from onewindow.law.limits.equivalents import mean_working_days
from onewindow.law.limits.explanations import Cause, DeadlineOutdated, Explained, explain
from onewindow.law.spans import Span, united

__all__ = [
    "LONGEST",
    "Cause",
    "Deadline",
    "DeadlineOutdated",
    "Explained",
    "Span",
    "Unit",
    "deadline",
    "explain",
    "mean_working_days",
    "overdue",
    "provisional_reason",
    "remaining",
    "same_day",
    "united",
]
