"""Where the demonstration district and the statute texts lie."""

from __future__ import annotations

import os
from pathlib import Path


def demo_folder() -> Path:
    """The ``demo`` folder: what ONEWINDOW_DEMO names, else the one of this checkout."""
    named = os.environ.get("ONEWINDOW_DEMO")
    return Path(named) if named else _root() / "demo"


def statutes_folder() -> Path:
    """The statute texts: what ONEWINDOW_STATUTES names, else ``docs/law/statutes`` of this checkout."""
    named = os.environ.get("ONEWINDOW_STATUTES")
    return Path(named) if named else _root() / "docs" / "law" / "statutes"


def _root() -> Path:
    """The nearest folder above this file that holds both ``demo`` and ``docs``."""
    here = Path(__file__).resolve()
    for folder in here.parents:
        if (folder / "demo").is_dir() and (folder / "docs").is_dir():
            return folder
    raise FileNotFoundError("no demo folder above the package: set ONEWINDOW_DEMO and ONEWINDOW_STATUTES")
