"""Keys on disk: one file whoever comes first, readable by its owner only, and old data readable after rotation."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from onewindow.kernel.crypto import Keyring, KeyUnknown, SealKey, installed

OPEN = """
import sys, pathlib
from onewindow.kernel.crypto import Keyring, SealKey
sys.stdin.readline()
if sys.argv[1] == "keyring":
    ring = Keyring.open(pathlib.Path(sys.argv[2]))
    print(ring.wrap["k1"].hex(), ring.index["i1"].hex())
else:
    print(SealKey.open(pathlib.Path(sys.argv[2])).id)
"""


def raced_by_processes(kind: str, path: Path, n: int = 8) -> set[str]:
    """What n processes, let go together, read from a file none of them finds."""
    running = [
        subprocess.Popen([sys.executable, "-c", OPEN, kind, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(n)
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60)[0].strip() for process in running]
    assert [process.returncode for process in running] == [0] * n
    return set(answers)


@pytest.mark.parametrize("kind", ["keyring", "seal"])
def test_eight_processes_that_race_agree_on_one_key_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "keys" / "file"
    assert len(raced_by_processes(kind, path)) == 1
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("kind", ["keyring", "seal"])
def test_eight_threads_that_race_agree_on_one_key_file(tmp_path: Path, kind: str) -> None:
    for attempt in range(20):
        path, gate = tmp_path / str(attempt) / "file", Barrier(8)

        def read(path: Path = path, gate: Barrier = gate) -> str:
            gate.wait(10)
            return Keyring.open(path).wrap["k1"].hex() if kind == "keyring" else SealKey.open(path).id

        with ThreadPoolExecutor(8) as pool:
            answers = {done.result() for done in [pool.submit(read) for _ in range(8)]}
        assert len(answers) == 1
        assert [entry.name for entry in path.parent.iterdir()] == ["file"]


def test_a_saved_keyring_is_read_again_key_by_key(tmp_path: Path) -> None:
    path = tmp_path / "fields.json"
    ring = Keyring.open(path)
    assert (list(ring.wrap), list(ring.index)) == (["k1"], ["i1"])
    assert (len(ring.wrap["k1"]), len(ring.index["i1"])) == (16, 32)
    assert ring.rotate() == "k2" == ring.current
    ring.save(path)
    again = Keyring.open(path)
    assert (again.wrap, again.index, again.current, again.current_index) == (ring.wrap, ring.index, "k2", "i1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["fields.json"]


def test_a_key_the_ring_does_not_hold_is_named() -> None:
    with pytest.raises(KeyUnknown, match="k9"):
        Keyring.fresh().wrap_key("k9")


def test_two_fresh_keyrings_share_nothing() -> None:
    one, other = Keyring.fresh(), Keyring.fresh()
    assert one.wrap["k1"] != other.wrap["k1"] and one.index["i1"] != other.index["i1"]
    assert one.wrap["k1"] not in (one.index["i1"][:16], one.index["i1"][16:])


def test_the_installed_vault_sees_a_rotation(tmp_path: Path, settings: object) -> None:
    path = tmp_path / "fields.json"
    settings.FIELD_KEYS = str(path)  # type: ignore[attr-defined]
    before = installed.vault()
    assert path.exists() and installed.vault() is before
    ring = Keyring.open(path)
    ring.rotate()
    ring.save(path)
    assert installed.vault().keyring.current == "k2"


def test_a_seal_key_signs_what_only_it_can_sign(tmp_path: Path) -> None:
    key, other = SealKey.open(tmp_path / "one"), SealKey.open(tmp_path / "other")
    signature = key.sign(b"message")
    assert key.verifies(signature, b"message")
    assert not key.verifies(signature, b"messagf")
    assert not key.verifies(signature[:-1] + bytes([signature[-1] ^ 1]), b"message")
    assert not other.verifies(signature, b"message")
    assert (key.id != other.id, len(key.id)) == (True, 16)


def test_the_auditor_s_half_can_verify_and_not_sign(tmp_path: Path) -> None:
    key = SealKey.open(tmp_path / "one")
    auditor = SealKey(key.public)
    assert auditor.verifies(key.sign(b"m"), b"m") and auditor.id == key.id
    with pytest.raises(ValueError, match="only verify"):
        auditor.sign(b"m")


def test_a_keyring_file_holds_nothing_but_keys(tmp_path: Path) -> None:
    path = tmp_path / "fields.json"
    Keyring.open(path)
    stored = json.loads(path.read_text())
    assert {family: list(keys) for family, keys in stored.items()} == {"wrap": ["k1"], "index": ["i1"]}
