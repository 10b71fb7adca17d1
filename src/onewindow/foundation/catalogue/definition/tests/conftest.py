"""The two demonstration items, as data to mutate and as definitions, and the statute texts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from onewindow.foundation.catalogue.definition import (
    Definition,
    Statute,
    demo_folder,
    load,
    read_statutes,
    statutes_folder,
)


def raw(code: str) -> dict[str, Any]:
    """A fresh copy of a demonstration item's data."""
    body: dict[str, Any] = json.loads((demo_folder() / "items" / f"{code}.json").read_text(encoding="utf-8"))
    return body


@pytest.fixture
def food_data() -> dict[str, Any]:
    return raw("food-business-licence")


@pytest.fixture(scope="session")
def food() -> Definition:
    return load(raw("food-business-licence"))


@pytest.fixture(scope="session")
def hygiene() -> Definition:
    return load(raw("public-place-hygiene-licence"))


@pytest.fixture(scope="session")
def texts() -> dict[str, Statute]:
    return read_statutes(statutes_folder())
