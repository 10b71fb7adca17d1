"""Pure rules of evaluation: the five levels, the reasons of each channel, what a bad one must say, and who sees what.

Sources: 国办发〔2019〕51号 (one visit one evaluation, one matter one evaluation, five levels, nobody is forced); 上海市优化营商环境条例
art 30 (whoever gives their name is contacted within one working day; evaluations and replies are public).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.law.calendars import Calendar
from onewindow.law.limits import overdue
from onewindow.oversight.evaluation.policies import FOLLOW, READ

Channel = Literal["on-site", "online"]

# The meaning is kept, never a number: GB/T 39046 A.8 counts 1 as best, the national interface 5.
LEVELS: Mapping[str, Words] = {
    "very-satisfied": Words("非常满意", "Very satisfied"),
    "satisfied": Words("满意", "Satisfied"),
    "fairly-satisfied": Words("基本满意", "Fairly satisfied"),
    "dissatisfied": Words("不满意", "Dissatisfied"),
    "very-dissatisfied": Words("非常不满意", "Very dissatisfied"),
}
BAD = frozenset({"dissatisfied", "very-dissatisfied"})
REASONS: Mapping[Channel, Mapping[str, Words]] = {
    "on-site": {
        "efficiency": Words("服务效率：等得久、办得慢", "Efficiency: long waits, slow work"),
        "competence": Words("服务水平：说不清、要跑几趟", "Competence: unclear answers, several trips"),
        "manner": Words("服务态度：不耐烦、不热情", "Manner: impatient, unfriendly"),
    },
    "online": {
        "efficiency": Words("办事效率：审批慢、超过承诺时间", "Efficiency: slow, later than promised"),
        "guide": Words("办事指南精确度：和实际要求不一样", "Accuracy of the guide: asked for something else"),
        "ease": Words("办事便捷度：材料多、环节多", "Ease: too many papers, too many steps"),
        "platform": Words("平台操作性：查进度、看结果不方便", "The platform: hard to follow progress or results"),
    },
}
LONGEST = 500
FEWEST = 5  # fewer evaluations than this would tell who gave them
WORKING_DAYS_TO_CONTACT = 1  # art 30


@dataclass(frozen=True)
class Said:
    """What somebody answers: the level, which of the channel's reasons, their own words, whether they may be contacted."""

    level: str
    reasons: frozenset[str] = frozenset()
    text: str = ""
    contact: bool = False

    @property
    def bad(self) -> bool:
        return self.level in BAD


def checked(said: Said, channel: Channel) -> Said:
    """The answer, trimmed; `InvalidInput` for a level or reason that is none, a text too long, or a bad one that says nothing."""
    text = said.text.strip()
    if said.level not in LEVELS:
        raise InvalidInput(field=Words("满意程度", "level"), reason_zh="请点一个选项", reason_en="please choose one")
    if said.reasons - REASONS[channel].keys():
        raise InvalidInput(field=Words("原因", "reason"), reason_zh="请从列出的原因里选", reason_en="please choose from the list")
    if len(text) > LONGEST:
        raise InvalidInput(field=Words("您想说的", "your words"), reason_zh=f"最多 {LONGEST} 个字", reason_en=f"at most {LONGEST} characters")
    if said.bad and not said.reasons and not text:
        raise InvalidInput(
            field=Words("原因", "reason"), reason_zh="请至少勾一项，或者写一句话，我们才知道改什么",
            reason_en="please tick at least one, or write a sentence, so that we know what to mend",
        )  # fmt: skip
    return Said(said.level, said.reasons, text, said.contact)


def contact_by(given: date, calendar: Calendar) -> date:
    """The last day to contact and verify: one working day, the day of the evaluation not counted (art 30; 民法典 201)."""
    return calendar.plus(given, WORKING_DAYS_TO_CONTACT)


def is_overdue(state: str, *, contact_by: date, correct_by: date | None, today: date) -> bool:
    """Whether a follow-up waits past its day: of contact, or of the correction it was given."""
    if state == "open":
        return overdue(today, contact_by)
    return state == "scheduled" and correct_by is not None and overdue(today, correct_by)


def masked_name(name: str, kind: str) -> str:
    """A name with its middle hidden: 张**, 某某****公司 is 某某****."""
    shown = 1 if kind == "person" else 2
    return name[:shown] + "*" * min(max(len(name) - shown, 1), 2 * shown)


@dataclass(frozen=True)
class Sight:
    """What somebody may see of evaluations: single ones with their words (the name masked), and how to reach who asked for it."""

    single: bool
    contact: bool


def sight_of(by: Actor) -> Sight:
    """Who sees what. A clerk, and anybody else without these permissions, sees counts only (`published`), never who said it."""
    return Sight(single=by.may(READ), contact=by.may(FOLLOW))


def published(n: int, good: int) -> float | None:
    """The satisfied share in percent; None where fewer than `FEWEST` said something."""
    return round(100 * good / n, 1) if n >= FEWEST else None
