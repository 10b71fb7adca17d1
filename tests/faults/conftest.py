"""A real centre, its district's folder and the operator of its texts, for whoever breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onewindow.config.tests.real import real_folder, swap
from onewindow.instruments.gateways.tests.operator import Operator
from tests.faults.cluster_support import open_folder
from tests.support.centre import Centre


@pytest.fixture
def centre() -> Iterator[Centre]:
    with open_folder() as folder:
        made = Centre(folder / "home")
        yield made
        if made.process is not None and made.process.poll() is None:
            made.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = real_folder(tmp_path / "district")
    for name in ("places.toml", "staff.toml"):
        swap(made / name, "（演示）", "", times=-1)
    return made


@pytest.fixture
def operator() -> Iterator[Operator]:
    with Operator() as server:
        yield server
        server.shutdown()
