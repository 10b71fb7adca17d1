"""Words: both languages say the same, and it is short enough to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onewindow.foundation.catalogue.definition.lint.numbers import anywhere_in_chinese, in_chinese, in_english
from onewindow.foundation.catalogue.definition.lint.rulebook import Found, rule
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.parts import Part, Text
from onewindow.kernel.words import Words

_HAN = re.compile(r"[一-鿿]+")
_QUOTED = re.compile(r"“[^”]*”")
_HALF_WIDTH = re.compile(r"(?<=[一-鿿])[,;:?!]|[,;:?!](?=[一-鿿])|(?<=[一-鿿])\(|\)(?=[一-鿿])")
# Where an address matches, so many Chinese characters can be read at a glance on a phone.
_LONGEST: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"^/name$"), 40), (re.compile(r"^/summary$"), 60), (re.compile(r"^/questions/[^/]+/text$"), 40),
    (re.compile(r"^/questions/[^/]+/answers/[^/]+/text$"), 40), (re.compile(r"^/questions/[^/]+/help$"), 100),
    (re.compile(r"^/materials/[^/]+/name$"), 30), (re.compile(r"^/materials/[^/]+/acceptance_points/[^/]+/text$"), 60),
    (re.compile(r"^/materials/[^/]+/sample$"), 100), (re.compile(r"^/steps/[^/]+/name$"), 20), (re.compile(r"^/form/[^/]+/fields/[^/]+/label$"), 30),
)  # fmt: skip


def texts(definition: Definition) -> Iterator[tuple[str, Text]]:
    """Every sentence or name in both languages, with its address."""
    yield from _walk(definition, "")


def _walk(node: Part, address: str) -> Iterator[tuple[str, Text]]:
    if isinstance(node, Text):
        yield address, node
        return
    for name in type(node).model_fields:
        value = getattr(node, name)
        if isinstance(value, Part):
            yield from _walk(value, f"{address}/{name}")
        elif isinstance(value, tuple):
            for part in value:
                if isinstance(part, Part):
                    yield from _walk(part, f"{address}/{name}/{getattr(part, 'code', '')}")


@rule(
    "OW-L501", "warning", Words("中英文数字不一致", "The numbers differ between the languages"),
    Words("核对原文，改正写错的一边。", "Look at the text and mend the side that is wrong."),
)  # fmt: skip
def numbers_agree(definition: Definition) -> Iterator[Found]:
    """What is counted in Chinese stands in English, and digits of the English stand in the Chinese."""
    for address, text in texts(definition):
        english = in_english(text.en)
        lost = {n for n in in_chinese(text.zh) - english - _TOLD_OTHERWISE if not _otherwise(n, english)}
        digits = {float(n.replace(",", "")) for n in re.findall(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w.]*\w)", text.en)}
        chinese = anywhere_in_chinese(text.zh)
        added = {n for n in digits & english - chinese - _TOLD_OTHERWISE if not _otherwise(n, chinese)}
        if lost or added:
            numbers = "、".join(f"{n:g}" for n in sorted(lost | added))
            yield Found(address, f"{numbers} 只在一种语言里。", f"{numbers.replace('、', ', ')} stands in one language only.")


_TOLD_OTHERWISE = {0.0, 1.0}  # 负数 and “below 0”; “a month”, “every year”


def _otherwise(n: float, others: set[float]) -> bool:
    """Said in another unit: a year as twelve months, half a year as six months, 一周 as seven days."""
    return any(n * factor in others or n / factor in others for factor in (12, 7, 24, 60, 1000, 10_000)) or (n == 6 and 0.5 in others)


@rule(
    "OW-L502", "warning", Words("英文里有汉字，或者没有译出", "The English is Chinese"),
    Words("写成英文。", "Write it in English."),
)  # fmt: skip
def english_is_english(definition: Definition) -> Iterator[Found]:
    """Words that the Chinese quotes as they must be written (“有限公司”) may stand in the English too."""
    for address, text in texts(definition):
        quoted = "".join(_QUOTED.findall(text.zh))
        if any(run not in quoted for run in _HAN.findall(text.en)):
            yield Found(address, "英文里有汉字。", "there are Chinese characters in the English.")


@rule(
    "OW-L503", "advice", Words("长得读不下去", "Too long to read"),
    Words("一句话只说一件事，其余的放到说明或样本里。", "Say one thing in a sentence; put the rest into help or sample."),
)  # fmt: skip
def texts_are_short(definition: Definition) -> Iterator[Found]:
    """Conditions and rights are the statute's own words and stay as they are."""
    for address, text in texts(definition):
        for pattern, most in _LONGEST:
            if pattern.match(address) and len(text.zh) > most:
                yield Found(address, f"有 {len(text.zh)} 个字，超过 {most} 个。", f"it has {len(text.zh)} characters, more than {most}.")


@rule(
    "OW-L504", "advice", Words("中文里用了半角标点", "Half-width punctuation in Chinese"),
    Words("改成全角标点。", "Use full-width punctuation."),
)  # fmt: skip
def punctuation_is_chinese(definition: Definition) -> Iterator[Found]:
    for address, text in texts(definition):
        if mark := _HALF_WIDTH.search(text.zh):
            yield Found(address, f"汉字之间有半角“{mark[0]}”。", f"a half-width “{mark[0]}” stands between Chinese characters.")
