"""The public list as everybody reads it, the open data, and what only an approver of the department may do."""

from __future__ import annotations

import csv
import io

from django.test import Client
from django.urls import reverse

from onewindow.desks.permits.views import HEAD
from onewindow.errands.tests.scene import available, opening, seated
from onewindow.foundation.staff.models import Staff
from onewindow.kernel.permissions import system
from onewindow.spine.visits.queries import query_code
from onewindow.stages.publication.actions import publish
from onewindow.stages.publication.models import PublishedPermit, SecrecyRequest
from onewindow.stages.publication.policies import PUBLISH


def published() -> PublishedPermit:
    permit = publish(by=system("publication", [PUBLISH]), case_id=available(*seated()).case_id)
    assert permit is not None
    return permit


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Staff.objects.get(username=username))
    return client


def rows(address: str) -> list[list[str]]:
    text = b"".join(Client().get(address).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text, newline="")))


def test_everybody_reads_it_and_nothing_personal_stands_there(db: None) -> None:
    with opening():
        permit = published()
        anybody = Client()
        listed = anybody.get(reverse("permits")).content.decode()
        page = anybody.get(reverse("permit", args=[permit.uuid])).content.decode()
        assert permit.name in listed and permit.number in page and permit.licence in page
        for personal in ("11010519491231002X", "12000000001", "440524188001010014"):
            assert personal not in listed + page
        assert "permit-mark" not in page
        assert f"?item={permit.item}" in anybody.get(reverse("item", args=[permit.item])).content.decode()
        part = anybody.get(reverse("permits"), {"q": permit.name[1:3]}, headers={"HX-Target": "found"}).content.decode()
        assert permit.name in part and "<html" not in part
        assert permit.name not in anybody.get(reverse("permits"), {"q": "无此名称", "since": "x", "page": "9"}).content.decode()


def test_the_open_data_are_what_the_list_shows_and_no_cell_is_a_formula(db: None) -> None:
    with opening():
        permit = published()
        PublishedPermit.objects.filter(pk=permit.pk).update(name="=HYPERLINK(1)")
        head, row = rows(reverse("permits-export"))
        assert head == list(HEAD) and len(row) == len(HEAD)
        told = dict(zip(head, row, strict=True))
        assert (told["行政相对人名称"], told["行政许可决定文书号"], told["统一社会信用代码"]) == ("'=HYPERLINK(1)", permit.number, permit.credit_code)
        assert told["许可决定日期"] == "2026-09-24" and told["当前状态"] == "有效"
        assert rows(f"{reverse('permits-export')}?item=other") == [list(HEAD)]


def test_an_approver_of_the_department_marks_and_nobody_else(fresh_database: str) -> None:
    with opening():
        permit = published()
        address, fields = reverse("permit-mark", args=[permit.uuid]), {"ending": "revoked", "reason": "以欺骗手段取得（演示）"}
        assert "permit-mark" not in signed_in("health01").get(reverse("permit", args=[permit.uuid])).content.decode()
        assert signed_in("health01").post(address, fields).status_code == 403
        assert signed_in("manager01").post(address, fields).status_code == 403
        market = signed_in("market01")
        assert "permit-mark" in market.get(reverse("permit", args=[permit.uuid])).content.decode()
        assert market.post(address, fields).status_code == 303
        page = Client().get(reverse("permit", args=[permit.uuid]), headers={"Accept-Language": "zh-hans"}).content.decode()
        assert "撤销" in page and "以欺骗手段取得（演示）" in page
        assert dict(zip(*rows(reverse("permits-export")), strict=True))["当前状态"] == "撤销"


def test_the_applicant_asks_and_the_approver_decides(fresh_database: str) -> None:
    with opening():
        permit = published()
        visitor, market = Client(), signed_in("market01")
        address = reverse("secrecy", args=[query_code(permit.case.visit), permit.case.uuid])
        page = visitor.get(address).content.decode()
        assert 'value="premises"' in page and 'value="legal-id"' not in page
        once = page.split('name="once" value="')[1][:36]
        assert visitor.post(address, {"once": once, "reason": "商业秘密"}).status_code == 422
        for _ in range(2):
            assert visitor.post(address, {"once": once, "field": ["premises"], "reason": "商业秘密"}).status_code == 303
        asked = SecrecyRequest.objects.get()
        file = market.get(reverse("approver-file", args=[permit.case.uuid])).content.decode()
        assert "approver-secrecy" in file and "商业秘密" in file
        decide = reverse("approver-secrecy", args=[permit.case.uuid, asked.uuid])
        assert signed_in("health01").post(decide, {"verb": "allow", "note": "x"}).status_code == 404
        assert market.post(decide, {"verb": "allow", "note": "属商业秘密"}).status_code == 303
        permit.refresh_from_db()
        assert permit.hidden == 1
