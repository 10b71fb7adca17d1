"""The virtual treasury and the platform over HTTP: signed, done once, and every answer read for what it is."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from onewindow.instruments.gateways.http import signature
from onewindow.instruments.payments import PaymentPlatform, PaymentRejected, PlatformDown, notifying
from onewindow.instruments.payments.absent import NoPlatform
from onewindow.instruments.payments.http import HttpPlatform
from onewindow.instruments.payments.tests.contract import CODE, DUE_BY, Pays, PlatformContract
from onewindow.instruments.payments.virtual import VirtualTreasury

KEY, ACCOUNT = b"a key of sixteen and more bytes", "centre"
AT = datetime(2026, 9, 24, 3, tzinfo=UTC)


class Bank(ThreadingHTTPServer):
    """The other end: a virtual treasury behind the wire; checks signatures, and answers as a test tells it."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.treasury = VirtualTreasury(folder / "bank.sqlite")
        self.answer: tuple[int, bytes] | None = None
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/collect?v=1"


class Desk(BaseHTTPRequestHandler):
    server: Bank

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, said = self.server.answer or self._usual(body)
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def _usual(self, body: bytes) -> tuple[int, bytes]:
        stamp, nonce = self.headers["OneWindow-Time"], self.headers["OneWindow-Nonce"]
        kind = self.headers["OneWindow-Signature"].partition(" ")[0].removeprefix("hmac-")
        right = signature(kind, KEY, time=stamp, nonce=nonce, account=ACCOUNT, path=self.path, body=body)
        if self.headers["OneWindow-Signature"] != right or abs(time.time() - int(stamp)) > 300:
            return 401, b"{}"
        asked = json.loads(body)
        assert asked["schema"] == "onewindow.payment-request/1" and self.headers["Idempotency-Key"] == f"{asked['wish']}-{asked['reference']}"
        said: dict[str, Any] = {"reference": asked["reference"]}
        try:
            said |= self._done(asked)
        except PaymentRejected as rejected:
            said |= {"result": "rejected", "reason": rejected.reason}
        return 200, json.dumps(said).encode()

    def _done(self, asked: dict[str, Any]) -> dict[str, Any]:
        treasury = self.server.treasury
        match asked["wish"]:
            case "create":
                treasury.create(code=asked["code"], amount=asked["amount"], due_by=date.fromisoformat(asked["due_by"]))
                return {"result": "created"}
            case "close":
                treasury.close(code=asked["code"])
                return {"result": "closed"}
            case "refund":
                treasury.refund(reference=asked["reference"], transaction=asked["transaction"], amount=asked["amount"])
                return {"result": "refunded"}
        paid = treasury.query(code=asked["code"])
        if paid is None:
            return {"result": "unpaid"}
        payment = {"schema": notifying.SCHEMA, "transaction": paid.transaction, "code": paid.code, "amount": paid.amount, "at": paid.at.isoformat()}
        return {"result": "paid", "payment": payment}

    def log_message(self, format: str, *args: object) -> None:
        """Tests speak for themselves."""


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    with Bank(tmp_path) as server:
        yield server
        server.shutdown()


def made(bank: Bank, **more: Any) -> HttpPlatform:
    return HttpPlatform(bank.url, **{"key": KEY, "account": ACCOUNT, "timeout_s": 5.0, **more})


class TestVirtual(PlatformContract):
    @pytest.fixture
    def platform(self, tmp_path: Path) -> PaymentPlatform:
        return VirtualTreasury(tmp_path / "bank.sqlite")

    @pytest.fixture
    def again(self, tmp_path: Path) -> PaymentPlatform:
        return VirtualTreasury(tmp_path / "bank.sqlite")

    @pytest.fixture
    def pays(self, tmp_path: Path) -> Pays:
        return lambda code: VirtualTreasury(tmp_path / "bank.sqlite").pay(code, at=AT)


@pytest.mark.parametrize("signed_with", ["sm3", "sha256"])
class TestHttp(PlatformContract):
    @pytest.fixture
    def platform(self, bank: Bank, signed_with: str) -> PaymentPlatform:
        return made(bank, signed_with=signed_with)

    @pytest.fixture
    def again(self, bank: Bank, signed_with: str) -> PaymentPlatform:
        return made(bank, signed_with=signed_with)

    @pytest.fixture
    def pays(self, bank: Bank) -> Pays:
        return lambda code: bank.treasury.pay(code, at=AT)


@pytest.mark.parametrize(
    ("status", "said", "outcome"),
    [
        (200, {"reference": CODE, "result": "created"}, "done"), (201, {"reference": CODE, "result": "created"}, "done"),
        (200, {"reference": "other", "result": "created"}, "answer-unreadable"), (200, {"result": "created"}, "answer-unreadable"),
        (200, {"reference": CODE, "result": "closed"}, "answer-unreadable"), (200, [], "answer-unreadable"),
        (422, {"reference": CODE, "result": "rejected", "reason": "amount-differs"}, "rejected: amount-differs"),
        (400, {"reference": CODE, "result": "rejected", "reason": "张三 310104"}, "rejected: unsaid"),
        (500, {"reference": CODE, "result": "rejected", "reason": "x"}, "http-500"), (401, {}, "http-401"), (302, {}, "http-302"),
    ],
)  # fmt: skip
def test_every_answer_is_read_for_what_it_is(bank: Bank, status: int, said: object, outcome: str) -> None:
    bank.answer = (status, json.dumps(said).encode())
    assert _outcome(made(bank)) == outcome


def _outcome(platform: HttpPlatform) -> str:
    try:
        platform.create(code=CODE, amount=2000, due_by=DUE_BY)
    except PlatformDown as down:
        return str(down)
    except PaymentRejected as rejected:
        return f"rejected: {rejected.reason}"
    return "done"


@pytest.mark.parametrize(
    "payment", [None, {}, {"schema": notifying.SCHEMA, "transaction": "T", "code": "another", "amount": 1, "at": AT.isoformat()}]
)
def test_a_query_answered_with_another_code_or_none_is_asked_again(bank: Bank, payment: object) -> None:
    bank.answer = (200, json.dumps({"reference": CODE, "result": "paid", "payment": payment}).encode())
    with pytest.raises(PlatformDown, match="answer-unreadable"):
        made(bank).query(code=CODE)


def test_a_wrong_key_and_no_platform_take_nothing(bank: Bank) -> None:
    assert _outcome(made(bank, key=b"another key of sixteen bytes")) == "http-401" and bank.treasury.bill(CODE) is None
    none = NoPlatform()
    for doing in (lambda: none.create(code=CODE, amount=1, due_by=DUE_BY), lambda: none.close(code=CODE), lambda: none.query(code=CODE),
                  lambda: none.refund(reference="r", transaction="t", amount=1)):  # fmt: skip
        with pytest.raises(PlatformDown, match="no-platform"):
            doing()
