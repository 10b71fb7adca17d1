"""The wiring: events that exist, answered by handlers that can be named."""

from __future__ import annotations

import pytest

from onewindow.kernel.relay.events import WIRING, Wiring, event_name

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_a_wiring_refuses_an_event_nobody_tells() -> None:
    wiring = Wiring()
    with pytest.raises(ValueError, match=r"no machine tells acceptance\.case_eaten"):
        wiring.on("acceptance.case_eaten", print)
    assert wiring.handlers == {}
    assert event_name("case", "accept") == "acceptance.case_accepted"


def test_the_product_s_wiring_answers_events_that_exist_with_handlers_it_can_name() -> None:
    assert set(WIRING.named()) == {
        "notices.tell_of_ticket", "notices.tell_of_case", "notices.tell_of_result", "notices.send_notice", "delivery.make_result",
        "notices.tell_of_payment", "payment.charge_at_acceptance", "payment.charge_when_granted", "payment.tell_platform", "payment.make_refund",
        "publication.publish_result", "acceptance.bring_results",
    }  # fmt: skip
    assert len(WIRING.topics) == 1
