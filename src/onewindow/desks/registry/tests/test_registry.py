"""The register's desk: found by number or name, masked side by side, merged with a reason, and apart again; for administrators only."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.errands import sitting
from onewindow.errands.tests.scene import SITE, agent, company, everything, rows_written, seated, signed_in, staff, stranger
from onewindow.foundation.people.actions import register
from onewindow.foundation.people.models import Party
from onewindow.kernel import clock
from onewindow.stages.queueing.models import Ticket

PASSPORT, PHONE = "EA0000001", "12000000077"
NUMBER = "440524188001010014"


@pytest.fixture
def admin(morning: clock.Hand) -> Client:
    return signed_in("administrator01")


def foreigner() -> Party:
    return register(by=staff("administrator01"), site=SITE, kind="person", name="YANSHI RENYUAN", number=PASSPORT, document="passport", phone=PHONE)


def unchanged(before: dict[str, str]) -> bool:
    return {table for table, found in everything().items() if found != before[table]} <= {"django_session"}


def test_found_by_number_or_name_and_masked(admin: Client) -> None:
    party, page = foreigner(), reverse("registry")
    for typed in (PASSPORT, PASSPORT.lower(), "yanshi"):
        shown = admin.post(page, {"q": typed}).content.decode()
        assert reverse("registry-record", args=[party.uuid]) in shown and "120****0077" in shown
        assert PHONE not in shown and (typed == PASSPORT or PASSPORT not in shown)
    by_number = admin.post(page, {"q": NUMBER}).content.decode()
    assert reverse("registry-record", args=[agent().uuid]) in by_number and by_number.count(NUMBER) == 1  # in the field, as typed
    assert "没有找到" in admin.post(page, {"q": "无"}).content.decode()
    assert NUMBER not in admin.get(reverse("registry-record", args=[agent().uuid])).content.decode()


def test_registered_with_another_document(admin: Client) -> None:
    sent = {"document": "person.passport", "number": "ea 0000001", "name": "YANSHI RENYUAN", "phone": PHONE}
    with rows_written() as rows:
        answer = admin.post(reverse("registry-register"), sent)
    party = Party.objects.get(document="passport")
    assert (rows, answer.headers["Location"]) == (["party.register"], reverse("registry-record", args=[party.uuid]))
    before = everything()
    for wrong in ({"document": "company.passport"}, {"document": ""}, {"number": "1"}, {"name": " "}, {"phone": "x"}):
        again = admin.post(reverse("registry-register"), sent | {"number": "EA0000009"} | wrong)
        assert again.status_code == 422 and 'id="new-wrong"' in again.content.decode()
    assert unchanged(before)


def test_merged_from_the_page_and_split_again(admin: Client) -> None:
    clerk, visit = seated()
    sitting.end_sitting(by=clerk, visit=visit)
    kept, party = agent(), foreigner()
    page, press = (reverse(name, args=[party.uuid, kept.uuid]) for name in ("registry-beside", "registry-merge"))
    shown = admin.get(page).content.decode()
    assert shown.count("保留这一份") == 2 and PHONE not in shown and NUMBER not in shown and PASSPORT not in shown
    before = everything()
    for sent in ({"reason": "x"}, {"remains": str(company().uuid), "reason": "x"}, {"remains": str(kept.uuid), "reason": " "}):
        answer = admin.post(press, sent)
        assert answer.status_code == 422 and 'id="merge-wrong"' in answer.content.decode()
    assert unchanged(before)
    with rows_written() as rows:
        answer = admin.post(press, {"remains": str(kept.uuid), "reason": "看过两本证件（演示）"})
    assert (rows, answer.headers["Location"]) == (["party.absorb", "party.merge"], reverse("registry-record", args=[kept.uuid]))
    assert reverse("registry-record", args=[party.uuid]) in admin.get(answer.headers["Location"]).content.decode()
    assert "不能再合并" in admin.get(page).content.decode()
    record = admin.get(reverse("registry-record", args=[party.uuid])).content.decode()
    assert "看过两本证件（演示）" in record and reverse("registry-split", args=[party.uuid]) in record
    with rows_written() as rows:
        admin.post(reverse("registry-split", args=[party.uuid]))
    assert rows == ["party.release", "party.split"]


def test_two_people_stay_two(admin: Client) -> None:
    press, before = reverse("registry-merge", args=[agent().uuid, stranger().uuid]), everything()
    answer = admin.post(press, {"remains": str(agent().uuid), "reason": "x"})
    assert answer.status_code == 409 and "不是同一个人" in answer.content.decode()
    assert unchanged(before)
    assert admin.get(reverse("registry-beside", args=[agent().uuid, agent().uuid])).status_code == 404


def test_the_old_number_at_the_printer_and_the_delivery_window(admin: Client) -> None:
    party = foreigner()
    admin.post(reverse("registry-merge", args=[party.uuid, agent().uuid]), {"remains": str(agent().uuid), "reason": "x"})
    answer = Client().post(reverse("printer"), {"hall": "A", "number": PASSPORT, "once": "01920000-0000-7000-8000-00000000aaaa"})
    assert answer.status_code == 303
    assert Ticket.objects.latest("id").holder == agent()
    window = signed_in("handover01")
    assert agent().name in window.post(reverse("handover"), {"number": PASSPORT}).content.decode()


@pytest.mark.parametrize("username", ["clerk01", "manager01", "supervisor01", "market01"])
def test_only_administrators_come_in(morning: clock.Hand, username: str) -> None:
    client = signed_in(username)
    for name in ("registry", "registry-record", "registry-beside"):
        args = {"registry": [], "registry-record": [agent().uuid], "registry-beside": [agent().uuid, stranger().uuid]}[name]
        assert client.get(reverse(name, args=args)).status_code == 403
