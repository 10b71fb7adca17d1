"""No payment platform yet: nothing is collected, and nothing is lost either."""

from __future__ import annotations

from datetime import date

from onewindow.instruments.payments import Paid, PlatformDown


class NoPlatform:
    """Takes nothing, so that every notice waits until a platform is chosen."""

    name = "none"

    def create(self, *, code: str, amount: int, due_by: date) -> None:
        raise PlatformDown("no-platform")

    def close(self, *, code: str) -> None:
        raise PlatformDown("no-platform")

    def query(self, *, code: str) -> Paid | None:
        raise PlatformDown("no-platform")

    def refund(self, *, reference: str, transaction: str, amount: int) -> None:
        raise PlatformDown("no-platform")
