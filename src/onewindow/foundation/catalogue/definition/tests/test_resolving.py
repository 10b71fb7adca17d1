"""What a person needs in their situation: worked examples, and the properties behind them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.foundation.catalogue.definition import (
    AnswersWrong,
    Definition,
    ResolvedItem,
    digest,
    holds,
    next_question,
    resolve,
)
from onewindow.foundation.catalogue.definition.parts import When
from onewindow.foundation.catalogue.definition.reach import idle_questions, unreachable
from onewindow.foundation.catalogue.definition.resolving import Answers, choices, not_needed
from onewindow.foundation.catalogue.definition.tests.items import item, outcomes

CODES = ("food-business-licence", "public-place-hygiene-licence")


@st.composite
def answered(draw: st.DrawFn) -> tuple[Definition, Answers]:
    """An item and one complete, fitting set of answers, question by question as a person gives them."""
    definition = item(draw(st.sampled_from(CODES)))
    answers: Answers = {}
    while (question := next_question(definition, answers)) is not None:
        answers[question.code] = draw(st.sampled_from(list(choices(question))))
    return definition, answers


def test_what_was_answered_and_of_which_definition_is_kept(food: Definition) -> None:
    resolved = resolve(food, {"business": "catering", "kinds": ["hot", "cold", "raw"], "machine": "no", "agent": "agent"})
    assert resolved.answers["kinds"] == ("hot", "cold", "raw")
    assert resolved.digest == digest(food)


def test_a_section_without_fields_is_left_out(food: Definition) -> None:
    resolved = resolve(food, {"business": "sales", "goods": "loose", "machine": "no", "agent": "self"})
    assert [section.code for section in resolved.form] == ["applicant", "premises", "business"]


def test_conditions_follow_the_answers(food: Definition) -> None:
    resolved = resolve(food, {"business": "canteen", "kinds": [], "canteen-run": "contractor", "agent": "self"})
    assert "canteen-rules" in [clause.code for clause in resolved.conditions]


def test_nothing_more_is_asked_of_somebody_who_needs_no_licence(food: Definition) -> None:
    assert next_question(food, {"business": "sales", "goods": "prepackaged-only"}) is None


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, [("/questions/business", "answer-missing"), ("/questions/agent", "answer-missing")]),
        (
            {"business": "sales", "goods": "loose", "machine": "no", "agent": "self", "pets": "yes"},
            [("/questions/pets", "question-unknown")],
        ),
        (
            {"business": "sales", "goods": "fish", "machine": "no", "agent": "self"},
            [("/questions/goods", "answer-unknown")],
        ),
        (
            {"business": "sales", "goods": "loose", "kinds": ["cold"], "machine": "no", "agent": "self"},
            [("/questions/kinds", "question-not-asked")],
        ),
        (
            {"business": "sales", "goods": ["loose", "loose-cooked"], "machine": "no", "agent": "self"},
            [("/questions/goods", "answer-one-only")],
        ),
        (
            {"business": "catering", "kinds": ["raw", "raw"], "machine": "no", "agent": "self"},
            [("/questions/kinds", "answer-repeated")],
        ),
        (
            {"business": "sales", "goods": "prepackaged-only", "agent": "self"},
            [("/questions/agent", "question-not-asked")],
        ),
    ],
)
def test_answers_that_do_not_fit_are_named(food: Definition, answers: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    with pytest.raises(AnswersWrong) as refused:
        resolve(food, answers)
    assert [(f.pointer, f.rule) for f in refused.value.findings] == expected
    assert all(f.zh and f.en for f in refused.value.findings)


def test_a_condition_is_any_of_all_of_any_of() -> None:
    when: When = ({"a": ("x", "y"), "b": ("z",)}, {"c": ("w",)})
    assert holds(None, {})
    assert holds(when, {"a": ["y"], "b": ["z", "q"]})
    assert holds(when, {"c": ["w"]})
    assert not holds(when, {"a": ["x"]})
    assert not holds(when, {"a": ["x"], "b": []})


@pytest.mark.parametrize(("code", "expected"), [(CODES[0], 138), (CODES[1], 67)])
def test_number_of_situations(code: str, expected: int) -> None:
    assert len(outcomes(code)) == expected


@pytest.mark.parametrize("code", CODES)
def test_every_question_changes_something(code: str) -> None:
    """For each question there are two situations that differ only by its answer and need different things."""
    definition = item(code)
    needs = [(answers, _needs(resolved)) for answers, resolved in outcomes(code)]
    for question in definition.questions:
        assert any(
            mine[question.code] != yours[question.code] and my_needs != your_needs
            for mine, my_needs in needs
            if question.code in mine
            for yours, your_needs in needs
            if question.code in yours and _alike_but_for(question.code, mine, yours)
        ), question.code
    assert idle_questions(definition) == []


@pytest.mark.parametrize("code", CODES)
def test_every_part_is_reached_by_some_answers(code: str) -> None:
    definition = item(code)
    resolved = [one for _, one in outcomes(code)]
    assert {m.code for r in resolved for m in r.materials} == {m.code for m in definition.materials}
    assert {f.code for r in resolved for f in r.fields} == {f.code for f in definition.fields}
    assert {s.code for r in resolved for s in r.steps} == {s.code for s in definition.steps}
    assert {c.code for r in resolved for c in r.conditions} == {c.code for c in definition.conditions}
    assert unreachable(definition) == []


@settings(derandomize=True, max_examples=300, deadline=None)
@given(answered())
def test_resolving_takes_exactly_what_applies(case: tuple[Definition, Answers]) -> None:
    definition, answers = case
    resolved = resolve(definition, answers)
    if not_needed(definition, answers):
        assert (resolved.materials, resolved.steps, resolved.form) == ((), (), ())
        return
    assert resolved.materials == tuple(m for m in definition.materials if holds(m.when, answers))
    assert resolved.fields == tuple(f for f in definition.fields if holds(f.when, answers))
    assert all(section.fields for section in resolved.form)
    assert [step.order for step in resolved.steps] == sorted(step.order for step in resolved.steps)
    assert "decision" in [step.kind for step in resolved.steps]
    assert resolve(definition, dict(reversed(answers.items()))) == resolved


@settings(derandomize=True, max_examples=300, deadline=None)
@given(answered(), st.data())
def test_a_point_that_matches_a_field_finds_it_in_the_form(case: tuple[Definition, Answers], data: st.DataObject) -> None:
    """Whenever a material applies, the form field its acceptance points refer to applies too."""
    resolved = resolve(*case)
    fields = {field.code for field in resolved.fields}
    wanted = [point.field for m in resolved.materials for point in m.acceptance_points if point.field]
    if wanted:
        assert data.draw(st.sampled_from(wanted)) in fields


def _needs(resolved: ResolvedItem) -> tuple[object, ...]:
    return (
        resolved.materials, resolved.fields, resolved.steps, resolved.fees, resolved.conditions,
        resolved.not_needed,
    )  # fmt: skip


def _alike_but_for(code: str, mine: Answers, yours: Answers) -> bool:
    """Do two people who answer this question differently answer all else that both are asked alike?"""
    return all(mine[name] == yours[name] for name in mine.keys() & yours.keys() if name != code)
