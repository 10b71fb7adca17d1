"""Reading a typed or scanned number: cleaning it, and the first checks of length, characters and dates.

Cleaning forgives only what cannot change the meaning: blanks, zero-width marks, full-width forms (GB 18030's
“１２３Ｘ”) and lower case. Look-alikes such as ① or Arabic-Indic digits are not digits here.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onewindow.kernel.identifiers.faults import Fault, fail

DIGITS = "0123456789"
ALPHANUMERICS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: digits and capitals without I, O, S, V, Z; a character's value is its index."""

LOOK_ALIKES = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}
"""What a letter GB 32100 never uses was most likely meant to be."""

_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_FOLD = {
    **{0xFF01 + i: 0x21 + i for i in range(94)},
    **{ord(letter): ord(letter) - 32 for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{0xFF41 + i: ord("A") + i for i in range(26)},
}


@dataclass(frozen=True, slots=True)
class Name:
    """What a kind of identifier is called, for its sentences."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """A set of characters and its words."""

    characters: str
    zh: str
    en: str


DIGIT = Allowed(DIGITS, "数字 0–9", "a digit 0–9")
DIGIT_OR_X = Allowed(DIGITS + "X", "数字 0–9 或 X", "a digit 0–9 or X")
ALPHANUMERIC = Allowed(ALPHANUMERICS, "数字或字母", "a digit or a letter")
CREDIT_CHARACTER = Allowed(
    CREDIT_ALPHABET, "数字或大写字母（I、O、S、V、Z 除外）", "a digit or a capital (not I, O, S, V, Z)"
)


def clean(text: str) -> str:
    """The text without blanks, in half-width capitals; positions in all sentences count in this form."""
    return "".join(c for c in text.translate(_FOLD) if not c.isspace() and c not in _INVISIBLE)


def cleaned(text: str, name: Name, length: int) -> str:
    """`clean(text)`, refused when empty or not exactly `length` characters."""
    plain = clean(text)
    if not plain:
        raise fail(Fault.EMPTY, name_zh=name.zh, name_en=name.en)
    if len(plain) != length:
        raise fail(Fault.LENGTH, name_zh=name.zh, name_en=name.en, expected=length, found=len(plain))
    return plain


def require(text: str, allowed: Allowed, *, start: int = 1) -> None:
    """Refuse the first character outside `allowed`; `start` is the position of the text's first character."""
    for position, character in enumerate(text, start):
        if character in allowed.characters:
            continue
        if allowed is CREDIT_CHARACTER and character in LOOK_ALIKES:
            raise fail(
                Fault.FORBIDDEN_LETTER, position=position, letter=character, likely=LOOK_ALIKES[character]
            )
        raise fail(Fault.CHARACTER, position=position, allowed_zh=allowed.zh, allowed_en=allowed.en)


def real_date(digits: str, *, start: int, earliest: int, on: date | None = None) -> date:
    """The date written YYYYMMDD at position `start`: it must exist, and not lie after `on` where given.

    `earliest` is the first plausible year. The sentences name positions only, so they suit personal numbers.
    """
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if year < earliest:
        raise fail(Fault.YEAR, first=start, last=start + 3, earliest=earliest)
    if not 1 <= month <= 12:
        raise fail(Fault.MONTH, first=start + 4, last=start + 5)
    if not 1 <= day <= monthrange(year, month)[1]:
        raise fail(Fault.DAY, first=start + 6, last=start + 7)
    found = date(year, month, day)
    if on is not None and found > on:
        raise fail(Fault.FUTURE, first=start, last=start + 7, on=on.isoformat())
    return found


def padded(value: int | str, width: int) -> str:
    """A whole number written in `width` digits; a text is left as it is."""
    return f"{value:0{width}d}" if isinstance(value, int) else value


def runs(text: str, *widths: int) -> Iterator[str]:
    """Cut `text` into consecutive pieces of the given widths."""
    at = 0
    for width in widths:
        yield text[at : at + width]
        at += width
