"""`moving` and `begin`: the only ways a state changes.

Each locks the subject, checks permission and state, and on leaving writes the subject's new columns
and its ledger row in one statement. Inside an outer transaction both join it; an errand that wants
one refusal to undo only its own part opens a savepoint around it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import connection, transaction

from onewindow.kernel import clock
from onewindow.kernel.errors import ClockWrong, NotFound, StateConflict
from onewindow.kernel.keys import uuid7
from onewindow.kernel.ledger import chain
from onewindow.kernel.ledger.models import SUBJECT_COLUMNS, Facts, Subject
from onewindow.kernel.ledger.rows import locked, once_a_model, plain_fields
from onewindow.kernel.permissions import Actor
from onewindow.kernel.states import NEW, Move

S = TypeVar("S", bound=Subject)

# A clock may be set back this much without harm: the move is then stamped with the previous moment.
BACKWARDS = timedelta(minutes=2)


class Motion(Generic[S]):
    """A move under way: the locked subject, the columns it will change, the facts it will record."""

    def __init__(self, subject: S, move: Move, by: Actor, at: datetime) -> None:
        self.subject, self.move, self.by, self.at = subject, move, by, at
        self.changes: dict[str, Any] = {}
        self.facts: Facts = {}

    def set(self, **columns: Any) -> None:
        """Change columns of the subject together with the state."""
        for name, value in columns.items():
            if name in SUBJECT_COLUMNS:
                raise ValueError(f"{name} is written by the ledger only")
            self.changes[name] = value
            setattr(self.subject, name, value)

    def record(self, **facts: Any) -> None:
        """Add facts to the ledger row: ids, codes, dates as text; never personal data."""
        self.facts.update(facts)


@contextmanager
def moving(model: type[S], pk: int, verb: str, *, by: Actor) -> Iterator[Motion[S]]:
    """Lock the subject, check `verb`, and on a clean exit write state and ledger row in one statement.

    Raises `NotFound`, `NotPermitted`, `WrongState` before the block runs; whatever the block raises
    undoes everything.
    """
    with transaction.atomic(savepoint=False):
        subject = locked(model, pk)
        if subject is None:
            raise NotFound
        with move_locked(subject, verb, by=by) as motion:
            yield motion


@contextmanager
def move_locked(subject: S, verb: str, *, by: Actor) -> Iterator[Motion[S]]:
    """`moving` for a subject that the caller has already locked in this transaction."""
    move = subject.machine.check(subject.state, verb, by, subject.said)
    motion = Motion(subject, move, by, _moment(subject.moved_at))
    yield motion
    _write_move(motion)


def begin(model: type[S], verb: str, *, by: Actor, site: str, facts: Facts | None = None, **columns: Any) -> S:
    """Create a subject by one of its machine's birth verbs, with its first ledger row, in one statement.

    The year is the local year of the present moment. Raises `NotPermitted`, and `ClockWrong` when the clock
    stands before the ledger's newest row: what is only being born has no past of its own to be compared with.
    """
    move = model.machine.check(NEW, verb, by)
    at = clock.now()
    subject = model(
        uuid=uuid7(), site=site, year=clock.local(at).year, state=move.target, moves=1,
        began_at=at, moved_at=at, **columns,
    )  # fmt: skip
    entry = _entry(subject, NEW, move, by, at, facts or {}, chain.genesis(model.machine.kind, subject.uuid))
    fields = plain_fields(model)
    values = [f.get_db_prep_save(getattr(subject, f.attname), connection) for f in fields]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_birth_sql(model), [*values, model.machine.kind, *entry])
        subject.pk, newest = cursor.fetchone()
        if newest is not None:
            _refuse_behind(at, newest)
    subject._state.adding, subject._state.db = False, connection.alias
    return subject


def begin_all(model: type[S], verb: str, *, by: Actor, site: str, births: Iterable[tuple[Facts, dict[str, Any]]]) -> int:
    """`begin` for many: each its facts and columns, each a subject with its own first ledger row; how many. All or none.

    They are born at one moment, and sent to the database while the next is made ready: `births` must not itself ask the database.
    Raises `NotPermitted`, `ClockWrong`.
    """
    move = model.machine.check(NEW, verb, by)
    at = clock.now()
    year, fields, born = clock.local(at).year, plain_fields(model), 0

    def rows() -> Iterator[list[Any]]:
        nonlocal born
        for facts, columns in births:
            subject = model(uuid=uuid7(), site=site, year=year, state=move.target, moves=1, began_at=at, moved_at=at, **columns)
            entry = _entry(subject, NEW, move, by, at, facts, chain.genesis(model.machine.kind, subject.uuid))
            born += 1
            yield [*(f.get_db_prep_save(getattr(subject, f.attname), connection) for f in fields), model.machine.kind, *entry]

    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT at FROM ledger_entry ORDER BY id DESC LIMIT 1")
        if (newest := cursor.fetchone()) is not None:
            _refuse_behind(at, newest[0])
        cursor.executemany(_birth_sql(model).partition(" RETURNING subject_id")[0], rows())
    return born


def _moment(moved_at: datetime) -> datetime:
    at = clock.now()
    _refuse_behind(at, moved_at)
    return max(at, moved_at)


def _refuse_behind(at: datetime, recorded: datetime) -> None:
    """Raise `ClockWrong` when the present moment lies too far before a recorded one."""
    if recorded - at > BACKWARDS:
        raise ClockWrong(now=clock.local(at).isoformat(" ", "minutes"), last=clock.local(recorded).isoformat(" ", "minutes"))


def _entry(subject: Subject, was: str, move: Move, by: Actor, at: datetime, facts: Facts, previous: bytes) -> list[Any]:
    """Values of the ledger row in the order of the SQL below; sets the subject's new head."""
    digest = chain.link(
        previous, n=subject.moves, was=was, now=move.target, verb=move.verb, by=by.ref, at=at,
        site=subject.site, year=subject.year, facts=facts,
    )  # fmt: skip
    subject.head = digest
    body = json.dumps(facts, ensure_ascii=False)
    return [subject.moves, was, move.target, move.verb, by.ref, at, subject.site, subject.year, body, digest]


_ENTRY_COLUMNS = "subject_kind, subject_id, n, was, now, verb, by, at, site, year, facts, digest"


def _write_move(motion: Motion[Any]) -> None:
    subject, move = motion.subject, motion.move
    was, moves_before = subject.state, subject.moves
    subject.state, subject.moves, subject.moved_at = move.target, moves_before + 1, motion.at
    entry = _entry(subject, was, move, motion.by, motion.at, motion.facts, bytes(subject.head))
    names = tuple(motion.changes)
    fields = [_column(type(subject), name) for name in names]
    values = [f.get_db_prep_save(getattr(subject, f.attname), connection) for f in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            _move_sql(type(subject), names),
            [subject.state, subject.moves, subject.head, motion.at, *values, subject.pk, moves_before,
             subject.machine.kind, *entry],
        )  # fmt: skip
        if cursor.rowcount != 1:
            raise StateConflict


@once_a_model
def _birth_sql(model: type[Subject]) -> str:
    # The newest row as it was before this statement, from the end of the primary key: nothing waits, nothing more is asked.
    fields = plain_fields(model)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(f.column) for f in fields)
    marks = ", ".join("%s" for _ in fields)
    return (
        f"WITH born AS (INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks}) RETURNING id) "
        f"INSERT INTO ledger_entry ({_ENTRY_COLUMNS}) "
        "SELECT %s, born.id, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s FROM born "
        "RETURNING subject_id, (SELECT newest.at FROM ledger_entry newest ORDER BY newest.id DESC LIMIT 1)"
    )


@once_a_model
def _move_sql(model: type[Subject], names: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    columns = "".join(f", {quote(_column(model, name).column)} = %s" for name in names)
    return (
        f"WITH moved AS (UPDATE {quote(model._meta.db_table)} "
        f"SET state = %s, moves = %s, head = %s, moved_at = %s{columns} "
        "WHERE id = %s AND moves = %s RETURNING id) "
        f"INSERT INTO ledger_entry ({_ENTRY_COLUMNS}) "
        "SELECT %s, moved.id, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s FROM moved"
    )


@once_a_model
def _column(model: type[Subject], name: str) -> Any:
    """The field behind a column name; a foreign key goes by its name or by its ``_id``."""
    for field in model._meta.concrete_fields:
        if name in (field.name, field.attname):
            return field
    raise ValueError(f"{model.__name__} has no column {name}")
