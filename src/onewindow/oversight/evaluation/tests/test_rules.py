"""The five levels, what a bad one must say, the day to contact by, and who sees what."""

from __future__ import annotations

import pytest

from onewindow.errands.tests.scene import day
from onewindow.foundation.staff.roles import ROLES
from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.permissions import Actor
from onewindow.law.calendars import packaged
from onewindow.oversight.evaluation.rules import (
    BAD,
    FEWEST,
    LEVELS,
    LONGEST,
    REASONS,
    Said,
    Sight,
    checked,
    contact_by,
    is_overdue,
    masked_name,
    published,
    sight_of,
)


def test_there_are_five_levels_best_first_and_two_are_bad() -> None:
    assert [words.zh for words in LEVELS.values()] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    assert {LEVELS[level].zh for level in BAD} == {"不满意", "非常不满意"}


@pytest.mark.parametrize("level", sorted(LEVELS))
@pytest.mark.parametrize("channel", ["on-site", "online"])
def test_only_a_bad_one_has_to_say_why(level: str, channel: str) -> None:
    some = next(iter(REASONS[channel]))  # type: ignore[index]
    assert checked(Said(level, frozenset({some})), channel) == Said(level, frozenset({some}))  # type: ignore[arg-type]
    assert checked(Said(level, text=" 一句话 "), channel) == Said(level, text="一句话")  # type: ignore[arg-type]
    if level in BAD:
        with pytest.raises(InvalidInput):
            checked(Said(level, text="  "), channel)  # type: ignore[arg-type]
    else:
        assert checked(Said(level), channel) == Said(level)  # type: ignore[arg-type]


@pytest.mark.parametrize("said", [Said(""), Said("5"), Said("satisfied", frozenset({"guide"})), Said("satisfied", text="字" * (LONGEST + 1))])
def test_what_is_no_answer_is_refused(said: Said) -> None:
    with pytest.raises(InvalidInput):
        checked(said, "on-site")


def test_five_hundred_characters_are_not_too_many() -> None:
    assert len(checked(Said("satisfied", text="字" * LONGEST), "on-site").text) == 500


@pytest.mark.parametrize(
    ("given", "due"),
    [("2026-09-22", "2026-09-23"), ("2026-09-24", "2026-09-28"), ("2026-09-30", "2026-10-08"), ("2026-10-03", "2026-10-08")],
)
def test_whoever_gave_their_name_is_contacted_within_one_working_day(given: str, due: str) -> None:
    assert contact_by(day(given), packaged()) == day(due)


@pytest.mark.parametrize(
    ("state", "correct_by", "today", "late"),
    [
        ("open", None, "2026-09-28", False), ("open", None, "2026-09-29", True), ("contacted", None, "2026-12-01", False),
        ("scheduled", "2026-10-15", "2026-10-15", False), ("scheduled", "2026-10-15", "2026-10-16", True), ("closed", "2026-10-15", "2026-12-01", False),
    ],
)  # fmt: skip
def test_what_waits_past_its_day_is_overdue(state: str, correct_by: str | None, today: str, late: bool) -> None:
    by = day(correct_by) if correct_by else None
    assert is_overdue(state, contact_by=day("2026-09-28"), correct_by=by, today=day(today)) is late


def test_who_sees_what() -> None:
    """Single evaluations: manager and supervisor. How to reach somebody: who follows up. Everybody else, clerks too: counts."""
    seen = {code: sight_of(Actor("staff", "1", role.permissions)) for code, role in ROLES.items()}
    assert {code for code, sight in seen.items() if sight.single} == {"manager", "supervisor"}
    assert {code for code, sight in seen.items() if sight.contact} == {"manager"}
    assert seen["clerk"] == Sight(single=False, contact=False)


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [("张三", "person", "张*"), ("欧阳小明", "person", "欧**"), ("示范餐饮有限公司", "company", "示范****"), ("甲", "person", "甲*")],
)
def test_a_name_is_masked(name: str, kind: str, shown: str) -> None:
    assert masked_name(name, kind) == shown


def test_fewer_than_five_are_not_told() -> None:
    assert [published(n, n) for n in range(FEWEST)] == [None] * 5
    assert published(5, 4) == 80.0 and published(7, 7) == 100.0
