"""SM3 (GB/T 32905) digests, HMAC-SM3 and the Merkle root over a list of leaves."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.hazmat.primitives import hashes, hmac

_SM3 = hashes.SM3()


def sm3(*parts: bytes) -> bytes:
    """SM3 over the concatenation of `parts`: 32 bytes."""
    digest = hashes.Hash(_SM3)
    for part in parts:
        digest.update(part)
    return digest.finalize()


def hmac_sm3(key: bytes, message: bytes) -> bytes:
    """HMAC-SM3 (GB/T 15852.2): 32 bytes."""
    mac = hmac.HMAC(key, _SM3)
    mac.update(message)
    return mac.finalize()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of RFC 9162 §2.1 with SM3 in place of SHA-256.

    Leaves and nodes are hashed under different prefixes, so no node can pass for a leaf.
    """
    if not leaves:
        return sm3()
    level = [sm3(b"\x00", leaf) for leaf in leaves]
    while len(level) > 1:
        paired = [sm3(b"\x01", level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            paired.append(level[-1])
        level = paired
    return level[0]
