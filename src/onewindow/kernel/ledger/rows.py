"""Rows in and out by SQL that is composed once: the hot path of every move.

The ORM composes each statement anew, which costs a multiple of running it. These functions keep the
ORM's models, fields and converters, and only the composing is done once a model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from django.db import connection, models

M = TypeVar("M", bound=models.Model)
F = TypeVar("F", bound=Callable[..., Any])


def once_a_model(function: F) -> F:
    """Keep what a function of a model class (and further hashable arguments) returned."""
    return cast(F, cache(function))


def locked(model: type[M], pk: int) -> M | None:
    """The row of that key, locked FOR UPDATE until the transaction ends; None if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_select_sql(model) + " FOR UPDATE", [pk])
        row = cursor.fetchone()
    return None if row is None else _instance(model, row)


def fetched(model: type[M], pk: int) -> M | None:
    """The row of that key."""
    with connection.cursor() as cursor:
        cursor.execute(_select_sql(model), [pk])
        row = cursor.fetchone()
    return None if row is None else _instance(model, row)


def found(model: type[M], which: str, params: Sequence[Any]) -> M | None:
    """The first row of a condition, written in SQL by the caller (``window_id = %s ORDER BY id FOR UPDATE SKIP LOCKED``)."""
    with connection.cursor() as cursor:
        cursor.execute(_which_sql(model, which), params)
        row = cursor.fetchone()
    return None if row is None else _instance(model, row)


def inserted(instance: M) -> M:
    """Insert a new row and give the instance its key."""
    fields = plain_fields(type(instance))
    values = [f.get_db_prep_save(getattr(instance, f.attname), connection) for f in fields]
    with connection.cursor() as cursor:
        cursor.execute(_insert_sql(type(instance)), values)
        instance.pk = cursor.fetchone()[0]
    instance._state.adding, instance._state.db = False, connection.alias
    return instance


def streamed(sql: str, params: list[Any], stride: int = 5_000) -> Iterator[Any]:
    """Rows through a server-side cursor, `stride` at a time, so that memory does not grow with the table."""
    connection.ensure_connection()
    with connection.chunked_cursor() as cursor:
        cursor.itersize = stride  # type: ignore[attr-defined]
        cursor.execute(sql, params)
        yield from cursor


@once_a_model
def plain_fields(model: type[models.Model]) -> list[Any]:
    """Every column but the key the database gives."""
    return [f for f in model._meta.concrete_fields if not f.primary_key]


@once_a_model
def _select_sql(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(f.column) for f in model._meta.concrete_fields)
    return f"SELECT {columns} FROM {quote(model._meta.db_table)} WHERE id = %s"


@once_a_model
def _which_sql(model: type[models.Model], which: str) -> str:
    """The condition's clauses after ORDER BY keep their place: LIMIT stands before a lock."""
    head, lock, tail = which.partition(" FOR UPDATE")
    return f"{_select_sql(model).removesuffix('id = %s')}{head} LIMIT 1{lock}{tail}"


@once_a_model
def _insert_sql(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    fields = plain_fields(model)
    columns = ", ".join(quote(f.column) for f in fields)
    marks = ", ".join("%s" for _ in fields)
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks}) RETURNING id"


@once_a_model
def _shape(model: type[models.Model]) -> tuple[list[str], list[tuple[int, Any, list[Any]]]]:
    names, conversions = [], []
    for place, field in enumerate(model._meta.concrete_fields):
        names.append(field.attname)
        column = field.get_col(model._meta.db_table)
        converters = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
        if converters:
            conversions.append((place, column, converters))
    return names, conversions


def _instance(model: type[M], row: tuple[Any, ...]) -> M:
    names, conversions = _shape(model)
    values = list(row)
    for place, column, converters in conversions:
        for convert in converters:
            values[place] = convert(values[place], column, connection)
    return model.from_db(connection.alias, names, values)
