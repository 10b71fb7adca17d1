"""When each process last told that it lives."""

from __future__ import annotations

from django.db import models


class Pulse(models.Model):
    """One process: what it is (`process`), which (`name`: with machine and number), since when, and its last beat by the database's clock."""

    name = models.CharField(primary_key=True, max_length=120)
    process = models.CharField(max_length=16)
    began_at = models.DateTimeField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "pulses_pulse"
