"""A gateway over HTTP(S): one signed JSON POST a message; the answer says sent or rejected, else it is tried again.

The other end is an operator's gateway, or a small bridge in front of one. What is said on the wire stands in
README.md beside this file. The signature is HMAC-SM3 (GB/T 15852.2) or HMAC-SHA256 over time, nonce, account,
path and body; the reference is the idempotency key.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
import ssl
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from onewindow.instruments.conversation import Broken, Line
from onewindow.instruments.gateways import GatewayDown, MessageRejected
from onewindow.kernel.crypto import hmac_sm3
from onewindow.kernel.words import Words

SCHEMA = "onewindow.text-message/1"
SIGNATURES = ("sm3", "sha256")
LONGEST_ANSWER = 16_384
_HERE = {"127.0.0.1", "::1", "localhost"}
# Letters and hyphens only: a reason goes into the ledger, so it must not be able to hold a number or a name.
_REASON = re.compile("[a-z][a-z-]{0,39}")


def unfit(url: str) -> Words | None:
    """Why an address cannot be used; None when it can. Numbers of people never travel in the clear to another machine."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.username or parts.fragment:
        return Words("不是有效的 http(s) 网址", "it is no http(s) address")
    if parts.scheme == "http" and host not in _HERE:
        return Words("不是本机的网关必须用 https", "a gateway on another machine must be https")
    return None


def signature(kind: str, key: bytes, *, time: str, nonce: str, account: str, path: str, body: bytes) -> str:
    """The value of the signature header: ``hmac-sm3 …`` or ``hmac-sha256 …``, in hexadecimal."""
    signed = "\n".join(("onewindow-v1", time, nonce, account, path, "")).encode() + body
    mac = hmac_sm3(key, signed) if kind == "sm3" else hmac.digest(key, signed, "sha256")
    return f"hmac-{kind} {mac.hex()}"


class HttpGateway:
    """One account at one gateway. Holds no connection: a message is a request of its own. Safe between threads."""

    name = "http"
    deduplicates = True

    def __init__(
        self, url: str, *, key: bytes, account: str, signed_with: str = "sm3", timeout_s: float = 10.0, ca: Path | None = None
    ) -> None:
        wrong = unfit(url)
        if wrong is not None or signed_with not in SIGNATURES:
            raise ValueError(wrong.en if wrong is not None else f"unknown signature {signed_with}")
        parts = urlsplit(url)
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        trust = ssl.create_default_context(cafile=str(ca) if ca else None) if parts.scheme == "https" else None
        self._line = Line(parts.hostname or "", parts.port, trust, timeout_s)
        self._key, self._account, self._signed_with = key, account, signed_with

    def send(self, *, reference: str, phone: str, text: str) -> None:
        """POST the message. Sent and rejected are believed only in our own words; everything else may be tried again."""
        message = {"schema": SCHEMA, "reference": reference, "phone": phone, "text": text}
        status, answer = self._ask(reference, json.dumps(message, ensure_ascii=False).encode())
        said = _read(answer, reference) if status // 100 == 2 or status in (400, 422) else {}
        if said.get("result") == "rejected":
            reason = said.get("reason")
            raise MessageRejected(reason if isinstance(reason, str) and _REASON.fullmatch(reason) else "unsaid")
        if status // 100 != 2:
            raise GatewayDown(f"http-{status}")
        if said.get("result") != "sent":
            raise GatewayDown("answer-unreadable")

    def _ask(self, reference: str, body: bytes) -> tuple[int, bytes]:
        try:
            return self._line.ask(
                lambda line: line.request("POST", self._path, body, self._headers(reference, body)), longest_answer=LONGEST_ANSWER
            )
        except Broken as broken:
            raise GatewayDown(broken.why) from None

    def _headers(self, reference: str, body: bytes) -> dict[str, str]:
        now, nonce = str(int(time.time())), secrets.token_hex(16)
        signed = signature(
            self._signed_with, self._key, time=now, nonce=nonce, account=self._account, path=self._path, body=body
        )
        return {
            "Content-Type": "application/json; charset=utf-8", "Idempotency-Key": reference, "Connection": "close",
            "OneWindow-Account": self._account, "OneWindow-Time": now, "OneWindow-Nonce": nonce, "OneWindow-Signature": signed,
        }  # fmt: skip


def _read(answer: bytes, reference: str) -> dict[str, Any]:
    """The answer to this very message; empty when it is none of ours."""
    try:
        said = json.loads(answer)
    except ValueError:
        return {}
    return said if isinstance(said, dict) and said.get("reference") == reference else {}
