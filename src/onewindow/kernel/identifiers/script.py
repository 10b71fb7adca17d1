"""In which script a name or a text is written, and whether a Chinese document can carry it.

Names stand on identity cards in Chinese characters, whatever the holder's language, and in Latin letters in passports; forms
and notices are written in Chinese (国家通用语言文字法). What cannot be printed or is not what it looks like is refused before it is filed.
"""

from __future__ import annotations

import unicodedata

# Greek letters stand in names of goods (β-胡萝卜素); everything that is no letter is judged by its category.
_LETTERS = ("CJK ", "LATIN ", "FULLWIDTH LATIN ", "GREEK ", "BOPOMOFO ")
_FIRST_RARE, _LAST_RARE = 0x20000, 0x3FFFF  # planes of rare ideographs, newer ones among them than this Python knows
_NEVER = {"Cc": "control", "Cf": "control", "Cs": "control", "Co": "private", "Cn": "unassigned"}


def misfit(text: str) -> tuple[str, str, str] | None:
    """The first character a form cannot take, and why, in Chinese and English; None when all of it can be written down.

    Refused: control characters and marks that turn the reading direction, characters of private use (自造字) and unassigned
    ones, and letters of scripts in which no Chinese document is written.
    """
    for character in text:
        if _FIRST_RARE <= ord(character) <= _LAST_RARE:
            continue
        category = unicodedata.category(character)
        match _NEVER.get(category):
            case "control":
                shown = f"U+{ord(character):04X}"
                return shown, f"含有看不见的控制字符（{shown}），请删去后重新输入", f"it contains an invisible control character ({shown}); delete it and type anew"
            case "private" | "unassigned":
                shown = f"U+{ord(character):04X}"
                return shown, f"含有系统认不出的自造字（{shown}），请改用证件上的正式用字", f"it contains a private character ({shown}); use the form on the document"
        if category[0] == "L" and not unicodedata.name(character, "").startswith(_LETTERS):
            return (
                character,
                f"含有其他文字“{character}”，请按证件上的汉字或者拉丁字母填写",
                f"it contains “{character}” of another script; please write it in Chinese characters or Latin letters, as on the document",
            )
    return None
