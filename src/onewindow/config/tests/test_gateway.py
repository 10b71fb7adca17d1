"""The gateway of the settings: chosen, refused in words, and what becomes of a message under each."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from onewindow.config.notices import sending
from onewindow.config.notices.gateway import chosen
from onewindow.config.notices.waiting import waiting
from onewindow.config.wiring import WIRING
from onewindow.errands.tests.scene import SITE, agent, everything, newest, rows_written
from onewindow.instruments.gateways import GatewayDown, MessageRejected
from onewindow.instruments.gateways.virtual import VirtualPhones
from onewindow.kernel import clock
from onewindow.kernel.errors import CannotStart
from onewindow.kernel.permissions import system
from onewindow.kernel.relay.events import Event
from onewindow.stages.notices.actions import write
from onewindow.stages.notices.models import Notice
from onewindow.stages.notices.states import WRITE

HTTP = {
    "GATEWAY": "http", "GATEWAY_URL": "https://sms.example/send", "GATEWAY_ACCOUNT": "centre", "GATEWAY_SIGNATURE": "sm3",
    "GATEWAY_TIMEOUT": "10", "GATEWAY_CA": "",
}  # fmt: skip


def use(settings: Any, tmp_path: Path, **changed: str) -> None:
    (tmp_path / "gateway.key").write_text("sixteen bytes or more\n")
    for name, value in (HTTP | {"GATEWAY_KEY": str(tmp_path / "gateway.key")} | changed).items():
        setattr(settings, name, value)


# --- choosing ---------------------------------------------------------------------------------------


def test_the_gateways_there_are(settings: Any, tmp_path: Path) -> None:
    assert chosen().name == "virtual"
    settings.GATEWAY = "none"
    assert chosen().name == "none"
    use(settings, tmp_path)
    assert chosen().name == "http"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GATEWAY", "pigeon"), ("GATEWAY_URL", ""), ("GATEWAY_URL", "http://sms.example/"), ("GATEWAY_ACCOUNT", ""),
        ("GATEWAY_ACCOUNT", "中心"), ("GATEWAY_ACCOUNT", "a\nb"), ("GATEWAY_SIGNATURE", "md5"), ("GATEWAY_TIMEOUT", "soon"),
        ("GATEWAY_TIMEOUT", "0"), ("GATEWAY_TIMEOUT", "nan"), ("GATEWAY_TIMEOUT", "60"), ("GATEWAY_KEY", "/nowhere/key"),
        ("GATEWAY_CA", "/nowhere/certificates"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_in_both_languages(settings: Any, tmp_path: Path, name: str, value: str) -> None:
    use(settings, tmp_path, **{name: value})
    with pytest.raises(CannotStart) as no:
        chosen()
    assert f"ONEWINDOW_{name} " in no.value.message("zh-hans") and f"ONEWINDOW_{name} " in no.value.message("en")


def test_a_short_key_is_refused_and_not_shown(settings: Any, tmp_path: Path) -> None:
    use(settings, tmp_path)
    (tmp_path / "gateway.key").write_text("secret")
    with pytest.raises(CannotStart) as no:
        chosen()
    assert "secret" not in str(no.value.details)


def test_a_file_that_holds_no_certificates_is_told(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "ca").write_text("no certificates")
    use(settings, tmp_path, GATEWAY_CA=str(tmp_path / "ca"))
    with pytest.raises(CannotStart, match="ONEWINDOW_GATEWAY_CA"):
        chosen()


def test_virtual_phones_are_for_a_demonstration_only(settings: Any) -> None:
    settings.DEMONSTRATION, settings.GATEWAY = False, "virtual"
    with pytest.raises(CannotStart, match="ONEWINDOW_GATEWAY"):
        chosen()


# --- sending ----------------------------------------------------------------------------------------


@pytest.fixture
def notice(morning: clock.Hand) -> Notice:
    values = {"number": "A001", "ahead": "3", "window": "", "window_en": ""}
    write(by=system("notices", [WRITE]), site=SITE, cause=7, party_id=agent().pk, template="ticket-taken", values=values)
    return Notice.objects.get(cause=7)


def event(notice: Notice) -> Event:
    return Event(1, "notices.written", "notice", notice.pk, "write", "system:notices", notice.began_at, SITE, {"template": notice.template})


class Refusing:
    """A gateway that takes nothing, for a reason."""

    name, deduplicates = "refusing", True

    def send(self, *, reference: str, phone: str, text: str) -> None:
        raise MessageRejected("invalid-number")


def test_the_handler_keeps_the_name_its_jobs_are_marked_with() -> None:
    assert WIRING.named()["notices.send_notice"] is sending.send_notice


def test_the_gateway_of_the_settings_carries_it(notice: Notice) -> None:
    with rows_written() as rows:
        sending.send_notice(event(notice))
        sending.send_notice(event(notice))
    notice.refresh_from_db()
    assert (rows, notice.state, newest(notice).facts) == (["notice.send"], "sent", {"gateway": "virtual"})


def test_without_a_gateway_it_stays_queued_and_is_counted(settings: Any, notice: Notice, morning: clock.Hand) -> None:
    settings.GATEWAY = "none"
    before = everything()
    with pytest.raises(GatewayDown, match="no-gateway"):
        sending.send_notice(event(notice))
    assert everything() == before
    found = waiting()
    assert (found.gateway, found.queued, found.since, found.given_up, found.too_long) == ("none", 1, notice.began_at, 0, False)
    morning.forward(minutes=16)
    assert waiting().too_long
    settings.GATEWAY = "virtual"
    sending.send_notice(event(notice))
    assert (waiting().queued, waiting().since, waiting().too_long) == (0, None, False)


def test_what_the_gateway_rejects_is_given_up_with_its_reason(monkeypatch: pytest.MonkeyPatch, notice: Notice) -> None:
    monkeypatch.setattr(sending, "chosen", Refusing)
    with rows_written() as rows:
        sending.send_notice(event(notice))
        sending.send_notice(event(notice))
    notice.refresh_from_db()
    assert (rows, notice.state) == (["notice.give-up"], "undeliverable")
    assert newest(notice).facts == {"gateway": "refusing", "why": "invalid-number"}
    assert (waiting().queued, waiting().given_up) == (0, 1)


def test_what_is_told_of_a_ticket_is_not_told_an_hour_later(settings: Any, notice: Notice, morning: clock.Hand) -> None:
    settings.GATEWAY = "none"
    morning.forward(minutes=59)
    with pytest.raises(GatewayDown):
        sending.send_notice(event(notice))
    morning.forward(minutes=2)
    settings.GATEWAY = "virtual"
    sending.send_notice(event(notice))
    notice.refresh_from_db()
    assert (notice.state, newest(notice).facts) == ("undeliverable", {"gateway": "virtual", "why": "too-late"})
    assert VirtualPhones(Path(settings.VIRTUAL_PHONES)).phones() == []


def test_what_is_told_of_a_case_keeps_its_worth(morning: clock.Hand) -> None:
    values = {"item": "食品经营许可", "item_en": "Food business licence"}
    write(by=system("notices", [WRITE]), site=SITE, cause=8, party_id=agent().pk, template="case-granted", values=values)
    told = Notice.objects.get(cause=8)
    morning.forward(days=3)
    sending.send_notice(event(told))
    told.refresh_from_db()
    assert told.state == "sent"


def test_the_longest_conversation_is_shorter_than_the_database_s_patience() -> None:
    from onewindow.config.database import _SESSION
    from onewindow.config.notices.gateway import LONGEST_S

    limit = int(_SESSION.partition("idle_in_transaction_session_timeout=")[2].split()[0])
    assert timedelta(seconds=LONGEST_S) * 1.5 < timedelta(milliseconds=limit)
