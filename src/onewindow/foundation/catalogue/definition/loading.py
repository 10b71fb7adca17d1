"""Reading definitions: from a file or a dict to a `Definition`, or to every fault by address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from onewindow.foundation.catalogue.definition.findings import DefinitionWrong, Finding
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.rules import faults
from onewindow.foundation.catalogue.definition.shapes import shape_findings
from onewindow.foundation.catalogue.definition.sourcing import misquoted
from onewindow.foundation.catalogue.definition.statutes import Statute


def load(source: Path | str | Mapping[str, Any]) -> Definition:
    """A sound definition, from a file's path or its content.

    Raises `DefinitionWrong` naming every field that has the wrong shape or, the shapes being right,
    every rule that is broken. Quotations are checked by `examine`, which needs the texts.
    """
    definition, found = _looked_over(json.dumps(file_data(source)))
    if found:
        raise DefinitionWrong(found)
    return definition


@lru_cache(maxsize=128)
def _looked_over(text: str) -> tuple[Definition, tuple[Finding, ...]]:
    """The definition of this text and every rule it breaks, found once: a district is read more often than its items change."""
    definition = _shaped(text)
    return definition, tuple(faults(definition))


def read(source: Path | str | Mapping[str, Any]) -> Definition:
    """A definition of the right shape, its rules unchecked: what an editor's draft may be."""
    return _shaped(json.dumps(file_data(source)))


@lru_cache(maxsize=128)
def _shaped(text: str) -> Definition:
    try:
        return Definition.model_validate_json(text)
    except ValidationError as error:
        raise DefinitionWrong(shape_findings(json.loads(text), error)) from None


def examine(source: Path | str | Mapping[str, Any], texts: Mapping[str, Statute]) -> list[Finding]:
    """Every fault of a definition: shape first, and that being right, rules, sources and quotations."""
    try:
        definition, found = _looked_over(json.dumps(file_data(source)))
    except DefinitionWrong as wrong:
        return list(wrong.findings)
    return sorted([*found, *misquoted(definition, texts)])


def file_data(source: Path | str | Mapping[str, Any]) -> Any:
    """What stands in a file, or was given. Raises `DefinitionWrong` for a file that cannot be read or is no JSON."""
    if isinstance(source, Mapping):
        return source
    try:
        return json.loads(Path(source).read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise DefinitionWrong(
            [Finding("/", "unreadable", f"文件无法读取：{reason}。", f"cannot be read: {reason}.")]
        ) from None
    except ValueError as error:
        raise DefinitionWrong(
            [Finding("/", "json-invalid", f"不是有效的 JSON：{error}。", f"is not valid JSON: {error}.")]
        ) from None
