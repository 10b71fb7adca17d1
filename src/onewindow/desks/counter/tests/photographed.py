"""What a clerk sends in from the page of the camera."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from onewindow.desks.counter.tests.room import Desk, Page
from onewindow.kernel.keys import uuid7
from onewindow.spine.attachments import models
from onewindow.spine.cases.models import Case


def address(case: Case, more: str = "") -> str:
    return f"/counter/case/{case.uuid}/pages/{more}"


def sent(desk: Desk, case: Case, *files: tuple[str, bytes], material: str = "", once: str = "") -> Page:
    return desk.post(
        address(case, "attach/"),
        {"once": once or str(uuid7()), "material": material, "file": [SimpleUploadedFile(name, data) for name, data in files]},
        back=address(case),
    )


def attached() -> list[models.Page]:
    return list(models.Page.objects.order_by("id"))
