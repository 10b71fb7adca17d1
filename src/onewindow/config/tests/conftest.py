"""A database in which a real district has been loaded over the demonstration: made once a run, left by each test as it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from onewindow.config.district.loading import NEEDED, load
from onewindow.config.district.reading import read_folder
from onewindow.config.tests.real import real_folder
from onewindow.kernel.permissions import Actor

BY = Actor("operator", "uid-1000", frozenset(permission.code for permission in NEEDED))
Enter = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def real_district(clone: Callable[[str], AbstractContextManager[Enter]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Enter]:
    """What enters it."""
    folder = real_folder(tmp_path_factory.mktemp("real") / "district")
    with clone(f"real_{os.getpid()}") as enter:
        with enter():
            load(read_folder(folder), by=BY)
        yield enter


@pytest.fixture
def in_real_district(real_district: Enter) -> Iterator[None]:
    """Before `db`, so that what the test does is undone there."""
    with real_district():
        yield


@pytest.fixture
def loaded(in_real_district: None, db: None, tmp_path: Path) -> Path:
    """The folder as it was loaded over the demonstration of the test database: the same district with real sources."""
    return real_folder(tmp_path / "district")
