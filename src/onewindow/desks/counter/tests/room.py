"""The counter's browser: a clerk signed in, what their pages carry, and the application form filled in."""

from __future__ import annotations

import html
from dataclasses import dataclass

from django.test import Client

from onewindow.errands.tests.scene import FOOD, application
from onewindow.foundation.staff.models import Staff
from onewindow.kernel.permissions import Actor
from onewindow.spine.visits.models import Visit

COUNTER = "/counter/"


@dataclass(frozen=True)
class Page:
    status: int
    text: str
    to: str = ""
    refusal: str = ""


class Desk:
    """A clerk's browser at the window of one visit."""

    def __init__(self, clerk: Actor, visit: Visit | None = None, language: str = "zh-CN") -> None:
        self.account = Staff.objects.get(pk=int(clerk.id))
        self.client = Client(headers={"accept-language": language})
        self.client.force_login(self.account)
        self.visit = visit

    def get(self, path: str) -> Page:
        return self._page(self.client.get(path))

    def post(self, path: str, fields: dict[str, object] | None = None, *, back: str = COUNTER) -> Page:
        named = {"visit": str(self.visit.uuid)} if self.visit else {}
        return self._page(self.client.post(path, named | (fields or {}), headers={"referer": f"http://testserver{back}"}))

    @staticmethod
    def _page(answer: object) -> Page:
        headers = answer.headers  # type: ignore[attr-defined]
        text = html.unescape(answer.content.decode())  # type: ignore[attr-defined]
        return Page(answer.status_code, text, headers.get("Location", ""), headers.get("X-Refusal", ""))  # type: ignore[attr-defined]


def form(item: str = FOOD, **values: str) -> dict[str, object]:
    """A complete application as the form's fields; single values by the field's code, `_` for `-`."""
    wanted = application(item, form={name.replace("_", "-"): value for name, value in values.items()})
    fields: dict[str, object] = {f"answers.{question}": list(chosen) or [""] for question, chosen in wanted.answers.items()}
    return fields | {f"form.{code}": value for code, value in wanted.form.items()} | {"given": sorted(wanted.given), "once": str(wanted.once)}
