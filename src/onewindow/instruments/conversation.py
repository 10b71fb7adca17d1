"""One bounded HTTP conversation with a machine: one request, one answer, one time limit for all of it, no redirects."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection


class Broken(Exception):
    """There is no answer; `why` is ``timeout``, ``tls`` or ``unreachable``, and holds nothing of what was sent."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Line:
    """To whom one speaks; `trust` is None where the line is not encrypted."""

    host: str
    port: int | None
    trust: ssl.SSLContext | None
    timeout_s: float

    def ask(self, say: Callable[[HTTPConnection], None], *, longest_answer: int) -> tuple[int, bytes]:
        """Connect, let `say` send the request, and read status and answer. Raises `Broken`."""
        connection = self._connection()
        late = threading.Event()
        watch: threading.Timer | None = None
        # `from None` throughout: what went wrong underneath may hold what was being sent.
        try:
            connection.connect()
            watch = threading.Timer(self.timeout_s, _cut, (connection.sock, late))
            watch.daemon = True
            watch.start()
            say(connection)
            response = connection.getresponse()
            answer = response.read(longest_answer)
        except ssl.SSLError:
            raise Broken("timeout" if late.is_set() else "tls") from None
        except (OSError, HTTPException) as error:
            raise Broken("timeout" if late.is_set() or isinstance(error, TimeoutError) else "unreachable") from None
        finally:
            if watch is not None:
                watch.cancel()
            connection.close()
        if late.is_set():
            raise Broken("timeout")
        return response.status, answer

    def _connection(self) -> HTTPConnection:
        if self.trust is None:
            return HTTPConnection(self.host, self.port, timeout=self.timeout_s)
        return HTTPSConnection(self.host, self.port, timeout=self.timeout_s, context=self.trust)


def _cut(line: socket.socket, late: threading.Event) -> None:
    """End a conversation that a slow machine would draw out byte by byte: the timeout is for all of it."""
    late.set()
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
