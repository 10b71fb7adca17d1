"""How often guessing failed, so that it can be made slow."""

from __future__ import annotations

from django.db import models


class Attempt(models.Model):
    """Failures under one key since a moment. `key` is a blind index of what was guessed at, or from where."""

    key = models.BinaryField(primary_key=True, max_length=32)
    since = models.DateTimeField(db_index=True)
    count = models.IntegerField()

    class Meta:
        db_table = "attempts_attempt"
