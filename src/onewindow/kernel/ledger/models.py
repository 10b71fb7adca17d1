"""The ledger's two tables, and the columns every subject of the ledger carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models

from onewindow.kernel.keys import uuid7
from onewindow.kernel.states import Machine
from onewindow.kernel.words import Words


class Xid(models.Field):  # type: ignore[type-arg]
    """PostgreSQL ``xid8``: the 64-bit number of the transaction that wrote a row, in order of start."""

    def db_type(self, connection: object) -> str:
        return "xid8"

    def get_prep_value(self, value: object) -> object:
        return str(value) if isinstance(value, int) else value

    def from_db_value(self, value: object, expression: object, connection: object) -> int | None:
        return None if value is None else int(str(value))


class CurrentXid(models.Func):
    template = "pg_current_xact_id()"
    output_field = Xid()  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()


class Entry(models.Model):
    """One move of one subject: timeline, audit and outbox at once. Appended, never changed.

    `n` counts the subject's moves from 1; `digest` chains SM3 over the previous digest and this row's
    content; `facts` holds ids, codes and salted digests only, never personal data.
    """

    append_only: ClassVar = True

    id = models.BigAutoField(primary_key=True)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    n = models.IntegerField()
    was = models.CharField(max_length=32)
    now = models.CharField(max_length=32)
    verb = models.CharField(max_length=32)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    site = models.CharField(max_length=32)
    year = models.SmallIntegerField()
    facts = models.JSONField()
    digest = models.BinaryField(max_length=32)
    xid = Xid(db_default=CurrentXid())

    class Meta:
        db_table = "ledger_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "n"], name="ledger_one_row_a_move"),
            models.CheckConstraint(condition=models.Q(n__gte=1), name="ledger_counts_from_one"),
        ]
        indexes: ClassVar = [models.Index(fields=["xid", "id"], name="ledger_by_transaction")]


class Seal(models.Model):
    """A signed Merkle root over the rows that came after the previous seal, in (xid, id) order.

    Seals are numbered densely from 1; `first` is the position, counted over all sealed rows from 1,
    of the seal's first row, and `rows` how many it covers.
    """

    append_only: ClassVar = True

    n = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField()
    rows = models.BigIntegerField()
    last_xid = Xid()
    last_id = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    key_id = models.CharField(max_length=16)
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_seal"


class Subject(models.Model):
    """Whatever has a life in the ledger. Only `moving` and `begin` write these columns.

    `moves` is the number of the last ledger row and `head` its digest, so that the next row is chained
    without another read; `moved_at` keeps time from running backwards.
    """

    machine: ClassVar[Machine]

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    site = models.CharField(max_length=32)
    year = models.SmallIntegerField()
    state = models.CharField(max_length=32)
    moves = models.IntegerField()
    head = models.BinaryField(max_length=32)
    began_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def said(self) -> Mapping[str, Words]:
        """The words of states and verbs that this subject puts otherwise than its machine."""
        return {}

    @property
    def state_words(self) -> Words:
        return self.said.get(self.state) or self.machine.label(self.state)

    def verb_words(self, verb: str) -> Words:
        return self.said.get(verb) or self.machine.moves[verb].words

    @property
    def state_tone(self) -> str:
        return self.machine.states[self.state].tone

    @classmethod
    def state_constraint(cls, machine: Machine) -> models.CheckConstraint:
        """The database's own copy of the closed set of states."""
        return models.CheckConstraint(
            condition=models.Q(state__in=sorted(machine.states)), name=f"{machine.kind}_state_is_known"
        )


SUBJECT_COLUMNS = frozenset(field.name for field in Subject._meta.local_fields)
Facts = dict[str, Any]
