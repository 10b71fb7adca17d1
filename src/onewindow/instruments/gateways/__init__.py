"""Gateways carry a text to a phone. One small interface; the simulator keeps what arrived.

A gateway is given a `reference` of our own with every message. Sending the same reference again must
not reach the phone again; a gateway that cannot promise this says so with `deduplicates = False`.
No exception of a gateway, and nothing it logs, carries a number or a text.
"""

from __future__ import annotations

from typing import Protocol


class GatewayDown(Exception):
    """The gateway did not take the message; it may be tried again. The argument is a short code that says why."""


class MessageRejected(Exception):
    """The gateway will never carry this message, whoever asks again; `reason` is a code of letters and hyphens."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Gateway(Protocol):
    name: str
    deduplicates: bool

    def send(self, *, reference: str, phone: str, text: str) -> None:
        """Hand one message over. Raises `GatewayDown` when it may be tried again, `MessageRejected` when it may not."""
