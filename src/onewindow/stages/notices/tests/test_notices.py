"""Messages: one for one cause, on the phone once, whatever breaks on the way."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from onewindow.errands.tests.scene import SITE, agent, at_once, everything, newest, nobody, refused, rows_written, verbs
from onewindow.foundation.people.actions import erase, register
from onewindow.foundation.people.models import Party
from onewindow.instruments.gateways import GatewayDown
from onewindow.instruments.gateways.virtual import VirtualPhones
from onewindow.kernel import clock
from onewindow.kernel.errors import NotPermitted
from onewindow.kernel.permissions import Actor, system
from onewindow.stages.notices.actions import send, write
from onewindow.stages.notices.models import Notice
from onewindow.stages.notices.states import SEND, WRITE
from onewindow.stages.notices.templates import render

BY = system("notices", [WRITE, SEND])
VALUES = {"number": "A001", "ahead": "3", "window": "", "window_en": ""}
PHONE = "12000000002"


def phones() -> VirtualPhones:
    return VirtualPhones(Path(settings.VIRTUAL_PHONES))


def written(party: Party | None = None, cause: int = 7, by: Actor = BY) -> Notice:
    party = party or agent()
    write(by=by, site=SITE, cause=cause, party_id=party.pk, template="ticket-taken", values=VALUES)
    return Notice.objects.get(cause=cause, party=party)


class Broken:
    """A gateway that takes the message and then breaks the connection."""

    name, deduplicates = "broken", True

    def send(self, *, reference: str, phone: str, text: str) -> None:
        phones().send(reference=reference, phone=phone, text=text)
        raise GatewayDown


class Dead:
    """A gateway that takes nothing."""

    name, deduplicates = "dead", True

    def send(self, *, reference: str, phone: str, text: str) -> None:
        raise GatewayDown


def test_a_message_is_written_and_sent_once(morning: clock.Hand) -> None:
    with rows_written() as rows:
        notice = written()
        send(by=BY, notice_id=notice.pk, gateway=phones())
    assert rows == ["notice.write", "notice.send"]
    notice.refresh_from_db()
    assert (notice.state, newest(notice).facts) == ("sent", {"gateway": "virtual"})
    (shown,) = phones().inbox(PHONE)
    assert (shown.text, shown.reference, shown.times) == (
        "【一窗】您的号码是 A001，前面还有 3 位。叫到您时会再发短信。", str(notice.uuid), 1,
    )  # fmt: skip
    assert phones().phones() == [(PHONE, 1)]


def test_one_cause_is_told_once(morning: clock.Hand) -> None:
    notice = written()
    before = everything()
    write(by=BY, site=SITE, cause=7, party_id=agent().pk, template="ticket-taken", values={"number": "other"})
    assert everything() == before
    assert written(cause=8).pk != notice.pk


def test_one_cause_is_told_once_by_four_workers(fresh_database: str, morning: clock.Hand) -> None:
    telling = partial(write, by=BY, site=SITE, cause=7, party_id=agent().pk, template="ticket-taken", values=VALUES)
    with rows_written() as rows:
        assert at_once([telling] * 4) == [None] * 4
    assert rows == ["notice.write"]


def test_sending_twice_reaches_the_phone_once(morning: clock.Hand) -> None:
    notice = written()
    send(by=BY, notice_id=notice.pk, gateway=phones())
    before = everything()
    send(by=BY, notice_id=notice.pk, gateway=phones())
    assert everything() == before
    assert [shown.times for shown in phones().inbox(PHONE)] == [1]


def test_sending_four_times_at_once_reaches_the_phone_once(fresh_database: str, morning: clock.Hand) -> None:
    notice = written()
    with rows_written() as rows:
        assert at_once([partial(send, by=BY, notice_id=notice.pk, gateway=phones())] * 4) == [None] * 4
    assert rows == ["notice.send"]
    assert [shown.times for shown in phones().inbox(PHONE)] == [1]


def test_a_worker_killed_after_the_gateway_took_it_sends_again_and_the_phone_shows_it_once(morning: clock.Hand) -> None:
    notice = written()
    with rows_written() as rows, pytest.raises(KeyboardInterrupt), transaction.atomic():
        send(by=BY, notice_id=notice.pk, gateway=phones())
        raise KeyboardInterrupt
    assert (rows, verbs(notice), len(phones().inbox(PHONE))) == ([], ["write"], 1)
    send(by=BY, notice_id=notice.pk, gateway=phones())
    assert verbs(notice) == ["write", "send"]
    (shown,) = phones().inbox(PHONE)
    assert shown.times == 2


def test_a_gateway_that_breaks_after_taking_it_is_asked_again(morning: clock.Hand) -> None:
    notice = written()
    with pytest.raises(GatewayDown), transaction.atomic():
        send(by=BY, notice_id=notice.pk, gateway=Broken())
    assert verbs(notice) == ["write"]
    send(by=BY, notice_id=notice.pk, gateway=phones())
    assert [shown.text[:4] for shown in phones().inbox(PHONE)] == ["【一窗】"]


def test_a_gateway_that_is_down_leaves_the_message_queued(fresh_database: str, morning: clock.Hand) -> None:
    notice = written()
    before = everything()
    with pytest.raises(GatewayDown):
        send(by=BY, notice_id=notice.pk, gateway=Dead())
    assert everything() == before
    assert phones().phones() == []


def test_without_a_phone_the_message_is_given_up(morning: clock.Hand) -> None:
    registrar = Actor("staff", "1", frozenset({"people.register", "people.erase"}))
    silent = register(by=registrar, site=SITE, kind="company", name="演示", number="11440100007483172Q")
    notice = written(silent)
    with rows_written() as rows:
        send(by=BY, notice_id=notice.pk, gateway=phones())
    notice.refresh_from_db()
    assert (notice.state, rows, newest(notice).facts) == ("undeliverable", ["notice.give-up"], {"why": "no-phone"})
    assert phones().phones() == []


def test_whoever_was_erased_gets_no_message(morning: clock.Hand) -> None:
    notice = written()
    erase(by=Actor("staff", "1", frozenset({"people.erase"})), party_id=agent_id(notice))
    send(by=BY, notice_id=notice.pk, gateway=phones())
    assert (verbs(notice), phones().phones()) == (["write", "give-up"], [])


def agent_id(notice: Notice) -> int:
    return notice.party_id


def test_nobody_writes_or_sends_without_permission(fresh_database: str, morning: clock.Hand) -> None:
    notice = written()
    with refused(NotPermitted, savepoint=False):
        written(cause=9, by=nobody())
    with refused(NotPermitted, savepoint=False):
        send(by=system("notices", [WRITE]), notice_id=notice.pk, gateway=phones())
    assert phones().phones() == []


def test_an_english_reader_reads_english(morning: clock.Hand) -> None:
    reader = agent()
    Party.objects.filter(pk=reader.pk).update(language="en")
    send(by=BY, notice_id=written(reader).pk, gateway=phones())
    (shown,) = phones().inbox(PHONE)
    assert shown.text == "[OneWindow] Your number is A001; 3 before you. We will text you when it is called."


def test_days_are_written_as_their_reader_writes_them() -> None:
    values = {"item": "食品经营许可", "item_en": "Food business licence", "promised": "2026-10-29"}
    assert render("case-accepted", values, "zh-hans") == "【一窗】“食品经营许可”已受理，承诺不晚于2026年10月29日办结。"
    assert render("case-accepted", values, "en").endswith("a decision is promised by 29 October 2026.")
