"""The gateway over HTTP: signed, sent once, and every answer read for what it is; nothing personal in what it raises."""

from __future__ import annotations

import json
import logging
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onewindow.instruments.gateways import Gateway, GatewayDown, MessageRejected
from onewindow.instruments.gateways.http import HttpGateway, unfit
from onewindow.instruments.gateways.tests.contract import GatewayContract, Inbox
from onewindow.instruments.gateways.tests.operator import ACCOUNT, KEY, Operator

PHONE, TEXT = "12000000009", "【一窗】查询码 23456789AB"
OK = {"reference": "r", "result": "sent"}


@pytest.fixture
def operator() -> Iterator[Operator]:
    with Operator() as server:
        yield server
        server.shutdown()


def made(operator: Operator, **more: Any) -> HttpGateway:
    return HttpGateway(operator.url, **{"key": KEY, "account": ACCOUNT, "timeout_s": 5.0, **more})


@pytest.mark.parametrize("signed_with", ["sm3", "sha256"])
class TestContract(GatewayContract):
    @pytest.fixture
    def gateway(self, operator: Operator, signed_with: str) -> Gateway:
        return made(operator, signed_with=signed_with)

    @pytest.fixture
    def again(self, operator: Operator, signed_with: str) -> Gateway:
        return made(operator, signed_with=signed_with)

    @pytest.fixture
    def inbox(self, operator: Operator) -> Inbox:
        return lambda phone: [(r, m["text"]) for r, m in operator.taken.items() if m["phone"] == phone]


def outcome(operator: Operator, status: int, said: object, **more: Any) -> str:
    """What a send comes to under this answer; whatever it raises holds neither number nor text, and no cause that might."""
    operator.answer = (status, said if isinstance(said, bytes) else json.dumps(said).encode())
    try:
        made(operator, **more).send(reference="r", phone=PHONE, text=TEXT)
    except (GatewayDown, MessageRejected) as error:
        told = error
    else:
        return "sent"
    assert PHONE not in repr(told) and "2345" not in repr(told)
    assert told.__cause__ is None and (told.__context__ is None or told.__suppress_context__)
    return f"{type(told).__name__} {told}"


@pytest.mark.parametrize(
    ("status", "said", "means"),
    [
        (200, OK, "sent"),
        (202, OK | {"more": 1}, "sent"),
        (200, {"reference": "r", "result": "rejected", "reason": "invalid-number"}, "MessageRejected invalid-number"),
        (422, {"reference": "r", "result": "rejected", "reason": "blocked"}, "MessageRejected blocked"),
        (400, {"reference": "r", "result": "rejected"}, "MessageRejected unsaid"),
        (400, {"reference": "r", "result": "rejected", "reason": f"bad {PHONE}"}, "MessageRejected unsaid"),
        (400, {"reference": "r", "result": "rejected", "reason": 7}, "MessageRejected unsaid"),
        (200, {"reference": "other", "result": "sent"}, "GatewayDown answer-unreadable"),
        (200, {"result": "sent"}, "GatewayDown answer-unreadable"),
        (200, {"reference": "r", "result": "queued"}, "GatewayDown answer-unreadable"),
        (200, ["sent"], "GatewayDown answer-unreadable"),
        (200, b"<html>all is well</html>", "GatewayDown answer-unreadable"),
        (200, b"\xff\xfe", "GatewayDown answer-unreadable"),
        (200, b" " * 20_000 + json.dumps(OK).encode(), "GatewayDown answer-unreadable"),
        (400, b"", "GatewayDown http-400"),
        (400, OK, "GatewayDown http-400"),
        (302, OK, "GatewayDown http-302"),
        (401, {"reference": "r", "result": "rejected"}, "GatewayDown http-401"),
        (404, b"", "GatewayDown http-404"),
        (409, OK, "GatewayDown http-409"),
        (429, OK, "GatewayDown http-429"),
        (500, OK, "GatewayDown http-500"),
        (503, {"reference": "r", "result": "rejected"}, "GatewayDown http-503"),
    ],
)
def test_every_answer_is_read_for_what_it_is(operator: Operator, status: int, said: object, means: str) -> None:
    assert outcome(operator, status, said) == means
    assert [path for path, _, _ in operator.asked] == ["/sms/send?v=1"]  # no redirect is followed, nothing is asked twice


def test_a_wrong_key_is_not_the_message_s_fault(operator: Operator) -> None:
    with pytest.raises(GatewayDown, match="http-401"):
        made(operator, key=b"another key of sixteen bytes").send(reference="r", phone=PHONE, text=TEXT)
    assert operator.taken == {}


def test_two_requests_are_never_signed_alike(operator: Operator) -> None:
    for _ in range(2):
        made(operator).send(reference="r", phone=PHONE, text=TEXT)
    one, other = (headers["OneWindow-Signature"] for _, headers, _ in operator.asked)
    assert one != other and operator.asked[0][2] == operator.asked[1][2]


def test_an_answer_drawn_out_byte_by_byte_is_cut_off_in_time(operator: Operator) -> None:
    operator.drip = True
    begun = time.monotonic()
    assert outcome(operator, 200, OK | {"more": "x" * 60}, timeout_s=0.5) == "GatewayDown timeout"
    assert time.monotonic() - begun < 3


def test_nobody_there_is_told_and_can_be_tried_again(operator: Operator) -> None:
    gateway = made(operator)
    operator.shutdown()
    operator.server_close()
    with pytest.raises(GatewayDown, match="unreachable"):
        gateway.send(reference="r", phone=PHONE, text=TEXT)


def test_a_certificate_nobody_vouches_for_carries_nothing(operator: Operator, tmp_path: Path) -> None:
    names = "/CN=127.0.0.1"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", names, "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", tmp_path / "key", "-out", tmp_path / "certificate"], check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate", tmp_path / "key")
    operator.socket = context.wrap_socket(operator.socket, server_side=True)
    url = operator.url.replace("http:", "https:")
    with pytest.raises(GatewayDown, match="tls"):
        HttpGateway(url, key=KEY, account=ACCOUNT, timeout_s=5).send(reference="r", phone=PHONE, text=TEXT)
    assert operator.asked == []
    HttpGateway(url, key=KEY, account=ACCOUNT, timeout_s=5, ca=tmp_path / "certificate").send(reference="r", phone=PHONE, text=TEXT)
    assert operator.taken["r"]["text"] == TEXT


def test_nothing_is_logged(operator: Operator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made(operator).send(reference="r", phone=PHONE, text=TEXT)
    outcome(operator, 503, b"")
    assert caplog.records == []


@pytest.mark.parametrize(
    "url", ["", "sms.example/send", "ftp://127.0.0.1/", "http://sms.example/send", "https://user@sms.example/", "http://127.0.0.1:x/", "https:///send"]
)
def test_an_address_that_is_none_or_sends_in_the_clear_is_refused(url: str) -> None:
    assert unfit(url) is not None
    with pytest.raises(ValueError, match=r"address|https"):
        HttpGateway(url, key=KEY, account=ACCOUNT)


def test_addresses_that_can_be_used() -> None:
    assert [unfit(url) for url in ("https://sms.example/send", "http://127.0.0.1:9/", "http://[::1]:9/x", "http://localhost/x")] == [None] * 4
