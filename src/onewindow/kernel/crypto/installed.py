"""The vault of this installation: the keyring whose path the settings name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from onewindow.kernel.crypto.keyring import Keyring
from onewindow.kernel.crypto.vault import Vault


def vault() -> Vault:
    """The vault over the keyring on disk; reads the file again when it has been changed (rotation)."""
    path = Path(settings.FIELD_KEYS)
    if not path.exists():
        Keyring.open(path)
    return _vault(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _vault(path: Path, changed: int) -> Vault:
    return Vault(Keyring.open(path))
