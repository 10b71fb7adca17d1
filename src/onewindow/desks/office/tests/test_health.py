"""The page of health, and what a monitor is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from onewindow.errands.tests.scene import rows_written, signed_in
from onewindow.kernel import clock
from onewindow.oversight.health import queries
from onewindow.oversight.health.tests.test_health import failed_job


@pytest.fixture
def office(morning: clock.Hand) -> Client:
    return signed_in("administrator01")


def test_every_part_is_on_the_page_with_a_word(office: Client) -> None:
    page = office.get(reverse("office-health")).content.decode()
    assert "传递延迟" in page and "故障" in page and "onewindow up" in page, "nothing beats in a test"


def test_a_failed_job_has_its_button(office: Client) -> None:
    job = failed_job()
    assert reverse("office-health-retry", args=[job]) in office.get(reverse("office-health")).content.decode()
    with rows_written() as rows:
        assert office.post(reverse("office-health-retry", args=[job])).status_code == 303
    assert rows == ["intervention.retry"]
    assert office.post(reverse("office-health-retry", args=[job])).status_code == 409


def test_a_monitor_comes_in_by_its_token_and_nobody_else_does(morning: clock.Hand, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    address = reverse("office-health-json")
    assert Client().get(address, headers={"Authorization": "Bearer "}).status_code == 302, "no token is no door"
    settings.HEALTH_TOKEN = "a-long-secret"
    assert Client().get(address, headers={"Authorization": "Bearer wrong"}).status_code == 302
    answer = Client().get(address, headers={"Authorization": "Bearer a-long-secret"})
    body = json.loads(answer.content)
    assert (answer.status_code, body["state"], body["schema"]) == (503, "down", "onewindow.health/1")
    assert {check["code"] for check in body["checks"]} >= {"relay", "seal", "jobs", "messages", "disk", "tables", "keys"}

    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(queries, "standing", away)
    gone = Client().get(address, headers={"Authorization": "Bearer a-long-secret"})
    assert (gone.status_code, json.loads(gone.content)["state"]) == (503, "down")
