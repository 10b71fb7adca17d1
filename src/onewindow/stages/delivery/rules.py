"""Pure rules of results: what stands on a licence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from onewindow.foundation.catalogue.definition import Definition

_REFERENCE = re.compile(r"\{([a-z]+)\.?([a-z-]*)(?::(\d+))?\}")


def licence_number(definition: Definition, *, region: str, granted: date, serial: int) -> str:
    """The number from the item's pattern: ``{region}``, ``{year}`` and ``{serial:width}``."""
    values = {"region": region, "year": str(granted.year), "serial": str(serial)}
    return _REFERENCE.sub(lambda m: values[m[1]].zfill(int(m[3] or 0)), definition.result.number_pattern)


def licence_lines(definition: Definition, references: Mapping[str, str]) -> list[tuple[str, str]]:
    """The lines of the licence as (Chinese label, value), references such as ``{form.premises}`` filled in.

    A reference without a value leaves its place empty; a line left without any value is left out.
    """
    lines = []
    for line in definition.result.template.lines:
        value = _REFERENCE.sub(lambda m: references.get(f"{m[1]}.{m[2]}", ""), line.value).strip()
        if value:
            lines.append((line.label.zh, value))
    return lines
