"""A word shown to people, in both languages: labels of states, verbs, permissions, roles.

Sentences of screens go through gettext; these short labels belong to the things they name and
travel with them, so that a command without Django can print them too.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """Chinese first, English second."""

    zh: str
    en: str

    def read(self, language: str) -> str:
        """The label for a reader of `language`; anything but English reads Chinese."""
        return self.en if language.lower().startswith("en") else self.zh
