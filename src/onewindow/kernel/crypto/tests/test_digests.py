"""SM3, HMAC-SM3 and the Merkle root, against published vectors and the definition itself."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onewindow.kernel.crypto import hmac_sm3, merkle_root, sm3

VECTORS = json.loads((Path(__file__).parents[5] / "tests" / "data" / "test_vectors.json").read_text())
FEW = settings(derandomize=True, max_examples=200, deadline=None)


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1 word for word: split at the largest power of two smaller than the number of leaves."""
    if not leaves:
        return sm3()
    if len(leaves) == 1:
        return sm3(b"\x00" + leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sm3(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:]))


def test_sm3_of_the_standard_s_examples() -> None:
    assert sm3(b"abc").hex() == VECTORS["sm3"]["abc"]
    assert sm3(b"abcd" * 16).hex() == VECTORS["sm3"]["abcd*16"]
    assert sm3().hex() == "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"


def test_sm4_of_the_standard_s_example() -> None:
    block = VECTORS["sm4_ecb_block"]
    encryptor = Cipher(algorithms.SM4(bytes.fromhex(block["key"])), modes.ECB()).encryptor()
    assert encryptor.update(bytes.fromhex(block["plain"])).hex() == block["cipher"]


@FEW
@given(st.lists(st.binary(max_size=80), max_size=5))
def test_sm3_is_of_the_concatenation(parts: list[bytes]) -> None:
    assert sm3(*parts) == sm3(b"".join(parts)) == hashlib.new("sm3", b"".join(parts)).digest()


@FEW
@given(st.binary(min_size=1, max_size=130), st.binary(max_size=200))
@example(b"k" * 64, b"")
@example(b"k" * 65, b"m")
def test_hmac_is_rfc_2104_over_sm3(key: bytes, message: bytes) -> None:
    block = (key if len(key) <= 64 else sm3(key)).ljust(64, b"\x00")
    inner = sm3(bytes(b ^ 0x36 for b in block), message)
    assert hmac_sm3(key, message) == sm3(bytes(b ^ 0x5C for b in block), inner)
    assert hmac_sm3(key, message) == hmac.new(key, message, lambda start=b"": hashlib.new("sm3", start)).digest()


@pytest.mark.parametrize("n", range(10))
def test_merkle_trees_of_every_small_shape(n: int) -> None:
    leaves = [bytes([i]) * (i + 1) for i in range(n)]
    assert merkle_root(leaves) == naive_root(leaves)


@FEW
@given(st.lists(st.binary(max_size=40), max_size=70))
def test_merkle_root_is_the_definition_s(leaves: list[bytes]) -> None:
    assert merkle_root(leaves) == naive_root(leaves)


@FEW
@given(st.lists(st.binary(max_size=8), min_size=1, max_size=33), st.data())
def test_any_change_of_the_leaves_changes_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    root, at = merkle_root(leaves), data.draw(st.integers(0, len(leaves) - 1))
    assert merkle_root([*leaves[:at], leaves[at] + b"\x00", *leaves[at + 1 :]]) != root
    assert merkle_root(leaves[:at] + leaves[at + 1 :]) != root
    assert merkle_root([*leaves, leaves[-1]]) != root
    swapped = [*leaves[:at], *reversed(leaves[at:])]
    assert (merkle_root(swapped) == root) is (swapped == leaves)


def test_a_node_cannot_pass_for_a_leaf() -> None:
    left, right = sm3(b"\x00", b"a"), sm3(b"\x00", b"b")
    assert merkle_root([b"a", b"b"]) != merkle_root([left + right])
