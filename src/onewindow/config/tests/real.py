"""A real district's folder for tests: the demonstration's, with every mark of a demonstration taken out."""

from __future__ import annotations

import shutil
from pathlib import Path

from onewindow.foundation.catalogue.definition import demo_folder


def real_folder(target: Path) -> Path:
    """The folder, made at `target`."""
    shutil.copytree(demo_folder(), target)
    (target / "applicants.toml").unlink()
    for path in target.glob("*.toml"):
        kept = [line for line in path.read_text().splitlines() if not line.startswith(("demo = ", "password = "))]
        path.write_text("\n".join(kept) + "\n")
    swap(target / "register.csv", "# demo: ", "# ")
    for path in [*(target / "items").glob("*.json"), *(target / "bundles").glob("*.json")]:
        swap(path, '"kind": "demo"', '"kind": "unverified"', times=-1)
    return target


def swap(path: Path, old: str, new: str, *, times: int = 1) -> None:
    """Change a file; what is to be changed must be there."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, times))
