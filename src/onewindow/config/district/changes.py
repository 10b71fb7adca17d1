"""What loading a district did, one thing at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onewindow.kernel.words import Words


@dataclass(frozen=True)
class Change:
    """One thing that was done; ``kept``: one that the folder does not have, and that was left as it is."""

    kind: Literal["added", "renewed", "withdrawn", "kept"]
    words: Words
