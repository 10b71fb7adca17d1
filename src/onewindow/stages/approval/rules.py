"""Pure rules of approval: on what a special procedure rests, when it ended, and the phrases an opinion is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onewindow.foundation.catalogue.definition import Definition
from onewindow.foundation.catalogue.definition.model import Clause
from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.words import Words
from onewindow.law.exclusions import ARTICLE, LICENSING_LAW

_ARTICLE = re.compile("第[一二三四五六七八九十百千零〇0-9]+条(之[一二三四五六七八九十]+)?(第[一二三四五六七八九十0-9]+款)?(第[（(]?[一二三四五六七八九十0-9]+[）)]?项)?")
_PHRASES = 3
_LONGEST_LAW, _LONGEST_ARTICLE, _LONGEST_REASON = 80, 40, 300


@dataclass(frozen=True)
class Basis:
    """What law asks for a special procedure, by name and article, and in a sentence what for."""

    law: str
    article: str
    reason: str


def checked_basis(basis: Basis) -> Basis:
    """The basis without stray spaces and brackets. Raises `InvalidInput` for what is missing, too long, or no article."""
    law, article, reason = basis.law.strip().strip("《》").strip(), basis.article.strip(), basis.reason.strip()
    for field, text, longest in (
        (Words("依据的法律", "law"), law, _LONGEST_LAW), (Words("条款", "article"), article, _LONGEST_ARTICLE),
        (Words("需要做什么、为什么", "what is needed, and why"), reason, _LONGEST_REASON),
    ):  # fmt: skip
        if not text:
            raise InvalidInput(field=field, reason_zh="请填写此项", reason_en="please fill this in")
        if len(text) > longest:
            raise InvalidInput(field=field, reason_zh=f"最多 {longest} 个字", reason_en=f"at most {longest} characters")
    if not _ARTICLE.fullmatch(article):
        raise InvalidInput(field=Words("条款", "article"), reason_zh="请写成“第四十五条”这样", reason_en="write it as 第四十五条")
    return Basis(law, article, reason)


def checked_end(last: date | None, *, first: date, today: date) -> date:
    """The true last day: today unless said otherwise. Raises `InvalidInput` for one before the first or still to come."""
    if last is None:
        return today
    if not first <= last <= today:
        raise InvalidInput(
            field=Words("结束日", "last day"), reason_zh=f"应在 {first.isoformat()} 到今天之间", reason_en=f"it must lie between {first.isoformat()} and today"
        )
    return last


def bases(definition: Definition) -> list[tuple[str, str]]:
    """The laws and articles to choose from: the article on excluded time, then those the item itself rests on; each once."""
    own = [(source.name, source.article) for source in definition.basis]
    return list(dict.fromkeys([(LICENSING_LAW, ARTICLE), *own]))


def granting_phrases(definition: Definition, conditions: Iterable[Clause]) -> list[str]:
    """What an approver commonly says when granting: the law of the conditions that apply, each article once; last, without one."""
    of_conditions = [source for condition in conditions for source in definition.statutes_of(f"/conditions/{condition.code}")]
    found = [f"经审查，申请符合《{source.name}》{source.article}规定的条件，同意。" for source in of_conditions or definition.basis]
    return [*list(dict.fromkeys(found))[:_PHRASES], "经审查，申请材料齐全，符合法定条件，同意。"]


def denying_phrases(conditions: Iterable[Clause]) -> list[str]:
    """One a condition that applies: which one is not met."""
    return [f"不符合条件：{condition.text.zh}" for condition in conditions]
