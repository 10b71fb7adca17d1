"""What a new item is called, and what its first draft says: only what is known already, everything else still empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from onewindow.foundation.catalogue.definition.fields import blank
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.drafts.rules import check_code
from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.words import Words

if TYPE_CHECKING:
    from onewindow.foundation.catalogue.models import RegisterEntry
    from onewindow.foundation.staff.models import Department

CODE, NAME = Words("事项代号", "item code"), Words("事项名称", "name of the item")
LONGEST_NAME = 120
LONGEST_SUGGESTED = 40
RESERVED = frozenset({"new", "missed", "sample"})  # pages beside the items' own
_BRACKETED = re.compile(r"[（(【\[].*?[】\])）]")
_COMPANIES = "A"  # the hall of what companies come for


def suggested(name: str, taken: Callable[[str], bool]) -> str:
    """A code made of the name's syllables, numbered where it is taken; ``item`` for a name that has none."""
    from pypinyin import lazy_pinyin  # its dictionary takes half a second to read, and most processes never need it

    said = lazy_pinyin(_BRACKETED.sub("", name), errors="ignore")
    stem = ""
    for syllable in said:
        longer = f"{stem}-{syllable}" if stem else syllable
        if len(longer) > LONGEST_SUGGESTED:
            break
        stem = longer
    stem = stem or "item"
    return next(code for n in range(1, 100_000) if not taken(code := stem if n == 1 else f"{stem}-{n}"))


def check_begun(code: str, name: str) -> None:
    """Refuse a code that is none or names a page, and a name that says nothing. Raises `InvalidInput`."""
    check_code(code)
    if code in RESERVED:
        raise InvalidInput(field=CODE, reason_zh=f"“{code}”另有用处，请换一个", reason_en=f"“{code}” means something else; please choose another")
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(field=NAME, reason_zh=f"请填写，最多 {LONGEST_NAME} 字", reason_en=f"please fill it in, {LONGEST_NAME} characters at most")


def first_body(code: str, name: str, office: Department, entry: RegisterEntry | None) -> dict[str, Any]:
    """What is known of an item before anybody wrote anything: its name, whose it is, and what the register says of it."""
    body = blank(Definition, code=code)
    body["name"] = {"zh": name, "en": entry.name_en if entry is not None else ""}
    body["department"] |= {
        "code": office.code, "name": {"zh": office.name_zh, "en": office.name_en}, "credit_code": office.credit_code,
    }  # fmt: skip
    if entry is not None:
        body["item_type"] = entry.item_type
        body["service_objects"] = ["1"] if entry.serves == "person" else ["2"]
        body["service"] |= {"hall": "B" if entry.serves == "person" else _COMPANIES, "city_wide": entry.city_wide, "kiosk": entry.self_service}
    return body
