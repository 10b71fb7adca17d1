"""What was typed, made comparable; and how near a text of the catalogue comes to it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.identifiers.script import misfit
from onewindow.kernel.words import Words

LONGEST: Final = 60  # characters; nobody says what they want in more
SHORTEST_INSIDE: Final = 3  # a text this long may stand inside a query and be meant
QUERY: Final = Words("想办的事", "what you want done")

# What people say around a thing, and what says nothing of it. Longest first, so that a whole phrase goes at once.
_BEFORE = (
    "请问一下", "我想问一下", "想问一下", "想咨询", "我想要", "我想", "我要", "我需要", "帮我", "请问", "你好", "您好", "想要", "需要", "打算", "准备",
    "怎么样", "怎样", "怎么", "如何", "哪里可以", "哪里能", "在哪里", "在哪", "去哪里", "去哪", "想", "要",
)  # fmt: skip
_AFTER = (
    "怎么办理", "怎么申请", "怎么弄", "怎么办", "如何办理", "如何办", "在哪里办理", "在哪里办", "在哪办", "去哪里办", "去哪办", "哪里办",
    "需要什么材料", "需要什么手续", "需要什么证件", "需要什么证", "需要什么", "要什么材料", "要什么手续", "要什么证件", "要什么证", "要带什么", "要什么",
    "办什么手续", "有什么要求", "有哪些要求", "的手续", "的流程", "办理流程", "流程", "手续", "可以吗", "行吗", "吗", "呢", "啊", "呀", "吧", "了",
)  # fmt: skip
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_SPACE = re.compile(r"\s+")
_BRACKETS = re.compile(r"[（(【][^（）()【】]*[）)】]")
_LEVEL = re.compile(r"[（(][^（）()]*级[^（）()]*[）)]")  # whose level it is ((县级行使)) says nothing of what it is
_NUMBER = re.compile(r"\d(?:[\s\-.·]?\d){3}")
_HAN = re.compile(r"[㐀-鿿]")
_NEVER = {"Cc", "Cf", "Cs", "Co", "Cn"}


def normalised(text: str) -> str:
    """What was typed, made comparable: half width, lower case, single blanks, without what is said around the thing; at most `LONGEST` characters.

    Normalising what is normalised changes nothing. Raises `InvalidInput` for control characters and characters nobody can read.
    """
    spaced = _SPACE.sub(" ", text)
    for character in spaced:
        if unicodedata.category(character) in _NEVER and (wrong := misfit(character)):
            raise InvalidInput(field=QUERY, reason_zh=wrong[1], reason_en=wrong[2])
    return reduced(spaced)


@lru_cache(maxsize=16_384)
def reduced(text: str) -> str:
    """The same of a text that is known to be readable: an alias is compared as what is typed is."""
    while (plainer := _step(text)) != text:
        text = plainer
    return text


def _step(text: str) -> str:
    held = _EDGE.sub("", folded(text)[:LONGEST])
    for filler in _BEFORE:
        if held.startswith(filler) and len(held) > len(filler) + 1:
            return held.removeprefix(filler)
    for filler in _AFTER:
        if held.endswith(filler) and len(held) > len(filler) + 1:
            return held.removesuffix(filler)
    return held


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Half width, lower case, single blanks: how texts are compared, nothing left out."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())).strip()


@lru_cache(maxsize=16_384)
def spoken(name: str) -> str:
    """A name as its meaning is computed: without the remark at which level it is handled."""
    return folded(_LEVEL.sub("", name)) or folded(name)


@lru_cache(maxsize=16_384)
def bare(name: str) -> str:
    """A name without its brackets (``食品经营许可（新办）`` → ``食品经营许可``)."""
    return folded(_BRACKETS.sub("", name)) or folded(name)


def said(names: Iterable[str], aliases: Iterable[str]) -> tuple[str, ...]:
    """The texts of one thing whose meanings are computed, each once."""
    return tuple(dict.fromkeys([*(spoken(name) for name in names), *(folded(alias) for alias in aliases)]))


def keepable(query: str) -> str:
    """A normalised query if it may be kept, else nothing: with four digits in a row it may be somebody's number, and what stands beside it their name."""
    return query if not _NUMBER.search(query) and sum(character.isalpha() for character in query) >= 2 else ""


# How a text of the catalogue was met, best first. `meaning` comes after them all.
EXACT, PREFIX, INSIDE, INITIALS, AROUND, EVENT, MEANING = "exact", "prefix", "inside", "initials", "around", "event", "meaning"
ORDER: Final = {kind: rank for rank, kind in enumerate((EXACT, PREFIX, INSIDE, INITIALS, AROUND, EVENT, MEANING))}


def met(query: str, text: str) -> str:
    """How a normalised query meets a folded text by its letters; empty when it does not.

    A text that stands inside the query counts when it is at least half of it: 开饭店 in 我家开饭店.
    """
    if query == text:
        return EXACT
    if text.startswith(query):
        return PREFIX
    if query in text:
        return INSIDE
    if len(text) >= SHORTEST_INSIDE and text in query and 2 * len(text) >= len(query):
        return AROUND
    return ""


def letters(query: str) -> bool:
    """Whether a query may be the first letters of a Chinese name (``kfd`` for 开饭店)."""
    return 2 <= len(query) <= 12 and query.isascii() and query.isalpha()


def han(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return _HAN.search(text) is not None
