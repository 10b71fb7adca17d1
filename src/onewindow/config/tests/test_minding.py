"""The supervisor goes on where it cannot even say what it does: the log's own disk is full."""

from __future__ import annotations

import contextlib
import os
import sys
import time

import pytest

from onewindow.config.processes.up import Child


def test_a_child_is_started_again_though_nobody_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    child = Child("演示", [sys.executable, "-c", "pass"], dict(os.environ))
    child.start()
    assert child.process is not None and child.process.wait(60) == 0
    first = child.process
    full = open("/dev/full", "w", encoding="utf-8")  # noqa: SIM115  closing it would raise what is held back
    monkeypatch.setattr(sys, "stderr", full)
    child.mind(time.monotonic())
    monkeypatch.undo()
    assert child.process is not first and len(child.deaths) == 1
    child.stop()
    with pytest.raises(OSError, match="No space left"):  # which is what it had to live with
        full.flush()
    with contextlib.suppress(OSError):
        full.close()
