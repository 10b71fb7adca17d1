"""The virtual phone shows what arrived: each reference once, newest first, whoever writes at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest

from onewindow.instruments.gateways import Gateway
from onewindow.instruments.gateways.tests.contract import GatewayContract, Inbox
from onewindow.instruments.gateways.virtual import VirtualPhones

SEND_FIVE = """
import sys, pathlib
from onewindow.instruments.gateways.virtual import VirtualPhones
for n in range(5):
    VirtualPhones(pathlib.Path(sys.argv[1])).send(reference=f"r{n}", phone="1", text="same")
"""


def test_a_message_arrives(tmp_path: Path) -> None:
    phones = VirtualPhones(tmp_path / "devices" / "phones.sqlite")
    assert (phones.phones(), phones.inbox("1")) == ([], [])
    phones.send(reference="a", phone="1", text="第一条")
    phones.send(reference="b", phone="2", text="other")
    phones.send(reference="c", phone="1", text="第二条")
    assert [(m.text, m.reference, m.times) for m in phones.inbox("1")] == [("第二条", "c", 1), ("第一条", "a", 1)]
    assert phones.phones() == [("1", 2), ("2", 1)]
    assert all(m.at.tzinfo == UTC for m in phones.inbox("1"))


def test_the_same_reference_again_is_counted_and_not_shown_again(tmp_path: Path) -> None:
    phones = VirtualPhones(tmp_path / "phones.sqlite")
    for _ in range(3):
        phones.send(reference="a", phone="1", text="x")
    assert [(m.text, m.times) for m in phones.inbox("1")] == [("x", 3)]


def test_four_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "phones.sqlite"
    running = [subprocess.Popen([sys.executable, "-c", SEND_FIVE, str(path)]) for _ in range(4)]
    assert [process.wait(timeout=60) for process in running] == [0] * 4
    assert sorted((m.reference, m.times) for m in VirtualPhones(path).inbox("1")) == [(f"r{n}", 4) for n in range(5)]


class TestContract(GatewayContract):
    @pytest.fixture
    def gateway(self, tmp_path: Path) -> Gateway:
        return VirtualPhones(tmp_path / "phones.sqlite")

    @pytest.fixture
    def again(self, tmp_path: Path) -> Gateway:
        return VirtualPhones(tmp_path / "phones.sqlite")

    @pytest.fixture
    def inbox(self, tmp_path: Path) -> Inbox:
        return lambda phone: [(m.reference, m.text) for m in reversed(VirtualPhones(tmp_path / "phones.sqlite").inbox(phone))]
