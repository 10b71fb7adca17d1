"""Evaluations, and the follow-ups of the bad ones."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.words import Words
from onewindow.oversight.evaluation.rules import BAD, LEVELS, REASONS, Channel
from onewindow.oversight.evaluation.states import EVALUATION, FOLLOW_UP


class Evaluation(Subject):
    """What somebody said of a service: of a sitting (`case` empty: 一次一评) or of a case (一事一评). Once each, never changed.

    `level` is one of `LEVELS`, `reasons` codes of the channel's `REASONS`. The words people wrote are sealed: they may name
    anybody. `contact` says that they want to be called (实名); `served_by` is the key of the clerk of a sitting.
    """

    machine = EVALUATION
    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20)
    reasons = ArrayField(models.CharField(max_length=12), default=list)
    text_key = models.BinaryField(null=True)
    text_sealed = models.BinaryField(null=True)
    contact = models.BooleanField(default=False)
    served_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "evaluation_evaluation"
        constraints: ClassVar = [
            Subject.state_constraint(EVALUATION),
            models.UniqueConstraint(fields=["visit"], condition=models.Q(case__isnull=True), name="evaluation_once_a_visit"),
            models.UniqueConstraint(fields=["case"], condition=models.Q(case__isnull=False), name="evaluation_once_a_case"),
            models.CheckConstraint(condition=models.Q(level__in=sorted(LEVELS)), name="evaluation_level_is_known"),
            models.CheckConstraint(
                condition=~models.Q(level__in=sorted(BAD)) | ~models.Q(reasons=[]) | models.Q(text_sealed__isnull=False),
                name="evaluation_bad_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(text_sealed__isnull=True, text_key__isnull=True) | models.Q(text_sealed__isnull=False, text_key__isnull=False),
                name="evaluation_text_is_sealed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["site", "-began_at"], name="evaluation_by_time"),
            models.Index(fields=["served_by", "began_at"], condition=models.Q(served_by__isnull=False), name="evaluation_of_a_clerk"),
        ]

    @property
    def channel(self) -> Channel:
        return "on-site" if self.case_id is None else "online"

    @property
    def level_words(self) -> Words:
        return LEVELS[self.level]

    @property
    def bad(self) -> bool:
        return self.level in BAD

    @property
    def reason_words(self) -> list[Words]:
        return [words for code, words in REASONS[self.channel].items() if code in self.reasons]


class FollowUp(Subject):
    """What is done about a bad evaluation, by the hall manager. One each.

    `contact_by` is the last day to contact and verify, `correct_by` the day a correction was given. `finding` is what the
    manager heard and found, for the office only; `reply` is published, and names nobody.
    """

    machine = FOLLOW_UP
    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="follow_up")
    contact_by = models.DateField()
    contacted_on = models.DateField(null=True)
    correct_by = models.DateField(null=True)
    finding = models.CharField(max_length=500, blank=True, default="")
    reply = models.CharField(max_length=500, blank=True, default="")
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "evaluation_follow_up"
        constraints: ClassVar = [
            Subject.state_constraint(FOLLOW_UP),
            models.CheckConstraint(
                condition=models.Q(state="open") | (models.Q(contacted_on__isnull=False) & ~models.Q(finding="")),
                name="evaluation_contacted_found_something",
            ),
            models.CheckConstraint(condition=~models.Q(state="scheduled") | models.Q(correct_by__isnull=False), name="evaluation_scheduled_has_a_day"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["corrected", "explained", "closed"]) | ~models.Q(reply=""), name="evaluation_answered_has_a_reply"
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_on__isnull=False) | (~models.Q(state="closed") & models.Q(closed_on__isnull=True)),
                name="evaluation_closed_on_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["site", "contact_by"], condition=~models.Q(state="closed"), name="evaluation_to_follow"),
        ]
