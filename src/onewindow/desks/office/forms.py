"""A form that was refused comes back as it was sent, with the sentence at its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from onewindow.kernel.errors import Refusal
from onewindow.kernel.words import Words

Refused = dict[str, Any]


def as_sent(request: HttpRequest, form: str, refusal: Refusal, fields: Mapping[str, Words]) -> Refused:
    """What a page shows of a refused form: which form, the field it is about (empty: the whole), the sentence, what was typed.

    A password is never among what was typed.
    """
    about = refusal.details.get("field")
    field = next((name for name, words in fields.items() if words.zh == about), "")
    typed = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if "password" not in name:
            typed.setlist(name, values)
    return {"form": form, "field": field, "sentence": sentence(refusal), "typed": typed, "chosen": typed.getlist("roles"), "status": refusal.status}


def sentence(refusal: Refusal) -> str:
    return refusal.message(get_language() or "zh-hans")
