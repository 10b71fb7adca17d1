"""What the search keeps: a vector for each text, and what people asked for in vain."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.foundation.catalogue.search.rules import LONGEST
from onewindow.foundation.catalogue.search.states import MISSED
from onewindow.kernel.ledger.models import Subject


class Vector(models.Model):
    """The meaning of one text (a name or an alias) as the model tells it: 384 signed bytes, whose length says nothing.

    `digest` names model and text, so that a text said of two items, or said again in the next version, is computed once.
    """

    digest = models.BinaryField(primary_key=True, max_length=16)
    vector = models.BinaryField(max_length=384)

    class Meta:
        db_table = "search_vector"


class Missed(models.Model):
    """A query that found nothing: its normalised words, how often, on which days first and last. Nobody's: neither person nor machine."""

    text = models.CharField(primary_key=True, max_length=LONGEST)
    times = models.IntegerField()
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        db_table = "search_missed"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(times__gte=1), name="search_missed_at_least_once"),
            models.CheckConstraint(condition=~models.Q(text__regex=r"\d{4}"), name="search_missed_holds_no_numbers"),
        ]
        indexes: ClassVar = [models.Index(fields=["-times", "text"], name="search_missed_by_times")]


class MissedQuery(Subject):
    """A missed query that an editor settled: by words now found (`item`: what they find), or because it is no matter of the centre's."""

    machine = MISSED
    text = models.CharField(max_length=LONGEST)
    times = models.IntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    item = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "search_missed_query"
        constraints: ClassVar = [Subject.state_constraint(MISSED)]
        indexes: ClassVar = [models.Index(fields=["text"], name="search_settled_by_text")]
