"""The catalogue in the office: upload, read the report, confirm; and nothing in a file runs in the reader's browser."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onewindow.errands.tests.scene import FOOD
from onewindow.foundation.catalogue.exchange import handing
from onewindow.foundation.catalogue.exchange.exporting import FORMS
from onewindow.foundation.catalogue.exchange.tests.test_importing import shorter
from onewindow.foundation.catalogue.models import CatalogueImport
from onewindow.foundation.catalogue.queries import published
from onewindow.foundation.staff.models import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Client:
    client = Client()
    client.force_login(Staff.objects.get(username="administrator01"))
    return client


def upload(office: Client, data: bytes, **said: str) -> CatalogueImport:
    answer = office.post(reverse("office-import-new"), {"file": SimpleUploadedFile("清单.xlsx", data), **said})
    assert answer.status_code == 303
    one = CatalogueImport.objects.latest("id")
    assert answer["Location"] == reverse("office-import", args=[one.uuid])
    return one


def page(office: Client, one: CatalogueImport, query: str = "") -> str:
    answer = office.get(reverse("office-import", args=[one.uuid]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_upload_report_confirm(office: Client) -> None:
    one = upload(office, shorter())
    waiting = page(office, one)
    assert "等待预演" in waiting and 'hx-trigger="every 1s"' in waiting
    handing.try_out(one.pk)
    reported = page(office, one)
    assert "确认导入" in reported and "变更：" in reported and "时限" in reported and "hx-trigger" not in reported
    assert "another" in page(office, one, "?show=created") and "another" not in page(office, one, "?show=changed")
    one.refresh_from_db()
    for _ in range(2):  # pressed twice
        assert office.post(reverse("office-import-confirm", args=[one.uuid]), {"agreed": one.agreed}).status_code == 303
    assert "等待写入" in page(office, one)
    handing.carry_out(one.pk)
    assert "已导入" in page(office, one) and published(FOOD).version == 2


def test_markup_in_a_file_is_shown_as_text(office: Client) -> None:
    bad = [{"item_code": "A-1", "name": "<script>alert(1)</script>", "task_type_code": "<img src=x onerror=alert(1)>", "dept_code": "market", "serves": "个人"}]
    one = upload(office, json.dumps(bad).encode())
    handing.try_out(one.pk)
    shown = page(office, one)
    assert "<script>alert(1)" not in shown and "<img src=x" not in shown and "&lt;script&gt;alert(1)" in shown
    assert "确认导入" not in shown and "有不能导入的行" in shown
    assert office.post(reverse("office-import-discard", args=[one.uuid])).status_code == 303
    assert CatalogueImport.objects.get(pk=one.pk).state == "discarded"


def test_a_list_with_its_table_of_departments(office: Client) -> None:
    data = "事项编码,事项名称,事项类型,部门代码\nA-1,演示事项,01,083372204\n".encode()
    answer = office.post(reverse("office-import-new"), {"file": SimpleUploadedFile("a.csv", data), "departments": "083372204"})
    assert answer.status_code == 422 and "第 1 行应写成" in answer.content.decode()
    one = upload(office, data, departments="083372204，education", serves="person")
    handing.try_out(one.pk)
    one.refresh_from_db()
    assert one.report["counts"]["created"] == 1


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_can_be_downloaded(office: Client, form: str) -> None:
    answer = office.get(reverse("office-export", args=[form]))
    assert answer.status_code == 200 and answer["Content-Disposition"] == f'attachment; filename="{FORMS[form][0]}"'
    assert answer.content[:2] in (b"PK", b'{"', b"{\n")


def test_an_unknown_form_is_nowhere(office: Client) -> None:
    assert office.get(reverse("office-export", args=["exe"])).status_code == 404
