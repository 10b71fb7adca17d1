"""An operator's gateway on this machine, as the other end of the tests."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from onewindow.kernel.crypto import hmac_sm3

KEY, ACCOUNT = b"a key of sixteen and more bytes", "centre"


class Operator(ThreadingHTTPServer):
    """The other end: keeps one message a reference, checks signatures, and answers as a test tells it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.taken: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.answer: tuple[int, bytes] | None = None
        self.drip = False
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sms/send?v=1"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is expected here."""


class Desk(BaseHTTPRequestHandler):
    server: Operator

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), body))
        status, said = self.server.answer or self._usual(body)
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        for byte in said if self.server.drip else b"":
            self.wfile.write(bytes([byte]))
            time.sleep(0.1)
        if not self.server.drip:
            self.wfile.write(said)

    def _usual(self, body: bytes) -> tuple[int, bytes]:
        signed = "\n".join(["onewindow-v1", self.headers["OneWindow-Time"], self.headers["OneWindow-Nonce"], ACCOUNT, self.path, ""])
        kind, _, mac = self.headers["OneWindow-Signature"].partition(" ")
        message = signed.encode() + body
        right = hmac_sm3(KEY, message).hex() if kind == "hmac-sm3" else hmac.new(KEY, message, hashlib.sha256).hexdigest()
        if mac != right or abs(time.time() - int(self.headers["OneWindow-Time"])) > 300:
            return 401, b"{}"
        read = json.loads(body)
        assert read.pop("schema") == "onewindow.text-message/1" and read["reference"] == self.headers["Idempotency-Key"]
        self.server.taken.setdefault(read["reference"], read)
        return 200, json.dumps({"reference": read["reference"], "result": "sent"}).encode()

    def log_message(self, format: str, *args: object) -> None:
        """Tests speak for themselves."""
