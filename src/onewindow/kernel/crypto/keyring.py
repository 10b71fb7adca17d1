"""Keys on disk, outside the database: named, dated, readable by their owner only.

One file holds two families. `wrap` keys wrap the record keys of personal data (one per record, see
`vault`); `index` keys make blind indexes. The newest of each family is the current one; older ones
stay until everything has been rewrapped, so rotation never makes data unreadable.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path


class KeyUnknown(Exception):
    """Data names a key this keyring does not hold."""


@dataclass
class Keyring:
    """Two families of 16-byte (wrap) and 32-byte (index) keys, oldest first."""

    wrap: dict[str, bytes] = field(default_factory=dict)
    index: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def fresh(cls) -> Keyring:
        ring = cls()
        ring.rotate()
        ring.index["i1"] = secrets.token_bytes(32)
        return ring

    @classmethod
    def open(cls, path: Path) -> Keyring:
        """Read the keyring at `path`, creating it on first use. Two processes may race to create it."""
        if not path.exists():
            cls.fresh()._write(path, replace=False)
        stored = json.loads(path.read_text())
        return cls(*({name: bytes.fromhex(value) for name, value in stored[family].items()} for family in ("wrap", "index")))

    def save(self, path: Path) -> None:
        self._write(path, replace=True)

    def _write(self, path: Path, *, replace: bool) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        body = json.dumps({"wrap": {k: v.hex() for k, v in self.wrap.items()}, "index": {k: v.hex() for k, v in self.index.items()}})
        scratch = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            os.replace(scratch, path)
            return
        try:
            os.link(scratch, path)  # atomic, and fails if another process was first
        except FileExistsError:
            pass
        finally:
            scratch.unlink()

    def rotate(self) -> str:
        """Add a new current wrap key; its name. Old records stay readable until rewrapped."""
        name = f"k{len(self.wrap) + 1}"
        self.wrap[name] = secrets.token_bytes(16)
        return name

    @property
    def current(self) -> str:
        return list(self.wrap)[-1]

    @property
    def current_index(self) -> str:
        return list(self.index)[-1]

    def wrap_key(self, name: str) -> bytes:
        try:
            return self.wrap[name]
        except KeyError:
            raise KeyUnknown(name) from None
