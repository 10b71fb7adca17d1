"""Pure rules of publication: what of a granted permit is shown, and what is masked.

Sources: 行政许可法 art 40 (decisions to grant are public), art 5 (but trade secrets, undisclosed information, confidential business
information and personal privacy); 政府信息公开条例 arts 15 and 20(5). The table of fields and the seven working days are those of the
national double publication (双公示) as we know it; its text was not at hand (unverified).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow.foundation.catalogue.definition import Definition
from onewindow.kernel.errors import InvalidInput
from onewindow.kernel.words import Words
from onewindow.law.calendars import Calendar

WORKING_DAYS = 7  # from the decision; unverified
LONGEST = 300
HIDDEN = "（依法不予公开）"
_REFERENCE = re.compile(r"\{([a-z]+)\.?([a-z-]*)(?::(\d+))?\}")
_ALWAYS_KINDS = frozenset({"id-number", "phone"})
_OWN_OF_PERSONS = frozenset({"address"})

ENDINGS: Mapping[str, Words] = {
    "withdrawn": Words("撤回", "withdrawn (licensing law art 8)"),
    "revoked": Words("撤销", "revoked (licensing law art 69)"),
    "forfeited": Words("吊销", "forfeited as a penalty"),
    "deregistered": Words("注销", "deregistered (licensing law art 70)"),
}


@dataclass(frozen=True)
class Line:
    """One line of what was permitted; `hidden` when its value is not shown."""

    zh: str
    en: str
    value: str
    hidden: bool


def publish_by(decided: date, calendar: Calendar) -> date:
    """The last day to publish: seven working days, the day of the decision not counted."""
    return calendar.plus(decided, WORKING_DAYS)


def shown_name(name: str, kind: str) -> str:
    """A company's name whole; of a person's the first character: 张**."""
    return name if kind == "company" else name[:1] + "*" * min(max(len(name) - 1, 1), 2)


def hidden_fields(definition: Definition, kind: str, secret: Iterable[str]) -> set[str]:
    """The form fields whose value is not shown: marked confidential, personal by nature, or kept secret on request (`secret`)."""
    found = set(secret)
    for field in definition.fields:
        of_a_person = field.prefill is not None and (field.prefill.startswith("agent.") or kind == "person")
        if field.confidential or field.kind in _ALWAYS_KINDS or of_a_person or (kind == "person" and field.kind in _OWN_OF_PERSONS):
            found.add(field.code)
    return found


def open_fields(definition: Definition, kind: str) -> set[str]:
    """The form fields whose values the list would show, and that might be kept secret: not the holder's name and code, which say whose it is."""
    named = {code for line in definition.result.template.lines for room, code in _named(line.value) if room == "form"}
    whose = {field.code for field in definition.fields if field.prefill in ("applicant.name", "applicant.credit-code")}
    return named - whose - hidden_fields(definition, kind, ())


def _named(value: str) -> list[tuple[str, str]]:
    """The references of a template's line: room and name."""
    return [(m[1], m[2]) for m in _REFERENCE.finditer(value)]


def content_of(definition: Definition, references: Mapping[str, str], *, kind: str, secret: Iterable[str]) -> list[Line]:
    """The lines of the licence as the public sees them (许可内容); a line that names a hidden field says only that it is not published.

    Lines without any value are left out. `references` are the values by name (``form.premises``).
    """
    hidden, lines = hidden_fields(definition, kind, secret), []
    for line in definition.result.template.lines:
        names = _named(line.value)
        value = _REFERENCE.sub(lambda m: references.get(f"{m[1]}.{m[2]}", ""), line.value).strip()
        if not value:
            continue
        secret_line = any(room == "form" and code in hidden for room, code in names)
        lines.append(Line(line.label.zh, line.label.en, HIDDEN if secret_line else value, secret_line))
    return lines


def grams(text: str) -> list[str]:
    """Every character and every two beside each other of a name, for the index that finds a part of it."""
    clean = "".join(text.split()).lower()
    return sorted({*clean, *(clean[n : n + 2] for n in range(len(clean) - 1))})


def wanted_grams(text: str) -> list[str]:
    """What a name must hold that has this part; the pairs, or the one character."""
    clean = "".join(text.split()).lower()[:60]
    return sorted({clean[n : n + 2] for n in range(len(clean) - 1)}) or ([clean] if clean else [])


def safe_cell(value: object) -> str:
    """A cell of an exported table that no spreadsheet takes for a formula."""
    text = str(value if value is not None else "")
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠") or text[:1] in ("\t", "\r", "\n") else text


def checked_request(definition: Definition, fields: Iterable[str], reason: str) -> tuple[list[str], str]:
    """The form fields somebody wants kept secret, and why. Raises `InvalidInput`."""
    known, text = {field.code for field in definition.fields}, reason.strip()
    chosen = sorted(set(fields))
    if not chosen or set(chosen) - known:
        raise InvalidInput(field=Words("不公开的内容", "what to keep secret"), reason_zh="请至少勾选一项", reason_en="tick at least one")
    if not text:
        raise InvalidInput(field=Words("理由", "reason"), reason_zh="请说明为什么是商业秘密或者个人隐私", reason_en="say why it is a trade secret or private")
    if len(text) > LONGEST:
        raise InvalidInput(field=Words("理由", "reason"), reason_zh=f"最多 {LONGEST} 个字", reason_en=f"at most {LONGEST} characters")
    return chosen, text


def open_lines(content: Iterable[Mapping[str, Any]]) -> str:
    """The content as one cell: label and value, one after the other."""
    return "；".join(f"{line['zh']}：{line['value']}" for line in content)
