"""The situations of an item as a tree: which answer leads to which question, and what it brings.

A question hangs on the last question its condition names, under the answers named; so does a material. What hangs on several
answers is drawn in full once, and named at the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from onewindow.foundation.catalogue.definition.materials import Material
from onewindow.foundation.catalogue.definition.model import Answer, Definition, Question
from onewindow.foundation.catalogue.definition.parts import When
from onewindow.foundation.catalogue.definition.resolving import not_needed, resolve, situations

# Beyond this many situations they are no longer counted one by one.
MOST_COUNTED = 2_000


@dataclass
class Branch:
    """One answer: what it leads to, and the materials that come with it. `end`: nothing is needed."""

    answer: Answer
    asked: list[Twig] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)

    @property
    def end(self) -> bool:
        return self.answer.not_needed is not None


@dataclass
class Twig:
    """One question with its answers; `drawn` elsewhere already, it is only named. `others`: it needs other answers too."""

    question: Question
    branches: list[Branch] = field(default_factory=list)
    drawn: bool = False
    others: bool = False


@dataclass
class Tree:
    """The whole: the questions everybody is asked, the materials everybody brings, and how many situations there are."""

    asked: list[Twig]
    always: list[Material]
    situations: int
    more: bool
    fewest: int
    most: int


def tree_of(definition: Definition) -> Tree:
    """The situations of a definition, drawn."""
    order = {question.code: n for n, question in enumerate(definition.questions)}
    drawn: set[str] = set()

    def twig(question: Question, others: bool) -> Twig:
        if question.code in drawn:
            return Twig(question, drawn=True, others=others)
        drawn.add(question.code)
        made = Twig(question, others=others)
        for answer in question.answers:
            branch = Branch(answer)
            made.branches.append(branch)
            for next_one in definition.questions:
                hangs = _hangs(next_one.when, question.code, answer.code, order)
                if hangs is not None:
                    branch.asked.append(twig(next_one, hangs))
            branch.materials = [
                material for material in definition.materials if _hangs(material.when, question.code, answer.code, order) is not None
            ]
        return made

    roots = [twig(question, False) for question in definition.questions if question.when is None]
    counts = [
        len(resolve(definition, answers).materials)
        for answers in islice(situations(definition), MOST_COUNTED)
        if not_needed(definition, answers) is None
    ]
    total = sum(1 for _ in islice(situations(definition), MOST_COUNTED + 1))
    return Tree(
        roots, [material for material in definition.materials if material.when is None], min(total, MOST_COUNTED), total > MOST_COUNTED,
        min(counts, default=0), max(counts, default=0),
    )  # fmt: skip


def _hangs(when: When | None, question: str, answer: str, order: dict[str, int]) -> bool | None:
    """Whether something with this condition hangs on the answer: None if not, else whether other answers are needed as well."""
    for group in when or ():
        last = max((code for code in group if code in order), key=order.__getitem__, default=None)
        if last == question and answer in group[last]:
            return len(group) > 1
    return None
