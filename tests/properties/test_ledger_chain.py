"""The canonical form and the chain: one form a value, one digest a history, and PostgreSQL gives back what was written."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onewindow.kernel.crypto import sm3
from onewindow.kernel.ledger.chain import canonical, genesis, link

PURE = settings(derandomize=True, max_examples=400, deadline=None)
STORED = settings(derandomize=True, max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
PLAIN = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | TEXT
FACTS = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12)
MOMENT = st.datetimes(datetime(2015, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
ROW = st.fixed_dictionaries({
    "n": st.integers(1, 10**6), "was": TEXT, "now": TEXT, "verb": TEXT, "by": TEXT, "at": MOMENT, "site": TEXT,
    "year": st.integers(2015, 2099), "facts": FACTS,
})  # fmt: skip


def shuffled(value: Any) -> Any:
    """The same value with the keys of every object in the opposite order, and lists as tuples."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(list(value))}
    return tuple(shuffled(item) for item in value) if isinstance(value, list) else value


@PURE
@given(FACTS)
def test_the_canonical_form_can_be_read_back(value: Any) -> None:
    assert json.loads(canonical(value)) == value
    assert canonical(json.loads(canonical(value))) == canonical(value)


@PURE
@given(FACTS)
def test_the_order_of_keys_does_not_matter(value: Any) -> None:
    assert canonical(shuffled(value)) == canonical(value)


@PURE
@given(FACTS, FACTS)
def test_two_values_have_one_form_only_if_they_are_one(a: Any, b: Any) -> None:
    assert (canonical(a) == canonical(b)) is (json.dumps(a, sort_keys=True) == json.dumps(b, sort_keys=True))


@pytest.mark.parametrize("value", [1.0, {"a": [1, {"b": 0.5}]}, [float("nan")], (float("inf"),), {1: "a"}, {"a": {2: 1}}])
def test_floats_and_keys_that_are_no_text_are_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="ledger facts"):
        canonical(value)


@PURE
@given(st.binary(min_size=32, max_size=32), ROW, st.data())
def test_every_part_of_a_row_stands_in_its_digest(previous: bytes, row: dict[str, Any], data: st.DataObject) -> None:
    digest = link(previous, **row)
    assert digest == link(previous, **row | {"facts": shuffled(row["facts"])})
    column = data.draw(st.sampled_from(sorted(row)))
    other = data.draw(ROW)[column]
    same = canonical(other) == canonical(row[column]) if column == "facts" else other == row[column]
    assert (link(previous, **row | {column: other}) == digest) is same
    assert link(sm3(previous), **row) != digest


@PURE
@given(ROW, st.integers(-12, 14))
def test_a_moment_is_one_moment_in_every_zone(row: dict[str, Any], hours: int) -> None:
    there = row["at"].astimezone(timezone(timedelta(hours=hours)))
    assert link(b"", **row | {"at": there}) == link(b"", **row)


@PURE
@given(st.text(max_size=10), st.uuids(), st.text(max_size=10), st.uuids())
def test_every_subject_has_a_beginning_of_its_own(kind: str, uuid: UUID, other_kind: str, other: UUID) -> None:
    kind, other_kind = kind.encode("utf-8", "ignore").decode(), other_kind.encode("utf-8", "ignore").decode()
    assert (genesis(kind, uuid) == genesis(other_kind, other)) is ((kind, uuid) == (other_kind, other))


@STORED
@given(FACTS)
def test_the_database_gives_back_what_was_written(db: None, value: Any) -> None:
    """jsonb has a form of its own; the canonical form of what comes back is that of what went in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (%s::jsonb)::text", [json.dumps(value, ensure_ascii=False)])
        assert canonical(json.loads(cursor.fetchone()[0])) == canonical(value)


@STORED
@given(MOMENT)
def test_the_database_keeps_every_microsecond(db: None, moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [moment])
        back = cursor.fetchone()[0]
    row = {"n": 1, "was": "", "now": "x", "verb": "x", "by": "x", "site": "x", "year": 2026, "facts": {}}
    assert link(b"", at=back, **row) == link(b"", at=moment, **row)  # type: ignore[arg-type]
