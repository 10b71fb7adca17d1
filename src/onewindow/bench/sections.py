"""The sections of the catalogue's bench, by name; apart so that the command can name them without Django."""

from __future__ import annotations

SECTIONS = ("pages", "paper", "search", "import")  # pages before the catalogue is made larger
