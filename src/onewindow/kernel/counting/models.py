"""Counters: the last number given out under a name."""

from __future__ import annotations

from django.db import models


class Counter(models.Model):
    """`name` says what is counted and for when, e.g. ``ticket/site/A/2026-09-24``."""

    name = models.CharField(primary_key=True, max_length=120)
    value = models.BigIntegerField()

    class Meta:
        db_table = "counting_counter"
