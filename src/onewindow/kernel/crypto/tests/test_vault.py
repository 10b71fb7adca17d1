"""Personal data at rest: it opens where it was sealed and nowhere else, survives rotation, and dies with its key."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.kernel.crypto import Erased, Keyring, KeyUnknown, Tampered, Vault

FEW = settings(derandomize=True, max_examples=200, deadline=None)
RING = Keyring.fresh()
VAULT = Vault(RING)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@FEW
@given(TEXT, TEXT)
def test_what_was_sealed_opens_again(field: str, value: str) -> None:
    envelope, wrapped = VAULT.new()
    sealed = envelope.seal(field, value)
    assert VAULT.unwrap(wrapped).open(field, sealed) == value
    assert len(sealed) == 12 + len(value.encode()) + 16


@FEW
@given(TEXT, TEXT, TEXT)
def test_a_value_moved_to_another_field_or_record_does_not_open(value: str, field: str, other: str) -> None:
    here, there = VAULT.new()[0], VAULT.new()[0]
    sealed = here.seal(field, value)
    with pytest.raises(Tampered):
        there.open(field, sealed)
    if other != field:
        with pytest.raises(Tampered):
            here.open(other, sealed)


@FEW
@given(TEXT, st.data())
def test_one_changed_bit_anywhere_is_noticed(value: str, data: st.DataObject) -> None:
    envelope, _ = VAULT.new()
    sealed = bytearray(envelope.seal("number", value))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Tampered):
        envelope.open("number", bytes(sealed))


@FEW
@given(st.binary(max_size=60))
def test_what_was_never_sealed_does_not_open(noise: bytes) -> None:
    with pytest.raises(Tampered):
        VAULT.new()[0].open("number", noise)


@FEW
@given(st.data())
def test_one_changed_bit_of_a_wrapped_key_is_noticed(data: st.DataObject) -> None:
    wrapped = bytearray(VAULT.new()[1])
    wrapped[data.draw(st.integers(0, len(wrapped) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((Tampered, KeyUnknown)):
        VAULT.unwrap(bytes(wrapped))


def test_the_same_value_never_looks_the_same_twice() -> None:
    envelope, _ = VAULT.new()
    assert len({envelope.seal("number", "440524188001010014") for _ in range(100)}) == 100
    assert len({VAULT.new()[1] for _ in range(100)}) == 100


def test_a_value_of_another_installation_does_not_open() -> None:
    _, wrapped = Vault(Keyring.fresh()).new()
    with pytest.raises(Tampered):
        VAULT.unwrap(wrapped)


def test_an_erased_record_says_so() -> None:
    with pytest.raises(Erased):
        VAULT.unwrap(b"")
    assert not VAULT.is_current(b"")


def test_after_rotation_old_records_open_and_can_be_rewrapped() -> None:
    ring = Keyring.fresh()
    vault = Vault(ring)
    envelope, wrapped = vault.new()
    sealed = envelope.seal("phone", "12000000001")
    assert vault.is_current(wrapped)
    ring.rotate()
    assert not vault.is_current(wrapped)
    assert vault.unwrap(wrapped).open("phone", sealed) == "12000000001"
    assert vault.is_current(vault.new()[1])
    again = vault.rewrap(wrapped)
    assert vault.is_current(again) and again != wrapped
    assert vault.unwrap(again).open("phone", sealed) == "12000000001"
    del ring.wrap["k1"]
    assert vault.unwrap(again).open("phone", sealed) == "12000000001"
    with pytest.raises(KeyUnknown):
        vault.unwrap(wrapped)


def test_rotating_the_wrap_key_leaves_the_index_alone() -> None:
    ring = Keyring.fresh()
    vault = Vault(ring)
    before = vault.blind("party.number", "440524188001010014")
    ring.rotate()
    assert vault.blind("party.number", "440524188001010014") == before


@FEW
@given(TEXT, TEXT, TEXT, TEXT)
def test_blind_indexes_are_equal_exactly_for_equal_values_of_one_field(f: str, v: str, g: str, w: str) -> None:
    f, g = f.replace("\x00", ""), g.replace("\x00", "")
    assert (VAULT.blind(f, v) == VAULT.blind(g, w)) is ((f, v) == (g, w))
    assert VAULT.blind(f, v) == Vault(RING).blind(f, v)
    assert len(VAULT.blind(f, v)) == 32


def test_without_the_index_key_the_index_says_nothing() -> None:
    assert VAULT.blind("party.number", "1") != Vault(Keyring.fresh()).blind("party.number", "1")
