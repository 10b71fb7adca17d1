"""No gateway yet: nothing is carried, and nothing is lost either."""

from __future__ import annotations

from onewindow.instruments.gateways import GatewayDown


class NoGateway:
    """Takes no message, so that every one stays queued until a gateway is chosen."""

    name = "none"
    deduplicates = True

    def send(self, *, reference: str, phone: str, text: str) -> None:
        raise GatewayDown("no-gateway")
