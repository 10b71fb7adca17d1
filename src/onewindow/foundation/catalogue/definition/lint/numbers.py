"""Numbers in a sentence, in either language: 二十 and twenty, 200 万 and 2 million."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_CHINESE = "[零〇一二两三四五六七八九十百千]"
# A Chinese numeral counts only where it counts something; 一 alone is in too many words.
_UNITS = "个工作日|个月|周岁|工作日|平方米|小时|分钟|年|日|天|元|万元|倍|米|公里|吨|升|千瓦"
_COUNTED = re.compile(rf"(?P<n>{_CHINESE}+)(?P<big>[万亿]?)(?=多?(?:{_UNITS}))")
_ARABIC = re.compile(r"(?<![A-Za-z\d.])(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<big>[万亿])?(?![A-Za-z\d])")
_ENGLISH = {
    word: n
    for n, word in enumerate(
        (
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
            "sixteen", "seventeen", "eighteen", "nineteen",
        )
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "once": 1, "twice": 2, "half": 0.5}  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12}
_MONTHS: dict[str, float] = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11,
    "december": 12,
}
_SCALES = {"hundred": 100.0, "thousand": 1000.0, "million": 1e6, "billion": 1e9}
_SPOKEN: dict[str, float] = {**_ENGLISH, **_ORDINALS}
_ROUND = frozenset(range(20, 100, 10))
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+")


def chinese_value(text: str) -> int:
    """二十 is 20, 一百零五 105, 二〇二六 2026."""
    if not any(character in _TENS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def in_chinese(text: str) -> set[float]:
    """The numbers of a Chinese sentence: all in Arabic digits, and those in Chinese ones that count days, metres, yuan and the like."""
    found = {_number(match["n"]) * _BIG.get(match["big"] or "", 1) for match in _ARABIC.finditer(text)}
    return found | {float(chinese_value(match["n"]) * _BIG.get(match["big"], 1)) for match in _COUNTED.finditer(text)}


def anywhere_in_chinese(text: str) -> set[float]:
    """Every number a Chinese sentence may hold, 一 in 统一 included: what an English number may stand for."""
    runs = re.finditer(rf"(?P<n>{_CHINESE}+)(?P<big>[万亿]?)", text)
    found = {float(chinese_value(match["n"]) * _BIG.get(match["big"], 1)) for match in runs}
    found |= {float(_BIG[unit]) for unit in re.findall("[万亿]", text)}
    return found | in_chinese(text) | {0.5 for _ in re.findall("半", text)}


def in_english(text: str) -> set[float]:
    """The numbers of an English sentence, in digits and in words."""
    return set(_english(_WORD.findall(text.replace("-", " "))))


def _english(words: list[str]) -> Iterator[float]:
    """The numbers of these words. Tens said in words take a following unit (twenty-five); a day and its month (30 June) are two numbers."""
    current: float | None = None
    spoken = False  # whether the number so far is in words
    for word in [*words, ""]:
        lowered = word.lower()
        if lowered in _SCALES:
            current = (1.0 if current is None else current) * _SCALES[lowered]
        elif lowered in _SPOKEN and spoken and current in _ROUND and 0 < _SPOKEN[lowered] < 10:
            current += _SPOKEN[lowered]
        elif lowered != "and" or current is None or current < 100:
            if current is not None:
                yield current
            current, spoken = _value(lowered), lowered in _SPOKEN


def _value(word: str) -> float | None:
    return _number(word) if word[:1].isdigit() else _MONTHS.get(word, _SPOKEN.get(word))


def _number(text: str) -> float:
    return float(text.replace(",", ""))
