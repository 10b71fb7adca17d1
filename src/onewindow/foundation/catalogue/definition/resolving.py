"""From answers to exactly what applies: which materials, fields, steps and fees this situation needs.

A condition is any-of over maps, all-of over a map's questions, any-of over a question's answers; a
question that is not asked has no answer and so satisfies nothing. Pure, and the same for every channel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Protocol, TypeVar

from onewindow.foundation.catalogue.definition.digests import digest
from onewindow.foundation.catalogue.definition.findings import AnswersWrong, Finding
from onewindow.foundation.catalogue.definition.model import Clause, Definition, FormSection, Question, ResolvedItem, Step
from onewindow.foundation.catalogue.definition.parts import Text, When

Given = Mapping[str, str | Sequence[str]]
Answers = dict[str, tuple[str, ...]]


class Conditional(Protocol):
    """Whatever may apply in some situations only."""

    @property
    def code(self) -> str: ...

    @property
    def when(self) -> When | None: ...


Some = TypeVar("Some", bound=Conditional)


def holds(when: When | None, answers: Mapping[str, Sequence[str]]) -> bool:
    """Does the condition hold for these answers?"""
    if when is None:
        return True
    return any(
        all(not set(wanted).isdisjoint(answers.get(question, ())) for question, wanted in group.items())
        for group in when
    )


def next_question(definition: Definition, given: Given) -> Question | None:
    """The first question still to be asked after these answers; None when all are answered."""
    answers = _tidy(given)
    if not_needed(definition, answers) is not None:
        return None
    for question in definition.questions:
        if question.code not in answers and holds(question.when, answers):
            return question
    return None


def not_needed(definition: Definition, answers: Mapping[str, Sequence[str]]) -> Text | None:
    """Why somebody who answers so needs no such item; None when they do, or may."""
    for question in definition.questions:
        for answer in question.answers:
            if answer.not_needed is not None and answer.code in answers.get(question.code, ()):
                return answer.not_needed
    return None


def resolve(definition: Definition, given: Given) -> ResolvedItem:
    """Exactly what applies to these answers. Raises `AnswersWrong`, naming every answer that does not fit."""
    answers = _tidy(given)
    if faults := list(_misfits(definition, answers)):
        raise AnswersWrong(faults)

    stop = not_needed(definition, answers)

    def chosen(parts: tuple[Some, ...]) -> tuple[Some, ...]:
        return () if stop else tuple(part for part in parts if holds(part.when, answers))

    sections = (
        FormSection(code=section.code, title=section.title, fields=fields)
        for section in definition.form
        if (fields := chosen(section.fields))
    )
    conditions = chosen(definition.conditions)
    return ResolvedItem(
        code=definition.code,
        digest=digest(definition),
        answers={q.code: answers[q.code] for q in definition.questions if q.code in answers},
        not_needed=stop,
        conditions=conditions,
        prohibitions=chosen(definition.prohibitions),
        rights=chosen(definition.rights),
        duties=chosen(definition.duties),
        materials=chosen(definition.materials),
        form=tuple(sections),
        steps=tuple(_looking_at(step, conditions) for step in sorted(chosen(definition.steps), key=lambda step: step.order)),
        fees=chosen(definition.fees.items),
    )


def _looking_at(step: Step, conditions: tuple[Clause, ...]) -> Step:
    """A step with the points that belong to conditions which apply."""
    codes = {condition.code for condition in conditions} | {None}
    points = tuple(point for point in step.points if point.condition in codes)
    return step if len(points) == len(step.points) else step.model_copy(update={"points": points})


def situations(definition: Definition) -> Iterator[Answers]:
    """Every complete set of answers there is, question by question in order."""

    def onwards(rest: tuple[Question, ...], so_far: Answers) -> Iterator[Answers]:
        if not rest or not_needed(definition, so_far):
            yield so_far
            return
        question, later = rest[0], rest[1:]
        if not holds(question.when, so_far):
            yield from onwards(later, so_far)
            return
        for choice in choices(question):
            yield from onwards(later, {**so_far, question.code: choice})

    return onwards(definition.questions, {})


def choices(question: Question) -> Iterator[tuple[str, ...]]:
    """Every way to answer: one answer, or for `many` any set of them, the empty one included."""
    codes = [answer.code for answer in question.answers]
    sizes = (1,) if question.kind == "one" else range(len(codes) + 1)
    for size in sizes:
        yield from combinations(codes, size)


def _tidy(given: Given) -> Answers:
    return {code: (value,) if isinstance(value, str) else tuple(value) for code, value in given.items()}


def _misfits(definition: Definition, answers: Answers) -> Iterator[Finding]:
    for code in sorted(answers.keys() - {question.code for question in definition.questions}):
        yield _fault(code, "question-unknown", "没有这个问题", "does not exist")
    over = False
    for question in definition.questions:
        code = question.code
        if over or not holds(question.when, answers):
            if code in answers:
                yield _fault(code, "question-not-asked", "此情形不问这个问题", "not asked in this situation")
            continue
        if code not in answers:
            yield _fault(code, "answer-missing", "还没有回答", "has no answer yet")
            continue
        given = answers[code]
        for stranger in sorted(set(given) - {answer.code for answer in question.answers}):
            yield _fault(code, "answer-unknown", f"没有“{stranger}”这个选项", f"has no answer “{stranger}”")
        if len(given) != len(set(given)):
            yield _fault(code, "answer-repeated", "同一选项选了两次", "names one answer twice")
        if question.kind == "one" and len(given) != 1:
            yield _fault(code, "answer-one-only", "只能选一项", "takes exactly one answer")
        over = over or any(answer.not_needed and answer.code in given for answer in question.answers)


def _fault(code: str, rule: str, zh: str, en: str) -> Finding:
    return Finding(f"/questions/{code}", rule, f"问题“{code}”：{zh}。", f"question “{code}” {en}.")
