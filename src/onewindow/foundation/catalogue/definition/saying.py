"""What a part is called and a value is said in words: a name, a length of time, a condition."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from onewindow.foundation.catalogue.definition.addressing import ABSENT, Body, value_at
from onewindow.foundation.catalogue.definition.fields import Field
from onewindow.foundation.catalogue.definition.labels import UNITS, value_words
from onewindow.kernel.words import Words

LONGEST_NAME = 30
LONGEST_ENGLISH = 70
_NAMED_BY = ("name", "text", "title", "label", "message", "question", "note")
_NOWHERE = Words("（空）", "(nothing)")


def name_of(element: Any, code: str) -> Words:
    """What a part is called: its name, else its text, else its code; cut short."""
    if isinstance(element, Mapping):
        for name in _NAMED_BY:
            text = element.get(name)
            if isinstance(text, Mapping) and text.get("zh"):
                return Words(_cut(str(text["zh"]), LONGEST_NAME), _cut(str(text.get("en") or text["zh"]), LONGEST_ENGLISH))
        if element.get("law"):
            called = f"{str(element['law']).partition('(')[0]}{element.get('article', '')}"
            return Words(called, called)
    return Words(code, code)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def said(field: Field | None, value: Any, body: Body) -> Words:
    """A value in words."""
    if value is ABSENT or value is None or value == [] or value == "":
        return _NOWHERE
    if field is not None and field.kind == "when" and isinstance(value, list):
        return condition_words(value, body)
    if field is not None and field.kind == "span" and isinstance(value, Mapping):
        unit = UNITS.get(str(value.get("unit")), Words(str(value.get("unit")), str(value.get("unit"))))
        return Words(f"{value.get('n')} {unit.zh}", f"{value.get('n')} {unit.en}")
    if field is not None and not isinstance(value, list | Mapping):
        return value_words(field, value)
    if isinstance(value, list) and all(not isinstance(one, list | Mapping) for one in value):
        each = [value_words(field, one) if field else Words(str(one), str(one)) for one in value]
        return Words("、".join(one.zh for one in each), ", ".join(one.en for one in each))
    if isinstance(value, Mapping) and isinstance(value.get("zh"), str):
        return Words(value["zh"], str(value.get("en") or ""))
    called = name_of(value, "")
    if called.zh:
        return called
    text = json.dumps(value, ensure_ascii=False)
    return Words(text, text)


def condition_words(when: Any, body: Body) -> Words:
    """A condition in words: “经营哪一类？”答“餐饮”或“食堂”."""
    groups: list[Words] = []
    for group in when if isinstance(when, list) else []:
        terms = []
        for code, chosen in group.items() if isinstance(group, Mapping) else ():
            question = value_at(body, f"/questions/{code}")
            asked = name_of(question, str(code))
            answers = [name_of(value_at(body, f"/questions/{code}/answers/{answer}"), str(answer)) for answer in chosen]
            terms.append(Words(
                f"“{asked.zh}”答{'或'.join(f'“{answer.zh}”' for answer in answers)}",
                f"“{asked.en}” is {' or '.join(f'“{answer.en}”' for answer in answers)}",
            ))  # fmt: skip
        groups.append(Words("，且".join(term.zh for term in terms), " and ".join(term.en for term in terms)))
    return Words("；或者".join(group.zh for group in groups), "; or ".join(group.en for group in groups))
