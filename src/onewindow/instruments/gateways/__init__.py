"""Gateways carry a text to a phone. One small interface; the simulator keeps what arrived.

A gateway is given a `reference` of our own with every message. Sending the same reference again must
not reach the phone again; a gateway that cannot promise this says so with `deduplicates = False`.
"""

from __future__ import annotations

from typing import Protocol


class GatewayDown(Exception):
    """The gateway did not take the message; it may be tried again."""


class Gateway(Protocol):
    name: str
    deduplicates: bool

    def send(self, *, reference: str, phone: str, text: str) -> None:
        """Hand one message over. Raises `GatewayDown`."""
