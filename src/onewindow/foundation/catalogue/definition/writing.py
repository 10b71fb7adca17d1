"""How a definition stands in a file: always the same bytes for the same content, and short enough lines to review."""

from __future__ import annotations

import json
from typing import Any

WIDEST = 160


def written(body: Any) -> str:
    """The JSON text of a body, names in the order in which they stand: what fits on a line of `WIDEST` stands on one."""
    return "".join(_lines(body, 0)) + "\n"


def _lines(node: Any, depth: int, before: int = 0) -> list[str]:
    """The text of a node; `before` is what already stands on its first line."""
    flat = json.dumps(node, ensure_ascii=False)
    if not isinstance(node, dict | list) or not node or (depth and 2 * depth + before + len(flat) + 1 <= WIDEST):
        return [flat]
    inner, parts = "  " * (depth + 1), []
    for name, value in node.items() if isinstance(node, dict) else ((None, value) for value in node):
        start = "" if name is None else json.dumps(name, ensure_ascii=False) + ": "
        parts.append("".join([inner, start, *_lines(value, depth + 1, len(start))]))
    opening, closing = "{}" if isinstance(node, dict) else "[]"
    return [opening, "\n", ",\n".join(parts), "\n", "  " * depth, closing]
