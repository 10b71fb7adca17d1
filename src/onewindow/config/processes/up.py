"""The supervisor: starts everything, minds it, stops everything."""

from __future__ import annotations

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
from onewindow.kernel.errors import CannotStart

HOST = "127.0.0.1"
PATIENCE_S = 45.0
GRACE_S = 15.0


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
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
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
        print(f"[{self.name}] 已退出，重新启动 · exited, starting again", file=sys.stderr, flush=True)
        self.start()


def up(*, port: int, streams_port: int, say: Callable[[str], None], stop: threading.Event | None = None) -> None:
    """Start database, web, streams, relay and worker; return when told to stop. Raises `CannotStart`."""
    stop = stop or threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    for wanted in (port, streams_port):
        _free(wanted)
    with reached() as addresses:
        prepare(addresses)
        _serve(addresses, port, streams_port, say, stop)


def _serve(addresses: Addresses, port: int, streams_port: int, say: Callable[[str], None], stop: threading.Event) -> None:
    children = _children(addresses, port, streams_port)
    try:
        for child in children:
            child.start()
        _wait_until_answering(children, f"http://{HOST}:{port}/signin/", stop)
        _wait_until_answering(children, f"http://{HOST}:{streams_port}/health", stop)
        if not stop.is_set():
            say(f"http://{HOST}:{port}")
        tended = time.monotonic()
        while not stop.wait(0.5):
            now = time.monotonic()
            for child in children:
                child.mind(now)
            if addresses.cluster is not None and now - tended > 60:
                addresses.cluster.tend()
                tended = now
    finally:
        for child in children:
            child.stop()


def _children(addresses: Addresses, port: int, streams_port: int) -> list[Child]:
    environment = addresses.environment() | {
        "ONEWINDOW_POOL": "1",
        "ONEWINDOW_STREAMS": f"http://{HOST}:{streams_port}",
        "ONEWINDOW_ORIGINS": f"http://{HOST}:{port},http://localhost:{port}",
    }
    granian = [sys.executable, "-m", "granian", "--host", HOST, "--no-access-log", "--log-level", "warning"]
    threads = environment.get("ONEWINDOW_WEB_THREADS", "8")
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
