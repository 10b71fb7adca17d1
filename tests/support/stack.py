"""A whole installation for tests: `onewindow up` as a person starts it, in a home of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], object], what: str, patience: float = PATIENCE_S) -> object:
    """Poll until `true` answers something; fail naming `what` when it does not in time."""
    deadline = time.monotonic() + patience
    while True:
        answer = true()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not in {patience} s: {what}")
        time.sleep(0.05)


@dataclass
class Stack:
    """`onewindow up` under test."""

    home: Path
    port: int = field(default_factory=free_port)
    streams_port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_file(self) -> Path:
        return self.home / "up.log"

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    def environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("ONEWINDOW_", "DATABASE_", "PYTEST_"))}
        ours = {"ONEWINDOW_HOME": str(self.home), "ONEWINDOW_WEB_WORKERS": "1", "PYTHONUNBUFFERED": "1"}
        # The machine's time, no past and no visitors, unless a test asks for the living demonstration.
        return clean | ours | {"ONEWINDOW_CLOCK": "machine"} | self.extra

    def start(self) -> Stack:
        self.home.mkdir(parents=True, exist_ok=True)
        with open(self.log_file, "a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "onewindow.config.command_line", "up", "--port", str(self.port),
                 "--streams-port", str(self.streams_port)],
                cwd=ROOT, env=self.environment(), stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
            )  # fmt: skip
        until(self._ready, f"the stack answers; its log:\n{self.log}")
        return self

    def _ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log
        return "is running" in self.log.rpartition("--started--")[2]

    def stop(self, patience: float = 120.0) -> int:
        """Ctrl-C; the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(patience)
        with open(self.log_file, "a") as log:
            log.write("--started--\n")
        return code

    def pids(self, *words: str) -> list[int]:
        """Processes of this installation whose command line holds every word."""
        found = []
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                line = (folder / "cmdline").read_text().replace("\0", " ")
                mine = str(self.home) in line or f"ONEWINDOW_HOME={self.home}\0" in (folder / "environ").read_text(errors="replace")
            except OSError:
                continue
            if mine and all(word in line for word in words):
                found.append(int(folder.name))
        return found

    def left(self) -> list[str]:
        """The command lines of whatever of this installation still runs."""
        lines = []
        for pid in self.pids():
            try:
                lines.append(f"{pid} {Path(f'/proc/{pid}/cmdline').read_text()} {Path(f'/proc/{pid}/stat').read_text()[:40]}")
            except OSError:
                continue
        return lines

    def kill(self, *words: str) -> int:
        """kill -9 of every such process; how many."""
        pids = self.pids(*words)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        return len(pids)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """One `onewindow` command against this installation."""
        return subprocess.run(
            [sys.executable, "-m", "onewindow.config.command_line", *command],
            cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """What a query of the running role answers."""
        import psycopg

        from onewindow.kernel.cluster import Cluster

        with psycopg.connect(Cluster(self.home / "database").dsn("app")) as connection:
            return connection.execute(statement).fetchall()  # type: ignore[call-overload]

    def status(self, path: str) -> int:
        """The HTTP status of a page; 0 when nobody answers."""
        try:
            with urlopen(self.url + path, timeout=60) as response:
                return int(response.status)
        except HTTPError as error:
            return error.code
        except (URLError, OSError):
            return 0
