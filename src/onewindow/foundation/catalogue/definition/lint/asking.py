"""Questions: few, in plain words, each answer different, and the one that ends the matter first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.lint import articles
from onewindow.foundation.catalogue.definition.lint.rulebook import Found, rule
from onewindow.foundation.catalogue.definition.model import Definition, Question
from onewindow.foundation.catalogue.definition.reach import conditional_parts
from onewindow.kernel.words import Words

MANY_QUESTIONS, BEFORE_THE_EXIT = 8, 2
# Words of the law that people do not use at home; a question with one of them explains it.
_LEGAL = re.compile(
    "预包装|散装食品|从业禁止|转委托|监护|宅基地|他项权|按份共有|共同共有|非营利|注册资本|实缴|认缴|分支机构|清算|兼并|改制|承继|承租权|行政协议|特种作业|备案登记"
    "|职业禁忌|放射性|预评价|规划条件|土地出让|划拨|临时建设|排水户|重点排污|直系亲属|近亲属|户籍|供养|个人独资|普通合伙|特殊的普通合伙|有限合伙|执行事务合伙人|法定监护|质证|司法拍卖|生效法律文书"
)


@rule(
    "OW-L311", "advice", Words("结果一样的选项", "Answers that come to the same"),
    Words("合并这些选项；为了好认而分开写的可以保留。", "Make them one answer; where two are easier to recognise than one, let them be."), articles.FEWER_AND_FASTER,
)  # fmt: skip
def answers_differ(definition: Definition) -> Iterator[Found]:
    """Two answers of a question that takes one, which every condition treats alike."""
    for question in _unprinted(definition):
        for alike in _told_apart(definition, question).values():
            if question.kind == "one" and len(alike) > 1:
                codes = "、".join(f"“{code}”" for code in alike)
                yield Found(f"/questions/{question.code}/answers/{alike[1]}", f"选 {codes} 结果一样。", f"{', '.join(alike)} come to the same.")


@rule(
    "OW-L315", "warning", Words("勾了也没有用的选项", "A tick that changes nothing"),
    Words("删去这个选项，或者让材料、表单、环节、收费取决于它。", "Leave the answer out, or let a material, field, step or fee depend on it."),
        articles.FEWER_AND_FASTER,
)  # fmt: skip
def every_tick_counts(definition: Definition) -> Iterator[Found]:
    """An answer of a question that takes several, which no condition names."""
    for question in _unprinted(definition):
        for code in _told_apart(definition, question).get((), ()) if question.kind == "many" else ():
            yield Found(f"/questions/{question.code}/answers/{code}", "勾选它什么也不改变。", "to tick it changes nothing.")


def _unprinted(definition: Definition) -> Iterator[Question]:
    """The questions whose answers the licence does not print: those that it does are told apart by it."""
    printed = " ".join(line.value for line in definition.result.template.lines)
    yield from (question for question in definition.questions if f"{{answers.{question.code}}}" not in printed)


def _told_apart(definition: Definition, question: Question) -> dict[tuple[str, ...], list[str]]:
    """The answers, by the conditions that name each; an answer that ends the matter is told apart by its own words."""
    named = [
        (f"{address} {n}", set(group[question.code]))
        for address, when in conditional_parts(definition)
        for n, group in enumerate(when)
        if question.code in group
    ]
    found: dict[tuple[str, ...], list[str]] = {}
    for answer in question.answers:
        marks = [place for place, wanted in named if answer.code in wanted]
        if answer.not_needed is not None:
            marks.append(answer.not_needed.zh)
        found.setdefault(tuple(marks), []).append(answer.code)
    return found


@rule(
    "OW-L312", "advice", Words("用了法律词语却没有说明", "A word of the law without help"),
    Words("在 help 里用平常话说明这个词，或者换个说法。", "Explain the word in `help`, or say it in everyday words."), articles.PUBLISHED,
)  # fmt: skip
def legal_words_are_explained(definition: Definition) -> Iterator[Found]:
    for question in definition.questions:
        said = question.text.zh + "".join(answer.text.zh for answer in question.answers)
        unexplained = [word for word in dict.fromkeys(_LEGAL.findall(said)) if question.help is None or word not in question.help.zh]
        if unexplained and question.help is None:
            words = "、".join(unexplained)
            yield Found(f"/questions/{question.code}/help", f"问题里有“{words}”，没有说明。", f"the question says “{words}” and has no help.")


@rule(
    "OW-L313", "advice", Words("问题太多", "Many questions"),
    Words("把不改变材料的问题挪到表单里，或者合并。", "Move what changes no material into the form, or join questions."), articles.FEWER_AND_FASTER,
)  # fmt: skip
def few_questions(definition: Definition) -> Iterator[Found]:
    n = len(definition.questions)
    if n > MANY_QUESTIONS:
        yield Found("/questions", f"共有 {n} 个问题，超过 {MANY_QUESTIONS} 个。", f"there are {n} questions, more than {MANY_QUESTIONS}.")


@rule(
    "OW-L314", "advice", Words("“不用办”问得太晚", "The way out comes late"),
    Words("把能让人不用办的问题移到最前面。", "Ask first what lets somebody leave at once."), articles.FEWER_AND_FASTER,
)  # fmt: skip
def the_way_out_comes_first(definition: Definition) -> Iterator[Found]:
    """Counted are the questions that everybody is asked before it."""
    before = 0
    for question in definition.questions:
        if any(answer.not_needed for answer in question.answers) and before >= BEFORE_THE_EXIT and question.when is None:
            yield Found(f"/questions/{question.code}", f"前面已经问了 {before} 个问题，才知道不用办。",
                f"{before} questions come before it, and then nothing is needed.")
        before += question.when is None and not any(answer.not_needed for answer in question.answers)
