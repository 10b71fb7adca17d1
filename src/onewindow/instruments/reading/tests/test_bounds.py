"""A parser that hangs, eats memory, falls over or writes is stopped, told as such, and leaves nothing behind."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from onewindow.instruments import reading
from onewindow.instruments.reading.tests.handed import jpeg, why

CHILD = Path(reading.__file__).with_name("child.py")


def running(words: str) -> list[str]:
    """Command lines of whatever runs that holds these words; a process that has ended has none."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            line = (folder / "cmdline").read_text() if folder.name.isdigit() else ""
        except OSError:
            continue
        if words in line:
            found.append(line)
    return found


def scripted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """A child like ours whose parser does something else."""
    script = tmp_path / "child_like_ours.py"
    before = f"import sys; sys.path.insert(0, {str(CHILD.parent)!r})\nimport child, os, time\n"
    script.write_text(f"{before}def parse(data):\n    {body}\nchild.picture = parse\nchild.main()\n")
    monkeypatch.setattr(reading, "CHILD", (sys.executable, "-I", str(script)))


def test_a_child_that_hangs_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forked = tmp_path / "forked"
    scripted(tmp_path, monkeypatch, f"os.fork() and os.mkdir({str(forked)!r}); time.sleep(600)")
    monkeypatch.setattr(reading, "WALL_S", 2.0)
    began = time.monotonic()
    assert why(jpeg()) == "time"
    assert time.monotonic() - began < 6
    assert forked.exists() and running(str(tmp_path)) == []


def test_a_child_that_works_without_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(tmp_path, monkeypatch, "child.resource.setrlimit(child.resource.RLIMIT_CPU, (1, 1))\n    while True: pass")
    assert why(jpeg()) == "time"


def test_a_child_that_eats_memory_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(tmp_path, monkeypatch, "bytearray(600 * 1024**2)")
    assert why(jpeg()) == "memory"


@pytest.mark.parametrize("body", ["os.abort()", "os.kill(os.getpid(), 11)", "os._exit(0)", "os.write(1, b'x'); os._exit(3)"])
def test_a_child_that_falls_over_is_told_as_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    scripted(tmp_path, monkeypatch, body)
    assert why(jpeg()) == "damaged"


def test_a_child_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aim = tmp_path / "left"
    scripted(tmp_path, monkeypatch, f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n    open({str(aim)!r}, 'wb').write(b'personal')")
    assert why(jpeg()) == "damaged"
    assert not aim.exists() or aim.read_bytes() == b""
