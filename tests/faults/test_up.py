"""`onewindow up`: starts, minds, stops, and says in words what stands in its way."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator

import pytest

from tests.faults.cluster_support import open_folder, postmasters
from tests.support.stack import Stack, free_port, until


@pytest.fixture
def stack() -> Iterator[Stack]:
    with open_folder() as folder:
        made = Stack(folder / "home")
        yield made
        if made.process is not None and made.process.poll() is None:
            made.stop()


def test_a_port_that_is_taken_is_told_before_anything_starts(stack: Stack) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = stack.run("up", "--port", str(port), "--streams-port", str(free_port()))
    assert done.returncode == 1
    assert f"端口 {port} 已被占用" in done.stderr
    assert f"Port {port} is taken" in done.stderr
    assert not (stack.home / "database").exists()


def test_ctrl_c_leaves_no_process_and_a_second_start_keeps_the_data(stack: Stack) -> None:
    stack.start()
    before = stack.run("audit", "verify")
    assert stack.status("/signin/") == 200
    assert stack.stop() == 0
    assert stack.left() == []
    stack.start()
    assert stack.status("/signin/") == 200
    after = stack.run("audit", "verify")
    assert (before.returncode, after.returncode) == (0, 0)
    assert before.stdout.split(" ")[0] == after.stdout.split(" ")[0]
    assert stack.stop() == 0


def test_killed_children_and_a_killed_database_are_started_again(stack: Stack) -> None:
    stack.start()
    for words in (("config.processes worker",), ("config.processes relay",), ("config.wsgi",)):
        before = set(stack.pids(*words))
        assert before
        stack.kill(*words)
        until(lambda words=words, before=before: set(stack.pids(*words)) - before, f"{words} runs again")
    until(lambda: stack.status("/signin/") == 200, "pages again")
    (postmaster,) = postmasters(stack.home / "database" / "data")
    os.kill(postmaster, signal.SIGKILL)
    until(lambda: stack.status("/") == 200, "the front page, which reads the database")
    assert stack.run("audit", "verify").returncode == 0
    assert stack.stop() == 0
    assert stack.left() == []
