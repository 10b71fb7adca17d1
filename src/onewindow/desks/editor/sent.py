"""From what a form sent to changes by address: each field as its kind wants it, and only what differs from what the page showed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from onewindow.foundation.catalogue.definition.addressing import ABSENT, Body, Change, coded, parts, value_at
from onewindow.foundation.catalogue.definition.comparing import alike
from onewindow.foundation.catalogue.definition.fields import Field, blank, empty, field_at
from onewindow.kernel.errors import InvalidInput, StateConflict
from onewindow.kernel.words import Words

_NUMBER = re.compile(r"-?\d{1,9}")
_STEMS = {
    "conditions": "condition", "prohibitions": "prohibition", "rights": "right", "duties": "duty", "questions": "question", "answers": "answer",
    "materials": "material", "acceptance_points": "point", "lines": "line", "form": "section", "fields": "field", "choices": "choice", "steps": "step",
    "points": "point", "items": "fee", "citations": "citation", "files": "file", "faq": "question", "intermediaries": "service",
}  # fmt: skip
_FIELD = Words("修改", "changes")


def edition(request: HttpRequest) -> int:
    """The edition a page was shown at. Raises `StateConflict` for none."""
    try:
        return int(request.POST.get("edition", ""))
    except ValueError:
        raise StateConflict from None


def typed(sent: QueryDict, shown: Body) -> list[Change]:
    """What was typed: a field is named by its address after ``v:``; ``at`` names those whose every tick was taken away."""
    addresses = dict.fromkeys([name.removeprefix("v:") for name in sent if name.startswith("v:")] + sent.getlist("at"))
    changes = []
    for address in addresses:
        change = _change(address, [value.replace("\r\n", "\n") for value in sent.getlist(f"v:{address}")], shown)
        if change is not None:
            changes.append(change)
    return changes


def _change(address: str, values: list[str], shown: Body) -> Change | None:
    field = field_at(address)
    if field is None:
        raise InvalidInput(field=_FIELD, reason_zh=f"没有“{address}”这一项", reason_en=f"there is no “{address}”")
    now, standing = _read(field, address, values), value_at(shown, address)
    if now is ABSENT:
        return None if standing is ABSENT else Change("remove", address)
    if alike(now, standing) or (standing is ABSENT and now in ("", [])):
        return None
    return Change("set", address, now)


def _read(field: Field, address: str, values: list[str]) -> Any:
    """One field's value; what is no number stays as it was typed, so that nothing is lost and the fault is told beside it."""
    single = values[0] if values else ""
    last = parts(address)[-1]
    if address.startswith("/sources/"):
        return [value for value in values if value] or ABSENT
    match field.kind:
        case "number":
            return _number(single) if single.strip() else ABSENT if not field.required else ""
        case "span":
            return _number(single) if last == "n" else single
        case "flag":
            return single == "true"
        case "mark":
            return True if single == "true" else ABSENT
        case "choices":
            return [choice for choice in field.choices if choice in values]
        case "lines":
            return [value.strip() for value in values if value.strip()] if len(values) != 1 else [line.strip() for line in single.splitlines() if line.strip()]
        case "when":
            return condition(values) or ABSENT
        case "text":
            return single
        case _:
            return single if single or field.required else ABSENT


def _number(typed: str) -> Any:
    return int(typed) if _NUMBER.fullmatch(typed.strip()) else typed


def condition(values: Iterable[str]) -> list[dict[str, list[str]]]:
    """A condition from its ticks, each ``group.question.answer``; a group without a tick is none."""
    groups: dict[str, dict[str, list[str]]] = {}
    for value in values:
        group, _, rest = value.partition(".")
        question, _, answer = rest.partition(".")
        if question and answer:
            groups.setdefault(group, {}).setdefault(question, []).append(answer)
    return [groups[group] for group in sorted(groups)]


# --- parts added, taken away, moved ---------------------------------------------------------------------


def operation(wanted: str, body: Body) -> tuple[list[Change], str]:
    """The changes of one button (``add:/materials``, ``remove:…``, ``up:…``, ``down:…``, ``set:…``, ``unset:…``), and the address to go on at."""
    verb, _, address = wanted.partition(":")
    field = field_at(address)
    if field is None:
        raise InvalidInput(field=_FIELD, reason_zh=f"没有“{address}”这一项", reason_en=f"there is no “{address}”")
    match verb:
        case "add":
            return _added(field, address, body)
        case "remove" | "unset":
            return [Change("remove", address), *_orphans(address, body)], address.rpartition("/")[0]
        case "set":
            return [Change("set", address, empty(field))], address
        case "up" | "down":
            return _moved(address, body, -1 if verb == "up" else 1), address
    raise StateConflict


def _added(field: Field, address: str, body: Body) -> tuple[list[Change], str]:
    node = value_at(body, address)
    taken = {element["code"] for element in node} if coded(node) else set(node) if isinstance(node, Mapping) else set()
    if address == "/form" or "/fields" in address:  # a form field's code is unique in the whole form
        taken |= {each["code"] for section in body.get("form", []) for each in [section, *section.get("fields", [])] if isinstance(each, dict)}
    stem = _STEMS.get(field.name, "part")
    code = next(f"{stem}-{n}" for n in range(1, 10_000) if f"{stem}-{n}" not in taken)
    new = blank(*field.of, code="" if field.kind == "map" else code)
    return [Change("set", f"{address}/{code}", new)], f"{address}/{code}"


def _orphans(address: str, body: Body) -> list[Change]:
    """What vouched for a part that goes, goes too."""
    held = body.get("sources")
    return [
        Change("remove", f"/sources{place}")
        for place in (held if isinstance(held, Mapping) else ())
        if place == address or place.startswith(f"{address}/")
    ]


def _moved(address: str, body: Body, by: int) -> list[Change]:
    above, _, code = address.rpartition("/")
    node = value_at(body, above)
    codes = [element["code"] for element in node] if coded(node) else []
    if code not in codes or not 0 <= (place := codes.index(code) + by) < len(codes):
        return []
    codes.remove(code)
    return [Change("move", address, None, codes[place - 1] if place else "")]
