"""Questions and conditions: they refer to what exists, and nothing in them is idle."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.codes import Code
from onewindow.foundation.catalogue.definition.findings import Finding
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.parts import When
from onewindow.foundation.catalogue.definition.reach import conditional_parts, idle_questions, unreachable


def conditions_make_sense(definition: Definition) -> Iterator[Finding]:
    """A condition names questions and answers that exist; a question's, only questions before it."""
    answers = {question.code: {a.code for a in question.answers} for question in definition.questions}
    order = list(answers)
    for address, when in conditional_parts(definition):
        place, _, code = address[1:].rpartition("/")
        earlier = set(order[: order.index(code)]) if place == "questions" else set(order)
        yield from _condition_faults(address, when, answers, earlier)


def _condition_faults(
    address: str, when: When, answers: dict[Code, set[Code]], earlier: set[Code]
) -> Iterator[Finding]:
    for group in when:
        if not group:
            yield Finding(
                f"{address}/when", "condition-empty",
                "条件不能为空；总是适用时请删去 when。",
                "a condition must not be empty; leave `when` out when the part always applies.",
            )  # fmt: skip
        for question, wanted in group.items():
            if question not in answers:
                yield Finding(
                    f"{address}/when", "question-unknown",
                    f"条件引用了不存在的问题“{question}”。",
                    f"the condition names no question: “{question}”.",
                )  # fmt: skip
            elif question not in earlier:
                yield Finding(
                    f"{address}/when", "question-later",
                    f"问题的条件只能引用前面的问题，“{question}”不在其前。",
                    f"a question's condition may name earlier questions only; “{question}” is not.",
                )  # fmt: skip
            else:
                for answer in sorted(set(wanted) - answers[question]):
                    yield Finding(
                        f"{address}/when", "answer-unknown",
                        f"问题“{question}”没有选项“{answer}”。",
                        f"question “{question}” has no answer “{answer}”.",
                    )  # fmt: skip


def exits_are_clear(definition: Definition) -> Iterator[Finding]:
    """An answer after which nothing is needed stands alone: it cannot be one of several ticked."""
    for question in definition.questions:
        if question.kind == "many" and any(answer.not_needed for answer in question.answers):
            yield Finding(
                f"/questions/{question.code}/kind", "exit-among-many",
                "含“不需要办理”选项的问题只能单选。",
                "a question with an answer that ends the matter takes one answer only.",
            )  # fmt: skip


def everything_applies_to_somebody(definition: Definition) -> Iterator[Finding]:
    """No idle question, no part that no answers bring up."""
    for address in idle_questions(definition):
        yield Finding(
            address, "question-idle",
            "没有任何内容取决于这个问题，请删去。", "nothing depends on this question; leave it out.",
        )  # fmt: skip
    if any(conditions_make_sense(definition)):
        return
    for address in unreachable(definition):
        yield Finding(
            f"{address}/when", "never-applies",
            "任何回答都不会出现此项。", "no set of answers ever brings this up.",
        )  # fmt: skip
