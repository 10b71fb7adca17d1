"""The supervisor: starts everything, minds it, stops everything."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

from onewindow.config.processes.installation import Addresses, prepare, reached
from onewindow.config.processes.visitors import visitors_come
from onewindow.kernel.cluster import Cluster
from onewindow.kernel.errors import CannotStart

HOST = "127.0.0.1"
PATIENCE_S = 45.0
GRACE_S = 15.0


def _tell(*lines: str) -> None:
    """Say something to whoever watches. Nobody can be told while the disk of the log is full, and that must stop nothing."""
    with contextlib.suppress(OSError):
        print(*lines, sep="\n", file=sys.stderr, flush=True)


@dataclass
class Child:
    """One process to mind."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        # A session of its own: Ctrl-C in the terminal reaches the supervisor only, who stops children in order.
        self.process = subprocess.Popen(self.command, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True)

    def stop(self) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(GRACE_S)
        self._sweep()

    def _sweep(self) -> None:
        """Kill what is left of its process group: workers whose parent was killed would hold the port for ever."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def mind(self, now: float) -> None:
        """Start again if it died: at once the first time, then ever later (at most 30 s)."""
        if self.process is None or self.process.poll() is None:
            return
        self.deaths = [death for death in self.deaths if now - death < 120]
        if self.deaths and now - self.deaths[-1] < min(30.0, 2.0 ** len(self.deaths) / 2):
            return
        self.deaths.append(now)
        self._sweep()
        _tell(f"[{self.name}] 已退出，重新启动 · exited, starting again")
        self.start()


@dataclass
class Database:
    """The embedded database, minded like a child; an external one is minded by its own people."""

    cluster: Cluster | None
    looked: float = 0.0
    tended: float = 0.0

    def mind(self, now: float) -> None:
        """Every two seconds: start again what was killed. Every minute: keep its log within bounds."""
        if self.cluster is None or now - self.looked < 2:
            return
        self.looked = now
        try:
            if not self.cluster.running():
                _tell("[database] 已停止，重新启动 · stopped, starting again")
                self.cluster.start()
            if now - self.tended > 60:
                self.tended = now
                self.cluster.tend()
        except CannotStart as refusal:
            _tell(refusal.message("zh-hans"), refusal.message("en"))
            self.looked = now + 8  # tried again in ten seconds: somebody may be freeing space meanwhile


def up(*, port: int, streams_port: int, say: Callable[[str, Addresses], None], stop: threading.Event | None = None) -> None:
    """Start database, web, streams, relay and worker; return when told to stop. Raises `CannotStart`."""
    stop = stop or threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    for wanted in (port, streams_port):
        _free(wanted)
    with reached() as addresses:
        prepare(addresses, serving=True)
        _serve(addresses, port, streams_port, say, stop)


def _serve(addresses: Addresses, port: int, streams_port: int, say: Callable[[str, Addresses], None], stop: threading.Event) -> None:
    children = _children(addresses, port, streams_port)
    try:
        for child in children:
            child.start()
        _wait_until_answering(children, f"http://{HOST}:{port}/signin/", stop)
        _wait_until_answering(children, f"http://{HOST}:{streams_port}/health", stop)
        if not stop.is_set():
            say(f"http://{HOST}:{port}", addresses)
        database = Database(addresses.cluster)
        while not stop.wait(0.5):
            now = time.monotonic()
            database.mind(now)
            for child in children:
                child.mind(now)
    finally:
        for child in children:
            child.stop()


def _children(addresses: Addresses, port: int, streams_port: int) -> list[Child]:
    # Whoever puts a proxy in front names its own addresses.
    environment = {
        "ONEWINDOW_STREAMS": f"http://{HOST}:{streams_port}",
        "ONEWINDOW_ORIGINS": f"http://{HOST}:{port},http://localhost:{port}",
    } | addresses.environment() | {"ONEWINDOW_POOL": "1"}
    granian = [sys.executable, "-m", "granian", "--host", HOST, "--no-access-log", "--log-level", "warning"]
    threads = environment.get("ONEWINDOW_WEB_THREADS", "4")
    workers = environment.get("ONEWINDOW_WEB_WORKERS", "2")
    web = ["--interface", "wsgi", "--port", str(port), "--workers", workers, "--blocking-threads", threads,
           "--respawn-failed-workers", "onewindow.config.wsgi:application"]  # fmt: skip
    streams = ["--interface", "asgi", "--port", str(streams_port), "--workers", "1", "--respawn-failed-workers",
               "onewindow.config.processes.streams:application"]  # fmt: skip
    ours = [sys.executable, "-m", "onewindow.config.processes"]
    return [
        Child("web", [*granian, *web], environment),
        Child("streams", [*granian, *streams], environment),
        Child("relay", [*ours, "relay"], environment),
        Child("worker", [*ours, "worker"], environment),
        *([Child("visitors", [*ours, "visitors"], environment)] if visitors_come() else []),
    ]


def _free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise CannotStart(
                what_zh=f"端口 {port} 已被占用（可能一窗已在运行）",
                do_zh=f"请先停止占用它的程序，或换一个端口：onewindow up --port {port + 10}",
                what_en=f"Port {port} is taken (perhaps OneWindow is running already)",
                do_en=f"Stop what uses it, or choose another: onewindow up --port {port + 10}",
            ) from None


def _wait_until_answering(children: list[Child], address: str, stop: threading.Event) -> None:
    until = time.monotonic() + PATIENCE_S
    while not stop.is_set():
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > until:
                raise CannotStart(
                    what_zh="网页服务没有按时启动", do_zh="请查看上方输出后重试",
                    what_en="The web server did not come up in time", do_en="See the output above and try again",
                ) from None
        stop.wait(0.1)
