"""Notifications: signed, read for what they are, and nothing else believed."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.instruments.gateways.http import signature
from onewindow.instruments.payments import Paid, notifying
from onewindow.instruments.payments.tests.contract import CODE

KEY, ACCOUNT, PATH = b"a key of sixteen and more bytes", "centre", "/payments/notify/"
AT = datetime(2026, 9, 24, 3, tzinfo=UTC)
PAID = Paid("T1", CODE, 2000, AT)


@pytest.mark.parametrize("signed_with", ["sm3", "sha256"])
def test_a_notification_is_read_as_it_was_written(signed_with: str) -> None:
    headers, body = notifying.written(PAID, key=KEY, account=ACCOUNT, path=PATH, signed_with=signed_with)
    assert notifying.read(headers, body, key=KEY, account=ACCOUNT, path=PATH) == PAID


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_byte_of_it_can_be_changed(place: int, by: int) -> None:
    headers, body = notifying.written(PAID, key=KEY, account=ACCOUNT, path=PATH, now=1e9)
    changed = bytearray(body)
    changed[place % len(body)] ^= by
    with pytest.raises(notifying.Unsigned, match="signature"):
        notifying.read(headers, bytes(changed), key=KEY, account=ACCOUNT, path=PATH, now=1e9)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"OneWindow-Account": "other"}, "signature"), ({"OneWindow-Nonce": "x"}, "signature"), ({"OneWindow-Signature": ""}, "signature"),
        ({"OneWindow-Signature": "hmac-md5 00"}, "signature"), ({"OneWindow-Time": "x"}, "signature"), ({"OneWindow-Signature": "hmac-sm3 ü"}, "signature"),
    ],
)  # fmt: skip
def test_what_is_not_signed_by_the_platform(changed: dict[str, str], why: str) -> None:
    headers, body = notifying.written(PAID, key=KEY, account=ACCOUNT, path=PATH)
    with pytest.raises(notifying.Unsigned, match=why):
        notifying.read(headers | changed, body, key=KEY, account=ACCOUNT, path=PATH)


@pytest.mark.parametrize("skew", [-301, 301])
def test_an_old_notification_is_not_believed(skew: int) -> None:
    headers, body = notifying.written(PAID, key=KEY, account=ACCOUNT, path=PATH, now=1e9)
    with pytest.raises(notifying.Unsigned, match="time"):
        notifying.read(headers, body, key=KEY, account=ACCOUNT, path=PATH, now=1e9 + skew)


def _signed(said: object) -> tuple[dict[str, str], bytes]:
    """Headers and body of whatever the platform might say."""
    body, stamp = json.dumps(said).encode(), str(int(time.time()))
    signed = signature("sm3", KEY, time=stamp, nonce="n", account=ACCOUNT, path=PATH, body=body)
    return {"OneWindow-Account": ACCOUNT, "OneWindow-Time": stamp, "OneWindow-Nonce": "n", "OneWindow-Signature": signed}, body


@pytest.mark.parametrize(
    "change",
    [{"schema": "x"}, {"amount": 0}, {"amount": -1}, {"amount": 1.5}, {"amount": True}, {"amount": "20"}, {"amount": 10**14}, {"transaction": ""},
     {"transaction": "a b"}, {"code": None}, {"code": "1" * 41}, {"at": "2026-09-24T11:00:00"}, {"at": "yesterday"}, {"at": 5}],
)  # fmt: skip
def test_what_says_no_payment(change: dict[str, Any]) -> None:
    said = {"schema": notifying.SCHEMA, "transaction": "T1", "code": CODE, "amount": 2000, "at": AT.isoformat()} | change
    headers, body = _signed(said)
    with pytest.raises(notifying.Unreadable):
        notifying.read(headers, body, key=KEY, account=ACCOUNT, path=PATH)
