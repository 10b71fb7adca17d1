"""Does every question change something, and does every part apply to somebody?

Conditions have no “not”, so naming more answers to a `many` question never makes one fail. It is enough
to try such a question with all its answers, and only the questions a condition hangs on. An answer
after which nothing is needed brings nothing up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from onewindow.foundation.catalogue.definition.model import Definition, Question
from onewindow.foundation.catalogue.definition.parts import When
from onewindow.foundation.catalogue.definition.resolving import Conditional, holds


def conditional_parts(definition: Definition) -> Iterator[tuple[str, When]]:
    """The address and condition of every part that does not always apply."""
    listed: tuple[tuple[str, tuple[Conditional, ...]], ...] = (
        ("conditions", definition.conditions),
        ("prohibitions", definition.prohibitions),
        ("rights", definition.rights),
        ("duties", definition.duties),
        ("questions", definition.questions),
        ("materials", definition.materials),
        ("steps", definition.steps),
        ("fees/items", definition.fees.items),
        *((f"form/{section.code}/fields", section.fields) for section in definition.form),
    )
    for place, parts in listed:
        for part in parts:
            if part.when is not None:
                yield f"/{place}/{part.code}", part.when


def idle_questions(definition: Definition) -> list[str]:
    """The addresses of questions on whose answer nothing depends."""
    used = {code for _, when in conditional_parts(definition) for group in when for code in group}
    printed = {line.value for line in definition.result.template.lines}
    return [
        f"/questions/{question.code}"
        for question in definition.questions
        if question.code not in used
        and not any(answer.not_needed for answer in question.answers)
        and not any(f"{{answers.{question.code}}}" in line for line in printed)
    ]


def unreachable(definition: Definition) -> list[str]:
    """The addresses of parts that no set of answers brings up."""
    return [address for address, when in conditional_parts(definition) if not reachable(definition, when)]


def reachable(definition: Definition, *conditions: When | None) -> bool:
    """Whether some set of answers makes all of these conditions hold at once."""
    known = {question.code: question for question in definition.questions}
    stated = [when for when in conditions if when is not None]
    needed = _hanging_on([group for when in stated for group in when], known)
    questions = [question for code, question in known.items() if code in needed]
    for row in product(*map(_fullest, questions)):
        answers: dict[str, tuple[str, ...]] = {}
        for question, choice in zip(questions, row, strict=True):
            if holds(question.when, answers):
                answers[question.code] = choice
        if all(holds(when, answers) for when in stated):
            return True
    return False


def _hanging_on(groups: Iterable[Mapping[str, object]], known: Mapping[str, Question]) -> set[str]:
    """The questions these parts of conditions mention, and those they in turn depend on."""
    found: set[str] = set()
    waiting = [code for group in groups for code in group]
    while waiting:
        code = waiting.pop()
        if code in known and code not in found:
            found.add(code)
            waiting += [other for group in known[code].when or () for other in group]
    return found


def _fullest(question: Question) -> list[tuple[str, ...]]:
    codes = [answer.code for answer in question.answers if answer.not_needed is None]
    return [(code,) for code in codes] if question.kind == "one" else [tuple(codes)]
