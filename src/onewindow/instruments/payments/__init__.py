"""Payment platforms collect fees for the treasury. One small interface; the simulator is a bank of its own.

The money never passes through us. A platform is told a payment code, a sum and a day, never a name or a number of a person. Whatever it is
told twice it does once: creating by the code, refunding by our reference. That something was paid it tells by itself, in a signed
notification (`notifying`), as often as it likes; `query` asks when a notification was lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


class PlatformDown(Exception):
    """The platform did not do it; it may be asked again. The argument is a short code that says why."""


class PaymentRejected(Exception):
    """The platform will never do it, whoever asks again; `reason` is a code of letters and hyphens."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Paid:
    """One payment as the platform has it: its own number, the payment code, the sum in fen, when."""

    transaction: str
    code: str
    amount: int
    at: datetime


class PaymentPlatform(Protocol):
    name: str

    def create(self, *, code: str, amount: int, due_by: date) -> None:
        """Let a code be paid: `amount` fen until a day. The same again changes nothing. Raises `PlatformDown`, `PaymentRejected`."""

    def close(self, *, code: str) -> None:
        """Let a code be paid no more; the same again, and a code it does not know, change nothing. Raises `PlatformDown`."""

    def query(self, *, code: str) -> Paid | None:
        """What was paid under a code; None while nothing was. Raises `PlatformDown`."""

    def refund(self, *, reference: str, transaction: str, amount: int) -> None:
        """Give `amount` fen of a payment back, once a reference. Raises `PlatformDown`, `PaymentRejected`."""
