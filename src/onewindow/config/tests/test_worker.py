"""A worker that cannot write how a job ended makes way for another."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from onewindow.config.processes.worker import or_go


def test_what_is_written_is_written_and_nobody_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *said: gone.append(said))

    async def write(job: str, *, status: str) -> str:
        return f"{job} {status}"

    assert asyncio.run(or_go(write)("7", status="done")) == "7 done" and gone == []


def test_what_cannot_be_written_ends_the_worker_and_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *said: gone.append(said))

    async def write() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        asyncio.run(or_go(write)())
    assert gone == [(os.getpid(), signal.SIGTERM)]
