"""A printer on this machine, as the other end of the tests: reads IPP on its own, and answers as a test tells it."""

from __future__ import annotations

import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Device(ThreadingHTTPServer):
    """Keeps every job: attributes by name, and the pages."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Panel)
        self.jobs: list[tuple[dict[str, Any], bytes]] = []
        self.asked = 0
        self.status = 0x0000  # of IPP
        self.answer: tuple[int, bytes] | None = None
        self.drip = False
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def uri(self) -> str:
        return f"ipp://127.0.0.1:{self.server_address[1]}/ipp/print"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is expected here."""


class _Panel(BaseHTTPRequestHandler):
    server: Device

    def do_POST(self) -> None:
        self.server.asked += 1
        body = self._body()
        assert (self.path, self.headers["Content-Type"]) == ("/ipp/print", "application/ipp")
        status, said = self.server.answer or (200, self._printed(body))
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        for byte in said if self.server.drip else b"":
            self.wfile.write(bytes([byte]))
            time.sleep(0.1)
        if not self.server.drip:
            self.wfile.write(said)

    def _body(self) -> bytes:
        assert self.headers["Transfer-Encoding"] == "chunked"
        read = b""
        while size := int(self.rfile.readline(), 16):
            read += self.rfile.read(size)
            assert self.rfile.readline() == b"\r\n"
        self.rfile.readline()
        return read

    def _printed(self, body: bytes) -> bytes:
        major, _, operation, number = struct.unpack(">BBHI", body[:8])
        assert (major, operation) == (1, 2)
        attributes, pages = self._attributes(body[8:])
        if self.server.status < 0x0100:
            self.server.jobs.append((attributes, pages))
        made = struct.pack(">bH", 0x21, 6) + b"job-id" + struct.pack(">Hi", 4, 100 + len(self.server.jobs))
        charset = struct.pack(">bH", 0x47, 18) + b"attributes-charset" + struct.pack(">H", 5) + b"utf-8"
        return struct.pack(">BBHI", 1, 1, self.server.status, number) + b"\x01" + charset + b"\x02" + made + b"\x03"

    def _attributes(self, rest: bytes) -> tuple[dict[str, Any], bytes]:
        found: dict[str, Any] = {"order": []}
        while rest[0] != 0x03:
            if rest[0] in (0x01, 0x02):
                rest = rest[1:]
                continue
            tag, n = rest[0], int.from_bytes(rest[1:3], "big")
            name, rest = rest[3 : 3 + n].decode(), rest[3 + n :]
            size = int.from_bytes(rest[:2], "big")
            value, rest = rest[2 : 2 + size], rest[2 + size :]
            found["order"].append(name)
            found[name] = int.from_bytes(value, "big") if tag == 0x21 else value.decode()
        return found, rest[1:]

    def log_message(self, format: str, *args: object) -> None:
        """Tests speak for themselves."""
