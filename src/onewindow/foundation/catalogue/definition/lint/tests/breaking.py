"""Ways to break a definition, for the tests of lint."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from onewindow.foundation.catalogue.definition import read_statutes, statutes_folder

FOOD, PERMIT, LABOUR, IDENTITY, SIGN = (
    "food-business-licence", "residence-permit", "labour-dispatch-licence", "resident-identity-card", "outdoor-signboard",
)  # fmt: skip
Data = dict[str, Any]
Break = Callable[[Data], object]
GONE = object()
TEXT = {"zh": "字" * 61, "en": "w"}
APPLICATION = "/materials/application"


@cache
def texts() -> Any:
    return read_statutes(statutes_folder())


def put(address: str, value: Any) -> Break:
    """Set the fact at an address, a list's element by its code; `GONE` takes it away."""

    def breaking(data: Data) -> None:
        node: Any = data
        *way, last = address[1:].split("/")
        for part in way:
            node = next(x for x in node if x["code"] == part) if isinstance(node, list) else node[part]
        if value is GONE:
            del node[last]
        else:
            node[last] = value

    return breaking
