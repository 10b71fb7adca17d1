"""A case with pages."""

from __future__ import annotations

from onewindow.errands.tests.scene import received, seated
from onewindow.instruments.reading import Examined, Seen
from onewindow.instruments.reading.tests.handed import jpeg
from onewindow.kernel.keys import uuid7
from onewindow.kernel.permissions import Actor
from onewindow.spine.attachments.actions import (
    attach,
)
from onewindow.spine.attachments.models import Page
from onewindow.spine.attachments.queries import sheets_of
from onewindow.spine.cases.models import Case

PHOTO = jpeg(400, 300)


def photo(name: str = "拍摄.jpg") -> Examined:
    return Examined(name, "jpeg", PHOTO, (Seen(400, 300, PHOTO),))


def on_a_case(material: str = "", examined: Examined | None = None) -> tuple[Actor, Case, list[Page]]:
    clerk, visit = seated()
    case = received(clerk, visit)
    made = attach(by=clerk, case_id=case.pk, examined=examined or photo(), material=material, once=uuid7())
    return clerk, case, list(made.pages.order_by("n"))


def first_codes(case: Case) -> list[str]:
    return list(case.materials.values_list("code", flat=True))


def order(case: Case, material: str) -> list[int]:
    return [sheet.page.pk for sheet in sheets_of(case) if (sheet.page.material, sheet.page.state) == (material, "attached")]
