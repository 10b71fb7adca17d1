"""Commercial cryptography of the house: SM3 digests, SM4-GCM fields, HMAC-SM3 blind indexes, keys on disk."""

from onewindow.kernel.crypto.digests import hmac_sm3, merkle_root, sm3
from onewindow.kernel.crypto.keyring import Keyring, KeyUnknown
from onewindow.kernel.crypto.signing import SealKey
from onewindow.kernel.crypto.vault import Envelope, Erased, Tampered, Vault

__all__ = [
    "Envelope",
    "Erased",
    "KeyUnknown",
    "Keyring",
    "SealKey",
    "Tampered",
    "Vault",
    "hmac_sm3",
    "merkle_root",
    "sm3",
]
