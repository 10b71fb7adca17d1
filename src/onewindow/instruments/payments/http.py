"""A payment platform over HTTP(S): signed JSON, one request a wish; what it may say stands in README.md beside this file."""

from __future__ import annotations

import json
import re
import secrets
import ssl
import time
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from onewindow.instruments.conversation import Broken, Line
from onewindow.instruments.gateways.http import LONGEST_ANSWER, SIGNATURES, signature, unfit
from onewindow.instruments.payments import Paid, PaymentRejected, PlatformDown
from onewindow.instruments.payments.notifying import paid_of

SCHEMA = "onewindow.payment-request/1"
_REASON = re.compile("[a-z][a-z-]{0,39}")


class HttpPlatform:
    """One account at one platform. Holds no connection: a wish is a request of its own. Safe between threads."""

    name = "http"

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

    def create(self, *, code: str, amount: int, due_by: date) -> None:
        """Ask that a code can be paid. The code is the idempotency key."""
        self._done("create", code, {"code": code, "amount": amount, "due_by": due_by.isoformat()}, "created")

    def close(self, *, code: str) -> None:
        """Ask that a code can be paid no more."""
        self._done("close", code, {"code": code}, "closed")

    def query(self, *, code: str) -> Paid | None:
        """Ask what was paid under a code. An answer about another code is none."""
        said = self._said("query", code, {"code": code})
        if said.get("result") == "unpaid":
            return None
        try:
            paid = paid_of(said.get("payment"))
        except ValueError:
            raise PlatformDown("answer-unreadable") from None
        if said.get("result") != "paid" or paid.code != code:
            raise PlatformDown("answer-unreadable")
        return paid

    def refund(self, *, reference: str, transaction: str, amount: int) -> None:
        """Ask that a sum be given back. Our reference is the idempotency key."""
        self._done("refund", reference, {"transaction": transaction, "amount": amount}, "refunded")

    def _done(self, wish: str, reference: str, what: dict[str, Any], done: str) -> None:
        if self._said(wish, reference, what).get("result") != done:
            raise PlatformDown("answer-unreadable")

    def _said(self, wish: str, reference: str, what: dict[str, Any]) -> dict[str, Any]:
        """The answer to this very wish. Rejected is believed only in our own words; everything else may be asked again."""
        body = json.dumps({"schema": SCHEMA, "wish": wish, "reference": reference, **what}).encode()
        status, answer = self._ask(reference, wish, body)
        try:
            found = json.loads(answer)
        except ValueError:
            found = None
        ours = isinstance(found, dict) and found.get("reference") == reference and (status // 100 == 2 or status in (400, 422))
        said: dict[str, Any] = found if ours else {}
        if said.get("result") == "rejected":
            reason = said.get("reason")
            raise PaymentRejected(reason if isinstance(reason, str) and _REASON.fullmatch(reason) else "unsaid")
        if status // 100 != 2:
            raise PlatformDown(f"http-{status}")
        if not said:
            raise PlatformDown("answer-unreadable")
        return said

    def _ask(self, reference: str, wish: str, body: bytes) -> tuple[int, bytes]:
        now, nonce = str(int(time.time())), secrets.token_hex(16)
        signed = signature(self._signed_with, self._key, time=now, nonce=nonce, account=self._account, path=self._path, body=body)
        headers = {
            "Content-Type": "application/json; charset=utf-8", "Idempotency-Key": f"{wish}-{reference}", "Connection": "close",
            "OneWindow-Account": self._account, "OneWindow-Time": now, "OneWindow-Nonce": nonce, "OneWindow-Signature": signed,
        }  # fmt: skip
        try:
            return self._line.ask(lambda line: line.request("POST", self._path, body, headers), longest_answer=LONGEST_ANSWER)
        except Broken as broken:
            raise PlatformDown(broken.why) from None
