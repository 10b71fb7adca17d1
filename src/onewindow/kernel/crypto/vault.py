"""Personal data at rest: one key a record, SM4-GCM values, blind indexes to find them by.

An `Envelope` is the record's own key, wrapped under a key of the keyring. Values are encrypted under
the record key with the name of their field as associated data, so a ciphertext moved to another
field or record does not open. Erasing the envelope makes every value of the record unreadable in
every copy; rotating rewraps envelopes and leaves values alone. SM4: GB/T 32907.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from onewindow.kernel.crypto.digests import hmac_sm3
from onewindow.kernel.crypto.keyring import Keyring

_NONCE, _TAG, _KEY = 12, 16, 16


class Tampered(Exception):
    """A ciphertext is not what was written, or stands in the wrong place."""


class Erased(Exception):
    """The record's key was destroyed; its personal data cannot be read again."""


@dataclass(frozen=True)
class Envelope:
    """A record's key, unwrapped and in memory only."""

    key: bytes

    def seal(self, field: str, value: str) -> bytes:
        """Encrypt one value of the record: nonce, ciphertext, tag."""
        return _encrypt(self.key, value.encode(), field.encode())

    def open(self, field: str, sealed: bytes) -> str:
        """Decrypt one value; `Tampered` if it is not what was sealed for this field of this record."""
        return _decrypt(self.key, sealed, field.encode()).decode()

    def seal_bytes(self, field: str, value: bytes) -> bytes:
        """Encrypt what is no text, such as a picture."""
        return _encrypt(self.key, value, field.encode())

    def open_bytes(self, field: str, sealed: bytes) -> bytes:
        """Decrypt what `seal_bytes` sealed; `Tampered` as for `open`."""
        return _decrypt(self.key, sealed, field.encode())


class Vault:
    """Makes and opens envelopes, and indexes values blindly, with the keys of one keyring."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring

    def new(self) -> tuple[Envelope, bytes]:
        """A new record key, and the wrapped form to store with the record."""
        envelope = Envelope(os.urandom(_KEY))
        return envelope, self.wrap(envelope)

    def wrap(self, envelope: Envelope) -> bytes:
        name = self.keyring.current.encode()
        return bytes([len(name)]) + name + _encrypt(self.keyring.wrap_key(name.decode()), envelope.key, b"record-key")

    def unwrap(self, wrapped: bytes) -> Envelope:
        """The record key; `Erased` if it was destroyed, `KeyUnknown` if the keyring lacks its key, `Tampered` if it was changed."""
        if not wrapped:
            raise Erased
        try:
            name = wrapped[1 : 1 + wrapped[0]].decode()
        except UnicodeDecodeError:
            raise Tampered from None
        return Envelope(_decrypt(self.keyring.wrap_key(name), wrapped[1 + wrapped[0] :], b"record-key"))

    def rewrap(self, wrapped: bytes) -> bytes:
        """The same record key under the current wrap key."""
        return self.wrap(self.unwrap(wrapped))

    def is_current(self, wrapped: bytes) -> bool:
        """Whether the record's key is wrapped under the newest wrap key; an erased record has none."""
        return bool(wrapped) and wrapped[1 : 1 + wrapped[0]] == self.keyring.current.encode()

    def blind(self, field: str, value: str) -> bytes:
        """The blind index of a normalised value: equal values match, nothing else can be read from it."""
        key = self.keyring.index[self.keyring.current_index]
        return hmac_sm3(key, field.encode() + b"\x00" + value.encode())


def _encrypt(key: bytes, plain: bytes, context: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(context)
    return nonce + encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def _decrypt(key: bytes, sealed: bytes, context: bytes) -> bytes:
    nonce, body, tag = sealed[:_NONCE], sealed[_NONCE:-_TAG], sealed[-_TAG:]
    try:
        decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(context)
        return decryptor.update(body) + decryptor.finalize()
    except (InvalidTag, ValueError):
        raise Tampered from None
