"""How far the relay has read, and which handler has answered which ledger row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from onewindow.kernel.ledger.models import Xid


class Cursor(models.Model):
    """The last ledger row the relay has passed on, as (xid, id). One row."""

    name = models.CharField(primary_key=True, max_length=16)
    xid = Xid()
    entry_id = models.BigIntegerField()

    class Meta:
        db_table = "relay_cursor"


class Handled(models.Model):
    """A handler's mark on a ledger row: written in the handler's own transaction, so a repeat does nothing."""

    entry_id = models.BigIntegerField()
    handler = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        db_table = "relay_handled"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry_id", "handler"], name="relay_handled_once"),
        ]
