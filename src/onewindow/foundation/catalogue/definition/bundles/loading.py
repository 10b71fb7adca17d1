"""Reading bundles: from a file or a dict to a `Bundle`, or to every fault by address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from onewindow.foundation.catalogue.definition.bundles.model import Bundle
from onewindow.foundation.catalogue.definition.bundles.rules import bundle_faults
from onewindow.foundation.catalogue.definition.findings import DefinitionWrong, Finding
from onewindow.foundation.catalogue.definition.loading import file_data
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.shapes import shape_findings
from onewindow.foundation.catalogue.definition.sourcing import misquoted
from onewindow.foundation.catalogue.definition.statutes import Statute


def read_bundle(source: Path | str | Mapping[str, Any]) -> Bundle:
    """A bundle of the right shape, its rules unchecked. Raises `DefinitionWrong` naming every field that has the wrong shape."""
    data = file_data(source)
    try:
        return Bundle.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise DefinitionWrong(shape_findings(data, error)) from None


def load_bundle(source: Path | str | Mapping[str, Any], items: Mapping[str, Definition]) -> Bundle:
    """A sound bundle of these items. Raises `DefinitionWrong` with every fault."""
    bundle = read_bundle(source)
    if found := bundle_faults(bundle, items):
        raise DefinitionWrong(found)
    return bundle


def examine_bundle(source: Path | str | Mapping[str, Any], items: Mapping[str, Definition], texts: Mapping[str, Statute]) -> list[Finding]:
    """Every fault of a bundle: shape first, and that being right, rules, sources and quotations."""
    try:
        bundle = read_bundle(source)
    except DefinitionWrong as wrong:
        return list(wrong.findings)
    return sorted([*bundle_faults(bundle, items), *misquoted(bundle, texts)])
