"""What every gateway promises, whoever carries the message: subclassed by the tests of each."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.instruments.gateways import Gateway

Inbox = Callable[[str], list[tuple[str, str]]]


class GatewayContract:
    """A subclass gives the fixtures `gateway` and `inbox`: (reference, text) of a phone's messages, oldest first."""

    def test_it_has_a_name_and_says_whether_it_deduplicates(self, gateway: Gateway) -> None:
        assert gateway.name and gateway.deduplicates in (True, False)

    def test_a_message_arrives_at_its_phone_as_it_was_written(self, gateway: Gateway, inbox: Inbox) -> None:
        text = "【一窗】“食品经营许可”已受理。Line\n2 – “quoted” \\ 𠮷"
        gateway.send(reference="a", phone="12000000001", text=text)
        gateway.send(reference="b", phone="12000000002", text="other")
        gateway.send(reference="c", phone="12000000001", text="second")
        assert inbox("12000000001") == [("a", text), ("c", "second")]
        assert inbox("12000000002") == [("b", "other")]

    def test_the_same_reference_again_reaches_the_phone_once(self, gateway: Gateway, inbox: Inbox) -> None:
        if not gateway.deduplicates:
            return
        for _ in range(3):
            gateway.send(reference="a", phone="12000000001", text="x")
        assert inbox("12000000001") == [("a", "x")]

    def test_one_gateway_made_anew_knows_what_the_other_sent(self, gateway: Gateway, again: Gateway, inbox: Inbox) -> None:
        gateway.send(reference="a", phone="12000000001", text="x")
        again.send(reference="a", phone="12000000001", text="x")
        assert len(inbox("12000000001")) == 1
