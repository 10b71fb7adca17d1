"""Where an installation keeps what is not in the database: its home, keys, anchor, logs."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parents[1]


def home() -> Path:
    """`ONEWINDOW_HOME`, else ``var/`` of the checkout."""
    return Path(os.environ.get("ONEWINDOW_HOME") or CHECKOUT / "var").resolve()


def field_keys() -> Path:
    return home() / "keys" / "fields.json"


def seal_key() -> Path:
    return home() / "keys" / "seal.key"


def secret_key() -> Path:
    return home() / "keys" / "secret"


def gateway_key() -> Path:
    """The key that requests to the text gateway are signed with."""
    return home() / "keys" / "gateway.key"


def payments_key() -> Path:
    """The key that requests to the payment platform, and what it tells of payments, are signed with."""
    return home() / "keys" / "payments.key"


def anchor() -> Path:
    """The anchor file; a real centre points `ONEWINDOW_ANCHOR` at another machine's or write-once storage."""
    named = os.environ.get("ONEWINDOW_ANCHOR")
    return Path(named) if named else home() / "anchor" / "seals.jsonl"


def virtual_phones() -> Path:
    return home() / "devices" / "phones.sqlite"


def virtual_treasury() -> Path:
    """The virtual payment platform of the demonstration."""
    return home() / "devices" / "treasury.sqlite"


def tray() -> Path:
    """What came out of the virtual printer."""
    return home() / "devices" / "tray"
