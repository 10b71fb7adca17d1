"""Acceptance points: said so that a window can answer yes or no by looking."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.lint import articles
from onewindow.foundation.catalogue.definition.lint.rulebook import Found, rule
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.kernel.words import Words

_UNCHECKABLE = re.compile(
    r"(符合|满足)(国家|法律|法定|有关|相关|规定的?)*(要求|规定|标准|条件)|真实有效|合法有效|酌情|视情况|必要时|原则上|一般应|手续齐全|内容翔实|材料齐备|适当|合理"
)


@rule(
    "OW-L216", "warning", Words("无法核对的受理要点", "An acceptance point that cannot be checked"),
    Words("写成窗口看一眼就能答“是”或“不是”的话。", "Say it so that the window can answer yes or no by looking."), articles.MEASURED,
)  # fmt: skip
def points_can_be_checked(definition: Definition) -> Iterator[Found]:
    for material in definition.materials:
        for point in material.acceptance_points:
            if word := _UNCHECKABLE.search(point.text.zh):
                yield Found(f"/materials/{material.code}/acceptance_points/{point.code}", f"“{word[0]}”要靠判断，窗口核对不了。",
                    f"“{word[0]}” is a judgement; a window cannot check it.")


@rule(
    "OW-L222", "advice", Words("要点的核对方式与文字不符", "A point's check does not fit its words"),
    Words("改 check，或者把要看的签字、印章、日期写进文字。", "Change `check`, or name the signature, seal or date in the words."), articles.MEASURED,
)  # fmt: skip
def checks_fit_their_words(definition: Definition) -> Iterator[Found]:
    for material in definition.materials:
        for point in material.acceptance_points:
            wanted = _WORDS_OF.get(point.check)
            if wanted and not wanted.search(point.text.zh):
                yield Found(f"/materials/{material.code}/acceptance_points/{point.code}", f"核对方式是“{point.check}”，文字里没有提。",
                    f"it is checked for “{point.check}”, which its words do not name.")


_WORDS_OF = {
    "seal": re.compile("章|印"), "signature": re.compile("签|章|署名|手印|捺印"), "in-date": re.compile("期|日|月|年|以内|之内|有效|时|吊销|注销|失效|现在|正在|生效"),
}  # fmt: skip
