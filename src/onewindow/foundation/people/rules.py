"""Pure rules of the register of applicants: which documents carry a number, and which two records may be one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from onewindow.kernel.words import Words

# The document of a lifetime comes first of each kind: its number never changes.
DOCUMENTS: Mapping[str, Mapping[str, Words]] = {
    "person": {
        "resident-id": Words("居民身份证", "Resident identity card"),
        "passport": Words("护照", "Passport"),
        "permit": Words("港澳台居民或外国人证件", "Permit of a resident of Hong Kong, Macao, Taiwan or a foreigner"),
    },
    "company": {
        "credit-code": Words("统一社会信用代码", "Unified social credit code"),
        "registration": Words("原工商注册号", "Former business registration number"),
    },
}
LASTING: Mapping[str, str] = {kind: next(iter(documents)) for kind, documents in DOCUMENTS.items()}
EVERY_DOCUMENT = frozenset(code for documents in DOCUMENTS.values() for code in documents)
LONGEST_REASON = 200
_NUMBER = re.compile(r"[0-9A-Z]{5,20}")


def looks_like_a_number(text: str) -> bool:
    """Whether a text may be the number of a document that has no check character."""
    return _NUMBER.fullmatch(text) is not None


@dataclass(frozen=True)
class Record:
    """What the rule looks at: a record's key, kind and document, and whether others were merged into it."""

    pk: int
    kind: str
    document: str
    holds_others: bool = False


def why_not_one(duplicate: Record, remaining: Record) -> Words | None:
    """Why two records cannot be of one person or company; None when they may be.

    Two numbers of a document of a lifetime are two people: each has only one, ever.
    """
    if duplicate.pk == remaining.pk:
        return Words("这是同一份记录", "this is one and the same record")
    if duplicate.kind != remaining.kind:
        return Words("一份是个人，一份是单位", "one is a person and the other an organisation")
    if duplicate.document == remaining.document == LASTING[duplicate.kind]:
        return Words("两份的身份证号（或统一社会信用代码）不同，不是同一个人（单位）", "their identity numbers (or credit codes) differ, so they are not the same")
    if duplicate.holds_others:
        return Words(
            "要并掉的这份里已经并入了别的记录，请反过来合并，或者先分开",
            "others were merged into the one that would go; please merge the other way round, or split them first",
        )
    return None
