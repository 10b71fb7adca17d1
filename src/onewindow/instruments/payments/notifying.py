"""What a platform tells by itself: one payment, signed. Reading it, and (for the simulator and for tests) writing it.

`POST`, JSON ``{"schema": "onewindow.payment-notification/1", "transaction", "code", "amount" (fen), "at" (ISO 8601 with offset)}``, signed
like what we send (README.md): HMAC over time, nonce, account, path and body. A notification older or newer than five minutes is not believed.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onewindow.instruments.gateways.http import signature
from onewindow.instruments.payments import Paid

SCHEMA = "onewindow.payment-notification/1"
LONGEST = 4_096
SKEW_S = 300
_TRANSACTION, _CODE, _MOST = re.compile(r"[0-9A-Za-z-]{1,64}"), re.compile(r"[0-9A-Za-z-]{1,40}"), 10**14


class Unsigned(Exception):
    """The notification is not of the platform, or too old; the argument says in one word what is wrong."""


class Unreadable(Exception):
    """It is signed, and yet says no payment in our words."""


def written(paid: Paid, *, key: bytes, account: str, path: str, signed_with: str = "sm3", now: float | None = None) -> tuple[dict[str, str], bytes]:
    """Headers and body of a notification, as a platform sends it."""
    told = {"schema": SCHEMA, "transaction": paid.transaction, "code": paid.code, "amount": paid.amount, "at": paid.at.isoformat()}
    body, stamp, nonce = json.dumps(told).encode(), str(int(now if now is not None else time.time())), secrets.token_hex(16)
    signed = signature(signed_with, key, time=stamp, nonce=nonce, account=account, path=path, body=body)
    return {"OneWindow-Account": account, "OneWindow-Time": stamp, "OneWindow-Nonce": nonce, "OneWindow-Signature": signed}, body


def read(headers: Mapping[str, str], body: bytes, *, key: bytes, account: str, path: str, now: float | None = None) -> Paid:
    """The payment a notification tells of. Raises `Unsigned` before anything of it is looked at, `Unreadable`."""
    kind, _, _ = headers.get("OneWindow-Signature", "").partition(" ")
    stamp, nonce = headers.get("OneWindow-Time", ""), headers.get("OneWindow-Nonce", "")
    if kind not in ("hmac-sm3", "hmac-sha256") or not re.fullmatch("[0-9]{1,12}", stamp) or len(body) > LONGEST:
        raise Unsigned("signature")
    right = signature(kind.removeprefix("hmac-"), key, time=stamp, nonce=nonce, account=account, path=path, body=body)
    if headers.get("OneWindow-Account") != account or not hmac.compare_digest(right.encode(), headers["OneWindow-Signature"].encode()):
        raise Unsigned("signature")
    if abs((now if now is not None else time.time()) - int(stamp)) > SKEW_S:
        raise Unsigned("time")
    try:
        return paid_of(json.loads(body))
    except ValueError:
        raise Unreadable from None


def paid_of(said: Any) -> Paid:
    """A payment from its JSON form. Raises `ValueError`."""
    if not isinstance(said, dict) or said.get("schema") != SCHEMA:
        raise ValueError("schema")
    transaction, code, amount, at = (said.get(name) for name in ("transaction", "code", "amount", "at"))
    if not isinstance(transaction, str) or not _TRANSACTION.fullmatch(transaction) or not isinstance(code, str) or not _CODE.fullmatch(code):
        raise ValueError("number")
    if type(amount) is not int or not 0 < amount < _MOST or not isinstance(at, str):
        raise ValueError("sum")
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError("time without its offset")
    return Paid(transaction, code, amount, moment)
