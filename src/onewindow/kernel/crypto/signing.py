"""The key that signs seals. It lives in a file of its own, outside the database and its backups."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from onewindow.kernel.crypto.digests import sm3


@dataclass(frozen=True)
class SealKey:
    """An Ed25519 key pair (RFC 8032); `private` is None where only checking is possible."""

    public: Ed25519PublicKey
    private: Ed25519PrivateKey | None = None

    @classmethod
    def open(cls, path: Path) -> SealKey:
        """Read the private key at `path`, creating it (mode 0600) on first use."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
            scratch = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
            with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(fresh)
                stream.flush()
                os.fsync(stream.fileno())
            try:
                os.link(scratch, path)
            except FileExistsError:
                pass
            finally:
                scratch.unlink()
        private = Ed25519PrivateKey.from_private_bytes(path.read_bytes())
        return cls(private.public_key(), private)

    @classmethod
    def standing(cls, path: Path) -> SealKey | None:
        """The key at `path` for checking only; None where there is none. Makes nothing."""
        return cls(cls.open(path).public) if path.exists() else None

    @property
    def id(self) -> str:
        """The first 16 hexadecimal digits of SM3 over the public key."""
        return sm3(self.public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hex()[:16]

    def sign(self, message: bytes) -> bytes:
        if self.private is None:
            raise ValueError("this seal key can only verify")
        return self.private.sign(message)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        try:
            self.public.verify(signature, message)
        except InvalidSignature:
            return False
        return True
