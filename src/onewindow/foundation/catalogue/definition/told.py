"""Parts of a definition in plain words: how long, how many, when asked for. One saying for the guide, the notice and lint."""

from __future__ import annotations

from onewindow.foundation.catalogue.definition.materials import Material
from onewindow.foundation.catalogue.definition.model import Definition, Limit, Question
from onewindow.foundation.catalogue.definition.parts import When
from onewindow.kernel.words import Words

_UNITS = {
    "working-day": Words("个工作日", "working day"), "calendar-day": Words("日", "day"), "month": Words("个月", "month"), "year": Words("年", "year"),
}  # fmt: skip
LONG_ENOUGH = 3  # characters an answer needs to be understood by itself: “是” and “不发光” do not
_NEEDS = {"1": Words("必要", "needed"), "2": Words("有则提供", "if you have it"), "3": Words("可以后补", "may follow later")}


def span(limit: Limit) -> Words:
    """4 个工作日; 4 working days."""
    unit = _UNITS[limit.unit]
    return Words(f"{limit.n} {unit.zh}", f"{limit.n} {unit.en}{'' if limit.n == 1 else 's'}")


def copies(material: Material) -> Words:
    """原件 1 份、复印件 2 份; empty where no paper is wanted."""
    originals, duplicates = material.copies.originals, material.copies.duplicates
    zh = [f"原件 {originals} 份"] * bool(originals) + [f"复印件 {duplicates} 份"] * bool(duplicates)
    en = [_several(originals, "original", "originals")] * bool(originals) + [_several(duplicates, "copy", "copies")] * bool(duplicates)
    return Words("、".join(zh), ", ".join(en))


def _several(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def need(material: Material) -> Words:
    """Whether it must be there, may be, or may follow."""
    return _NEEDS[material.need]


def to_bring(material: Material) -> Words:
    """What a missing material's line in the one-time notice says: how many, and what it should look like (行政许可法 32: 全部内容)."""
    many = copies(material)
    zh = f"未提交，请补交（{many.zh}）" if many.zh else "未提交，请补交"
    en = f"not given, please bring it ({many.en})" if many.en else "not given, please bring it"
    return Words(f"{zh}。范本：{material.sample.zh}", f"{en}. Sample: {material.sample.en}")


def only_when(definition: Definition, when: When | None) -> Words:
    """In which situations a part applies, by the words of the questions' answers; empty when always."""
    if when is None:
        return Words("", "")
    questions = {question.code: question for question in definition.questions}
    groups = []
    for group in when:
        chosen = [_answers(questions[code], codes) for code, codes in group.items()]
        groups.append(Words("，并且".join(words.zh for words in chosen), ", and ".join(words.en for words in chosen)))
    said = list(dict.fromkeys(groups))  # two questions may be answered in the same words
    return Words("；或者".join(group.zh for group in said), "; or ".join(group.en for group in said))


def _answers(question: Question, codes: tuple[str, ...]) -> Words:
    """The answers to choose from; a mere yes or no says nothing without its question."""
    texts = {answer.code: answer.text for answer in question.answers}
    chosen = [texts[code] for code in codes if code in texts]
    said = Words("或".join(f"“{text.zh}”" for text in chosen), " or ".join(f'"{text.en}"' for text in chosen))
    if all(len(text.zh) > LONG_ENOUGH for text in chosen):
        return said
    return Words(f"{question.text.zh}{said.zh}", f"{question.text.en} {said.en}")
