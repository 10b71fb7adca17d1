"""Who reads the editor's pages, and how they type."""

from __future__ import annotations

from typing import Any

from django.test import Client

from onewindow.errands.tests.scene import FOOD
from onewindow.foundation.catalogue.drafts.tests.written import (
    EDITOR,
)
from onewindow.foundation.staff.models import Staff

HERE = f"/editor/{FOOD}/"


def signed_in(username: str = EDITOR) -> Client:
    client = Client()
    client.force_login(Staff.objects.get(username=username))
    return client


def shown(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer
    return " ".join(answer.content.decode().split())


def typed(client: Client, edition: int, part: str = "materials", of: str = "application", **values: Any) -> Any:
    fields = {"edition": edition, "part": part, "of": of} | {f"v:{at}": value for at, value in values.items()}
    return client.post(f"{HERE}save/", fields, headers={"X-Editor": "typing"})
