"""What pydantic says about a file's shape, said at the address an editor knows and in both languages."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from onewindow.foundation.catalogue.definition.findings import Finding

_KEYS = ("code", "username", "number")  # by which a list's element is called
_WORDS = {
    "missing": "缺少此项",
    "extra_forbidden": "没有这一项，请核对名称",
    "string_type": "应为文字",
    "string_too_short": "文字太短或为空",
    "string_too_long": "文字太长",
    "string_pattern_mismatch": "格式不符",
    "literal_error": "不在允许的取值内",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "bool_type": "应为 true 或 false",
    "tuple_type": "应为列表",
    "dict_type": "应为键值对照",
    "model_type": "应为对象",
    "too_short": "项数太少",
    "greater_than_equal": "数值太小",
    "less_than_equal": "数值太大",
    "union_tag_invalid": "依据种类应为 statute、unverified 或 demo",
    "union_tag_not_found": "没有写明依据种类 kind",
    "date_type": "应为日期",
    "time_type": "应为时间",
}


def shape_findings(data: Any, error: ValidationError) -> list[Finding]:
    """One finding for each thing that has the wrong shape."""
    return [
        Finding(
            _address(data, detail["loc"]),
            detail["type"].replace("_", "-"),
            f"{_WORDS.get(detail['type'], '不符合要求')}。",
            f"{detail['msg']}.",
        )
        for detail in error.errors()
    ]


def _address(node: Any, location: tuple[int | str, ...]) -> str:
    """The location in the data, a list's element by its code where it has one."""
    names: list[str] = []
    for index, part in enumerate(location):
        if isinstance(node, list | tuple) and isinstance(part, int):
            element = node[part] if part < len(node) else None
            names.append(_called(element) or str(part))
            node = element
        elif isinstance(node, dict) and part in node:
            names.append(str(part).strip("/"))  # an address under `sources` brings its own stroke
            node = node[part]
        elif index == len(location) - 1 and part != "[key]":
            names.append(str(part))  # a field that is missing
        # otherwise the tag of a union or a note about a key: not a place in the data
    return "/" + "/".join(names)


def _called(element: Any) -> str | None:
    if isinstance(element, dict):
        for key in _KEYS:
            if isinstance(name := element.get(key), str) and name:
                return name
    return None
